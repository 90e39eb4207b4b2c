import type { ActionKind } from "../../../recovery/action-kinds.ts";
import type { ItemFacts } from "../../../recovery/model.ts";
import { goesToAzure, isFromHyperV } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { isInterruption } from "../run.ts";
import { isThrough, machineStatus, noteMachine, updateMachine } from "./machine-record.ts";
import { noteJob, type OpenRecord } from "./record.ts";

/**
 * Writes into the record where a machine stands that is through or whose job runs, and the job that brought it
 * there before this run. One that something is still to be begun for keeps the record it has.
 */
export function noteStanding(
  record: OpenRecord,
  action: ActionKind,
  { item, decision, changesRecoveryPoint }: Situation,
): void {
  // What failed before its point was changed has failed still.
  if (decision.kind === "done" && changesRecoveryPoint) return;
  if (decision.kind !== "done") {
    if (decision.kind === "follow") noteMachine(record, item, { status: "inProgress", error: "" });
    return;
  }
  const { jobName = "", cancelled } = decision;
  updateMachine(record, item, (each) => {
    // Somebody else mended what had failed.
    const foreign = each.jobs.length === 0 || each.status === "failed";
    return {
      ...each,
      status: statusIn(action, item, cancelled),
      error: "",
      jobs:
        jobName !== "" && foreign && !each.jobs.includes(jobName)
          ? [...each.jobs, jobName]
          : each.jobs,
    };
  });
  noteJob(record, jobName);
}

/** Writes into the record that something is to be done again for a machine that was through: it has to be, still. */
export function noteReopening(
  record: OpenRecord,
  { item, decision, changesRecoveryPoint }: Situation,
): void {
  if (decision.kind === "done" && !changesRecoveryPoint) return;
  updateMachine(record, item, (each) =>
    isThrough(each) ? { ...each, status: "inProgress" } : each,
  );
}

/** Where a machine stands as its action sees it; one that was moved on by a later action is through. */
function statusIn(action: ActionKind, item: ItemFacts, cancelled = false): string {
  if (cancelled || action === "CancelFailover") return "cancelled";
  const status = machineStatus(item);
  if (action === "Reprotect" || action === "Resynchronize") return status;
  if (action === "TestFailover" || action === "TestFailoverCleanup") {
    return status === "testing" ? status : "cleanedUp";
  }
  // A Hyper-V machine that came home from Azure is replicated there again by the failback itself.
  if (action === "Failback" && isFromHyperV(item) && goesToAzure(item)) {
    return status === "testing" ? "protected" : status;
  }
  return status === "commitPending" || status === "failed" ? status : "committed";
}

/** Writes into the record why machines did not get where the action wants them; an interruption is no reason. */
export function noteFailure(record: OpenRecord, items: readonly ItemFacts[], error: unknown): void {
  if (isInterruption(error)) return;
  const text = error instanceof Error ? error.message : String(error);
  for (const item of items) noteMachine(record, item, { status: "failed", error: text });
}
