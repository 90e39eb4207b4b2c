import test from "ava";
import type { ItemFacts } from "../../../../../provider/recovery/model.ts";
import { verbCall } from "../../../../../provider/sites/azure/bodies/verb.ts";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import { recoveryPlanFacts } from "../../../../../provider/sites/azure/facts/recovery-plan.ts";
import type { VerbRequest } from "../../../../../provider/sites/azure/verb-request.ts";
import { betweenSitesItem, managedDiskItem, sanItem } from "../facts/hyper-v-wires.ts";
import { fixture } from "../support/fixture.ts";

const vaultId = "/subscriptions/0/resourceGroups/dr/providers/x/vaults/v";
const toAzure = itemFacts(vaultId, managedDiskItem);
const betweenSites = itemFacts(vaultId, betweenSitesItem);
const plan = recoveryPlanFacts(fixture("hyperv-recovery-plan"));

const of = (item: ItemFacts) => ({ kind: "item", item }) as const;
const planOf = (...instanceTypes: string[]) =>
  ({ kind: "recoveryPlan", plan, instanceTypes }) as const;
const latest = { kind: "Latest" } as const;
const point = { kind: "LatestProcessed", recoveryPointId: "/points/1" } as const;

/** What stands in the body as it goes over the wire, and where it goes. */
function sent(request: VerbRequest): { readonly verb: string; readonly properties: unknown } {
  const { path, body } = verbCall(request);
  const wire = body === undefined ? {} : JSON.parse(JSON.stringify(body));
  return { verb: path.slice(path.lastIndexOf("/") + 1), properties: wire.properties };
}

test("H-07 a planned failover of a Hyper-V machine is written as in the swagger's example", (t) => {
  const request = {
    verb: "plannedFailover",
    target: of(toAzure),
    direction: "PrimaryToRecovery",
    recoveryPoint: latest,
  } as const;
  t.deepEqual(sent(request), {
    verb: "plannedFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      providerSpecificDetails: { instanceType: "HyperVReplicaAzure" },
    },
  });
  t.deepEqual(sent({ ...request, target: of(betweenSites), direction: "RecoveryToPrimary" }), {
    verb: "plannedFailover",
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: { instanceType: "PlannedFailoverProviderSpecificFailoverInput" },
    },
  });
});

test("H-08 an unplanned failover of a Hyper-V machine says whether its site is tried, and to which point", (t) => {
  const request = {
    verb: "unplannedFailover",
    target: of(toAzure),
    direction: "PrimaryToRecovery",
    shutdownSource: false,
    recoveryPoint: point,
  } as const;
  t.deepEqual(sent(request), {
    verb: "unplannedFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: { instanceType: "HyperVReplicaAzure", recoveryPointId: "/points/1" },
    },
  });
  t.deepEqual(sent({ ...request, target: of(betweenSites), shutdownSource: true }), {
    verb: "unplannedFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "Required",
      providerSpecificDetails: { instanceType: "UnplannedFailoverProviderSpecificInput" },
    },
  });
});

test("H-09 a failback from Azure is a planned failover that synchronizes before the downtime, as recorded", (t) => {
  const request = {
    verb: "plannedFailover",
    target: of(toAzure),
    direction: "RecoveryToPrimary",
    recoveryPoint: latest,
  } as const;
  t.deepEqual(sent(request), {
    verb: "plannedFailover",
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: {
        instanceType: "HyperVReplicaAzureFailback",
        dataSyncOption: "ForSynchronization",
        recoveryVmCreationOption: "NoAction",
      },
    },
  });
  const failback = {
    dataSynchronization: "duringDowntime",
    createMachine: true,
    alternateProviderId: "/providers/host-2",
  } as const;
  t.like(sent({ ...request, failback }).properties, {
    providerSpecificDetails: {
      dataSyncOption: "ForDownTime",
      recoveryVmCreationOption: "CreateVmIfNotFound",
      providerIdForAlternateRecovery: "/providers/host-2",
    },
  });
});

test("H-09 a reverse replication after a failback names the machine, its disk and its accounts anew", (t) => {
  const request = { verb: "reprotect", way: "reverse", direction: "PrimaryToRecovery" } as const;
  t.deepEqual(sent({ ...request, hostMachineGuid: "host-guid", target: of(toAzure) }), {
    verb: "reProtect",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      providerSpecificDetails: {
        instanceType: "HyperVReplicaAzure",
        hvHostVmId: "host-guid",
        vmName: "web-1",
        osType: "Windows",
        vHDId: "vhd-1",
        logStorageAccountId: "/logs",
      },
    },
  });
});

test("H-09 S-06 between VMM sites the replication is turned around by its direction alone", (t) => {
  const request = { verb: "reprotect", way: "reverse", target: of(betweenSites) } as const;
  for (const direction of ["PrimaryToRecovery", "RecoveryToPrimary"] as const) {
    t.deepEqual(sent({ ...request, direction }), {
      verb: "reProtect",
      properties: {
        failoverDirection: direction,
        providerSpecificDetails: { instanceType: "ReverseReplicationProviderSpecificInput" },
      },
    });
  }
});

test("H-03 a drill of a Hyper-V machine goes into a network; between VMM sites it may do without", (t) => {
  const request = {
    verb: "testFailover",
    target: of(toAzure),
    direction: "PrimaryToRecovery",
    networkId: "/vnet",
    recoveryPoint: point,
  } as const;
  t.deepEqual(sent(request), {
    verb: "testFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      networkType: "VmNetworkAsInput",
      networkId: "/vnet",
      providerSpecificDetails: { instanceType: "HyperVReplicaAzure", recoveryPointId: "/points/1" },
    },
  });
  t.deepEqual(sent({ ...request, target: of(betweenSites), networkId: "" }), {
    verb: "testFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      networkType: "NoNetworkAttachAsInput",
      providerSpecificDetails: { instanceType: "TestFailoverProviderSpecificInput" },
    },
  });
});

test("H-05 a resynchronization by hand has no body", (t) => {
  t.deepEqual(sent({ verb: "resynchronize", target: of(toAzure) }), {
    verb: "repairReplication",
    properties: undefined,
  });
});

test("another point of a Hyper-V machine is named outside its details", (t) => {
  const request = { verb: "changeRecoveryPoint", recoveryPointId: "/points/1" } as const;
  t.deepEqual(sent({ ...request, target: of(toAzure) }).properties, {
    recoveryPointId: "/points/1",
    providerSpecificDetails: { instanceType: "HyperVReplicaAzure" },
  });
});

test("S-08 H-07 a migration is completed, and a failover committed, as of every other machine", (t) => {
  t.deepEqual(sent({ verb: "commit", target: of(toAzure) }), {
    verb: "failoverCommit",
    properties: undefined,
  });
  t.deepEqual(sent({ verb: "completeMigration", target: of(betweenSites) }).properties, {
    disableProtectionReason: "MigrationComplete",
  });
});

test("H-07 a plan of Hyper-V machines is failed over as in the swagger's examples", (t) => {
  const target = planOf("HyperVReplicaAzure");
  const planned = {
    verb: "plannedFailover",
    target,
    direction: "PrimaryToRecovery",
    recoveryPoint: latest,
  } as const;
  t.deepEqual(sent(planned).properties, {
    failoverDirection: "PrimaryToRecovery",
    providerSpecificDetails: [{ instanceType: "HyperVReplicaAzure" }],
  });
  // An older point that preview shows is asked for.
  const older = { kind: "LatestApplicationConsistent" } as const;
  t.deepEqual(sent({ ...planned, recoveryPoint: older }).properties, {
    failoverDirection: "PrimaryToRecovery",
    providerSpecificDetails: [
      { instanceType: "HyperVReplicaAzure", recoveryPointType: "LatestApplicationConsistent" },
    ],
  });
  const unplanned = (kind: "LatestProcessed" | "LatestCrashConsistent") =>
    sent({
      verb: "unplannedFailover",
      target,
      direction: "PrimaryToRecovery",
      shutdownSource: true,
      recoveryPoint: { kind },
    }).properties;
  for (const kind of ["LatestProcessed", "LatestCrashConsistent"] as const) {
    t.deepEqual(unplanned(kind), {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "Required",
      providerSpecificDetails: [
        { instanceType: "HyperVReplicaAzure", recoveryPointType: "LatestProcessed" },
      ],
    });
  }
});

test("H-09 a plan of Hyper-V machines returns from Azure by a planned failover", (t) => {
  const request = {
    verb: "plannedFailover",
    target: planOf("HyperVReplicaAzure"),
    direction: "RecoveryToPrimary",
    recoveryPoint: latest,
  } as const;
  t.deepEqual(sent(request).properties, {
    failoverDirection: "RecoveryToPrimary",
    providerSpecificDetails: [
      {
        instanceType: "HyperVReplicaAzureFailback",
        dataSyncOption: "ForSynchronization",
        recoveryVmCreationOption: "NoAction",
      },
    ],
  });
});

test("S-07 nothing is sent to an item that a SAN replicated", (t) => {
  const item = itemFacts(vaultId, sanItem);
  t.throws(() => sent({ verb: "commit", target: of(item) }), { message: /has no commit any more/ });
});

test("S-06 a plan between VMM sites is told its direction and nothing of its machines", (t) => {
  const target = planOf("HyperVReplica2012R2");
  t.deepEqual(
    sent({
      verb: "plannedFailover",
      target,
      direction: "RecoveryToPrimary",
      recoveryPoint: latest,
    }).properties,
    { failoverDirection: "RecoveryToPrimary", providerSpecificDetails: [] },
  );
  t.deepEqual(
    sent({
      verb: "unplannedFailover",
      target,
      direction: "PrimaryToRecovery",
      shutdownSource: false,
      recoveryPoint: latest,
    }).properties,
    {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: [],
    },
  );
});
