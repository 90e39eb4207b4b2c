import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { type Body, FAIL_OVER, openShop, resource, SHOP, type Shop, webItem } from "./shop.ts";

const MACHINE = resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web");
const MINUTE = 60_000;

function tell(shop: Shop, change: object): Promise<{ status: number; body: Body }> {
  return shop.ask("POST", "/_simulator/machines", { id: MACHINE, ...change });
}

const codes = (item: Body): string[] =>
  item.properties.healthErrors.map((error: Body) => error.errorCode);
const details = (item: Body): Body => item.properties.providerSpecificDetails;

test("A silent source is reported after 15 minutes, is critical after 60 without a point, and recovers", async (t) => {
  const shop = await openShop(t);
  const before = await shop.get(webItem());
  t.is(before.properties.replicationHealth, "Normal");
  await tell(shop, { agent: "silent" });
  shop.simulator.clock.advance(14 * MINUTE);
  t.is((await shop.get(webItem())).properties.replicationHealth, "Normal");
  shop.simulator.clock.advance(2 * MINUTE);
  const warned = await shop.get(webItem());
  t.is(warned.properties.replicationHealth, "Warning");
  t.true(codes(warned).includes("547000"));
  t.true(details(warned).rpoInSeconds > 15 * 60);
  t.true(details(warned).lastHeartbeat <= details(before).lastHeartbeat);
  shop.simulator.clock.advance(60 * MINUTE);
  const critical = await shop.get(webItem());
  t.is(critical.properties.replicationHealth, "Critical");
  t.true(codes(critical).includes("153007"));
  const newest = async () =>
    (await shop.get(`${webItem()}/recoveryPoints`)).value[0].properties.recoveryPointTime;
  const newestSilent = await newest();
  await tell(shop, { agent: "reports" });
  shop.simulator.clock.advance(11 * MINUTE);
  const healthy = await shop.get(webItem());
  t.is(healthy.properties.replicationHealth, "Normal");
  t.true(details(healthy).rpoInSeconds < 10 * 60);
  t.true((await newest()) > newestSilent);
});

test("A machine that is powered off says nothing, and speaks again when it is started", async (t) => {
  const shop = await openShop(t);
  await shop.ask("POST", `${MACHINE}/deallocate`);
  shop.simulator.clock.advance(70 * MINUTE);
  t.is((await shop.get(webItem())).properties.replicationHealth, "Critical");
  await shop.ask("POST", `${MACHINE}/start`);
  shop.simulator.clock.advance(11 * MINUTE);
  t.is((await shop.get(webItem())).properties.replicationHealth, "Normal");
});

test("A region that comes back does not wake an agent that was told to be silent", async (t) => {
  const shop = await openShop(t);
  await tell(shop, { agent: "silent" });
  const region = (unavailable: boolean) =>
    shop.ask("POST", "/_simulator/regions", { name: "northeurope", unavailable });
  await region(true);
  await region(false);
  shop.simulator.clock.advance(70 * MINUTE);
  t.true(codes(await shop.get(webItem())).includes("547000"));
});

test("An item whose source is silent can still be failed over to its latest point", async (t) => {
  const shop = await openShop(t);
  await tell(shop, { agent: "silent" });
  shop.simulator.clock.advance(90 * MINUTE);
  const status = await shop.run("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(status.status, "Succeeded");
});

test("An outdated agent is a warning with the category of its kind", async (t) => {
  const shop = await openShop(t);
  await tell(shop, { agentVersion: "outdated" });
  const item = await shop.get(webItem());
  t.is(item.properties.replicationHealth, "Warning");
  t.true(details(item).isReplicationAgentUpdateRequired);
  const error = item.properties.healthErrors.find(
    (each: Body) => each.errorCategory === "VersionExpiry",
  );
  t.is(error.errorLevel, "Warning");
  await tell(shop, { agentVersion: "current" });
  const current = details(await shop.get(webItem()));
  t.false(current.isReplicationAgentUpdateRequired);
  t.regex(current.agentExpiryDate, /^9999/);
});

test("An outdated agent expires on the day it tells, which is critical then", async (t) => {
  const shop = await openShop(t);
  shop.simulator.clock.advance(10 * MINUTE);
  await tell(shop, { agentVersion: "outdated" });
  const expiry: string = details(await shop.get(webItem())).agentExpiryDate;
  shop.simulator.clock.advance(60 * MINUTE);
  await tell(shop, { churnMiBPerSecond: 1 });
  t.is(details(await shop.get(webItem())).agentExpiryDate, expiry);
  shop.simulator.clock.advance(new Date(Date.parse(expiry) - MINUTE).toISOString());
  t.is((await shop.get(webItem())).properties.replicationHealth, "Warning");
  shop.simulator.clock.advance(2 * MINUTE);
  const expired = await shop.get(webItem());
  t.is(expired.properties.replicationHealth, "Critical");
  t.true(codes(expired).includes("SIM-AGENT-EXPIRED"));
  t.false(codes(expired).includes("SIM-AGENT-OUTDATED"));
});

test("A machine that makes no application-consistent points for three times their frequency is warned of", async (t) => {
  const shop = await openShop(t);
  shop.simulator.clock.advance(180 * MINUTE);
  t.false(codes(await shop.get(webItem())).includes("153006"));
  await tell(shop, { agent: "silent" });
  shop.simulator.clock.advance(110 * MINUTE);
  t.false(codes(await shop.get(webItem())).includes("153006"));
  shop.simulator.clock.advance(80 * MINUTE);
  const item = await shop.get(webItem());
  const error = item.properties.healthErrors.find((each: Body) => each.errorCode === "153006");
  t.is(error.errorLevel, "Warning");
  await tell(shop, { agent: "reports" });
  shop.simulator.clock.advance(65 * MINUTE);
  t.is((await shop.get(webItem())).properties.replicationHealth, "Normal");
});

test("Nothing is said of application-consistent points where the policy wants none", async (t) => {
  const vaults = (SHOP.vaults ?? []).map((vault) => ({ ...vault, policies: [{ name: "policy" }] }));
  const shop = await openShop(t, { world: { ...SHOP, vaults } });
  await tell(shop, { agent: "silent" });
  shop.simulator.clock.advance(24 * 60 * MINUTE);
  const item = await shop.get(webItem());
  t.true(codes(item).includes("153007"));
  t.false(codes(item).includes("153006"));
});

test("A resynchronization that is due is critical, is offered as a repair, and is over after it", async (t) => {
  const shop = await openShop(t);
  const reply = await shop.ask("POST", "/_simulator/items", {
    id: webItem(),
    resyncRequired: true,
  });
  t.is(reply.status, 200);
  const due = await shop.get(webItem());
  t.is(due.properties.replicationHealth, "Critical");
  t.true(codes(due).includes("324510"));
  t.true(details(due).protectedManagedDisks[0].resyncRequired);
  t.true(due.properties.allowedOperations.includes("RepairReplication"));
  t.is((await shop.run("POST", `${webItem()}/repairReplication`)).status, "Succeeded");
  const repaired = await shop.until(webItem(), "Protected");
  t.is(repaired.properties.replicationHealth, "Normal");
});

test("A repair does not wake an agent that is silent", async (t) => {
  const shop = await openShop(t);
  await tell(shop, { agent: "silent" });
  await shop.ask("POST", "/_simulator/items", { id: webItem(), resyncRequired: true });
  await shop.run("POST", `${webItem()}/repairReplication`);
  shop.simulator.clock.advance(20 * MINUTE);
  t.true(codes(await shop.get(webItem())).includes("547000"));
});

test("Churn waits in the cache account until the next point, and at the agent while it is silent", async (t) => {
  const shop = await openShop(t);
  await tell(shop, { churnMiBPerSecond: 2 });
  shop.simulator.clock.advance(60_000);
  const disk = async () => details(await shop.get(webItem())).protectedManagedDisks[0];
  const staged = (await disk()).dataPendingInStagingStorageAccountInMB;
  t.true(staged >= 0 && staged < 2 * 300);
  t.is((await disk()).dataPendingAtSourceAgentInMB, 1.234375);
  await tell(shop, { agent: "silent" });
  shop.simulator.clock.advance(600_000);
  t.is((await disk()).dataPendingAtSourceAgentInMB, 1.234375 + 2 * 600);
  t.is((await disk()).dataPendingInStagingStorageAccountInMB, 0);
});

test("Each disk shows its own progress in the initial replication, the small one ahead of the large one", async (t) => {
  const world = structuredClone(SHOP) as Body;
  world.machines[0].dataDisks = [{ name: "shop-web-data", sizeGiB: 32 }];
  world.vaults[0].items[0].protected = false;
  const shop = await openShop(t, { world });
  shop.simulator.clock.advance(11 * MINUTE);
  const item = await shop.get(webItem());
  const [os, data] = details(item).protectedManagedDisks;
  t.true(os.monitoringPercentageCompletion > 0);
  t.true(data.monitoringPercentageCompletion > os.monitoringPercentageCompletion);
  const whole = details(item).monitoringPercentageCompletion;
  t.true(whole >= os.monitoringPercentageCompletion);
  t.true(whole <= data.monitoringPercentageCompletion);
});

test("A world says how agents behave, what machines write and which items want a resynchronization", async (t) => {
  const world = structuredClone(SHOP) as Body;
  Object.assign(world.machines[0], { agentVersion: "outdated", churnMiBPerSecond: 1 });
  world.vaults[0].items[0].resyncRequired = true;
  const shop = await openShop(t, { world });
  t.deepEqual(codes(await shop.get(webItem())).sort(), ["161011", "324510", "SIM-AGENT-OUTDATED"]);
  world.machines[0].agent = "asleep";
  await t.throwsAsync(startSimulator({ world, clock: "stepped" }), { message: /agent/ });
});

test("Conditions of machines and items that make no sense are refused with the reason", async (t) => {
  const shop = await openShop(t);
  t.regex((await tell(shop, { agent: "asleep" })).body.error.message, /reports, silent/);
  t.is((await tell(shop, { churnMiBPerSecond: -1 })).status, 400);
  t.is((await shop.ask("POST", "/_simulator/machines", { id: `${MACHINE}x` })).status, 404);
  t.is((await shop.ask("POST", "/_simulator/items", { id: webItem() })).status, 400);
  t.is((await shop.ask("POST", "/_simulator/items", { id: `${webItem()}x` })).status, 404);
});
