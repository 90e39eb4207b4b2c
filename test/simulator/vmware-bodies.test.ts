import test from "ava";
import { differences, fieldOrder, recorded } from "./recorded.ts";
import { GROUP, NETWORK } from "./recovered-side.ts";
import type { Body } from "./shop.ts";
import { ACCOUNT, type Estate, HOME, MODERN, modern, openEstate, policy } from "./vmware.ts";

/** A new machine of the appliance, protected through the door as recording V2A_RCMInMage.025 does. */
async function protect(estate: Estate): Promise<string> {
  const path = modern("fresh");
  const { processServers, vmwareSiteId } = await estate.fabric("site");
  const { value } = await estate.get(`${vmwareSiteId}/machines`);
  const machine = value.find((each: Body) => each.properties.displayName === "web-3");
  const status = await estate.run("PUT", path, {
    properties: {
      policyId: policy("modern"),
      providerSpecificDetails: {
        instanceType: "InMageRcm",
        disksDefault: { diskType: "Premium_LRS", logStorageAccountId: ACCOUNT },
        fabricDiscoveryMachineId: machine.id,
        processServerId: processServers[0].id,
        runAsAccountId: `${vmwareSiteId}/runasaccounts/${await account(estate)}`,
        targetBootDiagnosticsStorageAccountId: ACCOUNT,
        targetNetworkId: NETWORK,
        targetResourceGroupId: GROUP,
        targetSubnetName: "web",
        targetVmName: "fresh",
      },
    },
  });
  if (status.status !== "Succeeded") throw new Error(JSON.stringify(status));
  return path;
}

async function account(estate: Estate): Promise<string> {
  const { vaults } = await estate.get("/_simulator/state");
  const [vault] = Object.values(vaults) as Body[];
  const [site] = Object.values(vault.applianceSites) as Body[];
  return site.runAsAccounts[0].id.split("/").at(-1);
}

/** Details of the newest point are as they were told when it was made. */
async function sameAs(
  t: { deepEqual(first: unknown, second: unknown): void },
  ours: Body,
  name: string,
  free: readonly string[] = [],
): Promise<void> {
  const theirs = recorded(name);
  t.deepEqual(differences(ours, theirs, "", free), []);
  t.deepEqual(fieldOrder(ours), fieldOrder(theirs));
  for (const field of [
    "protectionState",
    "protectionStateDescription",
    "activeLocation",
    "allowedOperations",
    "failoverHealth",
    "primaryFabricProvider",
  ]) {
    t.deepEqual(ours.properties[field], theirs.properties[field]);
  }
}

/** Times until which data are copied are told once they flow; in recording 082 none have yet. */
test("A modernized item has the fields, kinds and order of the recordings while it is protected", async (t) => {
  const estate = await openEstate(t);
  const path = await protect(estate);
  await sameAs(t, await estate.get(path), "V2A_RCMInMage.082.rpi-initialreplication");
  const waiting = await estate.until(path, "InitialReplicationRecoveryCompletionPending");
  await sameAs(t, waiting, "V2A_RCMInMage.088.rpi-ir-recovery-pending");
  const irDetails = waiting.properties.providerSpecificDetails.protectedDisks[0].irDetails;
  t.regex(irDetails.startTime, /^\d{4}-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d$/);
  t.regex(irDetails.lastRefreshTime, /^\d+\/\d+\/\d{4} \d+:\d\d:\d\d [AP]M$/);
  await sameAs(t, await estate.until(path, "Protected"), "V2A_RCMInMage.094.rpi-protected");
});

test("A failed over modernized item has the form of the recording", async (t) => {
  const estate = await openEstate(t);
  const path = await protect(estate);
  await estate.until(path, "Protected");
  await estate.failOver(path);
  const ours = await estate.get(path);
  await sameAs(t, ours, "V2A_RCMInMage.130.rpi-unplanned-commit-pending");
  const details = ours.properties.providerSpecificDetails;
  t.is(details.failoverRecoveryPointId, ours.properties.failoverRecoveryPointId);
  t.regex(details.protectedDisks[0].targetManagedDiskId, /\/disks\/sda-web_3-[0-9a-f-]{36}$/);
  t.regex(details.protectedDisks[0].seedManagedDiskId, /\/disks\/asrseeddisk-web_3-sda-/);
});

test("A modernized item on its way back has the form of the recordings", async (t) => {
  const estate = await openEstate(t);
  const path = await protect(estate);
  const before = (await estate.until(path, "Protected")).properties;
  await estate.failOver(path);
  await estate.does(path, "reProtect", await estate.toSite());
  const copying = await estate.get(path);
  await sameAs(t, copying, "V2A_RCMInMage.158.rpi-failback-ir");
  const ready = await estate.until(path, "Protected");
  await sameAs(t, ready, "V2A_RCMInMage.162.rpi-failback-protected");
  const details = ready.properties.providerSpecificDetails;
  t.is(details.protectedDisks[0].isInitialReplicationComplete, "false");
  t.is(details.lastUsedPolicyFriendlyName, "modern");
  t.is(details.targetDataStoreName, "ds1");
  t.regex(details.azureVirtualMachineId, /virtualMachines\/fresh$/);
  t.not(details.internalIdentifier, before.providerSpecificDetails.internalIdentifier);
  t.is(
    ready.properties.recoveryContainerId.toLowerCase().split("/vaults/recovery")[1],
    MODERN.toLowerCase().split("/vaults/recovery")[1],
  );
  estate.minutes(40);
  t.is((await estate.details(path)).protectedDisks[0].isInitialReplicationComplete, "true");
  await estate.does(path, "plannedFailover", HOME);
  t.like(await estate.details(path), {
    lastPlannedFailoverStatus: "Succeeded",
    isAgentRegistrationSuccessfulAfterFailover: false,
  });
});
