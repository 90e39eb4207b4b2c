import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Answer } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { sameId } from "../../state/identifiers.ts";
import type { Container, Vault } from "../../state/model.ts";
import { itemKey, type ProtectedItem } from "./item.ts";
import { itemJob } from "./item-job.ts";

/** A request to protect a machine, checked: what it asks for, and the item that comes of it. */
export interface EnableCandidate {
  readonly name: string;
  readonly source: Container;
  /** The machine's id, as its side knows it. */
  readonly machineId: string;
  readonly machineName: string;
  readonly make: () => ProtectedItem;
  readonly warning?: { readonly code: string; readonly message: string };
}

/** Starts the protection of a machine, or refuses it because it is protected already (CH-ALREADY-PROTECTED). */
export function enableItem(call: Call, vault: Vault, candidate: EnableCandidate): Answer {
  const { name, source, machineId, machineName, warning } = candidate;
  const existing = vault.items[itemKey(source.fabricName, source.name, name)];
  if (existing) return putAgain(call, vault, existing, machineId);
  const item = candidate.make();
  const items = Object.values(vault.items);
  const rival = items.find((each) => isOf(each, machineId));
  const namesake = items.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (rival || namesake) {
    return itemJob(call, vault, item, {
      scenario: "EnableDr",
      refusal: alreadyProtected(machineName, (rival ?? namesake)?.name ?? ""),
    });
  }
  // CH-ENABLING: the item is there from the start.
  vault.items[itemKey(item.fabricName, item.containerName, item.name)] = item;
  return itemJob(call, vault, item, { scenario: "EnableDr", ...(warning && { warning }) });
}

/** Machines of a site are known by what the site calls them, also while they run in Azure. */
function isOf(item: ProtectedItem, machineId: string): boolean {
  return sameId(item.machineId, machineId) || sameId(item.onPremises?.discoveryId, machineId);
}

function putAgain(call: Call, vault: Vault, item: ProtectedItem, machineId: string): Answer {
  if (!isOf(item, machineId)) {
    return itemJob(call, vault, item, {
      scenario: "EnableDr",
      refusal: alreadyProtected(item.friendlyName, item.name),
    });
  }
  const { code, message } = alreadyProtected(item.friendlyName, item.name);
  return itemJob(call, vault, item, {
    scenario: "UpdateVmProperties",
    input: {},
    warning: { code, message },
  });
}

function alreadyProtected(machine: string, item: string): ServiceError {
  return {
    code: "45031",
    message: `The virtual machine '${machine}' is already protected by the item '${item}'.`,
    possibleCauses: "Replication was enabled for the virtual machine before.",
    recommendedAction: "Use the existing protected item, or disable its replication first.",
  };
}
