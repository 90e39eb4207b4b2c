import test from "ava";
import type { WorldDocument } from "../../../../simulator/index.ts";
import { handlerOf, startBench } from "../bench.ts";
import { fabricId, hyperVItem, hyperVWorld, networkMapping, setUp } from "./hyper-v-bench.ts";

test("S-06 names of VM networks and storage classifications are recorded as ids, and an unchanged program changes nothing", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const storage = {
    primaryFabric: "vmm-1",
    primaryStorageClassification: "fast",
    recoveryFabric: "vmm-2",
    recoveryStorageClassification: "Slow",
  };
  for (const [type, given, path, collection] of [
    ["NetworkMapping", networkMapping("VmmToVmm"), "primaryNetwork", "replicationNetworks"],
    [
      "StorageClassificationMapping",
      storage,
      "primaryStorageClassification",
      "replicationStorageClassifications",
    ],
  ] as const) {
    const { handler, id, inputs, state } = await bench.create("one", type, given);
    t.true(String(inputs[path]).startsWith(`${fabricId("vmm-1")}/${collection}/`), type);
    t.true(id.startsWith(`${String(inputs[path])}/`), "the mapping lies in what it maps");
    const run = bench.anotherRun({ name: "one", preview: true });
    const again = await handler.check(run, { ...given }, inputs);
    t.deepEqual(again, { inputs, failures: [] });
    t.deepEqual(await handler.diff(run, id, state, again.inputs), {
      changes: false,
      properties: {},
    });
  }
});

test("S-06 VM networks of one name are refused with their ids", async (t) => {
  const [first, second] = hyperVWorld.vmmServers ?? [];
  if (first === undefined || second === undefined) throw new Error("The world lacks a VMM server.");
  const networks = [{ name: "Corp" }, { name: "CORP" }];
  const world: WorldDocument = { ...hyperVWorld, vmmServers: [{ ...first, networks }, second] };
  const bench = await startBench(t, world);
  const [failure] = await bench.failuresOf("NetworkMapping", networkMapping("VmmToVmm"));
  t.is(failure?.path, "primaryNetwork");
  t.regex(failure?.reason ?? "", /are called "corp"\. Give the id of one of them: \/.*; \//);
});

test("S-04 a VMM server that has yet to register is announced at preview, and what lies in it is there afterwards", async (t) => {
  const [first, second] = hyperVWorld.vmmServers ?? [];
  if (first === undefined || second === undefined) throw new Error("The world lacks a VMM server.");
  const late = { ...first, registersAfterMinutes: 10 };
  const bench = await startBench(t, { ...hyperVWorld, vmmServers: [late, second] });
  const run = bench.anotherRun({ name: "vmm-1", preview: true });
  t.deepEqual((await handlerOf("VmmServer").check(run, {})).failures, []);
  t.true(
    bench.log.some(({ text }) => /waits until it registers; the vault knows vmm-2/.test(text)),
  );
  const { state } = await bench.create("vmm-1", "VmmServer", {});
  t.deepEqual(Object.keys(state.clouds as object), ["Gold"]);
  const site = await setUp(bench, "VmmToAzure");
  t.deepEqual(await bench.failuresOf("ReplicatedItem", hyperVItem(site, "sql-1")), []);
});
