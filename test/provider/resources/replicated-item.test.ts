import test from "ava";
import { PartialFailureError } from "../../../provider/errors.ts";
import {
  type Bench,
  handlerOf,
  itemInputs,
  makePair,
  networkId,
  type Pair,
  startBench,
} from "./bench.ts";
import { outside } from "./outside.ts";

const item = handlerOf("ReplicatedItem");

function itemWrites(bench: Bench): readonly string[] {
  return bench.simulator
    .journal({ writesOnly: true })
    .filter(({ path }) => /replicationprotecteditems/i.test(path))
    .map(({ method }) => method);
}

async function checked(
  bench: Bench,
  pair: Pair,
  more: object = {},
): Promise<Record<string, unknown>> {
  const context = bench.anotherRun({ name: "web" });
  const answer = await item.check(context, { ...itemInputs(pair, "shop-web", more) });
  if (answer.failures.length > 0) throw new Error(JSON.stringify(answer.failures));
  return answer.inputs;
}

test("protecting a machine waits until it is protected and tells how far it is", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const { state, id } = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  t.is(id, `${pair.vault.id}/items/web`.toLowerCase());
  t.is(state.protectionState, "Protected");
  t.is(state.primaryLocation, "northeurope");
  t.is(state.recoveryLocation, "westeurope");
  t.is(state.phase, undefined);
  t.true(
    bench.log.some(
      ({ level, text }) => level === "progress" && /^shop-web: initial replication/.test(text),
    ),
  );
});

test("settings that protection cannot begin with are applied when it is reached", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  await bench.create(
    "web",
    "ReplicatedItem",
    itemInputs(pair, "shop-web", {
      target: {
        resourceGroup: "shop-recovery",
        network: networkId("shop-we-vnet"),
        size: "Standard_D4s_v3",
        machineName: "shop-web-dr",
        testNetwork: networkId("shop-we-test-vnet"),
      },
      nics: [{ subnet: "web", staticAddress: "10.20.1.50" }],
    }),
  );
  const now = await (await outside(bench, "web")).item();
  t.is(now.target.machineSize, "Standard_D4s_v3");
  t.is(now.target.machineName, "shop-web-dr");
  t.is(now.target.testNetworkId.toLowerCase(), networkId("shop-we-test-vnet").toLowerCase());
  t.is(now.nics[0]?.recoverySubnetName, "web");
  t.is(now.nics[0]?.recoveryAddress, "10.20.1.50");
});

test("P-03 a run that is cancelled while it waits keeps the item, and the next one goes on without enabling again", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const inputs = await checked(bench, pair);
  const aborter = new AbortController();
  const run = bench.anotherRun({ signal: aborter.signal, name: "web" });
  const impatient = {
    ...run,
    clock: {
      ...run.clock,
      sleep: (ms: number, signal?: AbortSignal) => {
        // The enabling job is over and the initial copy runs when the user presses ^C.
        if (bench.log.some(({ text }) => /initial replication/.test(text))) aborter.abort();
        return run.clock.sleep(ms, signal);
      },
    },
  };
  const error = await t.throwsAsync(item.create(impatient, inputs), {
    instanceOf: PartialFailureError,
  });
  const state = error?.state as Record<string, unknown>;
  t.is(error?.id, `${pair.vault.id}/items/web`.toLowerCase());
  t.is(state.phase, "replicating");
  const diff = await item.diff(run, error?.id ?? "", state, inputs);
  t.true(diff.changes);
  t.regex(diff.reason ?? "", /begun and not seen to be reached/);
  const finished = await item.update(bench.anotherRun(), error?.id ?? "", state, inputs);
  t.is(finished.protectionState, "Protected");
  t.is(itemWrites(bench).filter((method) => method === "PUT").length, 1);
});

test("P-03 a run that was killed during the initial copy is continued by creating again", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const inputs = await checked(bench, pair);
  const aborter = new AbortController();
  const run = bench.anotherRun({ signal: aborter.signal });
  const killed = {
    ...run,
    clock: { ...run.clock, sleep: () => Promise.reject(new Error("killed")) },
  };
  await t.throwsAsync(item.create(killed, inputs));
  const fresh = await item.check(bench.anotherRun({ name: "web" }), {
    ...itemInputs(pair, "shop-web"),
  });
  t.deepEqual(fresh.failures, []);
  const made = await item.create(bench.anotherRun({ name: "web" }), fresh.inputs);
  t.is(made.state.protectionState, "Protected");
  t.is(itemWrites(bench).filter((method) => method === "PUT").length, 1);
});

test("a wait that outlasts its timeout fails, says where it stands, and keeps the item", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const inputs = await checked(bench, pair, { timeout: "PT5M" });
  const error = await t.throwsAsync(item.create(bench.anotherRun(), inputs), {
    instanceOf: PartialFailureError,
  });
  t.like(error?.state, { phase: "replicating" });
  t.regex(error?.message ?? "", /[Rr]un .*again/);
});

test("with waitFor enabled the item is made as soon as the service has accepted it", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const { id, inputs, state } = await bench.create(
    "web",
    "ReplicatedItem",
    itemInputs(pair, "shop-web", {
      target: { resourceGroup: "shop-recovery", size: "Standard_D4s_v3" },
      waitFor: "enabled",
    }),
  );
  t.not(state.protectionState, "Protected");
  t.is(state.phase, "settings", "the size waits until the machine is protected");
  bench.simulator.clock.advance(24 * 3_600_000);
  const finished = await item.update(bench.anotherRun(), id, state, inputs);
  t.is(finished.phase, undefined);
  t.is((await (await outside(bench, "web")).item()).target.machineSize, "Standard_D4s_v3");
});

test("P-05 a failover done outside is named on refresh with its job, and is no reason to change anything", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const portal = await outside(bench, "web");
  await portal.failOver();
  const run = bench.anotherRun();
  const read = await item.read(run, made.id, made.state);
  t.is(read?.state.activeLocation, "Recovery");
  t.deepEqual(read?.inputs, made.inputs);
  const warning = bench.log.find(({ level }) => level === "warn")?.text ?? "";
  t.regex(
    warning,
    /^shop-web: runs in westeurope now.*recorded was northeurope.*by the job [0-9a-f-]{36} \(.*2026-/,
  );
  t.deepEqual(await item.diff(run, made.id, read?.state ?? {}, made.inputs), {
    changes: false,
    properties: {},
  });
  const again = bench.log.length;
  await item.read(bench.anotherRun(), made.id, read?.state);
  t.is(bench.log.length, again, "what was told once is not told again");
});

test("A-13 P-05 a full cycle of failover, reprotect, failback and reprotect replaces nothing and leaves no difference but, after a refresh, the drill network that the service forgot", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const portal = await outside(bench, "web");
  let state: Record<string, unknown> = made.state;
  const noDifference = async (when: string): Promise<void> => {
    const run = bench.anotherRun();
    const read = await item.read(run, made.id, state);
    t.is(read?.id, made.id, when);
    state = read?.state ?? {};
    const diff = await item.diff(run, made.id, state, made.inputs);
    t.deepEqual(diff, { changes: false, properties: {} }, when);
  };
  await portal.failOver();
  await portal.commit();
  await noDifference("after the failover");
  await portal.reprotect("shopcachewe", "shop-we", "shop-ne");
  await noDifference("after the reprotect");
  t.is(state.primaryLocation, "westeurope");
  t.not(state.armId, made.state.armId, "the ARM id moved with the reprotect");
  await portal.failOver();
  await portal.commit();
  await noDifference("after the failback");
  await portal.reprotect("shopcachene", "shop-ne", "shop-recovery");
  t.deepEqual(
    await item.diff(bench.anotherRun(), made.id, made.state, made.inputs),
    { changes: false, properties: {} },
    "what was recorded before the cycle fits the program after it",
  );
  const run = bench.anotherRun();
  const read = await item.read(run, made.id, state);
  t.is(read?.state.primaryLocation, "northeurope");
  const diff = await item.diff(run, made.id, read?.state ?? {}, made.inputs);
  t.deepEqual(
    diff.properties,
    { "target.testNetwork": { kind: "add" } },
    "the service forgets the drill network with a reprotect: a refresh shows it and an update sets it again",
  );
  state = await item.update(run, made.id, read?.state ?? {}, made.inputs);
  await noDifference("after the update");
});

test("P-04 destroying an item whose machine runs at the recovery side warns and moves nothing", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  const portal = await outside(bench, "web");
  await portal.failOver();
  await portal.commit();
  const machines = async (): Promise<unknown> => {
    const run = bench.anotherRun();
    const site = await run.sites.azure(run);
    const recovered = `${(await bench.context.sites.azure(run)).subscriptionId}`;
    return [
      recovered,
      await site.machine(run, String(made.inputs.machine)),
      await site.machine(run, String(made.inputs.machine).replace("shop-ne", "shop-recovery")),
    ];
  };
  const before = await machines();
  await item.delete(bench.anotherRun(), made.id, made.state);
  t.deepEqual(await machines(), before);
  t.true(
    bench.log.some(
      ({ level, text }) =>
        level === "warn" && /runs in westeurope and goes on running there/.test(text),
    ),
  );
});

test("an item with an open drill is not destroyed, and the reason is told", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  await (await outside(bench, "web")).testFailover(networkId("shop-we-test-vnet"));
  await t.throwsAsync(item.delete(bench.anotherRun(), made.id, made.state), {
    code: "Blocked",
    message: /shop-web: has an open drill.*Clean the test failover up first/,
  });
});

test("settings of an item that is failed over are not changed, and the way to change them is told", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web"));
  await (await outside(bench, "web")).failOver();
  const target = { ...(made.inputs.target as object), size: "Standard_D8s_v3" };
  await t.throwsAsync(
    item.update(bench.anotherRun(), made.id, made.state, { ...made.inputs, target }),
    {
      code: "Blocked",
      message: /failed over to westeurope and not committed.*Commit the failover first/,
    },
  );
});

test("a disk is added and removed in place", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const portal = await outside(bench, "app");
  const run = bench.anotherRun();
  const site = await run.sites.azure(run);
  const machine = await site.machine(
    run,
    String((itemInputs(pair, "shop-app") as { machine: string }).machine),
  );
  const system = { disk: machine?.osDiskId ?? "" };
  const data = { disk: machine?.dataDiskIds[0] ?? "" };
  const made = await bench.create(
    "app",
    "ReplicatedItem",
    itemInputs(pair, "shop-app", { disks: [system] }),
  );
  t.is((await portal.item()).disks.length, 1);
  const both = { ...made.inputs, disks: [system, data] };
  const diff = await item.diff(run, made.id, made.state, both);
  t.deepEqual(diff.properties, { "disks[1]": { kind: "add" } });
  const added = await item.update(bench.anotherRun(), made.id, made.state, both);
  t.is((await portal.item()).disks.length, 2);
  const removed = await item.update(bench.anotherRun(), made.id, added, made.inputs);
  t.is((await portal.item()).disks.length, 1);
  t.deepEqual((await item.diff(run, made.id, removed, made.inputs)).properties, {});
});

test("refreshing many items costs one list, not one request each", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const made = await Promise.all(
    ["shop-web", "shop-app", "shop-db"].map((machine) =>
      bench.create(
        machine,
        "ReplicatedItem",
        itemInputs(pair, machine, { target: { resourceGroup: "shop-recovery" } }),
      ),
    ),
  );
  const requests = async (count: number): Promise<number> => {
    bench.simulator.clearJournal();
    const run = bench.anotherRun();
    await Promise.all(made.slice(0, count).map(({ id, state }) => item.read(run, id, state)));
    return bench.simulator.journal().length;
  };
  t.is(await requests(3), await requests(1));
});
