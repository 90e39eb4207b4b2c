import test from "ava";
import { protectableItem, protectClassic } from "./classic-protection.ts";
import { azureMachine } from "./recovered-side.ts";
import { refused } from "./refused.ts";
import {
  CLASSIC,
  classic,
  ESTATE,
  type Estate,
  HOME,
  HOME_CLASSIC,
  modern,
  OUT,
  OUT_CLASSIC,
  openEstate,
  properties,
} from "./vmware.ts";

const WEB = modern("web-1");
const OLD = classic("old-1");

/** A classic machine in Azure, committed, its agent registered. */
async function awayClassic(estate: Estate, path: string = OLD): Promise<void> {
  await estate.does(path, "unplannedFailover", OUT_CLASSIC);
  await estate.does(path, "failoverCommit");
  estate.minutes(15);
}

test("V-10 a reprotect before the agent has registered fails with 95226, of a VM that is off with 78093", async (t) => {
  const estate = await openEstate(t);
  await estate.does(WEB, "unplannedFailover", OUT);
  const before = await estate.item(WEB);
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "95226");
  t.is((await estate.item(WEB)).protectionState, before.protectionState);
  t.is((await estate.details(WEB)).instanceType, "InMageRcm");
  estate.minutes(15);
  await estate.ask("POST", `${azureMachine("web-1")}/deallocate`);
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "78093");
  await estate.ask("POST", `${azureMachine("web-1")}/start`);
  await estate.does(WEB, "reProtect", await estate.toSite());
});

test("An agent that never registers keeps its machine from being reprotected", async (t) => {
  const estate = await openEstate(t);
  await estate.change("machines", { name: "web-1", agentRegistersAfterMinutes: "never" });
  await estate.does(WEB, "unplannedFailover", OUT);
  estate.minutes(120);
  t.false((await estate.details(WEB)).isAgentRegistrationSuccessfulAfterFailover);
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "95226");
});

test("AP-DATASTORE a datastore out of the appliance's reach fails a reprotect with 8061", async (t) => {
  const estate = await openEstate(t);
  await estate.failOver(WEB);
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite("far")), "8061");
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite("no-such")), "8061");
  await estate.change("vcenters", { name: "vcenter-one", account: "readOnly" });
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "8061");
  const away = modern("away");
  await estate.change("vcenters", { name: "vcenter-one", account: "readWrite" });
  await estate.failOver(away);
  t.is(await estate.fails(away, "reProtect", await estate.toSite()), "8061");
});

test("IT-COMMITTED a classic reprotect before the commit fails with 25038", async (t) => {
  const estate = await openEstate(t);
  await estate.does(OLD, "unplannedFailover", OUT_CLASSIC);
  estate.minutes(15);
  t.is(await estate.fails(OLD, "reProtect", await estate.toSiteClassic()), "25038");
});

test("DS-MOUNT VM-NAME a classic reprotect wants the machine's datastore in reach, and its name free where it is made anew", async (t) => {
  const estate = await openEstate(t);
  await awayClassic(estate);
  await estate.does(OLD, "reProtect", await estate.toSiteClassic({ datastoreName: "ignored" }));
  const metal = classic("metal-1");
  await awayClassic(estate, metal);
  t.is(
    await estate.fails(metal, "reProtect", await estate.toSiteClassic({ datastoreName: "far" })),
    "8061",
  );
});

test("VM-NAME a name that is taken on the master target's host fails a reprotect with 78052", async (t) => {
  const [vcenter] = ESTATE.vcenters ?? [];
  const world = {
    ...ESTATE,
    vcenters: [
      { ...vcenter, machines: [...(vcenter?.machines ?? []), { name: "metal-1" }] },
    ] as NonNullable<typeof ESTATE.vcenters>,
    vaults: [{ ...(ESTATE.vaults?.[0] as NonNullable<typeof ESTATE.vaults>[0]), items: [] }],
  };
  const estate = await openEstate(t, world);
  const machine = await protectableItem(estate, "Physical");
  const path = classic("metal");
  await protectClassic(estate, path, machine.id);
  await estate.until(path, "Protected");
  await awayClassic(estate, path);
  t.is(await estate.fails(path, "reProtect", await estate.toSiteClassic()), "78052");
});

test("S-09 IT-2008R2 MG-ONEWAY instances of AWS and a physical Windows Server 2008 R2 are offered no way back", async (t) => {
  const vault = ESTATE.vaults?.[0] as NonNullable<typeof ESTATE.vaults>[0];
  const [metal] = (vault.items ?? []).filter(({ machine }) => machine === "metal-1");
  const servers = [
    { name: "aws-1", address: "10.1.1.60", discovered: true, discoveryType: "AWS" },
    {
      name: "ancient",
      address: "10.1.1.61",
      discovered: true,
      os: "Windows" as const,
      osVersion: "Windows Server 2008 R2 SP1",
    },
  ];
  const items = servers.map(({ name }) => ({ ...metal, name, machine: name }));
  const estate = await openEstate(t, {
    ...ESTATE,
    physicalServers: servers,
    vaults: [{ ...vault, items: items as NonNullable<typeof vault.items> }],
  });
  for (const { name } of servers) {
    const path = classic(name);
    await awayClassic(estate, path);
    t.deepEqual((await estate.item(path)).allowedOperations, [
      "CompleteMigration",
      "DisableProtection",
    ]);
    t.is(await estate.fails(path, "reProtect", await estate.toSiteClassic()), "25038");
    const complete = { properties: { disableProtectionReason: "MigrationComplete" } };
    await estate.does(path, "remove", complete);
  }
});

test("MT-OS MT-RETENTION a master target has to fit the machine", async (t) => {
  const estate = await openEstate(t);
  await awayClassic(estate);
  const { masterTargetServers } = await estate.fabric("cs-1");
  const windows = { masterTargetId: masterTargetServers[1].id, retentionDrive: "R" };
  t.is(
    await estate.fails(OLD, "reProtect", await estate.toSiteClassic(windows)),
    "SIM-MASTER-TARGET",
  );
  const volume = { retentionDrive: "/mnt/other" };
  t.is(
    await estate.fails(OLD, "reProtect", await estate.toSiteClassic(volume)),
    "SIM-MASTER-TARGET",
  );
  await estate.change("servers", { name: "mt-linux", heartbeat: "silent" });
  t.is(await estate.fails(OLD, "reProtect", await estate.toSiteClassic()), "SIM-NO-HEARTBEAT");
});

test("PO-FAILBACK a classic reprotect needs the container mapped to itself with the failback policy", async (t) => {
  const estate = await openEstate(t);
  await awayClassic(estate);
  await estate.run("DELETE", `${CLASSIC}/replicationProtectionContainerMappings/back`);
  const body = await estate.toSiteClassic();
  const { code, message } = await refused(estate, "POST", `${OLD}/reProtect`, body);
  t.is(code, "SIM-INVALID-INPUT");
  t.regex(message, /not mapped to itself/);
});

test("VM-MEMORY a host without the memory fails a failback with 8038, and the machine runs on in Azure", async (t) => {
  const [vcenter] = ESTATE.vcenters ?? [];
  const hosts = [
    { name: "esx1", datastores: ["ds1", "ds2"], memoryMiB: 24_000 },
    { name: "esx2", datastores: ["far"] },
  ];
  const world = {
    ...ESTATE,
    vcenters: [{ ...vcenter, hosts }] as NonNullable<typeof ESTATE.vcenters>,
  };
  const estate = await openEstate(t, world);
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  t.is(await estate.fails(WEB, "plannedFailover", HOME), "8038");
  t.like(await estate.item(WEB), { protectionState: "Protected", activeLocation: "Primary" });
  t.is((await estate.details(WEB)).lastPlannedFailoverStatus, "Failed");
  t.is(await estate.azurePower("web-1"), "PowerState/running");
  await awayClassic(estate);
  await estate.does(OLD, "reProtect", await estate.toSiteClassic());
  await estate.until(OLD, "Protected");
  t.is(await estate.fails(OLD, "unplannedFailover", HOME_CLASSIC), "8038");
});

test("A verb that the item does not offer is taken, and its job fails", async (t) => {
  const estate = await openEstate(t);
  t.is(await estate.fails(WEB, "failoverCommit"), "25037");
  t.is(await estate.fails(WEB, "failoverCancel"), "25037");
  t.is(await estate.fails(WEB, "plannedFailover", HOME), "25037");
  t.is(await estate.fails(WEB, "reProtect", await estate.toSite()), "25038");
  await estate.failOver(WEB);
  await estate.reprotectToSite(WEB);
  t.is(await estate.fails(WEB, "testFailover", properties(undefined)), "25037");
  t.is(await estate.fails(WEB, "unplannedFailover", properties(undefined)), "25037");
  t.is((await estate.item(WEB)).protectionState, "Protected");
});

test("A request with the details of another kind of item is refused at once", async (t) => {
  const estate = await openEstate(t);
  for (const [verb, body] of [
    ["unplannedFailover", OUT_CLASSIC],
    ["testFailover", properties({ instanceType: "A2A" })],
    ["applyRecoveryPoint", properties({ instanceType: "InMageAzureV2" })],
    ["reProtect", await estate.toSiteClassic()],
    ["addDisks", properties({ instanceType: "A2A", vmManagedDisks: [] })],
  ] as const) {
    const { code } = await refused(estate, "POST", `${WEB}/${verb}`, body);
    t.regex(code, /^SIM-(INVALID-INPUT|NOT-SUPPORTED)$/, verb);
  }
  const { code } = await refused(
    estate,
    "POST",
    `${WEB}/unplannedFailover`,
    properties(
      { instanceType: "InMageRcm", performShutdown: "true" },
      { failoverDirection: "RecoveryToPrimary" },
    ),
  );
  t.is(code, "InvalidFailoverDirection");
});
