import { join } from "node:path";
import { type KeptState, type RunEnd, runStep, startProvider } from "./provider-run.ts";
import { copyStage, type Effect, openStage } from "./stage.ts";
import type { Story, StoryStep } from "./story.ts";
import {
  type Fault,
  faults,
  type Moment,
  moments,
  openTap,
  type Strike,
  type TappedRequest,
} from "./tap.ts";
import { judge, type Verdict } from "./verdict.ts";

/** What is done to runs: the provider is killed, or the service and the way to it are bad. */
export type Trouble = "kill" | "fault";

/** One disturbed run and what came of it. */
export interface Trial extends Verdict {
  readonly site: string;
  readonly carrier: Story["carrier"];
  readonly step: string;
  /** Number of the request that was struck, from 0, and what it was. */
  readonly request: number;
  readonly struck: TappedRequest;
  /** When the provider was killed, or what was wrong with the request. */
  readonly disturbance: Moment | Fault;
  /** What the disturbed run failed with; empty when it went on by itself, or was killed. */
  readonly failure: string;
  /** What the run after it failed with, so that a person would have to do more; empty when it went on by itself. */
  readonly stuck: string;
}

/** Which part of a sweep is made. */
export interface Selection {
  /** Strikes every so manieth request; those that ask the service for a deed are always struck. @defaultValue 1 */
  readonly every?: number;
  /** Names of steps; absent means all. */
  readonly steps?: readonly string[];
}

/** A step whose undisturbed run is known. */
interface Rehearsed {
  readonly step: StoryStep;
  /** Folder with the world as it was before the step. */
  readonly before: string;
  readonly state: KeptState;
  readonly effect: Effect;
  readonly requests: readonly TappedRequest[];
}

/**
 * Plays a story once undisturbed; then each of its steps again and again, in trouble at another request each
 * time, and once more as `pulumi up` would where that did not end well. `told` hears of each trial.
 * Throws when the undisturbed story does not work.
 */
export async function sweep(
  story: Story,
  trouble: Trouble,
  folder: string,
  selection: Selection,
  told: (trial: Trial) => void,
): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const rehearsed of await rehearse(story, folder)) {
    const { step, requests } = rehearsed;
    if (step.prepares || selection.steps?.includes(step.name) === false) continue;
    for (const [request, { method }] of requests.entries()) {
      if (method === "GET" && request % (selection.every ?? 1) !== 0) continue;
      for (const disturbance of trouble === "kill" ? moments : faults) {
        const place = join(folder, "trial");
        const trial = await disturb(story, rehearsed, place, request, disturbance);
        if (trial === undefined) continue;
        trials.push(trial);
        told(trial);
      }
    }
  }
  return trials;
}

async function rehearse(story: Story, folder: string): Promise<readonly Rehearsed[]> {
  const rehearsed: Rehearsed[] = [];
  const current = join(folder, "undisturbed");
  copyStage(join(folder, "nothing"), current);
  let state: KeptState = {};
  for (const [index, step] of story.steps.entries()) {
    const before = join(folder, `before-${index}`);
    copyStage(current, before);
    const stage = await openStage(story, current);
    const tap = await openTap(stage.simulator.url);
    const end = await withProvider(step, tap.url, state);
    const effect = await stage.effect();
    await tap.close();
    await stage.close();
    if (end.failure !== "") throw new Error(`${story.site}, ${step.name}: ${end.failure}`);
    rehearsed.push({ step, before, state, effect, requests: tap.requests });
    state = end.state;
  }
  return rehearsed;
}

async function withProvider(step: StoryStep, url: string, state: KeptState): Promise<RunEnd> {
  const wire = await startProvider(step, url);
  try {
    return await runStep(wire, step, state);
  } finally {
    await wire.stop();
  }
}

/** One run that is struck and one that goes on; undefined when the run ended before the request came. */
async function disturb(
  story: Story,
  { step, before, state, effect, requests }: Rehearsed,
  folder: string,
  request: number,
  disturbance: Moment | Fault,
): Promise<Trial | undefined> {
  copyStage(before, folder);
  const stage = await openStage(story, folder);
  let kill: () => Promise<void> = async () => undefined;
  const isMoment = moments.find((each) => each === disturbance);
  const strike: Strike =
    isMoment === undefined
      ? { request, fault: disturbance as Fault }
      : { request, moment: isMoment, deed: () => kill() };
  const tap = await openTap(stage.simulator.url, strike);
  try {
    const wire = await startProvider(step, tap.url);
    kill = () => wire.kill();
    const first = await runStep(wire, step, state);
    if (isMoment === undefined || !tap.struck()) await wire.stop();
    if (!tap.struck()) return undefined;
    const ended = isMoment === undefined && first.failure === "";
    const second = ended ? first : await withProvider(step, tap.url, first.state);
    return {
      ...judge(effect, await stage.effect()),
      ...{ site: story.site, carrier: story.carrier, step: step.name, request, disturbance },
      struck: requests[request] ?? { method: "", path: "" },
      failure: isMoment === undefined ? first.failure : "",
      stuck: second.failure,
    };
  } finally {
    await tap.close();
    await stage.close();
  }
}
