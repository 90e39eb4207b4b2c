import {
  type InMageAzureV2ReplicationDetails,
  type InMageRcmFabricSpecificDetails,
  type InMageRcmFailbackReplicationDetails,
  type InMageRcmReplicationDetails,
  type InMageReplicationDetails,
  SiteRecoveryManagementClient,
  type VMwareDetails,
} from "@azure/arm-recoveryservices-siterecovery";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { SUBSCRIPTION } from "./shop.ts";
import { ACCOUNT, ESTATE, policy } from "./vmware.ts";

const credential = {
  getToken: async () => ({ token: "simulated", expiresOnTimestamp: Date.now() + 3_600_000 }),
};
const FAST = { updateIntervalInMs: 20 };
const IN_VAULT = ["recovery", "recovery"] as const;

async function open(t: { teardown(work: () => unknown): void }) {
  const simulator = await startSimulator({ world: ESTATE, clock: "accelerated:20000" });
  t.teardown(() => simulator.close());
  const client = new SiteRecoveryManagementClient(credential, SUBSCRIPTION, {
    endpoint: simulator.url,
    allowInsecureConnection: true,
  });
  client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
  return { client, items: client.replicationProtectedItems, simulator };
}

test("The stock JavaScript client takes a modernized machine to Azure and back", async (t) => {
  const { client, items, simulator } = await open(t);
  const at = [...IN_VAULT, "site", "site-container", "web-1"] as const;
  await items.beginUnplannedFailoverAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "PrimaryToRecovery",
        providerSpecificDetails: { instanceType: "InMageRcm", performShutdown: "true" },
      },
    },
    FAST,
  );
  simulator.clock.advance(1_800_000);
  const away = (await items.get(...at)).properties
    ?.providerSpecificDetails as InMageRcmReplicationDetails;
  t.is(away.instanceType, "InMageRcm");
  t.true(away.isAgentRegistrationSuccessfulAfterFailover);
  t.true(away.lastRpoCalculatedTime instanceof Date);
  const fabric = (await client.replicationFabrics.get(...IN_VAULT, "site")).properties
    ?.customDetails as InMageRcmFabricSpecificDetails;
  const [agent] = fabric.reprotectAgents ?? [];
  await items.beginReprotectAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: {
          instanceType: "InMageRcm",
          reprotectAgentId: agent?.id ?? "",
          datastoreName: agent?.accessibleDatastores?.[0] ?? "",
          logStorageAccountId: ACCOUNT,
        },
      },
    },
    FAST,
  );
  simulator.clock.advance(3_600_000);
  const reversed = (await items.get(...at)).properties;
  t.is(reversed?.protectionState, "Protected");
  const details = reversed?.providerSpecificDetails as InMageRcmFailbackReplicationDetails;
  t.is(details.instanceType, "InMageRcmFailback");
  t.is(details.targetDataStoreName, "ds1");
  await items.beginPlannedFailoverAndWait(
    ...at,
    {
      properties: {
        providerSpecificDetails: {
          instanceType: "InMageRcmFailback",
          recoveryPointType: "CrashConsistent",
        },
      },
    },
    FAST,
  );
  const home = await items.beginFailoverCommitAndWait(...at, FAST);
  t.is(home.properties?.protectionState, "PlannedFailoverStatesBegin");
  simulator.clock.advance(1_800_000);
  await items.beginReprotectAndWait(
    ...at,
    {
      properties: {
        providerSpecificDetails: {
          instanceType: "InMageRcmFailback",
          processServerId: fabric.processServers?.[0]?.id ?? "",
          policyId: policy("modern"),
        },
      },
    },
    FAST,
  );
  simulator.clock.advance(3_600_000);
  t.is((await items.get(...at)).properties?.protectionState, "Protected");
});

test("The stock JavaScript client takes a classic machine to Azure and back", async (t) => {
  const { client, items, simulator } = await open(t);
  const at = [...IN_VAULT, "cs-1", "cs-container", "old-1"] as const;
  await items.beginUnplannedFailoverAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "PrimaryToRecovery",
        sourceSiteOperations: "Required",
        providerSpecificDetails: { instanceType: "InMageAzureV2" },
      },
    },
    FAST,
  );
  await items.beginFailoverCommitAndWait(...at, FAST);
  simulator.clock.advance(1_800_000);
  const away = (await items.get(...at)).properties
    ?.providerSpecificDetails as InMageAzureV2ReplicationDetails;
  t.is(away.instanceType, "InMageAzureV2");
  t.true(away.lastHeartbeat instanceof Date);
  const fabric = (await client.replicationFabrics.get(...IN_VAULT, "cs-1")).properties
    ?.customDetails as VMwareDetails;
  const [target] = fabric.masterTargetServers ?? [];
  await items.beginReprotectAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: {
          instanceType: "InMage",
          masterTargetId: target?.id ?? "",
          processServerId: fabric.processServers?.[0]?.id ?? "",
          retentionDrive: target?.retentionVolumes?.[0]?.volumeName ?? "",
          datastoreName: target?.dataStores?.[0]?.symbolicName ?? "",
          profileId: policy("classic-failback"),
        },
      },
    },
    FAST,
  );
  simulator.clock.advance(3_600_000);
  const reversed = (await items.get(...at)).properties
    ?.providerSpecificDetails as InMageReplicationDetails;
  t.is(reversed.instanceType, "InMage");
  t.is(reversed.activeSiteType, "Azure");
  t.true(reversed.retentionWindowEnd instanceof Date);
  await items.beginUnplannedFailoverAndWait(
    ...at,
    {
      properties: {
        failoverDirection: "RecoveryToPrimary",
        providerSpecificDetails: { instanceType: "InMage", recoveryPointType: "LatestTime" },
      },
    },
    FAST,
  );
  const home = await items.beginFailoverCommitAndWait(...at, FAST);
  t.is(home.properties?.protectionState, "UnplannedFailoverCommitted");
});
