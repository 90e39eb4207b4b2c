import type { Finish } from "./runner.ts";
import { copyStage, openStage } from "./stage.ts";
import type { Story } from "./story.ts";
import type { Rehearsed } from "./sweep.ts";
import { openTap, type TappedRequest } from "./tap.ts";
import type { Disturbance, Trouble, TroubleName } from "./troubles.ts";
import { judge, type Verdict } from "./verdict.ts";

/** One disturbed run and what came of it. */
export interface Trial extends Verdict, Finish {
  readonly trouble: TroubleName;
  readonly site: string;
  readonly carrier: Story["carrier"];
  readonly step: string;
  /** Number of the request that was struck, from 0, and what it was. */
  readonly request: number;
  readonly struck: TappedRequest;
  /** When somebody was killed, or what was wrong with the request. */
  readonly disturbance: string;
  /** What the disturbed run failed with; empty when it went on by itself, or was interrupted. */
  readonly failure: string;
  /** What was asked of the service after the interruption that is more than reading, by those who lived on. */
  readonly orphanVerbs: readonly string[];
  /** Processes that lived on until they were ended by force. */
  readonly survivors: readonly string[];
}

/** One run that is disturbed and one that goes on; undefined when the run ended before the request came. */
export async function tryOut(
  { story, index, step, before, effect, requests }: Rehearsed,
  { name, runner }: Trouble,
  folder: string,
  disturbance: Disturbance,
): Promise<Trial | undefined> {
  copyStage(before, folder);
  const stage = await openStage(story, folder);
  disturbance.prepare?.(stage.simulator);
  let interrupt: () => Promise<void> = async () => undefined;
  let sentBefore: number | undefined;
  const strike = disturbance.strike?.(async () => {
    sentBefore = tap.requests.length;
    await interrupt();
  });
  const tap = await openTap(stage.simulator.url, strike);
  try {
    const work = { story, index, folder, url: tap.url };
    const run = await runner.start(work);
    interrupt = () => run.interrupt();
    const failure = await run.ended;
    if (strike !== undefined && !tap.struck()) return undefined;
    const orphaned = sentBefore === undefined ? [] : tap.requests.slice(sentBefore);
    const ended = !disturbance.interrupts && failure === "";
    const finish = ended ? { stuck: "", commands: [] } : await runner.finish(work);
    return {
      ...judge(effect, await stage.effect()),
      ...finish,
      ...{ trouble: name, site: story.site, carrier: story.carrier, step: step.name },
      ...{ request: disturbance.request, disturbance: disturbance.name },
      struck: requests[disturbance.request] ?? { method: "", path: "" },
      failure: disturbance.interrupts ? "" : failure,
      orphanVerbs: orphaned.filter(({ method }) => method !== "GET").map(textOf),
      survivors: run.survivors(),
    };
  } finally {
    await tap.close();
    await stage.close();
  }
}

/** A request in a few words: its method and the end of its path. */
export function textOf({ method, path }: TappedRequest): string {
  return `${method} ${path.replace(/\?.*/, "").split("/").slice(-2).join("/")}`;
}
