import test from "ava";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { handlerOf, startBench } from "../bench.ts";
import { endsOf, hyperVItem, hyperVWorld, vaultId } from "./hyper-v-bench.ts";

/** The world with a machine that is left of SAN replication. */
const world: WorldDocument = {
  ...hyperVWorld,
  vaults: [
    {
      name: "shop",
      resourceGroup: "shop-recovery",
      policies: [{ name: "between", kind: "HyperVReplica2012R2" }],
      mappings: [{ name: "pair", source: "Gold", target: "Silver", policy: "between" }],
      items: [
        { name: "old", machine: "sql-1", container: "Gold", policy: "between", retiredKind: "San" },
      ],
    },
  ],
};

const id = `${vaultId("shop")}/items/old`.toLowerCase();

test("S-07 SC-RETIRED an item that is left of SAN replication is read and shown, and shows no difference", async (t) => {
  const bench = await startBench(t, world);
  const item = handlerOf("ReplicatedItem");
  const read = await item.read(bench.anotherRun(), id);
  t.like(read?.state, {
    itemId: id,
    friendlyName: "sql-1",
    protectionState: "Protected",
    activeLocation: "Primary",
  });
  t.is(read?.inputs.target, undefined);
  const told = bench.log.filter(({ level }) => level === "warn").map(({ text }) => text);
  t.regex(told.join(), /^sql-1: VmmToVmmSan .*SAN replication.*since 2018.*\[SC-RETIRED\]$/);
  const again = await item.read(bench.anotherRun(), id, read?.state);
  t.deepEqual(again?.state, read?.state);
  const inputs = read?.inputs ?? {};
  const diff = await item.diff(bench.anotherRun(), id, again?.state ?? {}, inputs);
  t.deepEqual(diff, { changes: false, properties: {} });
  const run = bench.anotherRun({ name: "old", preview: true });
  t.deepEqual((await item.check(run, { ...inputs }, inputs)).failures, [], "unchanged it stays");
});

test("S-07 SC-RETIRED declaring, adopting or changing an item of SAN replication is refused with what to use, and nothing is written", async (t) => {
  const bench = await startBench(t, world);
  const ends = await endsOf(bench, "VmmToVmm");
  const item = handlerOf("ReplicatedItem");
  for (const adopt of [false, true]) {
    const inputs = hyperVItem({ ...ends, way: "VmmToVmm" }, "sql-1", { adopt });
    const failures = await bench.failuresOf("ReplicatedItem", inputs, "old");
    t.deepEqual(
      failures.map(({ path }) => path),
      ["machine"],
    );
    t.regex(
      failures[0]?.reason ?? "",
      /VmmToVmmSan .*retired since 2018.*HyperVToAzure.*\[SC-RETIRED\]/,
    );
    const news = { ...inputs, vault: vaultId("shop"), name: "old" };
    await t.throwsAsync(item.create(bench.anotherRun(), news), { message: /\[SC-RETIRED\]/ });
  }
  const read = await item.read(bench.anotherRun(), id);
  const run = bench.anotherRun({ name: "old", preview: true });
  const changed = { ...read?.inputs, recoveryContainer: ends.from.replace("vmm-1", "vmm-2") };
  const shown = await item.check(run, changed, read?.inputs);
  t.regex(shown.failures[0]?.reason ?? "", /\[SC-RETIRED\]/);
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);
});

test("S-07 the protection of an item of SAN replication can end", async (t) => {
  const bench = await startBench(t, world);
  const item = handlerOf("ReplicatedItem");
  const read = await item.read(bench.anotherRun(), id);
  await item.delete(bench.anotherRun(), id, read?.state ?? {});
  t.is(await item.read(bench.anotherRun(), id), undefined);
});
