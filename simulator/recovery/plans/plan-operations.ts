import type { Vault } from "../../state/model.ts";
import type { ProtectedItem } from "../items/item.ts";
import { type ItemKind, KINDS } from "../items/kinds.ts";
import { allowedOperations } from "../items/states.ts";
import { isBetweenVmmSites } from "../items/vmm/vmm-kind.ts";
import type { Job } from "../jobs/job.ts";
import { itemWithLifecycle } from "../vault/find.ts";
import type { RecoveryPlan } from "./plan.ts";

/** What a plan offers at rest because of machines of a kind (reference 8; of reversed ones: CH-PLAN-KINDS). */
const BASE: Readonly<Record<ItemKind, readonly string[]>> = {
  A2A: ["UnplannedFailover", "TestFailover"],
  InMageRcm: ["UnplannedFailover", "TestFailover"],
  InMageAzureV2: ["UnplannedFailover", "TestFailover"],
  InMageRcmFailback: ["PlannedFailover"],
  InMage: ["UnplannedFailover"],
  HyperVReplicaAzure: ["PlannedFailover", "UnplannedFailover", "TestFailover"],
  HyperVReplica2012R2: ["PlannedFailover", "UnplannedFailover", "TestFailover"],
  HyperVReplica2012: ["PlannedFailover", "UnplannedFailover", "TestFailover"],
  San: [],
};

const ORDER = ["PlannedFailover", "UnplannedFailover", "TestFailover"];

/** The plan that a job is about; gone if it was deleted meanwhile. */
export function planOf(vault: Vault, job: Job): RecoveryPlan | undefined {
  return job.subject.kind === "plan" ? vault.plans[job.subject.name.toLowerCase()] : undefined;
}

/** The machines of a plan that are still protected, in the order of its groups. */
export function membersOf(vault: Vault, plan: RecoveryPlan): readonly ProtectedItem[] {
  return plan.groups
    .flatMap((group) => group.members)
    .flatMap((member) => itemWithLifecycle(vault, member.lifecycleId) ?? []);
}

/** What a plan offers at this moment. Machines of a site change their kind under it, and what it offers follows. */
export function planOperations(vault: Vault, plan: RecoveryPlan): readonly string[] {
  const members = membersOf(vault, plan);
  const ofSites = members.some(
    (item) => item.onPremises !== undefined || item.hyperV !== undefined,
  );
  const isFixed =
    plan.scenario?.status === "InProgress" ||
    plan.scenario?.status === "Suspended" ||
    plan.allowedOperations.includes("TestFailoverCleanup");
  if (!ofSites || isFixed) return plan.allowedOperations;
  const base = new Set(members.flatMap((item) => BASE[item.kind]));
  const afterwards = ["Commit", "CancelFailover"].filter((operation) =>
    members.some((item) => allowedOperations(item).includes(operation)),
  );
  const reverses = members.some(isCommittedBetweenSites) ? ["ReverseReplicate"] : [];
  return [...ORDER.filter((operation) => base.has(operation)), ...afterwards, ...reverses];
}

/** Recorded of plans between VMM sites after a commit only, although their machines offer it before. */
function isCommittedBetweenSites(item: ProtectedItem): boolean {
  const offered = allowedOperations(item);
  return (
    isBetweenVmmSites(item) && offered.includes("ReverseReplicate") && !offered.includes("Commit")
  );
}

/** The kinds of a plan's machines, each once. */
export function providersOf(vault: Vault, plan: RecoveryPlan): readonly ItemKind[] {
  return [...new Set(membersOf(vault, plan).map((item) => item.kind))];
}

/** Whether a machine stands on the side that a direction starts from (CH-PLAN-DIRECTION). */
export function fitsDirection(
  plan: RecoveryPlan,
  item: ProtectedItem,
  isReverse: boolean,
): boolean {
  if (item.hyperV) return isReverse === (item.activeLocation === "Recovery");
  if (item.onPremises) return KINDS[item.kind].isReversed || !isReverse;
  return item.fabricName === (isReverse ? plan.recoveryFabricName : plan.primaryFabricName);
}
