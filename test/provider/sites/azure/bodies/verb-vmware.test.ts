import test from "ava";
import type { ItemFacts } from "../../../../../provider/recovery/model.ts";
import { verbCall } from "../../../../../provider/sites/azure/bodies/verb.ts";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import { recoveryPlanFacts } from "../../../../../provider/sites/azure/facts/recovery-plan.ts";
import type {
  RecoveryPointKind,
  VerbRequest,
} from "../../../../../provider/sites/azure/verb-request.ts";
import { fixture } from "../support/fixture.ts";

const vaultId = "/subscriptions/0/resourceGroups/dr/providers/x/vaults/v";
const modernized = itemFacts(vaultId, fixture("rcm-item-protected"));
const reversed = itemFacts(vaultId, fixture("rcm-item-failback-protected"));
const classic: ItemFacts = {
  ...modernized,
  scenario: "VmwareToAzureClassic",
  instanceType: "InMageAzureV2",
};
const classicReversed: ItemFacts = { ...classic, instanceType: "InMage" };
const plan = recoveryPlanFacts({ id: "/vault/replicationRecoveryPlans/all", name: "all" });

const of = (item: ItemFacts) => ({ kind: "item", item }) as const;
const planOf = (...instanceTypes: string[]) =>
  ({ kind: "recoveryPlan", plan, instanceTypes }) as const;
const latest = { kind: "Latest" } as const;

/** What stands in the body as it goes over the wire, and where it goes. */
function sent(request: VerbRequest): { readonly verb: string; readonly properties: unknown } {
  const { path, body } = verbCall(request);
  const wire = body === undefined ? {} : JSON.parse(JSON.stringify(body));
  return { verb: path.slice(path.lastIndexOf("/") + 1), properties: wire.properties };
}

test("a failover of a modernized machine is written as it was recorded (107)", (t) => {
  const request = {
    verb: "unplannedFailover",
    target: of(modernized),
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: latest,
  } as const;
  t.deepEqual(sent(request), {
    verb: "unplannedFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      providerSpecificDetails: { instanceType: "InMageRcm", performShutdown: "true" },
      sourceSiteOperations: "NotRequired",
    },
  });
  const crash = sent({
    ...request,
    shutdownSource: false,
    recoveryPoint: { kind: "LatestProcessed", recoveryPointId: "/points/1" },
  });
  t.like(crash.properties, {
    providerSpecificDetails: { performShutdown: "false", recoveryPointId: "/points/1" },
  });
});

test("R-02 a reprotect towards a modernized site is written as it was recorded (132)", (t) => {
  const log =
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rgtestsrv2arcm/providers/Microsoft.Storage/storageAccounts/cliteststoragev2arcm1";
  t.deepEqual(
    sent({
      verb: "reprotect",
      way: "toSite",
      target: of(modernized),
      datastoreName: "Datastore 3",
      carrier: {
        kind: "appliance",
        applianceId: "83629832-8201-4d31-b9cd-a644185d035a",
        logStorageAccountId: log,
      },
    }),
    {
      verb: "reProtect",
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: {
          instanceType: "InMageRcm",
          datastoreName: "Datastore 3",
          logStorageAccountId: log,
          reprotectAgentId: "83629832-8201-4d31-b9cd-a644185d035a",
        },
      },
    },
  );
});

test("V-04 a failback of a modernized machine is written as it was recorded (163)", (t) => {
  const failback = (kind: RecoveryPointKind) =>
    sent({ verb: "plannedFailover", target: of(reversed), recoveryPoint: { kind } });
  t.deepEqual(failback("Latest"), {
    verb: "plannedFailover",
    properties: {
      providerSpecificDetails: {
        instanceType: "InMageRcmFailback",
        recoveryPointType: "CrashConsistent",
      },
    },
  });
  t.deepEqual(failback("LatestApplicationConsistent").properties, {
    providerSpecificDetails: {
      instanceType: "InMageRcmFailback",
      recoveryPointType: "ApplicationConsistent",
    },
  });
});

test("a planned failover of an item that has none is refused instead of sent", (t) => {
  const request: VerbRequest = {
    verb: "plannedFailover",
    target: of(modernized),
    recoveryPoint: latest,
  };
  t.throws(() => verbCall(request), { message: /InMageRcm has no planned failover/ });
});

test("V-04 a failback of a classic machine goes to the latest time or the latest tag", (t) => {
  const failback = (kind: RecoveryPointKind) =>
    sent({
      verb: "unplannedFailover",
      target: of(classicReversed),
      direction: "PrimaryToRecovery",
      shutdownSource: true,
      recoveryPoint: { kind, recoveryPointId: "/points/1" },
    });
  t.deepEqual(failback("Latest"), {
    verb: "unplannedFailover",
    properties: {
      failoverDirection: "PrimaryToRecovery",
      sourceSiteOperations: "Required",
      providerSpecificDetails: { instanceType: "InMage", recoveryPointType: "LatestTime" },
    },
  });
  t.like(failback("LatestApplicationConsistent").properties, {
    providerSpecificDetails: { recoveryPointType: "LatestTag" },
  });
});

test("R-02 a reprotect towards a classic site names master target, process server, datastore and retention volume, and keeps Azure's temporary disk out", (t) => {
  t.deepEqual(
    sent({
      verb: "reprotect",
      way: "toSite",
      target: of(classic),
      datastoreName: "ds1",
      carrier: {
        kind: "masterTarget",
        masterTargetId: "mt",
        processServerId: "ps",
        retentionVolume: "/mnt/retention",
        policyId: "/policies/failback",
        runAsAccountId: "1",
      },
    }),
    {
      verb: "reProtect",
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: {
          instanceType: "InMage",
          masterTargetId: "mt",
          processServerId: "ps",
          retentionDrive: "/mnt/retention",
          runAsAccountId: "1",
          datastoreName: "ds1",
          diskExclusionInput: {
            volumeOptions: [{ volumeLabel: "Temporary Storage", onlyExcludeIfSingleVolume: "Yes" }],
          },
          profileId: "/policies/failback",
        },
      },
    },
  );
});

test("V-09 a reprotect towards Azure: modernized without a direction, classic with the recorded one", (t) => {
  const request = {
    verb: "reprotect",
    way: "toAzure",
    processServerId: "ps",
    policyId: "/policies/forward",
    runAsAccountId: "1",
  } as const;
  t.deepEqual(sent({ ...request, target: of(reversed) }), {
    verb: "reProtect",
    properties: {
      providerSpecificDetails: {
        instanceType: "InMageRcmFailback",
        processServerId: "ps",
        runAsAccountId: "1",
        policyId: "/policies/forward",
      },
    },
  });
  t.deepEqual(sent({ ...request, target: of(classicReversed), logStorageAccountId: "/log" }), {
    verb: "reProtect",
    properties: {
      failoverDirection: "RecoveryToPrimary",
      providerSpecificDetails: {
        instanceType: "InMageAzureV2",
        masterTargetId: "ps",
        processServerId: "ps",
        runAsAccountId: "1",
        policyId: "/policies/forward",
        logStorageAccountId: "/log",
      },
    },
  });
});

test("a drill of a modernized machine repeats its network, a classic one does not", (t) => {
  const drill = {
    verb: "testFailover",
    direction: "PrimaryToRecovery",
    networkId: "/networks/test",
    recoveryPoint: latest,
  } as const;
  const details = (item: ItemFacts): unknown =>
    (sent({ ...drill, target: of(item) }).properties as { providerSpecificDetails: unknown })
      .providerSpecificDetails;
  t.deepEqual(details(modernized), { instanceType: "InMageRcm", networkId: "/networks/test" });
  t.deepEqual(details(classic), { instanceType: "InMageAzureV2" });
});

test("another recovery point is named in the way of each kind of item", (t) => {
  const change = (item: ItemFacts): unknown =>
    sent({ verb: "changeRecoveryPoint", target: of(item), recoveryPointId: "/points/2" })
      .properties;
  t.deepEqual(change(modernized), {
    recoveryPointId: "/points/2",
    providerSpecificDetails: { instanceType: "InMageRcm", recoveryPointId: "/points/2" },
  });
  t.deepEqual(change(classic), {
    recoveryPointId: "/points/2",
    providerSpecificDetails: { instanceType: "InMageAzureV2" },
  });
});

test("V-02 a plan is told once per kind of item in it, with truths as text", (t) => {
  const point = { kind: "LatestApplicationConsistent", multiVmSyncPoint: true } as const;
  const details = (request: VerbRequest): unknown =>
    (sent(request).properties as { providerSpecificDetails: unknown }).providerSpecificDetails;
  const over = {
    verb: "unplannedFailover",
    direction: "PrimaryToRecovery",
    shutdownSource: true,
    recoveryPoint: point,
  } as const;
  t.deepEqual(details({ ...over, target: planOf("InMageRcm", "InMageAzureV2") }), [
    {
      instanceType: "InMageRcm",
      recoveryPointType: "LatestApplicationConsistent",
      useMultiVmSyncPoint: "true",
    },
    {
      instanceType: "InMageAzureV2",
      recoveryPointType: "LatestApplicationConsistent",
      useMultiVmSyncPoint: "true",
    },
  ]);
  t.deepEqual(details({ ...over, target: planOf("InMage") }), [
    { instanceType: "InMage", recoveryPointType: "LatestTag" },
  ]);
  t.deepEqual(
    sent({
      verb: "plannedFailover",
      target: planOf("InMageRcmFailback"),
      direction: "RecoveryToPrimary",
      recoveryPoint: latest,
    }),
    {
      verb: "plannedFailover",
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: [
          { instanceType: "InMageRcmFailback", recoveryPointType: "CrashConsistent" },
        ],
      },
    },
  );
});

test("FB-CANCEL S-09 a cancellation has no body, a completed migration says why protection ends", (t) => {
  t.deepEqual(sent({ verb: "cancelFailover", target: of(reversed) }), {
    verb: "failoverCancel",
    properties: undefined,
  });
  t.deepEqual(sent({ verb: "completeMigration", target: of(modernized) }), {
    verb: "remove",
    properties: { disableProtectionReason: "MigrationComplete" },
  });
});
