import test from "ava";
import { startRun } from "./support/bench-site.ts";

/** Calls that talk to the vCenter, without those that begin and end a session. */
function total(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((sum, each) => sum + each, 0);
}

/** Everything that rules ask about one machine. */
async function checkMachine(run: Awaited<ReturnType<typeof startRun>>, name: string) {
  const machine = await run.machine(name);
  const hosts = await run.site.hosts(run.context, [machine.hostReference]);
  const stores = await run.site.datastores(run.context, machine.datastoreReferences);
  const pods = stores.map((each) => each.storagePodReference).filter((each) => each !== "");
  await run.site.storagePods(run.context, pods);
  const objects = [machine.reference, ...hosts.map(({ reference }) => reference)];
  await run.site.missingPrivileges(run.context, objects, ["Datastore.AllocateSpace"]);
  return machine;
}

test("checking 500 machines takes at most 20 calls and one page per 100 machines", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", count: 500 }] });
  const names = Array.from({ length: 500 }, (_, at) => `web${String(at + 1).padStart(3, "0")}`);
  const machines = await Promise.all(names.map((name) => checkMachine(run, name)));
  t.deepEqual(
    machines.map(({ name }) => name),
    names,
  );
  t.is(new Set(machines.map(({ biosUuid }) => biosUuid)).size, 500);
  const calls = await run.bench.calls();
  t.true(total(calls) <= 20 + 5, JSON.stringify(calls));
  t.log(`${total(calls)} calls: ${JSON.stringify(calls)}`);
});

test("it makes no difference that the engine asks for sixteen machines at a time", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", count: 500 }] });
  const names = Array.from({ length: 500 }, (_, at) => `web${String(at + 1).padStart(3, "0")}`);
  for (let at = 0; at < names.length; at += 16) {
    await Promise.all(names.slice(at, at + 16).map((name) => run.machine(name)));
  }
  const calls = await run.bench.calls();
  t.true(total(calls) <= 20 + 5, JSON.stringify(calls));
});

test("one machine out of many is read without the others", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", count: 500 }] });
  await run.machine("web007");
  const calls = await run.bench.calls();
  t.is(calls.RetrievePropertiesEx, 2, "the outline, and this machine");
  t.is(calls.ContinueRetrievePropertiesEx, undefined);
});

test("answers are shared for twenty seconds, and dropped by a change of one's own", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  await run.machine("web");
  await run.bench.change("web", { memoryMiB: 4096 });
  await run.bench.forgetCalls();
  t.not((await run.machine("web")).memoryMebibytes, 4096);
  t.deepEqual(await run.bench.calls(), {});
  await run.context.clock.sleep(20_001);
  t.is((await run.machine("web")).memoryMebibytes, 4096);
  const { reference } = await run.machine("web");
  await run.site.powerOn(run.context, reference);
  t.is((await run.machine("web")).powerState, "poweredOn");
  await run.bench.change("web", { power: "off" });
  run.site.forget();
  t.is((await run.machine("web")).powerState, "poweredOff");
});

test("machines that are gone meanwhile do not fail those that are read with them", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", count: 9 }] });
  await run.machine("web1");
  await run.bench.change("web4", { removed: true });
  const found = await run.site.findMachines(
    run.context,
    [2, 3, 4, 5, 6].map((number) => ({ name: `web${number}` })),
  );
  t.deepEqual(
    found.map((each) => each.map(({ name }) => name)),
    [["web2"], ["web3"], [], ["web5"], ["web6"]],
  );
});
