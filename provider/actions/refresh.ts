import type { Context } from "../context.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { itemIdentity, nameOf, sameId } from "../recovery/identity.ts";
import { byJob } from "../recovery/job-words.ts";
import type { JobFacts } from "../recovery/model.ts";
import { hasSucceeded } from "../recovery/verbs.ts";
import type { ActionRecord, MachineRecord } from "./action-inputs.ts";
import { type ActionTargets, resolveTargets } from "./observation/targets.ts";
import { endOf, isOpen } from "./refreshed-machine.ts";
import type { AnyActionInputs } from "./settings.ts";

/**
 * Looks whether somebody else ended what a finished action left open: a test that was cleaned up, a failover that
 * was committed, turned round or taken back, a protection that ended with it. Says so by name, job and time (P-05),
 * and that a recovery plan was deleted meanwhile. What is history stays as it was recorded; an unfinished action
 * stays unfinished.
 */
export async function refreshRecord(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  record: ActionRecord,
): Promise<Pick<ActionRecord, "machines" | "status">> {
  const { machines, status } = record;
  if (!record.finished || !machines.some(isOpen)) return { machines, status };
  const targets = await resolveTargets(context, inputs);
  // A vault that is gone has taken everything with it.
  const isThere = targets.problems.every(({ rule }) => rule !== "VA-UNKNOWN");
  const [items, jobs] = isThere
    ? await Promise.all([targets.vault.items(context), targets.vault.jobs(context)])
    : [[], []];
  const title = actionWords[action].title.toLowerCase();
  const refreshed = machines.map((machine): MachineRecord => {
    if (!isOpen(machine)) return machine;
    const item = items.find((each) => itemIdentity(each.vaultId, each.name) === machine.item);
    const end = endOf(action, record, machine, item, jobs);
    if (end === undefined) return machine;
    context.log.warn(`${machine.machine}: its ${title} ${end.words}.`);
    return { ...machine, status: end.status };
  });
  const left = refreshed.filter(isOpen).map((each) => each.machine);
  if (isThere && left.length > 0) tellDeletedPlan(context, inputs, targets, jobs, left);
  const [first] = refreshed;
  const same = refreshed.every((each) => each.status === first?.status);
  return { machines: refreshed, status: same && first !== undefined ? first.status : status };
}

/** What a deleted plan has left open can be gone on with machine by machine. */
function tellDeletedPlan(
  context: Context,
  { recoveryPlan }: AnyActionInputs,
  { plan, subject }: ActionTargets,
  jobs: readonly JobFacts[],
  left: readonly string[],
): void {
  if (recoveryPlan === undefined || plan !== undefined) return;
  const job = jobs.find(
    (each) =>
      each.scenarioName === "DeleteRecoveryPlan" &&
      hasSucceeded(each) &&
      sameId(each.targetObjectName, nameOf(recoveryPlan)),
  );
  context.log.warn(
    `${subject}: it was deleted elsewhere${byJob(job)}. What it left open stays so: ${left.join(", ")}. To go on, name them in \`items\` in place of \`recoveryPlan\`.`,
  );
}
