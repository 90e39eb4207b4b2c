import test from "ava";
import {
  ACCOUNT,
  classic,
  HOME_CLASSIC,
  OUT_CLASSIC,
  openEstate,
  policy,
  properties,
} from "./vmware.ts";

const OLD = classic("old-1");

test("V-01 V-03 V-05 V-07 V-09 V-11 a classic machine goes to Azure and back, and is protected as before", async (t) => {
  const estate = await openEstate(t);
  t.like(await estate.item(OLD), {
    protectionState: "Protected",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  });
  await estate.does(OLD, "unplannedFailover", OUT_CLASSIC);
  t.like(await estate.item(OLD), {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    activeLocation: "Recovery",
  });
  t.is((await estate.machine("old-1")).power, "off");
  t.regex((await estate.details(OLD)).targetVmId, /virtualMachines\/old-1$/);
  estate.minutes(15);
  t.is(await estate.fails(OLD, "reProtect", await estate.toSiteClassic()), "25038");
  await estate.does(OLD, "failoverCommit");
  t.like(await estate.item(OLD), {
    protectionState: "UnplannedFailoverCommitted",
    allowedOperations: ["CompleteMigration", "DisableProtection", "SwitchProtection"],
  });
  await estate.does(OLD, "reProtect", await estate.toSiteClassic());
  t.like((await estate.item(OLD)).providerSpecificDetails, {
    instanceType: "InMage",
    activeSiteType: "Azure",
    vmProtectionState: "UnprotectedStatesBegin",
  });
  const reversed = (await estate.until(OLD, "Protected")).properties;
  t.like(reversed, {
    activeLocation: "Primary",
    policyFriendlyName: "classic-failback",
    allowedOperations: ["UnplannedFailover", "DisableProtection"],
  });
  t.like(reversed.providerSpecificDetails, {
    instanceType: "InMage",
    protectionStage: "DifferentialSync",
    vmProtectionState: "Protected",
  });
  await estate.does(OLD, "unplannedFailover", HOME_CLASSIC);
  t.like(await estate.item(OLD), {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    activeLocation: "Recovery",
  });
  t.is((await estate.machine("old-1")).power, "on");
  t.is(await estate.azurePower("old-1"), "PowerState/deallocated");
  await estate.does(OLD, "failoverCommit");
  t.is(await estate.azurePower("old-1"), undefined);
  t.is((await estate.details(OLD)).activeSiteType, "OnPrem");
  const back = properties(
    {
      instanceType: "InMageAzureV2",
      processServerId: (await estate.fabric("cs-1")).processServers[0].id,
      runAsAccountId: "1",
      policyId: policy("classic"),
      logStorageAccountId: ACCOUNT,
    },
    { failoverDirection: "RecoveryToPrimary" },
  );
  t.is(await estate.fails(OLD, "reProtect", back), "95226");
  estate.minutes(15);
  await estate.does(OLD, "reProtect", back);
  const last = (await estate.until(OLD, "Protected")).properties;
  t.like(last, {
    activeLocation: "Primary",
    policyFriendlyName: "classic",
    recoveryFabricId: "Microsoft Azure",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  });
  t.is(last.providerSpecificDetails.instanceType, "InMageAzureV2");
});

test("A classic failback takes either direction", async (t) => {
  const estate = await openEstate(t);
  await estate.does(OLD, "unplannedFailover", OUT_CLASSIC);
  await estate.does(OLD, "failoverCommit");
  estate.minutes(15);
  await estate.does(OLD, "reProtect", await estate.toSiteClassic());
  await estate.until(OLD, "Protected");
  const body = properties(
    { instanceType: "InMage", recoveryPointType: "LatestTag" },
    { failoverDirection: "PrimaryToRecovery" },
  );
  t.is(await estate.fails(OLD, "unplannedFailover", body), "SIM-NO-POINT");
  estate.minutes(90);
  await estate.does(OLD, "unplannedFailover", body);
  const failed = await estate.item(OLD);
  const points = (await estate.get(`${OLD}/recoveryPoints`)).value;
  const chosen = points.find((point: { name: string }) =>
    failed.failoverRecoveryPointId.endsWith(point.name),
  );
  t.is(chosen.properties.recoveryPointType, "AppConsistent");
});

test("S-02 a physical server comes back as a virtual machine of the master target's vCenter", async (t) => {
  const estate = await openEstate(t);
  const metal = classic("metal-1");
  t.is((await estate.details(metal)).discoveryType, "Physical");
  await estate.does(metal, "unplannedFailover", OUT_CLASSIC);
  await estate.does(metal, "failoverCommit");
  estate.minutes(15);
  await estate.does(metal, "reProtect", await estate.toSiteClassic({ datastoreName: "ds2" }));
  await estate.until(metal, "Protected");
  await estate.does(metal, "unplannedFailover", HOME_CLASSIC);
  const { estate: known } = await estate.get("/_simulator/state");
  t.like(known.machines["vcenter-one/metal-1"], {
    power: "on",
    vcenter: "vcenter-one",
    host: "esx1",
    datastore: "ds2",
  });
  t.is(known.machines["physical/metal-1"].power, "off");
  await estate.does(metal, "failoverCommit");
  estate.minutes(15);
  await estate.does(
    metal,
    "reProtect",
    properties({ instanceType: "InMageAzureV2", policyId: policy("classic") }),
  );
  const last = (await estate.until(metal, "Protected")).properties;
  t.is(last.providerSpecificDetails.discoveryType, "VMware");
  const protectable = await estate.get(last.protectableItemId);
  t.is(protectable.properties.friendlyName, "metal-1");
});
