import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { vcentersTold } from "../../simulator/estate/control.ts";
import { startSimulator, type WorldDocument } from "../../simulator/index.ts";
import { CLASSIC, DISCOVERY, openSite, SITE } from "./estate-site.ts";

function withControl(control: string): WorldDocument {
  const [first, ...others] = SITE.vcenters ?? [];
  return { ...SITE, vcenters: first ? [{ ...first, control }, ...others] : others };
}

test("A change of power is written to the vCenter bench, in order and without waiting", async (t) => {
  const told: string[] = [];
  const bench = createServer((request, response) => {
    let text = "";
    request.on("data", (part) => {
      text += part;
    });
    request.on("end", () => {
      told.push(`${request.method} ${request.url} ${text}`);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => bench.listen(0, "127.0.0.1", resolve));
  t.teardown(() => bench.close());
  const { port } = bench.address() as AddressInfo;
  const site = await openSite(t, withControl(`http://127.0.0.1:${port}`));
  await site.change("machines", { name: "web1", power: "off" });
  await site.change("machines", { name: "web1", power: "off" });
  await site.change("machines", { name: "web1", power: "on" });
  await site.change("machines", { name: "metal-1", power: "off" });
  await vcentersTold();
  t.deepEqual(told, [
    'PATCH /bench/machines/web1 {"power":"off"}',
    'PATCH /bench/machines/web1 {"power":"on"}',
  ]);
});

test("A vCenter bench that cannot be reached disturbs nothing", async (t) => {
  const site = await openSite(t, withControl("http://127.0.0.1:9"));
  const changed = await site.change("machines", { name: "web1", power: "off" });
  t.is(changed.power, "off");
  await vcentersTold();
  const { value } = await site.get(`${DISCOVERY}/machines`);
  t.is(value[0].properties.powerStatus, "OFF");
});

test("Machines are moved, deleted and their agents stopped over HTTP; what is wrong is refused", async (t) => {
  const site = await openSite(t);
  const machine = { name: "vcenter-one/web1" };
  t.like(await site.change("machines", { ...machine, datastore: "nfs1", agent: "silent" }), {
    datastore: "nfs1",
    agent: { condition: "silent" },
  });
  t.is((await site.change("machines", { ...machine, deleted: true })).deleted, true);
  const { value } = await site.get(`${DISCOVERY}/machines`);
  t.is(value[0].properties.isDeleted, true);
  for (const [what, body, message] of [
    ["machines", { name: "no-such" }, /no on-premises machine 'no-such'/],
    ["machines", { name: "web1", power: "sideways" }, /power must be one of on, off/],
    ["machines", { name: "web1", datastore: "ds9" }, /no datastore 'ds9'/],
    ["vcenters", { name: "no-such" }, /no vCenter 'no-such'/],
    ["servers", { name: "no-such" }, /no server 'no-such'/],
    ["servers", { name: "cs-1", retentionVolume: { name: "R" } }, /Only master targets/],
  ] as const) {
    const { error } = await site.change(what, body);
    t.regex(error.message, message);
  }
  const { machines, vcenters, sites } = await site.get("/_simulator/estate");
  t.deepEqual([machines.length, vcenters.length, sites.length], [8, 2, 2]);
});

test("A site outlives a restart: who was silent stays silent, and who was to register still does", async (t) => {
  const stateFile = join(mkdtempSync(join(tmpdir(), "simulator-site-")), "state.json");
  const [server] = SITE.configurationServers ?? [];
  const world = {
    ...SITE,
    configurationServers: server ? [{ ...server, registersAfterMinutes: 30 }] : [],
  };
  const first = await openSite(t, world, { stateFile });
  await first.change("servers", { name: "appliance-1", heartbeat: "silent" });
  await first.change("machines", { name: "web1", power: "off" });
  first.advance(20);
  await first.simulator.close();
  const second = await openSite(t, world, { stateFile });
  t.is((await second.modern()).reprotectAgents[0].health, "Critical");
  t.is((await second.get(`${DISCOVERY}/machines`)).value[0].properties.powerStatus, "OFF");
  t.is((await second.ask("GET", CLASSIC)).status, 404);
  second.advance(10);
  t.is((await second.classic()).hostName, "cs-1");
});

test("A world whose servers name what is not there is refused with the place", async (t) => {
  const [server] = SITE.configurationServers ?? [];
  if (!server) return t.fail();
  for (const [world, message] of [
    [{ configurationServers: [{ ...server, vault: "other" }] }, /vault 'other'/],
    [{ configurationServers: [{ ...server, vcenters: ["three"] }] }, /vCenter 'three'/],
    [{ configurationServers: [{ ...server, machine: "no-such" }] }, /machine 'no-such'/],
    [
      { vcenters: [{ name: "v", address: "a", hosts: [{ name: "h", datastores: ["x"] }] }] },
      /datastore 'x'/,
    ],
    [{ appliances: [{ name: "a", vault: "site-vault", colour: "red" }] }, /colour/],
  ] as const) {
    await t.throwsAsync(startSimulator({ world: { ...SITE, ...world } as WorldDocument }), {
      message,
    });
  }
});
