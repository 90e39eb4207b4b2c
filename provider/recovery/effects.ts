import { type ActionAsk, goalOf, isSpent, reversesReplication } from "./action-ask.ts";
import { knows } from "./capabilities.ts";
import type { Decision } from "./decision.ts";
import type { ItemFacts, JobFacts, Verb } from "./model.ts";
import { reaches } from "./moves.ts";
import { goesToAzure, isFromHyperV, type Position } from "./position.ts";
import { needsResynchronization } from "./resynchronization.ts";
import { failsOver, hasSucceeded, verbJobsOf } from "./verbs.ts";

type Done = Extract<Decision, { kind: "done" }>;
type History = readonly { readonly verb: Verb; readonly job: JobFacts }[];

const only =
  (verb: Verb) =>
  (each: Verb): boolean =>
    each === verb;
const moved = (verb: Verb): boolean => failsOver([verb]);

/** The decision when the effect of an action is there already; undefined when it is not. */
export function effectOf(
  ask: ActionAsk,
  item: ItemFacts,
  position: Position,
  jobs: readonly JobFacts[],
): Done | undefined {
  const history = verbJobsOf(item, jobs).filter(({ job }) => hasSucceeded(job));
  const covered =
    position.standing === "protected" ||
    position.standing === "replicating" ||
    position.standing === "testing";
  const done = (is: (verb: Verb) => boolean, waits = false): Done => {
    const jobName = history.find((each) => is(each.verb))?.job.name;
    return {
      kind: "done",
      ...(jobName === undefined ? {} : { jobName }),
      ...(waits ? { waitFor: "protected" } : {}),
    };
  };
  const replicating = position.standing === "replicating";
  const cameHome = covered && !position.away && wasReprotectedLast(item, history);
  switch (ask.kind) {
    case "TestFailover":
      return position.standing === "testing" ? done(only("testFailover")) : undefined;
    case "TestFailoverCleanup":
      return position.standing === "testing" ? undefined : done(only("testFailoverCleanup"));
    case "Failover":
      return reaches(position, goalOf(ask, item)) || (covered && position.away)
        ? done(moved)
        : undefined;
    case "Failback":
      if (reversesReplication(ask, item)) return cameHome ? done(moved, replicating) : undefined;
      return reaches(position, goalOf(ask, item)) || cameHome ? done(moved) : undefined;
    case "CompleteMigration":
      // What is migrated is forgotten by the service: an item that is there is not.
      return undefined;
    case "Reprotect":
      return (covered && position.away) || cameHome
        ? done(only("reprotect"), replicating)
        : undefined;
    case "CancelFailover":
      return knows(item.scenario, "cancelFailover") && reaches(position, goalOf(ask, item))
        ? done(only("cancelFailover"))
        : undefined;
    case "Resynchronize":
      return isResynchronized(ask, item, position)
        ? done(only("resynchronize"), needsResynchronization(item))
        : undefined;
  }
}

/** True when the copy is sound, or when the action's own job has begun to make it so. */
function isResynchronized(ask: ActionAsk, item: ItemFacts, { standing }: Position): boolean {
  if (standing !== "protected" || !knows(item.scenario, "resynchronize")) return false;
  const begun = isSpent(ask, "resynchronize") || ask.lostJob === true;
  return begun || !needsResynchronization(item);
}

/** True when the newest verb that moved the machine was the cancellation of a failback. */
export function wasCancelledLast(item: ItemFacts, jobs: readonly JobFacts[]): boolean {
  const newest = verbJobsOf(item, jobs)
    .filter(({ job }) => hasSucceeded(job))
    .find(({ verb }) => failsOver([verb]) || verb === "cancelFailover" || verb === "reprotect");
  return newest?.verb === "cancelFailover";
}

/** True when the newest verb that moved the machine or turned its replication was a reprotect. */
function wasReprotectedLast(item: ItemFacts, history: History): boolean {
  const turning = (verb: Verb): boolean =>
    failsOver([verb]) || verb === "commit" || verb === "reprotect";
  const newest = history.find(({ verb }) => turning(verb))?.verb;
  // The service may reverse the replication of a Hyper-V machine by itself after the commit (failback rules, X5).
  const bySelf = isFromHyperV(item) && goesToAzure(item) && newest === "commit";
  return newest === "reprotect" || bySelf;
}
