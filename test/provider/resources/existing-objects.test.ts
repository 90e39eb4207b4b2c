import test from "ava";
import { unknownValue } from "../../../provider/unknown.ts";
import { handlerOf, makePair, startBench } from "./bench.ts";

test("references to what the same run declares are in order before it exists", async (t) => {
  const bench = await startBench(t);
  const run = (name: string) => ({ ...declaring, name });
  const declaring = bench.anotherRun({ preview: true });
  const vault = await handlerOf("Vault").check(run("shop"), { location: "westeurope" });
  const fabric = await handlerOf("Fabric").check(run("ne"), { location: "northeurope" });
  const container = await handlerOf("ProtectionContainer").check(run("c"), { fabric: "ne" });
  t.deepEqual(
    [vault, fabric, container].flatMap(({ failures }) => failures),
    [],
  );
});

test("what is not known yet is in order, and nothing is asked about it", async (t) => {
  const bench = await startBench(t);
  const all = {
    Fabric: { vault: unknownValue, location: unknownValue },
    ProtectionContainer: { fabric: unknownValue, vault: unknownValue },
    ReplicationPolicy: { vault: unknownValue, recoveryPointRetention: unknownValue },
    ProtectionContainerMapping: {
      vault: unknownValue,
      sourceContainer: unknownValue,
      targetContainer: unknownValue,
      policy: unknownValue,
    },
    NetworkMapping: {
      vault: unknownValue,
      primaryFabric: unknownValue,
      recoveryFabric: unknownValue,
      primaryNetwork: unknownValue,
      recoveryNetwork: unknownValue,
    },
    ReplicatedItem: {
      vault: unknownValue,
      machine: unknownValue,
      container: unknownValue,
      cacheStorageAccount: unknownValue,
      target: unknownValue,
      nics: [unknownValue],
      disks: unknownValue,
    },
  };
  for (const [type, inputs] of Object.entries(all)) {
    t.deepEqual(await bench.failuresOf(type, inputs), [], type);
  }
});

test("adopt takes over what exists and changes it to what is wanted", async (t) => {
  const bench = await startBench(t);
  await makePair(bench);
  const wanted = { name: "daily", recoveryPointRetention: "P3D", adopt: true };
  const made = await bench.create("daily", "ReplicationPolicy", wanted);
  const read = await made.handler.read(bench.anotherRun(), made.id);
  t.is(read?.inputs.recoveryPointRetention, "P3D");
});

test("without adopt an existing object is not touched, also when preview was skipped", async (t) => {
  const bench = await startBench(t);
  await makePair(bench);
  const handler = handlerOf("ReplicationPolicy");
  const context = bench.anotherRun({ name: "daily" });
  const { inputs } = await handler.check(context, { recoveryPointRetention: "P3D" });
  await t.throwsAsync(handler.create(context, inputs), {
    code: "InvalidInput",
    message: /other content/,
  });
  const read = await handler.read(bench.anotherRun(), `${inputs.vault}/replicationPolicies/daily`);
  t.is(read?.inputs.recoveryPointRetention, "PT24H");
});
