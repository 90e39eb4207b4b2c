import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import test from "ava";
import { createClock } from "../../simulator/clock/virtual-clock.ts";
import { populate } from "../../simulator/world/populate.ts";
import { checkWorld } from "../../simulator/world/read-world.ts";
import { MissingVCenterError, startVCenterProcess } from "../../tools/rehearsal/vcenter-process.ts";
import { scenarioOfWorld } from "../../tools/vcenter/world-to-scenario.ts";
import { startRun } from "../provider/sites/vsphere/support/bench-site.ts";
import { startVCenter } from "../support/vcenter.ts";

const site = {
  name: "vcenter-one",
  address: "10.1.0.5",
  datastores: [
    { name: "ds1", capacityGiB: 2000, freeGiB: 1500 },
    { name: "nfs1", type: "NFS" },
  ],
  hosts: [
    { name: "esx1.example.local", datastores: ["ds1"] },
    { name: "esx2.example.local", datastores: ["nfs1"], memoryMiB: 65536 },
  ],
  machines: [
    { name: "web", disks: [{ sizeGiB: 64 }, { sizeGiB: 8 }], count: 12 },
    { name: "mt-linux", power: "off", host: "esx2.example.local" },
    { name: "db", os: "Windows", biosId: "42128C0D-0000-4000-8000-00000000000A" },
  ],
} as const;

test("one world links both simulators: the vCenter shows the machines that Azure discovers, by the same ids", async (t) => {
  const subscription = { id: "00000000-0000-0000-0000-00000000000a" };
  const world = { subscriptions: [subscription], seed: "linked", vcenters: [site] };
  const simulation = populate(
    checkWorld(world),
    createClock({ startMs: Date.parse("2026-01-15T08:00:00Z"), setting: "stepped" }),
  );
  const additions = { "mt-linux": { extraConfig: { "disk.EnableUUID": "TRUE" } } };
  const run = await startRun(t, scenarioOfWorld(site, { seed: "linked", machines: additions }));
  const known = Object.values(simulation.state.estate.machines);
  t.is(known.length, 14);
  for (const machine of known) {
    const shown = await run.machine(machine.name);
    const [host] = await run.site.hosts(run.context, [shown.hostReference]);
    const [store] = await run.site.datastores(run.context, shown.datastoreReferences);
    t.is(host?.name, machine.host ?? "");
    t.is(store?.name, machine.datastore ?? "");
    t.is(shown.biosUuid.toUpperCase(), machine.biosId);
    t.is(shown.instanceUuid, machine.instanceUuid);
    t.deepEqual(
      shown.disks.map(({ uuid, capacityBytes }) => [uuid, capacityBytes / 2 ** 30]),
      machine.disks.map(({ uuid, sizeGiB }) => [uuid, sizeGiB]),
    );
    t.is(shown.memoryMebibytes, machine.memoryMiB);
    t.is(shown.processorCount, machine.processors);
    t.is(shown.powerState, machine.power === "on" ? "poweredOn" : "poweredOff");
    t.is(shown.guestFamily, `${machine.osType.toLowerCase()}Guest`);
  }
  t.true((await run.machine("mt-linux")).diskUuidEnabled);
});

test("the Site Recovery simulator may set a machine's power over the control route", async (t) => {
  const bench = await startVCenter(t, { machines: [{ name: "web" }] });
  const answer = await fetch(`${bench.control}/bench/machines/web`, {
    method: "PATCH",
    body: JSON.stringify({ power: "off" }),
  });
  t.is(answer.status, 200);
  t.is((await bench.describe("web")).power, "poweredOff");
});

test("a change that the vCenter for tests cannot make is refused with its reason", async (t) => {
  const bench = await startVCenter(t, { machines: [{ name: "web" }] });
  await t.throwsAsync(bench.change("web", { datastore: "gone" }), { message: /gone/ });
  await t.throwsAsync(bench.change("absent", { power: "off" }), {
    message: /nothing of this name/,
  });
  await t.throwsAsync(bench.change("web", { pwr: "off" } as object), { message: /unknown field/ });
});

test("a vCenter for tests that cannot start says why", async (t) => {
  await t.throwsAsync(startVCenterProcess({ scenario: { machines: [{ name: "a", host: "b" }] } }), {
    message: /exit code 1[\s\S]*no host is named b/,
  });
});

test("a vCenter for tests that was never built is an error that names the command which builds it", async (t) => {
  const error = await t.throwsAsync(
    startVCenterProcess({ scenario: {}, program: "/nowhere/vcenter" }),
    { instanceOf: MissingVCenterError },
  );
  t.regex(error.message, /`make tools`/);
});

test("a stopped vCenter is gone", async (t) => {
  const bench = await startVCenter(t);
  t.true(isThere(bench.processId));
  await bench.stop();
  t.false(isThere(bench.processId));
});

test("a vCenter for tests does not outlive the process that started it", async (t) => {
  const starter = `
    import { startVCenterProcess } from ${JSON.stringify(join(import.meta.dirname, "../../tools/rehearsal/vcenter-process.ts"))};
    const bench = await startVCenterProcess({ scenario: {} });
    process.stdout.write(String(bench.processId) + "\\n");
    process.kill(process.pid, "SIGKILL");
  `;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", starter], {
    encoding: "utf8",
  });
  const processId = Number(stdout);
  t.true(processId > 0, stdout);
  // Its standard input is closed by now; it needs a moment to clean up.
  for (let look = 0; look < 200 && isThere(processId); look += 1) await setTimeout(25);
  t.false(isThere(processId));
});

function isThere(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
