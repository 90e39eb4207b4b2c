import { spawn } from "node:child_process";
import { join } from "node:path";
import test from "ava";
import { createSiteRegistry } from "../../../../provider/sites/create-registry.ts";
import { loopbackConfiguration } from "../azure/support/run.ts";
import { startRun } from "./support/bench-site.ts";

test("P-07 a process that asked a vCenter prints nothing and ends by itself", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  const script = join(import.meta.dirname, "support/unattended.ts");
  const child = spawn(process.execPath, [script, JSON.stringify(run.settings())], {
    env: { PATH: process.env.PATH },
  });
  t.teardown(() => child.kill());
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  child.stderr.on("data", (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  t.is(said, "");
  t.is(code, 0);
  t.is((await run.bench.describe("web")).power, "poweredOn");
});

test("the registry knows the configured vCenters in their order, one adapter each", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }] });
  const settings = run.settings();
  const registry = createSiteRegistry({
    ...loopbackConfiguration("http://127.0.0.1:1"),
    vcenters: { second: settings, first: settings },
  });
  t.deepEqual(registry.vcenterNames, ["second", "first"]);
  const first = await registry.vsphere("first");
  t.is(first?.name, "first");
  t.is(await registry.vsphere("first"), first);
  t.not(await registry.vsphere("second"), first);
  t.is(await registry.vsphere("third"), undefined);
  t.is(await registry.vsphere("toString"), undefined);
  t.deepEqual(await run.bench.calls(), {}, "nothing is sent before the first call");
});
