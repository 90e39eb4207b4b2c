import test from "ava";
import { HOME, modern, OUT, openEstate, policy, properties } from "./vmware.ts";

const WEB = modern("web-1");

test("V-11 a modernized machine goes to Azure and back, and is protected as before", async (t) => {
  const estate = await openEstate(t);
  t.like(await estate.item(WEB), {
    protectionState: "Protected",
    activeLocation: "Primary",
    primaryFabricProvider: "InMageRcmFabric",
    recoveryFabricId: "Microsoft Azure",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  });
  await estate.does(WEB, "unplannedFailover", OUT);
  const away = await estate.item(WEB);
  t.like(away, {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    activeLocation: "Recovery",
    allowedOperations: [
      "CompleteMigration",
      "Commit",
      "DisableProtection",
      "ChangePit",
      "SwitchProtection",
    ],
  });
  t.regex(away.failoverRecoveryPointId, /cloud_[0-9a-f-]+.*recoveryPoints/);
  t.false(away.providerSpecificDetails.isAgentRegistrationSuccessfulAfterFailover);
  t.is((await estate.machine("web-1")).power, "off");
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  estate.minutes(15);
  t.true((await estate.details(WEB)).isAgentRegistrationSuccessfulAfterFailover);
  await estate.reprotectToSite(WEB);
  const reversed = await estate.item(WEB);
  t.like(reversed, {
    activeLocation: "Primary",
    policyFriendlyName: "crashconsistency-policy-failback",
    recoveryFabricFriendlyName: "site",
    failoverRecoveryPointId: "",
    allowedOperations: ["PlannedFailover", "DisableProtection"],
  });
  t.is(reversed.providerSpecificDetails.instanceType, "InMageRcmFailback");
  await estate.does(WEB, "plannedFailover", HOME);
  t.like(await estate.item(WEB), {
    protectionState: "CommitPendingStatesBegin",
    activeLocation: "Recovery",
    allowedOperations: [
      "CompleteMigration",
      "Commit",
      "DisableProtection",
      "SwitchProtection",
      "CancelFailover",
    ],
  });
  t.is((await estate.machine("web-1")).power, "on");
  t.is(await estate.azurePower("web-1"), "PowerState/deallocated");
  await estate.does(WEB, "failoverCommit");
  t.like(await estate.item(WEB), {
    protectionState: "PlannedFailoverStatesBegin",
    protectionStateDescription: "Planned failover committed",
    allowedOperations: ["CompleteMigration", "DisableProtection", "SwitchProtection"],
  });
  t.is(await estate.azurePower("web-1"), undefined);
  estate.minutes(15);
  const server = (await estate.fabric("site")).processServers[0].id;
  await estate.does(
    WEB,
    "reProtect",
    properties({
      instanceType: "InMageRcmFailback",
      processServerId: server,
      policyId: policy("modern"),
    }),
  );
  const last = (await estate.until(WEB, "Protected")).properties;
  t.like(last, {
    activeLocation: "Primary",
    policyFriendlyName: "modern",
    recoveryFabricId: "Microsoft Azure",
    allowedOperations: ["UnplannedFailover", "DisableProtection", "TestFailover"],
  });
  t.is(last.providerSpecificDetails.instanceType, "InMageRcm");
  await estate.does(WEB, "unplannedFailover", OUT);
  t.is(await estate.azurePower("web-1"), "PowerState/running");
});
