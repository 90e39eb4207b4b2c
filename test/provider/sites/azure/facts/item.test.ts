import test from "ava";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import { fixture } from "../support/fixture.ts";

const vaultId = "/subscriptions/0/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/V";
const protectedItem = itemFacts(vaultId, fixture("a2a-item-protected"));

test("A-01 a recorded region-to-region item reads as protected, with both its sides", (t) => {
  t.is(protectedItem.vaultId, vaultId);
  t.is(protectedItem.name, "cli-test-protected-item-A2A-1");
  t.is(protectedItem.friendlyName, "CliVM2");
  t.is(protectedItem.scenario, "AzureToAzure");
  t.is(protectedItem.protectionState, "Protected");
  t.deepEqual(protectedItem.allowedOperations, [
    "UnplannedFailover",
    "DisableProtection",
    "TestFailover",
  ]);
  t.like(protectedItem.primary, {
    fabricName: "cli-test-fabric-A2A-1",
    fabricFriendlyName: "East US",
    containerName: "cli-test-container-A2A-1",
    location: "eastus",
  });
  t.like(protectedItem.recovery, {
    fabricName: "cli-test-fabric-A2A-2",
    fabricFriendlyName: "East US 2",
    containerName: "cli-test-container-A2A-2",
    location: "eastus2",
  });
  t.true(protectedItem.primary.containerId.endsWith("/cli-test-container-A2A-1"));
});

test("A-13 after a reprotect the sides of the item are swapped, its name and first region are not", (t) => {
  const after = itemFacts(vaultId, fixture("a2a-item-after-reprotect"));
  t.is(after.name, protectedItem.name);
  t.not(after.armId, protectedItem.armId);
  t.is(after.primary.location, "eastus2");
  t.is(after.recovery.location, "eastus");
  t.is(after.initialPrimaryLocation, "eastus");
});

test("an idle item has no current job, and the service's times of never are absent", (t) => {
  t.false("currentScenario" in protectedItem);
  t.false("lastSuccessfulFailoverTime" in protectedItem);
  t.false("failoverRecoveryPointId" in protectedItem);
});

test("A-02 the health error of a missing drill is read in the service's words", (t) => {
  t.is(protectedItem.failoverHealth, "Warning");
  t.like(protectedItem.healthErrors[0], {
    code: "161011",
    category: "TestFailover",
    recommendedAction: "Do a test failover on the virtual machine.",
  });
});

test("A-04 the lag of the replication is read with its time", (t) => {
  t.is(protectedItem.replicationLagSeconds, 393);
  t.is(protectedItem.replicationLagMeasuredAt, "2023-01-16T09:24:51.8416166Z");
});

test("the target, network interface and disk of an item are read", (t) => {
  t.like(protectedItem.target, { machineName: "CliVM2", machineSize: "Standard_DS1_v2" });
  t.like(protectedItem.nics[0], {
    sourceAddress: "10.67.0.5",
    sourceSubnetName: "default",
    recoverySubnetName: "MySubnet",
    recoveryAddress: "",
    primary: true,
  });
  t.true(protectedItem.nics[0]?.nicId.endsWith("/networkInterfaces/CliVM2VMNic"));
  t.like(protectedItem.disks[0], {
    capacityBytes: 136367308800,
    replicaDiskType: "Premium_LRS",
    resynchronizationRequired: false,
  });
  t.false(protectedItem.multiVmGroupCreatedByUser);
});

test("A-12 the percentage that lingers on a protected item is not its initial copy", (t) => {
  t.false("initialReplicationPercent" in protectedItem);
  const wire = fixture("a2a-item-after-reprotect");
  const properties = wire.properties as Record<string, unknown>;
  const copying = { ...properties, protectionState: "InitialReplicationInProgress" };
  t.is(itemFacts(vaultId, { ...wire, properties: copying }).initialReplicationPercent, 43);
});

test("items of other scenarios read too, so that one list serves a mixed vault", (t) => {
  const rcm = itemFacts(vaultId, fixture("rcm-item-commit-pending"));
  t.is(rcm.scenario, "VmwareToAzure");
  t.is(rcm.activeLocation, "Recovery");
  t.is(rcm.recovery.containerName, "Microsoft Azure");
  t.is(rcm.lastSuccessfulFailoverTime, "2023-08-26T04:22:13.1215306Z");
  t.true(rcm.failoverRecoveryPointId?.endsWith("41b4ebe8-08b7-4404-98fc-c234a366cdb9"));
  t.is(rcm.replicationLagSeconds, 222);
  const hyperV = itemFacts(vaultId, fixture("hyperv-item-protected"));
  t.is(hyperV.scenario, "VmmToAzure");
  t.deepEqual(hyperV.currentScenario, {
    name: "EnableProtection",
    jobName: "88b6f446-2e34-4660-b1a5-504bf01f5c08",
  });
});

test("an item without any details reads without an exception", (t) => {
  const bare = itemFacts(vaultId, { id: "/x/replicationProtectedItems/y", name: "y" });
  t.is(bare.friendlyName, "y");
  t.deepEqual(bare.nics, []);
  t.is(bare.replicationHealth, "None");
});
