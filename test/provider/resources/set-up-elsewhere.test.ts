import test from "ava";
import type { Context } from "../../../provider/context.ts";
import type { VaultSite } from "../../../provider/sites/azure/site.ts";
import {
  type Bench,
  itemInputs,
  type Made,
  makePair,
  networkId,
  type Pair,
  startBench,
  vaultId,
  warningsOf,
} from "./bench.ts";
import { someoneElse, telling } from "./elsewhere.ts";
import { hyperVWorld } from "./hyper-v/hyper-v-bench.ts";
import { fabricId, startPlainBench } from "./on-premises/server-bench.ts";

interface Somebody {
  readonly bench: Bench;
  readonly pair: Pair;
  readonly run: Context;
  readonly vault: VaultSite;
}

async function startPair(t: Parameters<typeof startBench>[0]): Promise<Somebody> {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const run = bench.anotherRun();
  return { bench, pair, run, vault: (await run.sites.azure(run)).vault(vaultId("shop")) };
}

/** What is warned of while a resource is refreshed, and what the refresh answers. */
async function refresh(
  bench: Bench,
  { handler, id, state }: Pick<Made, "handler" | "id" | "state">,
) {
  const before = warningsOf(bench).length;
  const read = await handler.read(bench.anotherRun(), id, state);
  return { read, told: warningsOf(bench).slice(before).trim() };
}

test("Q-05 set-up objects that somebody removed are named with the job, and preview shows a plain creation", async (t) => {
  const { bench, pair, run, vault } = await startPair(t);
  const spare = await bench.create("spare", "Fabric", { location: "uksouth" });
  const mapping = await bench.create("there", "NetworkMapping", {
    primaryFabric: pair.primary.state.fabricId,
    recoveryFabric: pair.recovery.state.fabricId,
    primaryNetwork: networkId("shop-ne-vnet", "shop-ne"),
    recoveryNetwork: networkId("shop-we-vnet"),
    adopt: true,
    name: "network",
  });
  const { source, target, back, policy } = pair;
  const removals: readonly (readonly [Made, string, () => Promise<void>])[] = [
    [spare, "fabric spare", () => vault.removeFabric(run, "spare")],
    [
      mapping,
      "network mapping network",
      () => vault.removeNetworkMapping(run, "ne", "azureNetwork", "network"),
    ],
    [
      back,
      "container mapping back",
      () => vault.removeContainerMapping(run, String(target.state.containerId), "back"),
    ],
    [
      pair.outward,
      "container mapping outward",
      () => vault.removeContainerMapping(run, String(source.state.containerId), "outward"),
    ],
    [source, "protection container ne", () => vault.removeContainer(run, "ne", "ne")],
    [policy, "replication policy daily", () => vault.removePolicy(run, "daily")],
  ];
  for (const [made, called, remove] of removals) {
    await remove();
    const { read, told } = await refresh(bench, made);
    t.is(read, undefined, called);
    t.regex(
      told,
      telling(
        `^${called}: it was removed outside of this program JOB\\. The next preview shows its creation, which copies no data; take it out`,
      ),
    );
    await t.notThrowsAsync(made.handler.delete(bench.anotherRun(), made.id, made.state), called);
  }
});

test("Q-05 a Hyper-V host that somebody unregistered is named with the job, and waited for by the next run", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const host = await bench.create("hv-1", "HyperVHost", { fabric: "berlin" });
  await someoneElse(bench, { method: "POST", path: `${host.state.providerId}/remove` });
  const { read, told } = await refresh(bench, host);
  t.regex(told, telling("^Hyper-V host hv-1: Azure does not list it any more\\. It was .* JOB\\."));
  const again = await refresh(bench, { ...host, state: read?.state ?? {} });
  t.is(again.told, "");
  const diff = await host.handler.diff(bench.context, host.id, read?.state ?? {}, host.inputs);
  t.like(diff, { changes: true, properties: {} });
  t.regex(diff.reason ?? "", /waited for/);
});

test("Q-05 an appliance and a process server that are gone are named, and waited for by the next run", async (t) => {
  const modern = await startPlainBench(t, "modernized");
  const appliance = await modern.create("ReplicationAppliance", "appliance-1", {
    fabric: fabricId,
  });
  const classic = await startPlainBench(t, "classic", {
    server: { processServers: [{ name: "cs-1" }, { name: "ps-2", address: "10.2.0.4" }] },
  });
  const server = await classic.create("ProcessServer", "ps-2", { fabric: fabricId });
  const bare = await startPlainBench(t, "classic");
  for (const [each, at] of [
    [appliance, bare],
    [server, bare],
  ] as const) {
    const read = await each.handler.read(at.run(), each.id, each.state);
    t.is(read?.state.phase, "waiting");
    const told = at.bed.told.warnings.join("\n");
    t.regex(told, /(appliance-1|ps-2): Azure does not list it any more\. It was removed outside/);
    const diff = await each.handler.diff(at.run(), each.id, read?.state ?? {}, each.inputs);
    t.true(diff.changes);
  }
});

test("Q-05 a policy that somebody changed is named with the job and what differs, once, and preview shows the way back", async (t) => {
  const { bench, pair, run, vault } = await startPair(t);
  const { handler, id, inputs, state } = pair.policy;
  await vault.updatePolicy(run, "daily", {
    recoveryPointHistoryMinutes: 60,
    applicationConsistentFrequencyMinutes: 60,
    crashConsistentFrequencyMinutes: 5,
    multiVmSync: true,
  });
  const { read, told } = await refresh(bench, pair.policy);
  t.regex(
    told,
    telling(
      '^replication policy daily: it was changed outside of this program JOB: .*recoveryPointRetention is "PT1H" and should be "PT24H"',
    ),
  );
  const again = await refresh(bench, { handler, id, state: read?.state ?? state });
  t.is(again.told, "");
  const diff = await handler.diff(bench.anotherRun(), id, read?.state ?? {}, inputs);
  t.like(diff, { changes: true });
  t.like(diff.properties, { recoveryPointRetention: { kind: "update" } });
  const mended = await handler.update(bench.anotherRun(), id, read?.state ?? {}, inputs);
  t.deepEqual(mended, state);
});

test("Q-05 a plan that somebody changed or removed is named with the job; one that was renamed is not made a second time", async (t) => {
  const { bench, pair, run, vault } = await startPair(t);
  const web = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const app = await bench.create("app", "ReplicatedItem", itemInputs(pair, "shop-app"));
  const groups = [{ items: [web.id] }, { items: [app.id] }];
  const plan = await bench.create("shop", "RecoveryPlan", { groups });
  const portal = bench.anotherRun();
  await plan.handler.update(portal, plan.id, plan.state, {
    ...plan.inputs,
    groups: [{ items: [app.id] }, { items: [web.id] }],
  });
  const changed = await refresh(bench, plan);
  t.regex(changed.told, telling("^recovery plan shop: it was changed outside .*JOB: groups is "));
  const turned = await plan.handler.diff(run, plan.id, changed.read?.state ?? {}, plan.inputs);
  t.true(turned.changes);
  await plan.handler.update(bench.anotherRun(), plan.id, changed.read?.state ?? {}, plan.inputs);

  vault.forget();
  await vault.removeRecoveryPlan(run, "shop");
  const removed = await refresh(bench, plan);
  t.is(removed.read, undefined);
  t.regex(removed.told, telling("^recovery plan shop: it was removed .*JOB\\. The next preview"));
  t.deepEqual(await bench.failuresOf("RecoveryPlan", { groups }, "shop"), []);

  // The service renames by making it anew.
  const renamed = await bench.create("shop-2", "RecoveryPlan", { groups, adopt: true });
  const named = await refresh(bench, plan);
  t.is(named.read, undefined);
  t.regex(
    named.told,
    telling(
      'it was removed .*JOB\\. The plan shop-2 holds exactly its machines now: it was renamed\\. Declare `name: "shop-2"` with `adopt: true`',
    ),
  );
  const failures = await bench.failuresOf("RecoveryPlan", { groups }, "shop");
  t.is(failures.length, 1);
  t.regex(failures[0]?.reason ?? "", telling("shop was removed JOB, and the plan shop-2 holds"));
  const both = { groups, adopt: true };
  t.deepEqual(await bench.failuresOf("RecoveryPlan", both, "shop"), [], "unless it is wanted");
  const followed = { groups, name: "shop-2", adopt: true };
  t.deepEqual(await bench.failuresOf("RecoveryPlan", followed, "shop"), []);
  const declared = bench.anotherRun({ name: "shop", preview: true });
  declared.declared.add(renamed.id.toLowerCase());
  t.deepEqual((await plan.handler.check(declared, { groups })).failures, [], "or declared as well");
});
