import test from "ava";
import {
  disableProtectionBody,
  enableProtectionBody,
} from "../../../../../provider/sites/azure/bodies/item.ts";
import { updateItemBody } from "../../../../../provider/sites/azure/bodies/item-update.ts";
import {
  recoveryPlanBody,
  recoveryPlanUpdateBody,
} from "../../../../../provider/sites/azure/bodies/recovery-plan.ts";
import {
  containerMappingBody,
  networkMappingBody,
  policyBody,
  policyUpdateBody,
} from "../../../../../provider/sites/azure/bodies/setup.ts";
import { fixture } from "../support/fixture.ts";

const policy = {
  recoveryPointHistoryMinutes: 1440,
  applicationConsistentFrequencyMinutes: 240,
  crashConsistentFrequencyMinutes: 5,
  multiVmSync: true,
};

test("a policy is created and updated with the same settings under the service's two names", (t) => {
  const settings = {
    instanceType: "A2A",
    recoveryPointHistory: 1440,
    crashConsistentFrequencyInMinutes: 5,
    appConsistentFrequencyInMinutes: 240,
    multiVmSyncStatus: "Enable",
  };
  t.deepEqual(policyBody(policy), { properties: { providerSpecificInput: settings } });
  t.deepEqual(policyUpdateBody(policy), {
    properties: { replicationProviderSettings: settings },
  });
});

test("a container mapping leaves out the automation account that it does not have", (t) => {
  const specification = { targetContainerId: "/c2", policyId: "/p", agentAutoUpdate: false };
  t.deepEqual(containerMappingBody(specification), {
    properties: {
      targetProtectionContainerId: "/c2",
      policyId: "/p",
      providerSpecificInput: { instanceType: "A2A", agentAutoUpdateStatus: "Disabled" },
    },
  });
});

test("a network mapping names both networks and the other fabric", (t) => {
  const body = networkMappingBody({
    primaryNetworkId: "/n1",
    recoveryNetworkId: "/n2",
    recoveryFabricName: "west",
  });
  t.deepEqual(body, {
    properties: {
      recoveryNetworkId: "/n2",
      recoveryFabricName: "west",
      fabricSpecificDetails: { instanceType: "AzureToAzure", primaryNetworkId: "/n1" },
    },
  });
});

test("protection begins with the machine, its disks and nothing that was not given", (t) => {
  const body = enableProtectionBody({
    machineId: "/vm",
    policyId: "/p",
    recoveryContainerId: "/c2",
    recoveryResourceGroupId: "/g",
    multiVmGroupName: "orders",
    disks: [],
  });
  t.deepEqual(body, {
    properties: {
      policyId: "/p",
      providerSpecificDetails: {
        instanceType: "A2A",
        fabricObjectId: "/vm",
        recoveryContainerId: "/c2",
        recoveryResourceGroupId: "/g",
        multiVmGroupName: "orders",
        vmManagedDisks: [],
      },
    },
  });
});

test("protection ends as stock clients end it", (t) => {
  t.deepEqual(disableProtectionBody("A2A"), {
    properties: {
      disableProtectionReason: "NotSpecified",
      replicationProviderInput: { instanceType: "DisableProtectionProviderSpecificInput" },
    },
  });
});

test("an update of one setting repeats all the others as they are", (t) => {
  const { properties } = updateItemBody(fixture("a2a-item-protected"), {
    machineSize: "Standard_D4s_v5",
    availabilitySetId: "",
  });
  t.like(properties, {
    recoveryAzureVMName: "CliVM2",
    recoveryAzureVMSize: "Standard_D4s_v5",
    recoveryAvailabilitySetId: "",
  });
  t.true(properties?.selectedRecoveryAzureNetworkId?.endsWith("/cli-test-vnet-A2A-2"));
  t.like(properties?.vmNics?.[0], {
    nicId: "298f05e1-6bbd-538e-8b81-5c6b50a6938c",
    selectionType: "SelectedByUserOverride",
  });
  t.like(properties?.vmNics?.[0]?.ipConfigs?.[0], {
    ipConfigName: "ipconfigCliVM2",
    isPrimary: true,
    isSeletedForFailover: true,
    recoverySubnetName: "MySubnet",
  });
  t.like(properties?.providerSpecificDetails, {
    instanceType: "A2A",
    tfoAzureVMName: "CliVM2-test",
  });
});

test("a network interface is found by its ARM id in any case, and a disk keeps its replica type", (t) => {
  const item = fixture("a2a-item-protected");
  const nicId =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/cliterraformvmrg/providers/microsoft.network/networkinterfaces/clivm2vmnic";
  const diskId =
    "/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000000/resourceGroups/CliTerraformVMRG/providers/Microsoft.Compute/disks/CliVM2_OsDisk_1_80694d2fed274d0ca369121bd4fd635b";
  const { properties } = updateItemBody(item, {
    nics: [{ nicId, recoverySubnetName: "other", testStaticAddress: "10.9.0.4" }],
    diskTypes: [{ diskId, targetDiskType: "StandardSSD_LRS" }],
  });
  t.like(properties?.vmNics?.[0]?.ipConfigs?.[0], {
    recoverySubnetName: "other",
    tfoStaticIPAddress: "10.9.0.4",
  });
  const details = properties?.providerSpecificDetails;
  t.like(
    details && "managedDiskUpdateDetails" in details ? details.managedDiskUpdateDetails?.[0] : {},
    {
      diskId: diskId.toLowerCase(),
      recoveryTargetDiskAccountType: "StandardSSD_LRS",
      recoveryReplicaDiskAccountType: "Premium_LRS",
    },
  );
});

test("S-06 a recovery plan between VMM sites has nothing deployed in Azure", (t) => {
  const fabrics = { primaryFabricId: "/vmm1", recoveryFabricId: "/vmm2", groups: [] };
  const model = (betweenSites?: true) =>
    recoveryPlanBody(betweenSites ? { ...fabrics, betweenSites } : fabrics).properties
      .failoverDeploymentModel;
  t.is(model(true), "NotApplicable");
  t.is(model(), "ResourceManager");
});

test("a recovery plan carries its groups and actions, and an update nothing but groups", (t) => {
  const groups = [
    {
      type: "Boot" as const,
      items: [{ armId: "/i/web", machineId: "/vm/web" }],
      startActions: [
        {
          name: "dns",
          failoverTypes: ["UnplannedFailover"],
          failoverDirections: ["PrimaryToRecovery" as const],
          details: {
            kind: "runbook" as const,
            runbookId: "/r",
            fabricLocation: "Recovery" as const,
          },
        },
      ],
      endActions: [],
    },
  ];
  const expected = [
    {
      groupType: "Boot",
      replicationProtectedItems: [{ id: "/i/web", virtualMachineId: "/vm/web" }],
      startGroupActions: [
        {
          actionName: "dns",
          failoverTypes: ["UnplannedFailover"],
          failoverDirections: ["PrimaryToRecovery"],
          customDetails: {
            instanceType: "AutomationRunbookActionDetails",
            runbookId: "/r",
            fabricLocation: "Recovery",
          },
        },
      ],
      endGroupActions: [],
    },
  ];
  const specification = { primaryFabricId: "/f1", recoveryFabricId: "/f2", groups };
  t.deepEqual(recoveryPlanBody({ ...specification, primaryZone: "1", recoveryZone: "2" }), {
    properties: {
      primaryFabricId: "/f1",
      recoveryFabricId: "/f2",
      failoverDeploymentModel: "ResourceManager",
      groups: expected,
      providerSpecificInput: [{ instanceType: "A2A", primaryZone: "1", recoveryZone: "2" }],
    },
  });
  t.deepEqual(recoveryPlanUpdateBody(specification), { properties: { groups: expected } });
});
