import type { Context } from "../context.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { wasCancelledLast } from "../recovery/decision.ts";
import { itemIdentity } from "../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../recovery/model.ts";
import { verbJobsOf } from "../recovery/verbs.ts";
import type { ActionRecord, MachineRecord } from "./action-inputs.ts";
import { machineStatus } from "./execution/record.ts";
import { resolveTargets } from "./observation/targets.ts";
import type { AnyActionInputs } from "./settings.ts";

/** Statuses that somebody else can end behind the stack's back, and what may come of them. */
const openStatuses: Readonly<Record<string, readonly string[]>> = {
  testing: ["protected"],
  commitPending: ["committed", "protected"],
};

/**
 * Looks whether somebody else ended what a finished action left open: a test that was cleaned up, a
 * failover that was committed. Says so by name (P-05). What is history stays as it was recorded; an
 * unfinished action stays unfinished.
 */
export async function refreshRecord(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  record: ActionRecord,
): Promise<Pick<ActionRecord, "machines" | "status">> {
  const { machines, status } = record;
  if (!record.finished || !machines.some((each) => openStatuses[each.status] !== undefined)) {
    return { machines, status };
  }
  const { items, vault } = await resolveTargets(context, inputs);
  const jobs = await vault.jobs(context);
  const refreshed = machines.map((machine): MachineRecord => {
    const item = items.find((each) => itemIdentity(each.vaultId, each.name) === machine.item);
    const ends = openStatuses[machine.status];
    if (item === undefined || ends === undefined || !ends.includes(machineStatus(item))) {
      return machine;
    }
    const verb = endingVerb(machine, item, jobs);
    const job = verbJobsOf(item, jobs).find((each) => each.verb === verb)?.job;
    const by = job === undefined ? "" : ` by job ${job.name} of ${job.startTime}`;
    const { status: after, words } = endings[verb];
    context.log.warn(
      `${machine.machine}: its ${actionWords[action].title.toLowerCase()} ${words} outside this stack${by}.`,
    );
    return { ...machine, status: after };
  });
  const [first] = refreshed;
  const same = refreshed.every((each) => each.status === first?.status);
  return { machines: refreshed, status: same && first !== undefined ? first.status : status };
}

/** What each verb that ends an open action leaves in its record. */
const endings = {
  testFailoverCleanup: { status: "cleanedUp", words: "was cleaned up" },
  commit: { status: "committed", words: "was committed" },
  cancelFailover: { status: "cancelled", words: "was cancelled" },
} as const;

function endingVerb(
  machine: MachineRecord,
  item: ItemFacts,
  jobs: readonly JobFacts[],
): keyof typeof endings {
  if (machine.status === "testing") return "testFailoverCleanup";
  return wasCancelledLast(item, jobs) ? "cancelFailover" : "commit";
}
