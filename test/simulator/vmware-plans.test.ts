import test from "ava";
import { NETWORK } from "./recovered-side.ts";
import type { Body } from "./shop.ts";
import {
  classic,
  ESTATE,
  type Estate,
  modern,
  OUT,
  OUT_CLASSIC,
  openEstate,
  RECOVERY,
} from "./vmware.ts";

const WEB = modern("web-1");
const TWO = modern("web-2");
const PLAN = `${RECOVERY}/replicationRecoveryPlans/site`;

async function plan(estate: Estate, fabric: "site" | "cs-1", items: readonly string[]) {
  const entries = await Promise.all(
    items.map(async (id) => ({
      id,
      ...(fabric === "site" && {
        virtualMachineId: (await estate.details(id)).internalIdentifier,
      }),
    })),
  );
  return {
    properties: {
      primaryFabricId: `${RECOVERY}/replicationFabrics/${fabric}`,
      recoveryFabricId: "Microsoft Azure",
      failoverDeploymentModel: "ResourceManager",
      groups: entries.map((entry) => ({ groupType: "Boot", replicationProtectedItems: [entry] })),
    },
  };
}

async function operations(estate: Estate): Promise<readonly string[]> {
  return (await estate.get(PLAN)).properties.allowedOperations;
}

const direction = (failoverDirection: string, rest: object = {}) => ({
  properties: { failoverDirection, ...rest },
});

test("A plan of modernized machines fails over, fails back, cancels and commits them; what it offers follows their kind", async (t) => {
  const estate = await openEstate(t);
  await estate.run("PUT", PLAN, await plan(estate, "site", [WEB, TWO]));
  t.like((await estate.get(PLAN)).properties, {
    replicationProviders: ["InMageRcm"],
    recoveryFabricId: "Microsoft Azure",
    recoveryFabricFriendlyName: "Microsoft Azure",
    allowedOperations: ["UnplannedFailover", "TestFailover"],
    currentScenario: null,
  });
  const drill = direction("PrimaryToRecovery", {
    networkType: "VmNetworkAsInput",
    networkId: NETWORK,
    providerSpecificDetails: [{ instanceType: "InMageRcm", recoveryPointType: "LatestProcessed" }],
  });
  t.is((await estate.run("POST", `${PLAN}/testFailover`, drill)).status, "Succeeded");
  t.deepEqual(await operations(estate), ["TestFailoverCleanup"]);
  t.is(await estate.azurePower("web-2-test"), "PowerState/running");
  await estate.run("POST", `${PLAN}/testFailoverCleanup`, { properties: {} });
  t.is(await estate.azurePower("web-2-test"), undefined);
  const out = direction("PrimaryToRecovery", {
    sourceSiteOperations: "Required",
    providerSpecificDetails: [{ instanceType: "InMageRcm", recoveryPointType: "Latest" }],
  });
  t.is((await estate.run("POST", `${PLAN}/unplannedFailover`, out)).status, "Succeeded");
  t.deepEqual(await operations(estate), ["UnplannedFailover", "TestFailover", "Commit"]);
  t.is((await estate.machine("web-2")).power, "off");
  t.is((await estate.run("POST", `${PLAN}/failoverCommit`)).status, "Succeeded");
  t.is((await estate.run("POST", `${PLAN}/reProtect`)).error.code, "25038");
  estate.minutes(15);
  await estate.reprotectToSite(WEB);
  await estate.reprotectToSite(TWO, "ds2");
  t.deepEqual(await operations(estate), ["PlannedFailover"]);
  t.deepEqual((await estate.get(PLAN)).properties.replicationProviders, ["InMageRcmFailback"]);
  const home = direction("RecoveryToPrimary", {
    providerSpecificDetails: [
      { instanceType: "InMageRcmFailback", recoveryPointType: "CrashConsistent" },
    ],
  });
  t.is((await estate.run("POST", `${PLAN}/plannedFailover`, home)).status, "Succeeded");
  t.deepEqual(await operations(estate), ["PlannedFailover", "Commit", "CancelFailover"]);
  t.is((await estate.run("POST", `${PLAN}/failoverCancel`)).status, "Succeeded");
  t.deepEqual(await operations(estate), ["PlannedFailover"]);
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  await estate.run("POST", `${PLAN}/plannedFailover`, home);
  await estate.run("POST", `${PLAN}/failoverCommit`);
  t.is((await estate.item(TWO)).protectionState, "PlannedFailoverStatesBegin");
  t.is(await estate.azurePower("web-2"), undefined);
  t.is((await estate.machine("web-2")).power, "on");
});

test("V-02 a plan of classic machines fails back as its items do", async (t) => {
  const estate = await openEstate(t);
  const items = [classic("old-1"), classic("old-2")];
  await estate.run("PUT", PLAN, await plan(estate, "cs-1", items));
  for (const path of items) {
    await estate.does(path, "unplannedFailover", OUT_CLASSIC);
    await estate.does(path, "failoverCommit");
  }
  estate.minutes(15);
  const { masterTargetServers } = await estate.fabric("cs-1");
  await estate.does(items[0] ?? "", "reProtect", await estate.toSiteClassic());
  await estate.does(
    items[1] ?? "",
    "reProtect",
    await estate.toSiteClassic({ masterTargetId: masterTargetServers[1].id, retentionDrive: "R" }),
  );
  for (const path of items) await estate.until(path, "Protected");
  t.deepEqual(await operations(estate), ["UnplannedFailover"]);
  const home = direction("RecoveryToPrimary", {
    sourceSiteOperations: "Required",
    providerSpecificDetails: [{ instanceType: "InMage", recoveryPointType: "LatestTime" }],
  });
  t.is((await estate.run("POST", `${PLAN}/unplannedFailover`, home)).status, "Succeeded");
  t.deepEqual(await operations(estate), ["UnplannedFailover", "Commit"]);
  t.is((await estate.run("POST", `${PLAN}/failoverCommit`)).status, "Succeeded");
  t.is((await estate.machine("old-2")).power, "on");
  t.is((await estate.details(items[1] ?? "")).activeSiteType, "OnPrem");
});

test("A plan refuses a modernized machine that is called by another identifier, and machines of another site", async (t) => {
  const estate = await openEstate(t);
  const wrong = (await plan(estate, "site", [WEB])) as Body;
  wrong.properties.groups[0].replicationProtectedItems[0].virtualMachineId = "web-1";
  const reply = await estate.ask("PUT", PLAN, wrong);
  t.is(reply.status, 400);
  t.regex(reply.body.error.message, /internal identifier/);
  const foreign = (await plan(estate, "site", [WEB])) as Body;
  foreign.properties.groups[0].replicationProtectedItems = [{ id: classic("old-1") }];
  t.is((await estate.ask("PUT", PLAN, foreign)).status, 400);
});

test("A failover in the wrong direction fails at the plan's prerequisites", async (t) => {
  const estate = await openEstate(t);
  await estate.run("PUT", PLAN, await plan(estate, "site", [WEB]));
  const status = await estate.run(
    "POST",
    `${PLAN}/unplannedFailover`,
    direction("RecoveryToPrimary", { sourceSiteOperations: "NotRequired" }),
  );
  t.is(status.error.code, "25037");
});

test("Machines of a replication group share its id, go to Azure one by one, and are reprotected one by one", async (t) => {
  const vault = ESTATE.vaults?.[0] as NonNullable<typeof ESTATE.vaults>[0];
  const items = (vault.items ?? []).map((item) => ({ ...item, multiVmGroup: "shop" }));
  const estate = await openEstate(t, { ...ESTATE, vaults: [{ ...vault, items }] });
  t.is((await estate.details(WEB)).multiVmGroupName, "shop");
  const [first, second] = [
    await estate.details(classic("old-1")),
    await estate.details(classic("old-2")),
  ];
  t.is(first.multiVmGroupName, "shop");
  t.is(first.multiVmGroupId, second.multiVmGroupId);
  t.is(first.multiVmSyncStatus, "Enabled");
  await estate.does(WEB, "unplannedFailover", OUT);
  const { value } = await estate.get(`${WEB}/recoveryPoints`);
  t.is(value[0].properties.providerSpecificDetails.isMultiVmSyncPoint, "true");
  estate.minutes(15);
  await estate.reprotectToSite(WEB);
  t.is((await estate.details(WEB)).multiVmGroupName, "shop");
  t.is((await estate.item(TWO)).protectionState, "Protected");
});
