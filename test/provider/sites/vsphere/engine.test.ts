import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { Failover } from "pulumi-asr";
import { scenarioOfWorld, type WorldVCenter } from "../../../../tools/vcenter/world-to-scenario.ts";
import { startVCenter } from "../../../support/vcenter.ts";
import { plantOne } from "../../actions/site-world.ts";
import { ids } from "../../actions/test-bed.ts";
import { startRehearsal } from "../../hosts/dynamic/rehearsal.ts";
import { password } from "./support/bench-site.ts";

test("P-07 asr:vcenters reaches the provider as a secret, and the session ends with the run", async (t) => {
  const world = plantOne("modernized", { world: { clock: { mode: "accelerated:2000" } } });
  const [vcenter] = (world as { readonly vcenters?: readonly WorldVCenter[] }).vcenters ?? [];
  if (vcenter === undefined) return t.fail("the world has no vCenter");
  const bench = await startVCenter(t, {
    ...scenarioOfWorld(vcenter, { seed: "orders" }),
    accounts: [{ username: "provider", password }],
  });
  const rehearsal = await startRehearsal(t, world);
  const stack = await rehearsal.stack(async () => {
    new Failover("over", { item: ids.item("web") });
  });
  const { url, thumbprint } = bench;
  const settings = { "vcenter-one": { url, username: "provider", password, thumbprint } };
  await stack.setConfig("asr:vcenters", { value: JSON.stringify(settings), secret: true });
  const preview = await stack.preview();
  t.true(preview.stdout.includes("Failover: web, plant-one → westeurope"), preview.stdout);
  t.is((await bench.calls()).Login, 1, JSON.stringify(await bench.calls()));
  t.false(`${preview.stdout}${preview.stderr}`.includes(password));
  const files = readdirSync(rehearsal.folder, { recursive: true, withFileTypes: true });
  const told = files
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .filter((each) => readFileSync(each, "utf8").includes(password));
  t.deepEqual(told, []);
  t.is(await bench.sessions(), 0);
});
