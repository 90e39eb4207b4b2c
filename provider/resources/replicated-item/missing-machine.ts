import type { Context } from "../../context.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { nameOf } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { isBetweenRegions, standingOf } from "../../recovery/position.ts";

/**
 * The warning of an Azure VM that is not where it is replicated from any more: deleted, or moved to another resource
 * group. A machine is looked for only when the health of its item is bad, so that a refresh of many costs one list.
 */
export async function findMissingMachine(
  context: Context,
  item: ItemFacts,
): Promise<readonly Finding[]> {
  const suspicious = item.replicationHealth === "Critical" || item.replicationHealth === "Warning";
  if (!suspicious || !isBetweenRegions(item) || standingOf(item) !== "protected") return [];
  const site = await context.sites.azure(context);
  if ((await site.machine(context, item.machineId)) !== undefined) return [];
  const causes = item.healthErrors.map((each) => `${each.code}: ${each.message}`.trim());
  const found = finding({
    rule: "ITEM-MACHINE",
    severity: "warn",
    subject: item.friendlyName,
    fact: `the machine that it is replicated from, ${item.machineId}, does not exist any more: it was deleted, or moved to another resource group, which Site Recovery does not follow. The vault has no job of that${causes.length === 0 ? "" : ` (${causes.join("; ")})`}.`,
    remedy: `Move it back to resource group ${groupOf(item.machineId)}; or, while its recovery points are kept, declare a Failover; or protect it where it is now: give its new id as \`machine\`.`,
    path: "machine",
  });
  context.log.warn(found.text);
  return [found];
}

function groupOf(machineId: string): string {
  return nameOf(machineId.replace(/\/providers\/.*$/i, ""));
}
