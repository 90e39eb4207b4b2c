import test from "ava";
import { disableProtectionBody } from "../../../../../provider/sites/azure/bodies/item.ts";
import { updateItemBody } from "../../../../../provider/sites/azure/bodies/item-update.ts";
import { enableOnPremisesBody } from "../../../../../provider/sites/azure/bodies/on-premises-item.ts";
import {
  containerMappingBody,
  containerMappingUpdateBody,
  policyBody,
  policyUpdateBody,
} from "../../../../../provider/sites/azure/bodies/setup.ts";
import { classicItem } from "../facts/classic-wires.ts";
import { fixture } from "../support/fixture.ts";

const settings = {
  recoveryPointHistoryMinutes: 1440,
  applicationConsistentFrequencyMinutes: 0,
  crashConsistentFrequencyMinutes: 5,
  multiVmSync: true,
};

test("S-01 a policy of a modernized site is written as it was recorded, truths as texts", (t) => {
  t.deepEqual(policyBody({ ...settings, scenario: "VmwareToAzure" }), {
    properties: {
      providerSpecificInput: {
        instanceType: "InMageRcm",
        recoveryPointHistoryInMinutes: 1440,
        crashConsistentFrequencyInMinutes: 5,
        appConsistentFrequencyInMinutes: 0,
        enableMultiVmSync: "true",
      },
    },
  });
});

test("S-01 a classic site has a policy for the way to Azure and another kind for the way back", (t) => {
  const classic = { ...settings, scenario: "VmwareToAzureClassic" as const };
  t.deepEqual(policyUpdateBody({ ...classic, recoveryPointThresholdMinutes: 15 }), {
    properties: {
      replicationProviderSettings: {
        instanceType: "InMageAzureV2",
        recoveryPointThresholdInMinutes: 15,
        recoveryPointHistory: 1440,
        crashConsistentFrequencyInMinutes: 5,
        appConsistentFrequencyInMinutes: 0,
        multiVmSyncStatus: "Enable",
      },
    },
  });
  const back = policyBody({ ...classic, failback: true }).properties?.providerSpecificInput;
  t.is(back?.instanceType, "InMage");
  t.false("crashConsistentFrequencyInMinutes" in (back ?? {}));
});

test("S-01 a container mapping to Azure carries what the site can do about agents", (t) => {
  const target = { targetContainerId: "Microsoft Azure", policyId: "/p", agentAutoUpdate: true };
  const modernized = { ...target, scenario: "VmwareToAzure" as const };
  t.deepEqual(containerMappingBody(modernized) as object, {
    properties: {
      targetProtectionContainerId: "Microsoft Azure",
      policyId: "/p",
      providerSpecificInput: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "true" },
    },
  });
  t.deepEqual(containerMappingUpdateBody(modernized) as object, {
    properties: {
      providerSpecificInput: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "true" },
    },
  });
  const classic = { ...target, scenario: "VmwareToAzureClassic" as const };
  const kindOf = (failback: boolean): unknown =>
    containerMappingBody({ ...classic, failback }).properties?.providerSpecificInput?.instanceType;
  t.deepEqual([kindOf(false), kindOf(true)], ["InMageAzureV2", "InMage"]);
});

const item = {
  machineId: "/machine",
  policyId: "/p",
  processServerId: "ps",
  runAsAccountId: "1",
  resourceGroupId: "/group",
  networkId: "/net",
  subnetName: "servers",
  logStorageAccountId: "/log",
  diskType: "Premium_LRS",
};

test("S-01 protection of a machine of a modernized site begins as it was recorded", (t) => {
  const body = enableOnPremisesBody({ ...item, scenario: "VmwareToAzure" });
  t.deepEqual(body as object, {
    properties: {
      policyId: "/p",
      providerSpecificDetails: {
        instanceType: "InMageRcm",
        fabricDiscoveryMachineId: "/machine",
        processServerId: "ps",
        runAsAccountId: "1",
        targetResourceGroupId: "/group",
        targetNetworkId: "/net",
        targetSubnetName: "servers",
        disksDefault: { logStorageAccountId: "/log", diskType: "Premium_LRS" },
      },
    },
  });
});

test("S-01 S-02 protection of a classic machine names what was discovered, and its disks one by one", (t) => {
  const disk = { diskId: "d1", logStorageAccountId: "/log", diskType: "StandardSSD_LRS" };
  const body = enableOnPremisesBody({
    ...item,
    scenario: "VmwareToAzureClassic",
    machineName: "web",
    disks: [disk],
  });
  t.deepEqual(body as object, {
    properties: {
      policyId: "/p",
      protectableItemId: "/machine",
      providerSpecificDetails: {
        instanceType: "InMageAzureV2",
        processServerId: "ps",
        runAsAccountId: "1",
        targetAzureV2ResourceGroupId: "/group",
        targetAzureNetworkId: "/net",
        targetAzureSubnetId: "servers",
        targetAzureVmName: "web",
        logStorageAccountId: "/log",
        diskType: "Premium_LRS",
        disksToInclude: [disk],
      },
    },
  });
});

test("S-01 an update of a modernized item repeats its settings inside its own details", (t) => {
  const { properties } = updateItemBody(fixture("rcm-item-protected"), {
    machineSize: "Standard_D4s_v5",
    nics: [{ nicId: "00:50:56:93:78:90", recoveryStaticAddress: "10.0.0.9" }],
  });
  t.deepEqual(Object.keys(properties ?? {}), ["providerSpecificDetails"]);
  t.like(properties?.providerSpecificDetails, {
    instanceType: "InMageRcm",
    targetVmName: "RCM-Win2K16-01",
    targetVmSize: "Standard_D4s_v5",
    vmNics: [
      {
        nicId: "00:50:56:93:78:90",
        isPrimaryNic: "true",
        isSelectedForFailover: "true",
        targetSubnetName: "MySubnet",
        targetStaticIPAddress: "10.0.0.9",
      },
    ],
  });
});

test("S-01 an update of a classic item sets its subnet although its interface shows no address", (t) => {
  const { properties } = updateItemBody(classicItem, {
    resourceGroupId: "/other",
    nics: [{ nicId: "n1", recoverySubnetName: "servers" }],
  });
  t.like(properties, { recoveryAzureVMName: "web-1", selectedRecoveryAzureNetworkId: "/net" });
  t.is(properties?.vmNics?.[0]?.ipConfigs?.[0]?.recoverySubnetName, "servers");
  t.deepEqual(properties?.providerSpecificDetails, {
    instanceType: "InMageAzureV2",
    recoveryAzureV2ResourceGroupId: "/other",
    targetAvailabilityZone: "2",
  });
});

test("P-04 the end of a classic item that is on its way back keeps the machine of the site", (t) => {
  t.deepEqual(disableProtectionBody("InMage").properties.replicationProviderInput, {
    instanceType: "InMage",
    replicaVmDeletionStatus: "Retain",
  });
});
