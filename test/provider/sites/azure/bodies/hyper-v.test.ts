import test from "ava";
import {
  hyperVSiteBody,
  resumeJobBody,
  storageClassificationMappingBody,
} from "../../../../../provider/sites/azure/bodies/hyper-v.ts";
import { enableHyperVBody } from "../../../../../provider/sites/azure/bodies/hyper-v-item.ts";
import { updateItemBody } from "../../../../../provider/sites/azure/bodies/item-update.ts";
import {
  containerMappingBody,
  networkMappingBody,
  policyBody,
  policyUpdateBody,
} from "../../../../../provider/sites/azure/bodies/setup.ts";
import { betweenSitesItem, managedDiskItem } from "../facts/hyper-v-wires.ts";
import { fixture } from "../support/fixture.ts";

const policy = {
  recoveryPointHistoryMinutes: 120,
  applicationConsistentFrequencyMinutes: 60,
  crashConsistentFrequencyMinutes: 0,
  multiVmSync: false,
};

const vmNetwork = "/vault/replicationFabrics/vmm1/replicationNetworks/corp-guid";

test("S-03 a Hyper-V site is made with nothing but its kind", (t) => {
  t.deepEqual(hyperVSiteBody() as object, {
    properties: { customDetails: { instanceType: "HyperVSite" } },
  });
});

test("H-04 a policy towards Azure is written in hours, with its interval and its account", (t) => {
  const settings = {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDuration: 2,
    applicationConsistentSnapshotFrequencyInHours: 1,
    replicationInterval: 300,
  };
  const hyperV = { replicationIntervalSeconds: 300 };
  t.deepEqual(policyBody({ ...policy, scenario: "HyperVToAzure", hyperV }), {
    properties: { providerSpecificInput: settings },
  } as never);
  const full = {
    ...hyperV,
    initialReplicationStartTime: "22:00:00",
    storageAccountId: "/account",
  };
  t.deepEqual(policyUpdateBody({ ...policy, scenario: "VmmToAzure", hyperV: full }), {
    properties: {
      replicationProviderSettings: {
        ...settings,
        onlineReplicationStartTime: "22:00:00",
        storageAccounts: ["/account"],
      },
    },
  } as never);
});

test("S-06 a policy between VMM sites says how the hosts talk and what becomes of the replica", (t) => {
  const hyperV = {
    replicationIntervalSeconds: 900,
    betweenSites: {
      compression: true,
      port: 8084,
      authentication: "Certificate",
      deletesReplica: false,
    },
  } as const;
  t.deepEqual(policyBody({ ...policy, scenario: "VmmToVmm", hyperV }) as object, {
    properties: {
      providerSpecificInput: {
        instanceType: "HyperVReplica2012R2",
        recoveryPoints: 2,
        applicationConsistentSnapshotFrequencyInHours: 1,
        replicationFrequencyInSeconds: 900,
        compression: "Enable",
        initialReplicationMethod: "OverNetwork",
        replicationPort: 8084,
        allowedAuthenticationType: 2,
        replicaDeletion: "NotRequired",
      },
    },
  });
  const incomplete = { ...policy, scenario: "VmmToVmm" } as const;
  t.throws(() => policyBody(incomplete), { message: /hyperV/ });
});

test("S-07 a policy for a retired scenario is not written", (t) => {
  t.throws(() => policyBody({ ...policy, scenario: "VmmToVmmSan" }), {
    message: /VmmToVmmSan cannot be set up/,
  });
});

test("S-03 S-06 a container mapping of Hyper-V takes nothing, as in the swagger's example", (t) => {
  const specification = { targetContainerId: "Microsoft Azure", policyId: "/p" };
  for (const scenario of ["HyperVToAzure", "VmmToAzure", "VmmToVmm"] as const) {
    t.deepEqual(
      containerMappingBody({ ...specification, scenario, agentAutoUpdate: false }) as object,
      {
        properties: {
          targetProtectionContainerId: "Microsoft Azure",
          policyId: "/p",
          providerSpecificInput: {
            instanceType: "ReplicationProviderSpecificContainerMappingInput",
          },
        },
      },
    );
  }
});

test("S-04 a VM network is mapped to one of Azure as in the swagger's example", (t) => {
  const body = networkMappingBody({
    primaryNetworkId: vmNetwork,
    recoveryNetworkId: "/subscriptions/0/virtualNetworks/vnet",
    recoveryFabricName: "Microsoft Azure",
  });
  t.deepEqual(body, {
    properties: {
      recoveryFabricName: "Microsoft Azure",
      recoveryNetworkId: "/subscriptions/0/virtualNetworks/vnet",
      fabricSpecificDetails: { instanceType: "VmmToAzure" },
    },
  });
});

test("S-06 a VM network is mapped to one of the second VMM server", (t) => {
  const body = networkMappingBody({
    primaryNetworkId: vmNetwork,
    recoveryNetworkId: "/vault/replicationFabrics/vmm2/replicationNetworks/corp-guid",
    recoveryFabricName: "vmm2",
  });
  t.like(body.properties, { fabricSpecificDetails: { instanceType: "VmmToVmm" } });
  t.is(body.properties?.recoveryFabricName, "vmm2");
});

test("S-06 a storage classification is mapped by the id of the other one; a job is resumed with words", (t) => {
  t.deepEqual(storageClassificationMappingBody("/silver"), {
    properties: { targetStorageClassificationId: "/silver" },
  });
  t.deepEqual(resumeJobBody("go on"), { properties: { comments: "go on" } });
});

const target = {
  machineGuid: "vm-guid",
  sourceName: "web-1",
  osType: "Windows",
  osDiskId: "vhd-1",
  diskIds: ["vhd-1", "vhd-2"],
  storageAccountId: "/logs",
  diskType: "Premium_LRS",
  resourceGroupId: "/west",
} as const;

test("H-01 protection of a Hyper-V machine begins with its guid, its disks and how it will be in Azure", (t) => {
  const body = enableHyperVBody({
    scenario: "HyperVToAzure",
    protectableItemId: "/machines/vm-guid",
    policyId: "/p",
    toAzure: {
      ...target,
      networkId: "/vnet",
      subnetName: "web",
      machineName: "web",
      machineSize: "Standard_D2s_v3",
      availabilityZone: "1",
      diskEncryptionSetId: "/des",
    },
  });
  const disk = {
    logStorageAccountId: "/logs",
    diskType: "Premium_LRS",
    diskEncryptionSetId: "/des",
  };
  t.deepEqual(body as object, {
    properties: {
      policyId: "/p",
      protectableItemId: "/machines/vm-guid",
      providerSpecificDetails: {
        instanceType: "HyperVReplicaAzure",
        hvHostVmId: "vm-guid",
        vmName: "web-1",
        osType: "Windows",
        vhdId: "vhd-1",
        ...disk,
        useManagedDisks: "true",
        useManagedDisksForReplication: "true",
        disksToIncludeForManagedDisks: [
          { diskId: "vhd-1", ...disk },
          { diskId: "vhd-2", ...disk },
        ],
        targetAzureV2ResourceGroupId: "/west",
        targetAzureNetworkId: "/vnet",
        targetAzureSubnetId: "web",
        targetAzureVmName: "web",
        targetVmSize: "Standard_D2s_v3",
        targetAvailabilityZone: "1",
      },
    },
  });
});

test("H-01 without a kind of managed disks the disks go to the storage account itself", (t) => {
  const body = enableHyperVBody({
    scenario: "VmmToAzure",
    protectableItemId: "/machines/vm-guid",
    policyId: "/p",
    toAzure: { ...target, diskType: "" },
  });
  const details = body.properties?.providerSpecificDetails ?? {};
  t.like(details, {
    targetStorageAccountId: "/logs",
    useManagedDisks: "false",
    disksToInclude: ["vhd-1", "vhd-2"],
  });
  t.false("disksToIncludeForManagedDisks" in details);
});

test("H-01 S-06 protection between VMM sites begins with the machine and its policy alone", (t) => {
  const body = enableHyperVBody({
    scenario: "VmmToVmm",
    protectableItemId: "/machines/vm-guid",
    policyId: "/p",
  });
  t.deepEqual(body as object, {
    properties: {
      policyId: "/p",
      protectableItemId: "/machines/vm-guid",
      providerSpecificDetails: { instanceType: "HyperVReplica2012R2" },
    },
  });
});

test("S-03 an update of one setting of a Hyper-V machine repeats all the others as they are", (t) => {
  t.deepEqual(updateItemBody(managedDiskItem, { machineSize: "Standard_D4s_v3" }) as object, {
    properties: {
      recoveryAzureVMName: "web-1",
      recoveryAzureVMSize: "Standard_D4s_v3",
      vmNics: [
        {
          nicId: "nic-1",
          ipConfigs: [{ isPrimary: true, isSeletedForFailover: false }],
          enableAcceleratedNetworkingOnRecovery: false,
          reuseExistingNic: false,
        },
      ],
      selectedSourceNicId: "nic-1",
      enableRdpOnTargetOption: "Never",
      licenseType: "WindowsServer",
      providerSpecificDetails: {
        instanceType: "HyperVReplicaAzure",
        recoveryAzureV2ResourceGroupId: "/subscriptions/0/resourceGroups/west",
        useManagedDisks: "true",
        sqlServerLicenseType: "AHUB",
        diskIdToDiskEncryptionMap: { d_0_0: "/des" },
        targetVmTags: { owner: "shop" },
      },
    },
  });
});

test("S-04 an update of a recorded machine sets its network, its name and an address of its interface", (t) => {
  const { properties } = updateItemBody(fixture("hyperv-item-protected"), {
    machineName: "web",
    networkId: "/vnet",
    nics: [
      {
        nicId: "5FA405CC-9D48-488C-9157-FD858E8DC013",
        recoverySubnetName: "subnet1",
        recoveryStaticAddress: "10.0.2.46",
      },
    ],
  });
  t.like(properties, {
    recoveryAzureVMName: "web",
    recoveryAzureVMSize: "Standard_B1s",
    selectedRecoveryAzureNetworkId: "/vnet",
  });
  t.like(properties?.vmNics?.[0], {
    nicId: "5fa405cc-9d48-488c-9157-fd858e8dc013",
    selectionType: "SelectedByDefault",
  });
  t.like(properties?.vmNics?.[0]?.ipConfigs?.[0], {
    isPrimary: true,
    recoverySubnetName: "subnet1",
    recoveryStaticIPAddress: "10.0.2.46",
  });
});

test("S-06 a machine between VMM sites has no settings to update", (t) => {
  t.throws(() => updateItemBody(betweenSitesItem, { machineName: "web" }), {
    message: /no settings/,
  });
});
