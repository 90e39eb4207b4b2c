import { join } from "node:path";
import { runThrough } from "./runner.ts";
import { copyStage, type Effect, openStage } from "./stage.ts";
import type { Story } from "./story.ts";
import { isDeed, openTap } from "./tap.ts";
import { type Trial, tryOut } from "./trial.ts";
import type { Rehearsal, Trouble } from "./troubles.ts";

/** Which part of a sweep is made. */
export interface Selection {
  /**
   * Strikes every so manieth request, and task of a job. Requests that ask the service for a deed, and the last
   * task, are always struck; 0 strikes nothing else. @defaultValue 1
   */
  readonly every?: number;
  /** Names of steps; absent means all. */
  readonly steps?: readonly string[];
  /** Names of disturbances, such as `lost`; absent means all. */
  readonly disturbances?: readonly string[];
  /** Trials that go on side by side, each in a world of its own. @defaultValue 1 */
  readonly atOnce?: number;
}

/** A step whose undisturbed run is known. */
export interface Rehearsed extends Rehearsal {
  readonly story: Story;
  readonly index: number;
  /** Folder with the world, and what Pulumi keeps, as they were before the step. */
  readonly before: string;
  readonly effect: Effect;
}

/**
 * Plays a story once undisturbed; then each of its steps again and again, disturbed otherwise each
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
  const { every = 1, steps, disturbances, atOnce = 1 } = selection;
  const isChosen = ({ step }: Rehearsal): boolean =>
    step.prepares !== true && steps?.includes(step.name) !== false;
  for (const rehearsed of await rehearse(story, trouble, folder, steps)) {
    if (!isChosen(rehearsed)) continue;
    const isStruck = (request: number): boolean =>
      isDeed(rehearsed.requests[request]) || request % every === 0;
    const waiting = trouble
      .disturbances(rehearsed, isStruck, every)
      .filter(({ name }) => disturbances?.includes(name) !== false)
      .values();
    const tryWaiting = async (place: string): Promise<void> => {
      for (const disturbance of waiting) {
        const trial = await tryOut(rehearsed, trouble, place, disturbance);
        if (trial === undefined) continue;
        trials.push(trial);
        told(trial);
      }
    };
    const places = Array.from({ length: atOnce }, (_, place) => join(folder, `trial-${place}`));
    await Promise.all(places.map(tryWaiting));
  }
  return trials;
}

/** Plays the story undisturbed, as far as the last of the steps that are asked for. */
async function rehearse(
  story: Story,
  { runner }: Trouble,
  folder: string,
  steps: Selection["steps"],
): Promise<readonly Rehearsed[]> {
  const rehearsed: Rehearsed[] = [];
  const current = join(folder, "undisturbed");
  copyStage(join(folder, "nothing"), current);
  const last = story.steps.findLastIndex(({ name }) => steps?.includes(name) !== false);
  for (const [index, step] of story.steps.slice(0, last + 1).entries()) {
    const before = join(folder, `before-${index}`);
    copyStage(current, before);
    const stage = await openStage(story, current, runner.clock);
    const { clock } = stage.simulator;
    const tap = await openTap(stage.simulator.url);
    try {
      const failure = await runThrough(runner, {
        story,
        index,
        folder: current,
        url: tap.url,
        clock,
      });
      if (failure !== "") throw new Error(`${story.site}, ${step.name}: ${failure}`);
      const effect = await stage.effect();
      const { requests } = tap;
      rehearsed.push({ story, index, step, before, effect, requests, jobs: effect.jobs });
    } finally {
      await tap.close();
      await stage.close();
    }
  }
  return rehearsed;
}
