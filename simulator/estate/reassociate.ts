import type { Call } from "../http/route.ts";
import type { ProtectedItem } from "../recovery/items/item.ts";
import { itemId, missingReference, vaultOf } from "../recovery/vault/find.ts";
import { sameId } from "../state/identifiers.ts";
import { type JsonObject, listAt, textAt } from "../state/json.ts";
import type { Fabric } from "../state/model.ts";
import {
  configurationServerOf,
  containerOfSite,
  estateMachine,
  protectableItemName,
} from "./find.ts";

/**
 * What moves from one process server to another: everything with SystemLevel or without names, else the machines
 * named by protectable item, as the service's own clients do, by item, id or friendly name (CH-REASSOCIATE). Refuses servers and machines that are not there.
 */
export function reassociation(call: Call, fabric: Fabric): JsonObject {
  const server = configurationServerOf(vaultOf(call), fabric.name);
  if (!server) return {};
  const idOf = (field: string) => {
    const id = textAt(call.body, "properties", field) ?? "";
    const found = server.processServers.find((each) => each.id === id.toLowerCase());
    if (!found) throw missingReference(`properties.${field}`, id);
    return found.id;
  };
  const from = idOf("sourceProcessServerId");
  const to = idOf("targetProcessServerId");
  const names = listAt(call.body, "properties", "vmsToMigrate").map(String);
  const isWhole = textAt(call.body, "properties", "updateType")?.toLowerCase() === "systemlevel";
  const all = isWhole || names.length === 0;
  return { from, to, items: all ? null : names.map((name) => lifecycleOf(call, fabric, name)) };
}

function lifecycleOf(call: Call, fabric: Fabric, name: string): string {
  const vault = vaultOf(call);
  const found = Object.values(vault.items).find(
    (item) =>
      item.fabricName === fabric.name &&
      ([item.name, item.friendlyName, discoveredAs(call, item)].some(
        (each) => each.toLowerCase() === name.toLowerCase(),
      ) ||
        sameId(itemId(vault, item), name)),
  );
  if (!found) throw missingReference("properties.vmsToMigrate", name);
  return found.lifecycleId;
}

/** Name of the protectable item that an item's machine is; empty for a machine that is not discovered. */
function discoveredAs(call: Call, item: ProtectedItem): string {
  const vault = vaultOf(call);
  const machine = estateMachine(call.simulation, item.onPremises?.machine);
  const container = containerOfSite(vault, item.fabricName);
  if (!machine || !container) return "";
  return protectableItemName(call.simulation, vault, container, machine);
}
