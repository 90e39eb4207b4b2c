import { SiteError, type SiteErrorDetails } from "../../../errors.ts";
import { itemIdentity } from "../../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../../recovery/model.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { hasWhollySucceeded, isJobOf, isRunning, verbWords } from "../../../recovery/verbs.ts";
import type { OperationOutcome } from "../../../sites/azure/site.ts";
import type { Evaluation } from "../../observation/evaluation.ts";
import { noteMachine } from "../record/machine-record.ts";
import { noteStanding } from "../record/standing.ts";
import { noteWarning } from "../record/warnings.ts";
import { isInterruption, type Run } from "../run.ts";
import type { Lane } from "./lane.ts";
import { observeLane } from "./observe-lane.ts";

/** A recovery plan's job that failed; the records of its machines tell what became of each. */
export class PlanFailure extends SiteError {
  static {
    PlanFailure.prototype.name = "PlanFailure";
  }
  /** True when machines failed by themselves, so that `onFailure` decides about the others. */
  readonly ofMachines: boolean;
  readonly verb: Verb;
  /** Machines whose own jobs run on. */
  readonly running: readonly ItemFacts[];
  /** Own jobs that ended well inside that of the plan, by item identity. */
  readonly ended: ReadonlyMap<string, string>;

  constructor(
    message: string,
    details: SiteErrorDetails & Pick<PlanFailure, "ofMachines" | "verb" | "running" | "ended">,
  ) {
    super(message, details);
    this.ofMachines = details.ofMachines;
    this.verb = details.verb;
    this.running = details.running;
    this.ended = details.ended;
  }
}

/** What a recovery plan's job did to one machine. */
interface Fate {
  readonly situation: Situation;
  /** The machine's own job inside that of the plan; absent when the plan did not reach it. */
  readonly own: JobFacts | undefined;
  readonly done: boolean;
  readonly failed: boolean;
  /** True while its own job runs on. */
  readonly runs: boolean;
}

/** True for the outcome of a recovery plan's job. */
export function isOfPlan({ job }: OperationOutcome): boolean {
  return job?.targetInstanceType === "RecoveryPlan";
}

/**
 * Writes into the record what a recovery plan's failed job has done to each of the lane's machines, by their own
 * jobs inside it and by where they stand now. Where no machine failed by itself, such as after a failed script or
 * check, the plan's failure is that of all machines it has left where they were.
 * Undefined when the lane is a single machine that the failure does not concern.
 */
export async function settlePlanFailure(
  run: Run,
  lane: Lane,
  before: Evaluation,
  outcome: OperationOutcome,
  members: readonly JobFacts[],
  verb: Verb,
): Promise<PlanFailure | undefined> {
  const { vault } = before.targets;
  const situations = await situationsNow(run, lane, before);
  const fates = situations.map((situation): Fate => {
    const own = members.find((each) => isJobOf(each, situation.item));
    const done = situation.decision.kind === "done" && !situation.changesRecoveryPoint;
    const failed = !done && own !== undefined && !isRunning(own) && !hasWhollySucceeded(own);
    const runs = !done && own !== undefined && isRunning(own);
    return { situation, own, done, failed, runs };
  });
  const failed = fates.filter((each) => each.failed);
  const ofMachines = failed.length > 0;
  if (!lane.byPlan && !ofMachines) return undefined;
  const { noun } = verbWords[verb];
  const texts = new Map<Fate, string>();
  for (const fate of fates) {
    const { item } = fate.situation;
    const reason =
      fate.failed && fate.own !== undefined ? vault.failureOf(fate.own) : outcome.failure;
    if (fate.failed || !(fate.done || fate.runs || ofMachines)) {
      texts.set(fate, `${item.friendlyName}: ${noun} failed. ${reason}`);
    }
    noteFate(run, fate, texts.get(fate));
  }
  if (fates.every((each) => each.done)) {
    noteWarning(run.context, run.record, `${lane.name}: ${noun} failed. ${outcome.failure}`);
  }
  const names = failed.map(({ situation }) => situation.item.friendlyName).join(", ");
  const message = ofMachines
    ? `${lane.name}: ${noun} failed for ${names}.\n${[...texts.values()].join("\n")}`
    : `${lane.name}: ${noun} failed. ${outcome.failure}`;
  return new PlanFailure(message, {
    site: "azure",
    operation: verb,
    jobErrors: outcome.job?.errors ?? [],
    hint: "Mend the cause and run `pulumi up` again: it goes on with what is left.",
    // Who cancelled the plan's job did not want the rest of it either.
    ofMachines: ofMachines && outcome.job?.state !== "Cancelled",
    verb,
    running: fates.filter((each) => each.runs).map(({ situation }) => situation.item),
    ended: new Map(
      fates.flatMap(({ own, situation: { item } }) =>
        own !== undefined && hasWhollySucceeded(own)
          ? [[itemIdentity(item.vaultId, item.name), own.name] as const]
          : [],
      ),
    ),
  });
}

/** How the machines stand now; as they stood before where the service does not tell, so that no outcome is lost. */
async function situationsNow(
  run: Run,
  lane: Lane,
  before: Evaluation,
): Promise<readonly Situation[]> {
  try {
    return (await observeLane(run, lane)).situations;
  } catch (error) {
    if (error instanceof SiteError || isInterruption(error)) return before.situations;
    throw error;
  }
}

function noteFate(
  { record, action }: Run,
  { situation, own, done }: Fate,
  text: string | undefined,
): void {
  if (done) noteStanding(record, action, situation);
  else if (text !== undefined) {
    noteMachine(record, situation.item, { status: "failed", error: text });
  } else {
    const { item } = situation;
    const identity = itemIdentity(item.vaultId, item.name);
    const touched = record.machines.some((each) => each.item === identity && each.jobs.length > 0);
    const status = own === undefined && !touched ? "notBegun" : "inProgress";
    noteMachine(record, item, { status, error: "" });
  }
}
