import type { WorldDocument } from "../../simulator/index.ts";
import { SITE, SITE_SET_UP } from "./site.ts";
import { SITE_ITEM } from "./site-items.ts";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
/** The id of the world's vault. */
export const VAULT: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-recovery/providers/Microsoft.RecoveryServices/vaults/vault`;

/** A small world of two regions and a VMware site, in which every operation has something to work on. */
export const WORLD: WorldDocument = {
  seed: "conformance",
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [
    { name: "rg-east", location: "eastus" },
    { name: "rg-west", location: "westus" },
    { name: "rg-recovery", location: "westus" },
  ],
  networks: [
    { name: "net-east", resourceGroup: "rg-east", subnets: { web: "10.1.1.0/24" } },
    { name: "net-west", resourceGroup: "rg-west", subnets: { web: "10.2.1.0/24" } },
  ],
  storageAccounts: [
    { name: "cacheeast", resourceGroup: "rg-east" },
    { name: "cachewest", resourceGroup: "rg-west" },
  ],
  networkSecurityGroups: [{ name: "nsg-west", resourceGroup: "rg-west" }],
  machines: [
    {
      name: "vm",
      resourceGroup: "rg-east",
      os: "Windows",
      network: "net-east",
      subnet: "web",
      tags: { tier: "web" },
    },
    { name: "vm-new", resourceGroup: "rg-east", network: "net-east", subnet: "web" },
  ],
  ...SITE,
  vaults: [
    {
      name: "vault",
      resourceGroup: "rg-recovery",
      fabrics: [
        { name: "fabric-east", location: "eastus" },
        { name: "fabric-west", location: "westus" },
      ],
      containers: [
        { name: "container-east", fabric: "fabric-east" },
        { name: "container-west", fabric: "fabric-west" },
      ],
      policies: [
        { name: "policy", recoveryPointHistoryMinutes: 1440, appConsistentMinutes: 60 },
        { name: "unused", recoveryPointHistoryMinutes: 1440 },
        ...SITE_SET_UP.policies,
      ],
      mappings: [
        { name: "there", source: "container-east", target: "container-west", policy: "policy" },
        { name: "back", source: "container-west", target: "container-east", policy: "policy" },
        ...SITE_SET_UP.mappings,
      ],
      networkMappings: [
        { name: "there", primaryNetwork: "net-east", recoveryNetwork: "net-west" },
        { name: "back", primaryNetwork: "net-west", recoveryNetwork: "net-east" },
      ],
      items: [
        {
          name: "item",
          machine: "vm",
          container: "container-east",
          recoveryContainer: "container-west",
          policy: "policy",
          recoveryResourceGroup: "rg-west",
          cacheStorageAccount: "cacheeast",
        },
        SITE_ITEM,
      ],
    },
  ],
};

/** What the named segments of a path are called in the world. */
export const NAMES: Readonly<Record<string, string>> = {
  subscriptionId: SUBSCRIPTION,
  resourceGroupName: "rg-recovery",
  resourceName: "vault",
  virtualMachineName: "vm",
  fabricName: "fabric-east",
  protectionContainerName: "container-east",
  replicatedProtectedItemName: "item",
  policyName: "policy",
  mappingName: "there",
  networkName: "azureNetwork",
  networkMappingName: "there",
  recoveryPlanName: "plan",
  alertSettingName: "defaultAlertSetting",
  vaultSettingName: "default",
};

const container = (side: string) =>
  `${VAULT}/replicationFabrics/fabric-${side}/replicationProtectionContainers/container-${side}`;
const group = (side: string) => `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-${side}`;
const compute = (kind: string, name: string) =>
  `${group("east")}/providers/Microsoft.Compute/${kind}/${name}`;
const network = (side: string) =>
  `${group(side)}/providers/Microsoft.Network/virtualNetworks/net-${side}`;
const A2A = { instanceType: "A2A" };
const POLICY = { ...A2A, multiVmSyncStatus: "Enable", recoveryPointHistory: 1440 };
const NETWORK_MAPPING = {
  recoveryNetworkId: network("west"),
  recoveryFabricName: "fabric-west",
  fabricSpecificDetails: { instanceType: "AzureToAzure", primaryNetworkId: network("east") },
};
const disk = (name: string) => ({
  diskId: compute("disks", `${name}-os`),
  primaryStagingAzureStorageAccountId: `${group("east")}/providers/Microsoft.Storage/storageAccounts/cacheeast`,
  recoveryResourceGroupId: group("west"),
});
const GROUPS = [
  {
    groupType: "Boot",
    replicationProtectedItems: [
      { id: `${container("east")}/replicationProtectedItems/item`, virtualMachineId: "vm" },
    ],
  },
];
const FAILOVER = { failoverDirection: "PrimaryToRecovery", providerSpecificDetails: A2A };
const PLAN_FAILOVER = {
  failoverDirection: "PrimaryToRecovery",
  providerSpecificDetails: [{ ...A2A, recoveryPointType: "Latest" }],
};
const DRILL = { networkType: "VmNetworkAsInput", networkId: network("west") };

/** Properties of the body that asks of an A2A object what the recorded or published one asks of its own. */
export const BODIES: Readonly<Record<string, object>> = {
  ReplicationFabrics_Create: { customDetails: { instanceType: "Azure", location: "eastus" } },
  ReplicationFabrics_ReassociateGateway: { updateType: "ServerLevel", vmsToMigrate: ["vm"] },
  ReplicationProtectionContainers_Create: { providerSpecificInput: [A2A] },
  ReplicationProtectionContainers_SwitchProtection: {
    replicationProtectedItemName: "item",
    providerSpecificDetails: {
      ...A2A,
      recoveryContainerId: container("east"),
      recoveryResourceGroupId: group("east"),
      policyId: `${VAULT}/replicationPolicies/policy`,
    },
  },
  ReplicationProtectionContainerMappings_Create: {
    targetProtectionContainerId: container("west"),
    policyId: `${VAULT}/replicationPolicies/policy`,
    providerSpecificInput: A2A,
  },
  ReplicationProtectionContainerMappings_Update: {
    providerSpecificInput: { ...A2A, agentAutoUpdateStatus: "Disabled" },
  },
  ReplicationProtectionContainerMappings_Delete: {},
  ReplicationPolicies_Create: { providerSpecificInput: POLICY },
  ReplicationPolicies_Update: { replicationProviderSettings: POLICY },
  ReplicationNetworkMappings_Create: NETWORK_MAPPING,
  ReplicationNetworkMappings_Update: NETWORK_MAPPING,
  ReplicationProtectedItems_Create: {
    policyId: `${VAULT}/replicationPolicies/policy`,
    providerSpecificDetails: {
      ...A2A,
      fabricObjectId: compute("virtualMachines", "vm-new"),
      recoveryContainerId: container("west"),
      recoveryResourceGroupId: group("west"),
      vmManagedDisks: [disk("vm-new")],
    },
  },
  ReplicationProtectionIntents_Create: {
    providerSpecificDetails: {
      ...A2A,
      fabricObjectId: compute("virtualMachines", "vm-new"),
      primaryLocation: "eastus",
      recoveryLocation: "westus",
      recoverySubscriptionId: SUBSCRIPTION,
      recoveryAvailabilityType: "Single",
      recoveryResourceGroupId: group("west"),
    },
  },
  ReplicationProtectedItems_Update: {
    recoveryAzureVMName: "vm-after",
    providerSpecificDetails: A2A,
  },
  ReplicationProtectedItems_UnplannedFailover: FAILOVER,
  ReplicationProtectedItems_PlannedFailover: FAILOVER,
  ReplicationProtectedItems_TestFailover: { ...FAILOVER, ...DRILL },
  ReplicationProtectedItems_TestFailoverCleanup: { comments: "done" },
  ReplicationProtectedItems_ApplyRecoveryPoint: { providerSpecificDetails: A2A },
  ReplicationProtectedItems_Reprotect: {
    failoverDirection: "RecoveryToPrimary",
    providerSpecificDetails: { ...A2A, recoveryContainerId: container("east") },
  },
  ReplicationProtectedItems_Delete: {},
  ReplicationProtectedItems_AddDisks: {
    providerSpecificDetails: { ...A2A, vmManagedDisks: [disk("vm")] },
  },
  ReplicationProtectedItems_RemoveDisks: {
    providerSpecificDetails: { ...A2A, vmManagedDisksIds: [compute("disks", "vm-os")] },
  },
  ReplicationProtectedItems_ResolveHealthErrors: { healthErrors: [] },
  ReplicationRecoveryPlans_Create: {
    primaryFabricId: `${VAULT}/replicationFabrics/fabric-east`,
    recoveryFabricId: `${VAULT}/replicationFabrics/fabric-west`,
    failoverDeploymentModel: "ResourceManager",
    groups: GROUPS,
  },
  ReplicationRecoveryPlans_Update: { groups: GROUPS },
  ReplicationRecoveryPlans_UnplannedFailover: {
    ...PLAN_FAILOVER,
    sourceSiteOperations: "NotRequired",
  },
  ReplicationRecoveryPlans_PlannedFailover: PLAN_FAILOVER,
  ReplicationRecoveryPlans_TestFailover: { ...PLAN_FAILOVER, ...DRILL },
  ReplicationRecoveryPlans_TestFailoverCleanup: { comments: "done" },
};
