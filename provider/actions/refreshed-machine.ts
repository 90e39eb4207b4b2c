import type { ActionKind } from "../recovery/action-kinds.ts";
import { wasCancelledLast } from "../recovery/decision.ts";
import { parseItemIdentity } from "../recovery/identity.ts";
import { byJob } from "../recovery/job-words.ts";
import type { ItemFacts, JobFacts, Verb } from "../recovery/model.ts";
import { positionOf } from "../recovery/position.ts";
import { hasSucceeded, type JobTarget, verbJobsOf, verbWords } from "../recovery/verbs.ts";
import type { ActionRecord, MachineRecord } from "./action-inputs.ts";
import { machineStatus } from "./execution/record/machine-record.ts";

/** Statuses that somebody else can end behind the stack's back. */
const openStatuses: readonly string[] = ["testing", "commitPending"];

/** True when something of the machine's action is still open, so that somebody else may end it. */
export function isOpen({ status }: MachineRecord): boolean {
  return openStatuses.includes(status);
}

/** How somebody ended what an action had left open. */
export interface End {
  /** What the record says from now on. */
  readonly status: "cleanedUp" | "committed" | "cancelled" | "ended";
  /** What was done, with its jobs and their times, to be put behind the action's name. */
  readonly words: string;
}

/** How an open action of one machine ended; undefined while it is open. `item` is absent when the vault has it no more. */
export function endOf(
  action: ActionKind,
  record: ActionRecord,
  machine: MachineRecord,
  item: ItemFacts | undefined,
  jobs: readonly JobFacts[],
): End | undefined {
  if (item === undefined) return endOfProtection(machine, jobs);
  const later = deedsAfter(record, machine, item, jobs);
  if (machine.status === "testing") {
    if (machineStatus(item) === "testing") return undefined;
    return ended("cleanedUp", "was cleaned up", ["testFailoverCleanup"], later);
  }
  if (isAsLeft(action, item)) return undefined;
  if (wasCancelledLast(item, jobs)) {
    return ended("cancelled", "was cancelled", ["cancelFailover"], later);
  }
  // Between VMM sites the reprotect commits.
  return ended("committed", "was committed", ["commit", "reprotect"], later);
}

/** True while the failover waits for its commit, or while the service does not show clearly how it stands. */
function isAsLeft(action: ActionKind, item: ItemFacts): boolean {
  const { standing, away } = positionOf(item);
  const meantAway = action !== "Failback";
  if (standing === "unknown" || standing === "failed") return true;
  return standing === "failedOver" && away === meantAway;
}

interface Deed {
  readonly verb: Verb;
  readonly job: JobFacts;
}

/** What was done to the machine since the action had ended, oldest first. */
function deedsAfter(
  { finishedAt }: ActionRecord,
  machine: MachineRecord,
  item: JobTarget,
  jobs: readonly JobFacts[],
): readonly Deed[] {
  const deeds = verbJobsOf(item, jobs).filter(({ job }) => hasSucceeded(job));
  const own = deeds.findIndex(({ job }) => machine.jobs.includes(job.name));
  // The machine's part of a plan's job has another name than the job.
  const later =
    own >= 0 ? deeds.slice(0, own) : deeds.filter(({ job }) => isAfter(job.startTime, finishedAt));
  return later.toReversed();
}

function isAfter(time: string | undefined, other: string): boolean {
  return time !== undefined && Date.parse(time) >= Date.parse(other);
}

/** The end by the first of these verbs, and what else was done since. */
function ended(
  status: End["status"],
  words: string,
  verbs: readonly Verb[],
  later: readonly Deed[],
): End {
  const cause = verbs
    .map((verb) => later.find((each) => each.verb === verb))
    .find((each) => each !== undefined);
  const others = later.filter((each) => each !== cause).map(since);
  const rest = others.length === 0 ? "" : `; since then: ${others.join(", ")}`;
  return { status, words: `${words} elsewhere${byJob(cause?.job)}${rest}` };
}

const since = ({ verb, job }: Deed): string => `${verbWords[verb].noun}${byJob(job)}`;

/** What the end of its protection means for an action that was open: nobody can commit or clean up any more. */
function endOfProtection(machine: MachineRecord, jobs: readonly JobFacts[]): End {
  const name = parseItemIdentity(machine.item)?.itemName ?? "";
  const job = verbJobsOf({ name, armId: "" }, jobs).find(
    (each) => each.verb === "disable" || each.verb === "completeMigration",
  )?.job;
  const stays =
    machine.status === "testing" ? "its copy may have been left" : "it stays where it ran";
  return {
    status: "ended",
    words: `was ended with the machine's protection elsewhere${byJob(job)}; ${stays}`,
  };
}
