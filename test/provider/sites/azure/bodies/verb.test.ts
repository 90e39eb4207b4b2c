import test from "ava";
import { verbCall } from "../../../../../provider/sites/azure/bodies/verb.ts";
import { recoveryPlanFacts } from "../../../../../provider/sites/azure/facts/recovery-plan.ts";
import type { VerbTarget } from "../../../../../provider/sites/azure/verb-request.ts";
import { failoverOf, protectedItem } from "../support/failover-request.ts";

const item = protectedItem("/subscriptions/0/resourceGroups/dr/providers/x/vaults/v");
const itemTarget = { kind: "item", item } as const satisfies VerbTarget;
const plan = recoveryPlanFacts({ id: "/vault/replicationRecoveryPlans/all", name: "all" });
const planTarget: VerbTarget = { kind: "recoveryPlan", plan, instanceTypes: ["A2A"] };

/** The body as it goes over the wire. */
function wire(body: object | undefined): unknown {
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body));
}

test("A-04 a failover to the latest point names no recovery point", (t) => {
  const { path, body } = verbCall(failoverOf(item));
  t.is(path, `${item.armId}/unplannedFailover`);
  t.deepEqual(wire(body), {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "Required",
      providerSpecificDetails: { instanceType: "A2A" },
    },
  });
});

test("A-05 a failover to a given point, without a shutdown of the source", (t) => {
  const call = verbCall({
    verb: "unplannedFailover",
    target: itemTarget,
    direction: "PrimaryToRecovery",
    shutdownSource: false,
    recoveryPoint: { kind: "LatestProcessed", recoveryPointId: "/points/1" },
  });
  t.deepEqual(wire(call.body), {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "NotRequired",
      providerSpecificDetails: { instanceType: "A2A", recoveryPointId: "/points/1" },
    },
  });
});

test("A-04 a recovery plan is failed over by the kind of its points", (t) => {
  const call = verbCall({
    verb: "unplannedFailover",
    target: planTarget,
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: { kind: "LatestProcessed", multiVmSyncPoint: true },
  });
  t.is(call.path, "/vault/replicationRecoveryPlans/all/unplannedFailover");
  t.deepEqual(wire(call.body), {
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "Required",
      providerSpecificDetails: [
        {
          instanceType: "A2A",
          recoveryPointType: "LatestProcessed",
          multiVmSyncPointOption: "UseMultiVmSyncRecoveryPoint",
        },
      ],
    },
  });
});

test("A-02 a drill goes into the given network, for an item and for a plan", (t) => {
  const drill = {
    verb: "testFailover",
    direction: "PrimaryToRecovery",
    networkId: "/networks/test",
    recoveryPoint: { kind: "Latest" },
  } as const;
  const common = {
    failoverDirection: "PrimaryToRecovery",
    networkType: "VmNetworkAsInput",
    networkId: "/networks/test",
  };
  t.deepEqual(wire(verbCall({ ...drill, target: itemTarget }).body), {
    properties: { ...common, providerSpecificDetails: { instanceType: "A2A" } },
  });
  t.deepEqual(wire(verbCall({ ...drill, target: planTarget }).body), {
    properties: {
      ...common,
      providerSpecificDetails: [{ instanceType: "A2A", recoveryPointType: "Latest" }],
    },
  });
});

test("A-02 the clean-up of a drill carries its comments", (t) => {
  const call = verbCall({ verb: "testFailoverCleanup", target: itemTarget, comments: "done" });
  t.is(call.path, `${item.armId}/testFailoverCleanup`);
  t.deepEqual(wire(call.body), { properties: { comments: "done" } });
});

test("A-08 a commit has no body", (t) => {
  const call = verbCall({ verb: "commit", target: itemTarget });
  t.is(call.path, `${item.armId}/failoverCommit`);
  t.false("body" in call);
});

test("A-07 a change of the recovery point names it", (t) => {
  const call = verbCall({
    verb: "changeRecoveryPoint",
    target: itemTarget,
    recoveryPointId: "/points/2",
  });
  t.is(call.path, `${item.armId}/applyRecoveryPoint`);
  t.deepEqual(wire(call.body), {
    properties: {
      recoveryPointId: "/points/2",
      providerSpecificDetails: { instanceType: "A2A" },
    },
  });
});

test("A-10 a reprotect switches protection on the container that the item lies in", (t) => {
  const call = verbCall({
    verb: "reprotect",
    way: "toRegion",
    target: itemTarget,
    recoveryContainerId: "/containers/old",
    policyId: "/policies/p",
    recoveryResourceGroupId: "/groups/g",
    recoveryAvailabilityZone: "1",
    disks: [
      {
        diskId: "/disks/d",
        cacheStorageAccountId: "/storage/s",
        recoveryResourceGroupId: "/groups/g",
        replicaDiskType: "Standard_LRS",
        targetDiskType: "Premium_LRS",
      },
    ],
  });
  t.true(call.path.endsWith("/cli-test-container-A2A-1/switchprotection"));
  t.deepEqual(wire(call.body), {
    properties: {
      replicationProtectedItemName: "cli-test-protected-item-A2A-1",
      providerSpecificDetails: {
        instanceType: "A2A",
        recoveryContainerId: "/containers/old",
        policyId: "/policies/p",
        recoveryResourceGroupId: "/groups/g",
        recoveryAvailabilityZone: "1",
        vmManagedDisks: [
          {
            diskId: "/disks/d",
            primaryStagingAzureStorageAccountId: "/storage/s",
            recoveryResourceGroupId: "/groups/g",
            recoveryReplicaDiskAccountType: "Standard_LRS",
            recoveryTargetDiskAccountType: "Premium_LRS",
          },
        ],
      },
    },
  });
});
