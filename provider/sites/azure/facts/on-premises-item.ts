import type { DiskFacts, SideFacts } from "../../../recovery/model.ts";
import type { OnPremisesItemFacts } from "../../../recovery/on-premises.ts";
import { azureTarget } from "../azure-target.ts";
import {
  numberOf,
  optional,
  textOf,
  textsOf,
  timeOf,
  truthOf,
  type Wire,
  wireOf,
  wiresOf,
} from "./wire.ts";

/** Wire names of items of a VMware site; those of the way back replicate from Azure to the site. */
const directions: Readonly<Record<string, "toAzure" | "toSite">> = {
  InMageRcm: "toAzure",
  InMageAzureV2: "toAzure",
  InMageRcmFailback: "toSite",
  InMage: "toSite",
};

/** Which way an item of a VMware site replicates; undefined for every other item. */
export function onPremisesDirection(instanceType: string): "toAzure" | "toSite" | undefined {
  return directions[instanceType];
}

/** What a VMware or physical item has beyond every other; undefined for items of other scenarios. */
export function onPremisesItemFacts(details: Wire): OnPremisesItemFacts | undefined {
  if (onPremisesDirection(textOf(details, "instanceType")) === undefined) return undefined;
  const discovered = wireOf(details, "discoveredVmDetails");
  const agent = wireOf(details, "mobilityAgentDetails");
  const [disk = {}] = wiresOf(details, "protectedDisks");
  const registered = details.isAgentRegistrationSuccessfulAfterFailover;
  const targetDatastore = textOf(details, "targetDataStoreName");
  return {
    discoveryType: textOf(details, "discoveryType"),
    osVersion: textOf(details, "osVersion") || textOf(discovered, "osName"),
    ipAddress: textOf(details, "ipAddress", "primaryNicIpAddress") || firstAddress(details),
    ...optional(
      "lastHeartbeat",
      timeOf(details, "lastHeartbeat") ?? timeOf(agent, "lastHeartbeatUtc"),
    ),
    ...optional(
      "agentRegisteredAfterFailover",
      registered === undefined || registered === null
        ? undefined
        : truthOf(details, "isAgentRegistrationSuccessfulAfterFailover"),
    ),
    processServerId: textOf(details, "processServerId"),
    masterTargetId: textOf(details, "masterTargetId"),
    reprotectAgentId: textOf(details, "reprotectAgentId"),
    runAsAccountId: textOf(details, "runAsAccountId"),
    vcenterId:
      textOf(details, "vCenterInfrastructureId", "targetvCenterId") ||
      textOf(discovered, "vCenterId"),
    ...optional(
      "vcenterMachineUuid",
      uuidIn(textOf(details, "infrastructureVmId", "fabricDiscoveryMachineId")),
    ),
    datastores: [
      ...textsOf(details, "datastores"),
      ...textsOf(discovered, "datastores"),
      ...(targetDatastore === "" ? [] : [targetDatastore]),
    ],
    sourceDeleted: truthOf(discovered, "isDeleted"),
    sourcePowerStatus: textOf(discovered, "powerStatus"),
    azureMachineId: textOf(details, "azureVirtualMachineId", "targetVmId"),
    logStorageAccountId:
      textOf(details, "logStorageAccountId", "recoveryAzureLogStorageAccountId") ||
      textOf(disk, "logStorageAccountId"),
    lastUsedPolicyId: textOf(details, "lastUsedPolicyId"),
    internalIdentifier: textOf(details, "internalIdentifier", "vmId"),
    ...optional("resynchronizationPercent", resynchronizationPercent(details)),
  };
}

/** The UUID at the end of an id: alone (classic), or after the vCenter's name (modernized). */
function uuidIn(id: string): string | undefined {
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.exec(id)?.[0];
}

function firstAddress(details: Wire): string {
  const [nic = {}] = wiresOf(details, "vmNics");
  return textOf(nic, "sourceIPAddress", "sourceIpAddress", "primaryNicStaticIPAddress");
}

/** Progress of a resynchronization; the modernized kind says whether one runs, the classic one by its disks. */
function resynchronizationPercent(details: Wire): number | undefined {
  const state = textOf(details, "resyncState");
  if (state !== "") {
    return state === "StartedResynchronization"
      ? (numberOf(details, "resyncProgressPercentage") ?? 0)
      : undefined;
  }
  const disks = wiresOf(details, "protectedDisks").filter((disk) =>
    truthOf(disk, "resyncRequired"),
  );
  return disks.length === 0 ? undefined : meanProgress(details, disks);
}

/** Mean progress of disks whose data is copied as a whole. */
function meanProgress(details: Wire, disks: readonly Wire[]): number | undefined {
  const own =
    numberOf(details, "resyncProgressPercentage") ??
    numberOf(wireOf(details, "resyncDetails"), "initialReplicationProgressPercentage");
  if (own !== undefined) return own;
  const known = disks
    .map((disk) => numberOf(disk, "resyncProgressPercentage"))
    .filter((each) => each !== undefined);
  return known.length === 0
    ? undefined
    : Math.floor(known.reduce((sum, each) => sum + each, 0) / known.length);
}

/** Progress of the initial copy of a classic item, which the service counts as a resynchronization. */
export function classicInitialPercent(details: Wire): number | undefined {
  return meanProgress(details, wiresOf(details, "protectedDisks"));
}

/** Disks of a VMware or physical machine; the classic kind keeps their settings in a list of its own. */
export function onPremisesDisks(details: Wire): readonly DiskFacts[] {
  const settings = wiresOf(details, "protectedManagedDisks");
  return wiresOf(details, "protectedDisks").map((disk) => {
    const diskId = textOf(disk, "diskId");
    const own = settings.find((each) => textOf(each, "diskId") === diskId) ?? disk;
    const type = textOf(own, "diskType", "replicaDiskType");
    return {
      diskId,
      name: textOf(disk, "diskName"),
      capacityBytes: numberOf(disk, "capacityInBytes", "diskCapacityInBytes") ?? 0,
      recoveryResourceGroupId: textOf(
        details,
        "targetResourceGroupId",
        "recoveryAzureResourceGroupId",
      ),
      replicaDiskType: type,
      targetDiskType: type,
      cacheStorageAccountId:
        textOf(disk, "logStorageAccountId") || textOf(details, "recoveryAzureLogStorageAccountId"),
      recoveryDiskEncryptionSetId: textOf(own, "diskEncryptionSetId"),
      resynchronizationRequired:
        truthOf(disk, "resyncRequired") || truthOf(details, "resyncRequired"),
      ...optional("recoveredDiskId", textOf(disk, "targetManagedDiskId") || undefined),
    };
  });
}

/**
 * Both sides of an item of a VMware site, by where they are: the service goes on calling the site's fabric
 * primary after a reprotect, although Azure is the source then.
 */
export function onPremisesSides(
  site: SideFacts,
  location: string,
  instanceType: string,
): { readonly primary: SideFacts; readonly recovery: SideFacts } {
  const azure: SideFacts = {
    fabricName: azureTarget,
    fabricFriendlyName: azureTarget,
    containerName: azureTarget,
    containerId: azureTarget,
    location,
  };
  return onPremisesDirection(instanceType) === "toSite"
    ? { primary: azure, recovery: site }
    : { primary: site, recovery: azure };
}
