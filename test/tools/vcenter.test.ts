import { existsSync } from "node:fs";
import test from "ava";
import { MissingVCenterError, startVCenterProcess } from "../../tools/rehearsal/vcenter-process.ts";
import { scenarioOfWorld } from "../../tools/vcenter/world-to-scenario.ts";
import { startVCenter } from "../support/vcenter.ts";

test("the vCenter for tests holds the machines of a world, with what only a vCenter knows of them", async (t) => {
  const scenario = scenarioOfWorld(
    {
      name: "vcenter-one",
      datastores: [{ name: "ds1", type: "VMFS", capacityGiB: 2000, freeGiB: 1500 }],
      hosts: [{ name: "esx1.example.local", datastores: ["ds1"] }],
      machines: [
        { name: "web", os: "Linux", datastore: "ds1", disks: [{ sizeGiB: 64 }], count: 12 },
        { name: "mt-linux", os: "Linux", power: "off" },
      ],
    },
    { machines: { "mt-linux": { extraConfig: { "disk.EnableUUID": "TRUE" } } } },
  );
  const bench = await startVCenter(t, scenario);
  t.like(await bench.describe("web07"), {
    power: "poweredOn",
    datastores: ["ds1"],
    disks: [{ file: "[ds1] web07/web07.vmdk", capacityKiB: 64 * 1024 * 1024 }],
  });
  const target = await bench.describe("mt-linux");
  t.is(target.power, "poweredOff");
  t.is(target.extraConfig["disk.EnableUUID"], "TRUE");
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
  t.true(existsSync(`/proc/${bench.processId}`) || process.platform !== "linux");
  await bench.stop();
  t.throws(() => process.kill(bench.processId, 0));
});
