import { setTimeout } from "node:timers/promises";
import { type Expected, unclear } from "./clarity.ts";
import { repairItems } from "./repair.ts";
import type { Finish, Run } from "./runner.ts";
import { beginFault, type SimulatedFault } from "./simulated-faults.ts";
import { copyStage, type Effect, openStage } from "./stage.ts";
import { deedsOf } from "./step-jobs.ts";
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
  /** The request that was struck, with its number, or the job. */
  readonly struck: string;
  /** When somebody was killed, or what was wrong with the request. */
  readonly disturbance: string;
  /** What the disturbed run failed with; empty when it went on by itself, or was interrupted. */
  readonly failure: string;
  /** What was asked of the service after the interruption that is more than reading, by those who lived on. */
  readonly orphanVerbs: readonly string[];
  /** Processes that lived on until they were ended by force. */
  readonly survivors: readonly string[];
  /** What the errors of its runs lacked to be clear. */
  readonly unclear: readonly string[];
  /** True when a run did not end by itself in the time it had. */
  readonly endless: boolean;
}

/** How long a run may take, in milliseconds: a hundred times as long as undisturbed. */
const longestRunMilliseconds = 100_000;

/**
 * How long an interruption may be on its way to the provider, and a request from its last look at the engine to the
 * service, in milliseconds.
 */
const flightMilliseconds = 1_000;

/** One run that is disturbed and one that goes on; undefined when the run ended before it was struck. */
export async function tryOut(
  rehearsed: Rehearsed,
  { name, runner }: Trouble,
  folder: string,
  disturbance: Disturbance,
): Promise<Trial | undefined> {
  const { story, index, step, before, effect } = rehearsed;
  const { simulated, interrupts } = disturbance;
  copyStage(before, folder);
  const stage = await openStage(story, folder, runner.clock);
  const fault = simulated && beginFault(stage.simulator, simulated);
  let interrupt: () => Promise<void> = async () => undefined;
  let sentBefore: number | undefined;
  const strike = disturbance.strike?.(async () => {
    await interrupt();
    // Who has its answer already may have looked whether the engine is there just before it was killed. And ^C
    // comes to the engine, which prints that before it passes it on.
    if (disturbance.name === "after" || name === "terminal") await setTimeout(flightMilliseconds);
    sentBefore = tap.requests.length;
  });
  const tap = await openTap(stage.simulator.url, strike);
  // Without a strike the way past the tap is shorter.
  const url = strike === undefined ? stage.simulator.url : tap.url;
  try {
    const { clock } = stage.simulator;
    const work = { story, index, folder, url, clock };
    const run = await runner.start(work);
    interrupt = () => run.interrupt();
    const [first, isStruck] = await Promise.all([endOf(run), fault?.attend(run.ended)]);
    const missed = strike === undefined ? isStruck === false : tap.struck() === undefined;
    // A run that fails without being struck is no miss: that is for everybody to see.
    if (missed && first.failure === "") return undefined;
    const orphaned = sentBefore === undefined ? [] : tap.requests.slice(sentBefore);
    const ended = !interrupts && first.failure === "";
    let second = interrupts || ended ? undefined : await endOf(await runner.start(work));
    const failures = [first.failure, second?.failure ?? ""].filter((each) => each !== "");
    const commands: string[] = [];
    if (second !== undefined && second.failure !== "" && simulated?.spoilt !== undefined) {
      if (await repairItems(stage.simulator, effect.jobs)) {
        commands.push("a resynchronization");
        second = await endOf(await runner.start(work));
      }
    }
    const finish = interrupts
      ? await runner.finish(work)
      : { stuck: second?.failure ?? "", commands };
    return {
      ...verdictOf(effect, await stage.effect(), simulated, commands.length > 0),
      ...finish,
      ...{ trouble: name, site: story.site, carrier: story.carrier, step: step.name },
      disturbance: disturbance.name,
      struck:
        simulated === undefined
          ? struckText(tap.requests, tap.struck())
          : (simulated.place ?? struckText(rehearsed.requests, simulated.request)),
      failure: interrupts && !missed ? "" : first.failure,
      orphanVerbs: orphaned.filter(({ method }) => method !== "GET").map(textOf),
      survivors: run.survivors(),
      unclear: (interrupts ? [] : failures).flatMap((each) =>
        unclear(each, expectedOf(rehearsed, simulated)),
      ),
      endless: first.endless || second?.endless === true,
    };
  } finally {
    await tap.close();
    await stage.close();
  }
}

/** Waits for the end of a run, and interrupts it when that does not come. */
async function endOf(run: Run): Promise<{ readonly failure: string; readonly endless: boolean }> {
  const timer = new AbortController();
  const late = setTimeout(longestRunMilliseconds, true, { signal: timer.signal }).then(
    async () => {
      await run.interrupt();
      return true;
    },
    () => false,
  );
  const failure = await run.ended;
  timer.abort();
  return { failure, endless: await late };
}

function verdictOf(
  undisturbed: Effect,
  disturbed: Effect,
  fault: SimulatedFault | undefined,
  repaired: boolean,
): Verdict {
  if (fault?.spoilt === undefined) return judge(undisturbed, disturbed);
  // What a job did not do may be asked for otherwise, machine by machine: the deeds count, not the requests.
  return judge(
    { items: withoutRepair(undisturbed), verbs: deedsOf(undisturbed.jobs) },
    { items: withoutRepair(disturbed), verbs: deedsOf(disturbed.jobs, fault.spoilt, repaired) },
  );
}

/** A cancelled failover leaves the copy to be resynchronized. */
function withoutRepair({ items }: Effect): Effect["items"] {
  return Object.fromEntries(
    Object.entries(items).map(([name, { allowedOperations, ...standing }]) => [
      name,
      {
        ...standing,
        allowedOperations: allowedOperations.filter((each) => each !== "RepairReplication"),
      },
    ]),
  );
}

function expectedOf({ story, effect }: Rehearsed, fault?: SimulatedFault): Expected {
  const plans = story.steps.flatMap(({ inputs }) => inputs?.recoveryPlan ?? []).map(String);
  return {
    subjects: [...Object.keys(effect.items), ...new Set(plans)],
    ...(fault?.cause === undefined ? {} : { cause: fault.cause }),
  };
}

function struckText(requests: readonly TappedRequest[], number = -1): string {
  const struck = requests[number];
  return struck === undefined ? "" : `request ${number} (${textOf(struck)})`;
}

/** A request in a few words: its method and the end of its path. */
export function textOf({ method, path }: TappedRequest): string {
  return `${method} ${path.replace(/\?.*/, "").split("/").slice(-2).join("/")}`;
}
