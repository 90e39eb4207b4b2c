import { badRequest } from "../../http/answer.ts";
import type { Json } from "../../state/json.ts";
import { listAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { ProtectedItem } from "../items/item.ts";
import { KINDS } from "../items/kinds.ts";
import { MICROSOFT_AZURE, referredItem } from "../vault/find.ts";
import type { PlanGroup } from "./plan.ts";

/** Most machines of a plan. */
const MOST_ITEMS = 100;
/** Most boot groups of a plan. */
const MOST_BOOT_GROUPS = 7;

/** Reads the groups of a request; the service adds empty Shutdown and Failover groups in front. */
export function readGroups(
  vault: Vault,
  groups: readonly unknown[],
  fabrics: readonly string[],
): PlanGroup[] {
  const seen = new Set<string>();
  const read = groups.map(
    (group, index): PlanGroup => ({
      groupType: spelled(textAt(group, "groupType") ?? "Boot"),
      members: listAt(group, "replicationProtectedItems").map((entry, position) => {
        const field = `properties.groups[${index}].replicationProtectedItems[${position}].id`;
        const item = referredItem(vault, field, textAt(entry, "id") ?? "");
        if (seen.has(item.lifecycleId))
          throw refused(
            `The protected item '${item.name}' is in the recovery plan more than once.`,
          );
        seen.add(item.lifecycleId);
        if (!isBetween(fabrics, item)) {
          throw refused(
            `The protected item '${item.name}' replicates from fabric '${item.fabricName}' to '${item.recoveryFabricName}', which are not those of the recovery plan.`,
          );
        }
        const virtualMachineId = textAt(entry, "virtualMachineId") ?? null;
        checkMachine(item, virtualMachineId, field);
        return { lifecycleId: item.lifecycleId, virtualMachineId };
      }),
      startGroupActions: listAt(group, "startGroupActions") as readonly Json[],
      endGroupActions: listAt(group, "endGroupActions") as readonly Json[],
    }),
  );
  const boots = read.filter((group) => group.groupType === "Boot");
  if (seen.size === 0) throw refused("The recovery plan has no protected item.");
  if (seen.size > MOST_ITEMS)
    throw refused(
      `The recovery plan has ${seen.size} protected items, and may have ${MOST_ITEMS}.`,
    );
  if (boots.length > MOST_BOOT_GROUPS)
    throw refused(
      `The recovery plan has ${boots.length} groups, and may have ${MOST_BOOT_GROUPS}.`,
    );
  const given = (type: string) =>
    read.find((group) => group.groupType === type) ?? emptyGroup(type);
  return [given("Shutdown"), given("Failover"), ...boots];
}

/** Machines of a site replicate to Azure or back, which a plan of the site is for in both directions. */
function isBetween(fabrics: readonly string[], item: ProtectedItem): boolean {
  if (item.onPremises)
    return fabrics.includes(item.fabricName) && fabrics.includes(MICROSOFT_AZURE);
  return fabrics.includes(item.fabricName) && fabrics.includes(item.recoveryFabricName);
}

/** Plans call modernized machines by their internal identifier, Hyper-V machines by their id (reference 4.3; CH-PLAN-MACHINE). */
function checkMachine(item: ProtectedItem, given: string | null, field: string): void {
  const { generation } = KINDS[item.kind];
  const wanted = item.hyperV ? item.machineId : item.onPremises?.internalIdentifier;
  const isCalled = generation === "modernized" || generation === "hyperV";
  if (!isCalled || given === null || given.toLowerCase() === wanted?.toLowerCase()) return;
  throw refused(
    `The virtual machine '${given}' given beside '${field}' is not that of the protected item '${item.name}', whose ${item.hyperV ? "machine" : "internal identifier"} is '${wanted}'.`,
  );
}

function emptyGroup(groupType: string): PlanGroup {
  return { groupType, members: [], startGroupActions: [], endGroupActions: [] };
}

function spelled(type: string): string {
  return (
    ["Shutdown", "Failover", "Boot"].find((each) => each.toLowerCase() === type.toLowerCase()) ??
    type
  );
}

function refused(message: string): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message,
    recommendedAction: "Correct the recovery plan and retry the operation.",
  });
}
