import { findNetwork } from "../../azure/networks.ts";
import { findResource } from "../../azure/resources.ts";
import { badRequest } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import { nameOf, sameId } from "../../state/identifiers.ts";
import { type JsonObject, listAt, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { missingReference } from "../vault/find.ts";
import { protectedDisks } from "./enable.ts";
import { hyperVPlannedInput, wrongDirection } from "./hyper-v/verb-inputs.ts";
import { checkInputKind } from "./input-kind.ts";
import type { ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { checkRunAsAccount } from "./on-premises/enable-checks.ts";
import { recoveryLocationOf } from "./places.ts";
import { recoveryPointsOf } from "./recovery-points.ts";

/**
 * CH-DIRECTION: an item always goes from its present primary side to its recovery side. The failback of a
 * classic machine was recorded with either direction.
 */
function checkDirection(call: Call, item: ProtectedItem): void {
  if (KINDS[item.kind].isReversed) return;
  const direction = textAt(call.body, "properties", "failoverDirection");
  if (direction?.toLowerCase() !== "recoverytoprimary") return;
  throw wrongDirection("RecoveryToPrimary", "PrimaryToRecovery");
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

/** Modernized machines are told apart from the rest of the body whether they are shut down, as recorded. */
function siteOperations(call: Call, item: ProtectedItem): string | null {
  if (item.kind !== "InMageRcm")
    return textAt(call.body, "properties", "sourceSiteOperations") ?? null;
  const shutdown = textAt(call.body, "properties", "providerSpecificDetails", "performShutdown");
  return shutdown?.toLowerCase() === "false" ? "NotRequired" : "Required";
}

/** What a planned failover of a Hyper-V machine, or a failback of a modernized machine, needs of its request. */
export function plannedFailoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  if (item.kind === "HyperVReplicaAzure") {
    const { properties } = call.body;
    const pointId = textAt(properties, "providerSpecificDetails", "recoveryPointId");
    return {
      ...hyperVPlannedInput(call, vault, item),
      ...pointNamed(call, vault, item, pointId),
    };
  }
  if (item.kind !== "InMageRcmFailback") return {};
  checkInputKind(call, item.kind, `the protected item '${item.name}'`);
  const details = objectAt(call.body, "properties", "providerSpecificDetails");
  if (!details) throw missingDetails();
  return { pointType: textAt(details, "recoveryPointType") ?? null };
}

function missingDetails(): Error {
  return badRequest({
    code: "SIM-INVALID-INPUT",
    message: "The field 'properties.providerSpecificDetails' is required.",
    recommendedAction: "Say to which kind of recovery point the machine is to go.",
  });
}

/** What a failover job needs of its request. */
export function failoverInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  checkDirection(call, item);
  if (item.kind !== "InMageRcmFailback")
    checkInputKind(call, item.kind, `the protected item '${item.name}'`);
  return {
    sourceSiteOperations: siteOperations(call, item),
    pointType:
      textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointType") ?? null,
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
  checkDirection(call, item);
  if (item.kind !== "InMageRcmFailback")
    checkInputKind(call, item.kind, `the protected item '${item.name}'`);
  const networkId =
    textAt(call.body, "properties", "networkId") ??
    textAt(call.body, "properties", "providerSpecificDetails", "networkId");
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
  if (!KINDS[item.kind].isReversed)
    checkInputKind(call, item.kind, `the protected item '${item.name}'`);
  return pointNamed(
    call,
    vault,
    item,
    textAt(call.body, "properties", "providerSpecificDetails", "recoveryPointId") ??
      textAt(call.body, "properties", "recoveryPointId"),
  );
}

/** Disks of machines of a site are chosen when they are protected; the published inputs have none for later. */
function refuseForSites(item: ProtectedItem, verb: string): void {
  if (!item.onPremises && !item.hyperV) return;
  throw badRequest({
    code: "SIM-NOT-SUPPORTED",
    message: `The operation '${verb}' is not supported for the protected item '${item.name}' (${item.kind}).`,
    possibleCauses: "The operation belongs to replication from Azure to Azure.",
    recommendedAction: "Disable replication and enable it again with other disks.",
  });
}

/** What an update of the Mobility service needs of its request; Azure VMs need none (CH-OTHER-SCENARIOS). */
export function mobilityInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  if (!item.onPremises) {
    throw badRequest({
      code: "SIM-NOT-SUPPORTED",
      message: item.hyperV
        ? `The operation 'updateMobilityService' is not supported for the protected item '${item.name}' (${item.kind}).`
        : "The operation 'updateMobilityService' is not supported for replication from Azure to Azure (A2A).",
      possibleCauses: "The operation belongs to another replication scenario.",
      recommendedAction: item.hyperV
        ? "Hyper-V machines have no Mobility service."
        : "Azure VMs need no such care: the service looks after their agent itself.",
    });
  }
  const account = textAt(call.body, "properties", "runAsAccountId");
  checkRunAsAccount(vault, item.fabricName, account);
  return { runAsAccountId: account ?? null };
}

/** The disks a request adds, without those already protected. */
export function addDisksInput(call: Call, _vault: Vault, item: ProtectedItem): JsonObject {
  refuseForSites(item, "addDisks");
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
  refuseForSites(item, "removeDisks");
  const ids = listAt(call.body, "properties", "providerSpecificDetails", "vmManagedDisksIds").map(
    String,
  );
  const stranger = ids.find((id) => !item.disks.some((disk) => sameId(disk.diskId, id)));
  if (stranger !== undefined)
    throw missingReference("properties.providerSpecificDetails.vmManagedDisksIds", stranger);
  return { diskIds: ids };
}
