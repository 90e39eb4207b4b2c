import { findNetwork } from "../../azure/networks.ts";
import { findResource } from "../../azure/resources.ts";
import { badRequest } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { nameOf, sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { missingReference } from "../vault/find.ts";
import { protectedDisks } from "./enable.ts";
import type { ProtectedItem } from "./item.ts";
import { recoveryLocationOf } from "./places.ts";
import { recoveryPointsOf } from "./recovery-points.ts";

/** CH-DIRECTION: an A2A item always goes from its present primary side to its recovery side. */
function checkDirection(call: Call): void {
  const direction = textAt(call.body, "properties", "failoverDirection");
  if (direction?.toLowerCase() !== "recoverytoprimary") return;
  throw badRequest({
    code: "InvalidFailoverDirection",
    message:
      "The failover direction 'RecoveryToPrimary' is not valid for the current state of the protected item.",
    possibleCauses:
      "The protected item's active location is not the one the direction starts from.",
    recommendedAction: "Retry with the failover direction 'PrimaryToRecovery'.",
  });
}

function pointNamed(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  id: string | undefined,
): JsonObject {
  if (id === undefined) return {};
  const name = nameOf(id).toLowerCase();
  const known = recoveryPointsOf(call.simulation, vault, item).some((point) => point.name === name);
  if (!known) throw missingReference("recoveryPointId", id);
  return { point: name };
}

/** What a failover job needs of its request. */
export function failoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  checkDirection(call);
  return {
    sourceSiteOperations: textAt(call.body, "properties", "sourceSiteOperations") ?? null,
    ...pointNamed(
      call,
      vault,
      item,
      textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId"),
    ),
  };
}

/** What a test failover job needs of its request. */
export function testFailoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  checkDirection(call);
  const networkId = textAt(call.body, "properties", "networkId");
  if (networkId !== undefined) {
    const network = findNetwork(call.simulation, networkId);
    if (!network) throw missingReference("properties.networkId", networkId);
    const location = recoveryLocationOf(vault, item);
    if (network.location !== location) {
      throw badRequest({
        code: "SIM-INVALID-INPUT",
        message: `The network '${networkId}' given in 'properties.networkId' is in ${network.location}, and the machine is recovered in ${location}.`,
      });
    }
  }
  return {
    networkId: networkId ?? null,
    networkType: textAt(call.body, "properties", "networkType") ?? null,
    ...pointNamed(
      call,
      vault,
      item,
      textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId"),
    ),
  };
}

/** What the cleanup of a test failover needs of its request. */
export function cleanupInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  return {
    comments: textAt(call.body, "properties", "comments") ?? null,
    testJob: item.scenario?.job ?? null,
  };
}

/** What a change of the recovery point needs of its request. */
export function changePitInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  if (item.replication.discarded) return {};
  return pointNamed(call, vault, item, textAt(call.body, "properties", "recoveryPointId"));
}

/** The disks a request adds, without those already protected. */
export function addDisksInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  const machine = findResource(call.simulation, item.machineId);
  if (!machine) throw missingReference("fabricObjectId", item.machineId);
  const disks = protectedDisks(
    call.simulation,
    machine,
    objectAt(call.body, "properties", "providerSpecificDetails") ?? {},
  );
  const fresh = disks.filter(
    (disk) => !item.disks.some((each) => sameId(each.diskId, disk.diskId)),
  );
  return { disks: fresh.map((disk) => ({ ...disk })) };
}

/** The ids of the disks a request takes out of protection. */
export function removeDisksInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  const ids = listAt(call.body, "properties", "providerSpecificDetails", "vmManagedDisksIds").map(
    String,
  );
  const stranger = ids.find((id) => !item.disks.some((disk) => sameId(disk.diskId, id)));
  if (stranger !== undefined)
    throw missingReference("properties.providerSpecificDetails.vmManagedDisksIds", stranger);
  return { diskIds: ids };
}
