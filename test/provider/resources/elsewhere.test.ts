import test from "ava";
import {
  type Bench,
  itemInputs,
  machineId,
  makePair,
  networkId,
  startBench,
  warningsOf,
} from "./bench.ts";
import { type Deed, doneElsewhere, type Kept, someoneElse, telling } from "./elsewhere.ts";
import { outside } from "./outside.ts";
import { openPortal } from "./portal.ts";

/** A protected machine of a region, of which the disks are chosen by the service. */
async function startWeb(t: Parameters<typeof startBench>[0], machine = "shop-web") {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, machine));
  const kept: Kept = { state: made.state, inputs: made.inputs };
  return { bench, pair, made, kept, portal: await outside(bench, "web") };
}

test("Q-05 AzureToAzure: whatever somebody does to a machine is named by refresh with its job, preview proposes the way on, and nothing is replaced or written", async (t) => {
  const { bench, made, kept, portal } = await startWeb(t);
  const { perform, target } = await openPortal(bench, "web");
  const deeds: readonly Deed[] = [
    {
      deed: "a drill",
      act: () => portal.testFailover(networkId("shop-we-test-vnet")),
      tells: [telling("^shop-web: runs in northeurope now.*It was put into a drill JOB")],
      proposes: /^shop-web: runs in northeurope; a test failover is open: clean it up/,
    },
    {
      deed: "its clean-up",
      act: async () =>
        perform({ verb: "testFailoverCleanup", target: await target(), comments: "" }),
      tells: [telling("^shop-web: .*Its drill was cleaned up JOB")],
    },
    {
      deed: "a failover",
      act: portal.failOver,
      tells: [
        telling(
          "^shop-web: runs in westeurope now.*recorded was northeurope. It was moved JOB.*If no resource of this program did it: the failover is not committed: declare a Failover",
        ),
      ],
      proposes: /runs in westeurope; the failover is not committed: declare a Failover with commit/,
    },
    {
      deed: "its commit",
      act: portal.commit,
      tells: [telling("^shop-web: .*Its failover was committed JOB.*declare a Reprotect")],
      proposes: /runs in westeurope; the failover is committed: declare a Reprotect/,
    },
    {
      deed: "a reprotect",
      act: () => portal.reprotect("shopcachewe", "shop-we", "shop-ne"),
      tells: [telling("^shop-web: .*Its replication was turned round JOB.*declare a Failback")],
      proposes: /runs in westeurope; it is protected towards its home: declare a Failback/,
    },
    {
      deed: "a failback",
      act: portal.failOver,
      tells: [telling("^shop-web: runs in northeurope now.*It was moved JOB.*declare a Failback")],
      proposes: /the failback is not committed: declare a Failback with commit: "automatic"/,
    },
    {
      deed: "the failback's commit",
      act: portal.commit,
      tells: [telling("Its failover was committed JOB.*declare a Reprotect")],
      proposes: /it came home and is not protected: declare a Reprotect/,
    },
    {
      deed: "the end of its protection",
      act: () => someoneElse(bench, { item: "web", verb: "delete" }),
      tells: [telling("^shop-web: its protection was ended outside of this program JOB")],
      proposes: /Remove the ReplicatedItem from the program, or give it a new `trigger`/,
      ends: true,
    },
  ];
  for (const each of deeds) await doneElsewhere(t, bench, made, kept, each);
});

test("Q-05 a protection that somebody ended is begun again by a new trigger alone, and taking it out of the program sends nothing", async (t) => {
  const { bench, made, kept } = await startWeb(t);
  const { handler, id } = made;
  await someoneElse(bench, { item: "web", verb: "delete" });
  const enabled = (): number =>
    bench.simulator.journal({ method: "PUT" }).filter(({ path }) => path.endsWith("/web")).length;
  bench.simulator.clearJournal();
  // The stack has not been refreshed, and the program changes something else.
  const target = { ...(made.inputs.target as object), size: "Standard_D4s_v3" };
  const blind = await t.throwsAsync(
    handler.update(bench.anotherRun(), id, kept.state, { ...made.inputs, target }),
  );
  t.regex(blind?.message ?? "", telling("was ended outside of this program JOB.*\\[ITEM-ENDED\\]"));
  const read = await handler.read(bench.anotherRun(), id, kept.state);
  t.like(read?.state, { protectionState: "Disabled", friendlyName: "shop-web" });
  t.regex(String(read?.state.endedBy), telling("^JOB$"));
  await handler.delete(bench.anotherRun(), id, read?.state ?? {});
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);

  const run = bench.anotherRun({ name: "web" });
  const wanted = { ...made.inputs, trigger: "again" };
  const checked = await handler.check(run, wanted, read?.inputs);
  t.deepEqual(checked.failures, []);
  t.is(checked.inputs.findings, undefined);
  const diff = await handler.diff(run, id, read?.state ?? {}, checked.inputs);
  t.like(diff, { changes: true, properties: { trigger: { kind: "add" } } });
  t.regex(diff.reason ?? "", /protected again, with a full initial copy/);
  const state = await handler.update(run, id, read?.state ?? {}, checked.inputs);
  t.like(state, { protectionState: "Protected", trigger: "again" });
  t.is(state.endedBy, undefined);
  t.is(enabled(), 1);
  const after = await handler.read(bench.anotherRun(), id, state);
  const unchanged = await handler.diff(bench.context, id, after?.state ?? {}, checked.inputs);
  t.deepEqual(unchanged, { changes: false, properties: {} });
});

test("Q-05 a recovery plan that names a machine whose protection somebody ended says so and goes on without, and takes it in again", async (t) => {
  const { bench, pair, made } = await startWeb(t);
  const app = await bench.create("app", "ReplicatedItem", itemInputs(pair, "shop-app"));
  const groups = [{ items: [app.id] }, { items: [made.id] }];
  const plan = await bench.create("shop", "RecoveryPlan", { groups });
  await someoneElse(bench, { item: "web", verb: "delete" });
  const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
  const seen = await plan.handler.read(bench.anotherRun(), plan.id, plan.state);
  bench.simulator.clearJournal();
  const run = bench.anotherRun({ name: "shop", preview: true });
  await made.handler.check({ ...run, name: "web" }, made.inputs, read?.inputs);
  const checked = await plan.handler.check(run, { groups }, seen?.inputs);
  t.deepEqual(checked.failures, []);
  t.regex(warningsOf(bench), /recovery plan shop: the protection of web was ended outside/);
  const diff = await plan.handler.diff(run, plan.id, seen?.state ?? {}, checked.inputs);
  t.deepEqual(diff, { changes: false, properties: {} });
  const alone = { groups: [{ items: [made.id] }] };
  const lone = await plan.handler.check({ ...run, name: "lone" }, alone);
  t.regex(lone.failures[0]?.reason ?? "", /recovery plan lone: the protection of web was ended/);
  const kept = await plan.handler.check(run, alone, seen?.inputs);
  t.deepEqual([kept.failures, kept.inputs.groups], [[], seen?.inputs.groups]);
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);

  // Somebody protects it again, and nobody refreshes.
  await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const later = bench.anotherRun({ name: "web", preview: true });
  const item = await made.handler.check(later, made.inputs, read?.inputs);
  t.is(item.inputs.findings, undefined);
  t.deepEqual(await made.handler.diff(later, made.id, read?.state ?? {}, item.inputs), {
    changes: false,
    properties: {},
  });
  const again = await plan.handler.check({ ...later, name: "shop" }, { groups }, checked.inputs);
  t.like(await plan.handler.diff(later, plan.id, seen?.state ?? {}, again.inputs), {
    changes: true,
  });
});

test("Q-05 a machine that somebody protected again under another name is proposed by that name", async (t) => {
  const { bench, pair, made } = await startWeb(t);
  await someoneElse(bench, { item: "web", verb: "delete" });
  const other = await bench.create("guid-1", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
  t.regex(JSON.stringify(read?.inputs.findings), /or name it `guid-1` with `adopt: true`/);
  const run = bench.anotherRun({ name: "web", preview: true });
  const news = { ...made.inputs, name: "guid-1", adopt: true };
  const checked = await made.handler.check(run, news, read?.inputs);
  t.deepEqual([checked.failures, checked.inputs.findings], [[], undefined]);
  await other.handler.delete(bench.anotherRun(), other.id, other.state);
  const back = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const seen = await made.handler.read(bench.anotherRun(), made.id, read?.state);
  t.deepEqual(seen?.state, back.state, "what somebody protected again under its name goes on");
});

/** Requests of somebody at Compute. */
const compute = (bench: Bench, method: string, path: string, body?: object): Promise<void> =>
  someoneElse(bench, { method, path, ...(body === undefined ? {} : { body }) });

/** Makes a disk and attaches it to a machine beside its others. */
async function attachDisk(bench: Bench, machine: string, name: string): Promise<void> {
  const disk = machineId(machine).replace(/virtualMachines\/.*/, `disks/${name}`);
  const body = { location: "northeurope", properties: { diskSizeGB: 16 } };
  await compute(bench, "PUT", disk, { ...body, sku: { name: "Premium_LRS" } });
  const shown = await fetch(`${bench.simulator.url}${machineId(machine)}?api-version=2024-07-01`);
  const { properties } = (await shown.json()) as {
    properties: { storageProfile: { dataDisks: readonly object[] } };
  };
  const { storageProfile } = properties;
  const added = { lun: 9, name, createOption: "Attach", managedDisk: { id: disk } };
  const dataDisks = [...storageProfile.dataDisks, added];
  await compute(bench, "PATCH", machineId(machine), {
    properties: { storageProfile: { ...storageProfile, dataDisks } },
  });
}

test("Q-05 disks that somebody attached, or took out of the replication, are named, and preview shows what becomes of them", async (t) => {
  const { bench, made, kept } = await startWeb(t, "shop-app");
  const { run, vault, item } = await openPortal(bench, "web");
  const [, data] = (await item()).disks;
  await doneElsewhere(t, bench, made, kept, {
    deed: "a disk attached",
    act: () => attachDisk(bench, "shop-app", "shop-app-more"),
    tells: [/^shop-app: not replicated now: shop-app-more \(attached to the machine since/],
    proposes: /not replicated yet: shop-app-more/,
    update: true,
  });
  await doneElsewhere(t, bench, made, kept, {
    deed: "a disk taken out",
    act: async () => vault.removeDisks(run, await item(), [data?.diskId ?? ""]),
    tells: [
      telling("^shop-app: not replicated now: .*the newest change of its disks was made JOB"),
    ],
    proposes: /not replicated yet: /,
    update: true,
  });
  await made.handler.update(bench.anotherRun(), made.id, kept.state, made.inputs);
  t.is((await item()).disks.length, 3, "the program replicates all disks");
});

test("Q-05 a machine that was deleted or moved to another resource group is named at refresh and preview", async (t) => {
  const { bench, made, kept } = await startWeb(t);
  await compute(bench, "DELETE", machineId("shop-web"));
  const read = await made.handler.read(bench.anotherRun(), made.id, kept.state);
  t.regex(
    bench.log.map(({ text }) => text).join("\n"),
    /shop-web: the machine that it is replicated from, .*does not exist any more: it was deleted, or moved.*Move it back to resource group shop-ne.*declare a Failover.*\[ITEM-MACHINE\]/i,
  );
  const run = bench.anotherRun({ name: "web", preview: true });
  const checked = await made.handler.check(run, made.inputs, read?.inputs);
  t.deepEqual(checked.failures, []);
  t.regex(JSON.stringify(checked.inputs.findings), /"severity":"warn".*ITEM-MACHINE/);
  const diff = await made.handler.diff(run, made.id, read?.state ?? {}, checked.inputs);
  t.deepEqual(diff, { changes: false, properties: {} });
});

test("Q-05 a list of items that lags behind ends no protection", async (t) => {
  const { bench, made } = await startWeb(t);
  bench.simulator.addFault({
    match: { method: "GET", path: "replicationProtectedItems" },
    respond: { status: 200, body: { value: [] } },
    times: 1,
  });
  const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
  t.deepEqual(read?.state, made.state);
});

test("Q-05 another policy is named, and is no reason to replace the item", async (t) => {
  const { bench, made, kept } = await startWeb(t);
  const other = String(made.state.currentPolicy).replace(/daily$/, "weekly");
  const state = { ...kept.state, currentPolicy: other };
  const read = await made.handler.read(bench.anotherRun(), made.id, state);
  const told = bench.log.map(({ text }) => text).join("\n");
  t.regex(told, /shop-web: is replicated by the policy daily now; recorded was weekly\./);
  const diff = await made.handler.diff(bench.context, made.id, read?.state ?? {}, made.inputs);
  t.deepEqual(diff, { changes: false, properties: {} });
});
