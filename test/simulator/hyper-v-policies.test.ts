import test from "ava";
import { openPlant, policy, STORAGE } from "./hyper-v-site.ts";

test("S-03 a policy to Azure is read back by other names than it was made with", async (t) => {
  const plant = await openPlant(t);
  const input = {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDuration: 24,
    applicationConsistentSnapshotFrequencyInHours: 4,
    replicationInterval: 30,
    onlineReplicationStartTime: "22:30:00",
    storageAccounts: [STORAGE],
  };
  t.is((await plant.putPolicy("azure", input)).status, "Succeeded");
  t.deepEqual((await plant.get(policy("azure"))).properties.providerSpecificDetails, {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDurationInHours: 24,
    applicationConsistentSnapshotFrequencyInHours: 4,
    replicationInterval: 30,
    onlineReplicationStartTime: "22:30:00",
    encryption: "Disabled",
    activeStorageAccountId: STORAGE,
  });
  t.is((await plant.putPolicy("azure", input)).status, "Succeeded");
  t.is(
    (await plant.putPolicy("azure", { ...input, replicationInterval: 300 })).error.code,
    "15035",
  );
  t.is(
    (await plant.putPolicy("plain", { instanceType: "HyperVReplicaAzure" })).status,
    "Succeeded",
  );
  const plain = (await plant.get(policy("plain"))).properties.providerSpecificDetails;
  t.like(plain, {
    recoveryPointHistoryDurationInHours: 2,
    replicationInterval: 300,
    activeStorageAccountId: null,
  });
});

test("S-06 a policy between VMM sites is read with all its published settings", async (t) => {
  const plant = await openPlant(t);
  const input = {
    instanceType: "HyperVReplica2012R2",
    replicationFrequencyInSeconds: 900,
    recoveryPoints: 6,
    applicationConsistentSnapshotFrequencyInHours: 2,
    compression: "Disable",
    initialReplicationMethod: "OverNetwork",
    replicationPort: 8084,
    allowedAuthenticationType: 2,
    replicaDeletion: "OnRecoveryCloud",
  };
  t.is((await plant.putPolicy("sites", input)).status, "Succeeded");
  t.deepEqual((await plant.get(policy("sites"))).properties.providerSpecificDetails, {
    instanceType: "HyperVReplica2012R2",
    replicationFrequencyInSeconds: 900,
    recoveryPoints: 6,
    applicationConsistentSnapshotFrequencyInHours: 2,
    compression: "Disable",
    initialReplicationMethod: "OverNetwork",
    onlineReplicationStartTime: null,
    offlineReplicationImportPath: null,
    offlineReplicationExportPath: null,
    replicationPort: 8084,
    allowedAuthenticationType: 2,
    replicaDeletionOption: "OnRecoveryCloud",
  });
});

for (const [what, input, message] of [
  [
    "a frequency of a minute",
    { replicationInterval: 60 },
    /replicationInterval must be 30 or 300, and is 60/,
  ],
  ["a frequency of 15 minutes to Azure", { replicationInterval: 900 }, /must be 30 or 300/],
  ["a history of 25 hours", { recoveryPointHistoryDuration: 25 }, /must be between 0 and 24/],
  ["a history of half an hour", { recoveryPointHistoryDuration: 0.5 }, /whole number of hours/],
  [
    "an application-consistent point each 13 hours",
    { applicationConsistentSnapshotFrequencyInHours: 13 },
    /must be between 0 and 12/,
  ],
  [
    "an application-consistent point more seldom than the history is long",
    { recoveryPointHistoryDuration: 2, applicationConsistentSnapshotFrequencyInHours: 3 },
    /must not exceed recoveryPointHistoryDuration/,
  ],
  ["a start time that is none", { onlineReplicationStartTime: "25:00" }, /time of day HH:MM:SS/],
  [
    "a frequency of an hour between sites",
    { instanceType: "HyperVReplica2012R2", replicationFrequencyInSeconds: 3600 },
    /must be 30 or 300 or 900/,
  ],
] as const) {
  test(`S-03 a policy with ${what} is refused with the allowed values`, async (t) => {
    const plant = await openPlant(t);
    const reply = await plant.ask("PUT", policy("bad"), {
      properties: { providerSpecificInput: { instanceType: "HyperVReplicaAzure", ...input } },
    });
    t.is(reply.status, 400);
    t.regex(reply.body.error.message, message);
    t.is((await plant.ask("GET", policy("bad"))).status, 404);
  });
}
