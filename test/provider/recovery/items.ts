import type { ItemFacts, JobFacts, RecoveryPointFacts } from "../../../provider/recovery/model.ts";
import { projectItem } from "../../../provider/recovery/projection.ts";

const vaultId =
  "/subscriptions/s/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/orders";

const side = (region: string): ItemFacts["primary"] => ({
  fabricName: `fabric-${region}`,
  fabricFriendlyName: region,
  containerName: `container-${region}`,
  containerId: `${vaultId}/replicationFabrics/fabric-${region}/replicationProtectionContainers/container-${region}`,
  location: region,
});

const network = (region: string): string =>
  `/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/${region}-vnet`;

/** A protected machine in northeurope that replicates to westeurope, changed as a test needs it. */
export function protectedItem(changes: Partial<ItemFacts> = {}): ItemFacts {
  const name = changes.name ?? "web";
  return {
    vaultId,
    name,
    armId: `${vaultId}/replicationFabrics/fabric-northeurope/replicationProtectionContainers/container-northeurope/replicationProtectedItems/${name}`,
    friendlyName: name,
    scenario: "AzureToAzure",
    instanceType: "A2A",
    protectionState: "Protected",
    protectionStateDescription: "Protected",
    activeLocation: "Primary",
    testFailoverState: "None",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
    replicationHealth: "Normal",
    failoverHealth: "Normal",
    healthErrors: [],
    policyId: `${vaultId}/replicationPolicies/daily`,
    primary: side("northeurope"),
    recovery: side("westeurope"),
    initialPrimaryLocation: "northeurope",
    lastSuccessfulTestFailoverTime: "2026-01-01T00:00:00Z",
    replicationLagSeconds: 120,
    replicationLagMeasuredAt: "2026-01-10T11:58:00Z",
    machineId: `/subscriptions/s/resourceGroups/prod/providers/Microsoft.Compute/virtualMachines/${name}`,
    osType: "Linux",
    multiVmGroupName: "",
    multiVmGroupId: "",
    multiVmGroupCreatedByUser: false,
    target: {
      machineName: name,
      machineSize: "Standard_D2s_v5",
      resourceGroupId: "/subscriptions/s/resourceGroups/prod-dr",
      networkId: network("westeurope"),
      testNetworkId: "",
      availabilitySetId: "",
      availabilityZone: "",
      proximityPlacementGroupId: "",
      bootDiagnosticsStorageAccountId: "",
    },
    nics: [
      {
        nicId: "nic",
        sourceNetworkId: network("northeurope"),
        sourceSubnetName: "apps",
        sourceAddress: "10.1.0.4",
        recoveryNetworkId: network("westeurope"),
        recoverySubnetName: "apps",
        recoveryAddress: "10.2.0.4",
        testNetworkId: "",
        testSubnetName: "",
        testAddress: "",
        primary: true,
      },
    ],
    disks: [
      {
        diskId: `/subscriptions/s/resourceGroups/prod/providers/Microsoft.Compute/disks/${name}-os`,
        name: `${name}-os`,
        capacityBytes: 64 * 1024 ** 3,
        recoveryResourceGroupId: "/subscriptions/s/resourceGroups/prod-dr",
        replicaDiskType: "Premium_LRS",
        targetDiskType: "Premium_LRS",
        cacheStorageAccountId: "",
        recoveryDiskEncryptionSetId: "",
        resynchronizationRequired: false,
      },
    ],
    unprotectedDiskIds: [],
    ...changes,
  };
}

/** The same machine after a failover that waits for its commit. */
export const failedOverItem = (changes: Partial<ItemFacts> = {}): ItemFacts =>
  projectItem(protectedItem(changes), ["unplannedFailover"]);

/** The same machine after a committed failover. */
export const committedItem = (changes: Partial<ItemFacts> = {}): ItemFacts =>
  projectItem(protectedItem(changes), ["unplannedFailover", "commit"]);

/** The same machine after the reprotect: it runs in westeurope and replicates to northeurope. */
export const reprotectedItem = (changes: Partial<ItemFacts> = {}): ItemFacts =>
  projectItem(protectedItem(changes), ["unplannedFailover", "commit", "reprotect"]);

/** A job of an item, changed as a test needs it. */
export function jobOf(
  item: ItemFacts,
  scenarioName: string,
  changes: Partial<JobFacts> = {},
): JobFacts {
  return {
    id: `${vaultId}/replicationJobs/${scenarioName}`,
    name: `job-${scenarioName}`,
    scenarioName,
    friendlyName: scenarioName,
    state: "Succeeded",
    startTime: "2026-01-10T10:00:00Z",
    endTime: "2026-01-10T10:05:00Z",
    targetObjectId: item.name,
    targetObjectName: item.friendlyName,
    targetInstanceType: "ProtectionEntity",
    tasks: [],
    errors: [],
    machines: [],
    ...changes,
  };
}

/** A recovery point of the given time and type. */
export function pointAt(time: string, type = "CrashConsistent"): RecoveryPointFacts {
  return { id: `/points/${time}`, name: `point-${time}`, time, type, multiVmConsistent: false };
}

/** A machine whose initial replication runs. */
export const replicatingItem = (): ItemFacts =>
  protectedItem({
    protectionState: "InitialReplicationInProgress",
    allowedOperations: ["DisableProtection"],
  });

/** A machine that no test failover has ever been done for. */
export function itemWithoutDrill(): ItemFacts {
  const { lastSuccessfulTestFailoverTime: _, ...item } = protectedItem();
  return item;
}
