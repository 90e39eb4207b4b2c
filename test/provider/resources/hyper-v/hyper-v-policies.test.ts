import test from "ava";
import { startBench } from "../bench.ts";
import { hyperVWorld, ways } from "./hyper-v-bench.ts";

/** An input out of range, and what the refusal has to name. */
const ranges: readonly (readonly [inputs: object, path: string, reason: RegExp])[] = [
  [{ recoveryPointRetention: "PT25H" }, "recoveryPointRetention", /PT0S to PT24H/],
  [{ recoveryPointRetention: "PT90M" }, "recoveryPointRetention", /no whole number of hours/],
  [
    { applicationConsistentSnapshotFrequency: "PT13H" },
    "applicationConsistentSnapshotFrequency",
    /PT1H to PT12H, or PT0S/,
  ],
  [
    { recoveryPointRetention: "PT2H", applicationConsistentSnapshotFrequency: "PT3H" },
    "applicationConsistentSnapshotFrequency",
    /longer than the retention of PT2H/,
  ],
  [
    { initialReplicationStartTime: "25:00:00" },
    "initialReplicationStartTime",
    /00:00:00 to 23:59:59/,
  ],
  [{ multiVmSync: false }, "multiVmSync", /no multi-VM groups/],
  [{ recoveryPointThreshold: "PT1H" }, "recoveryPointThreshold", /only in VmwareToAzureClassic/],
];

for (const way of ways) {
  test(`${way}: a policy out of its range is refused with what the service takes`, async (t) => {
    const bench = await startBench(t, hyperVWorld);
    for (const [inputs, path, reason] of ranges) {
      const failures = await bench.failuresOf("ReplicationPolicy", { scenario: way, ...inputs });
      t.deepEqual(
        failures.map((each) => each.path),
        [path],
        JSON.stringify(inputs),
      );
      t.regex(failures[0]?.reason ?? "", reason);
    }
    const interval = { scenario: way, replicationInterval: "PT15M" };
    const [often] = await bench.failuresOf("ReplicationPolicy", interval);
    if (way === "VmmToVmm") t.is(often, undefined);
    else t.regex(often?.reason ?? "", /cannot be had in the scenario .* Give PT30S or PT5M\./);
    const [strange] = await bench.failuresOf("ReplicationPolicy", {
      scenario: way,
      replicationInterval: "PT1M",
    });
    t.is(strange?.path, "replicationInterval");
    const [port] = await bench.failuresOf("ReplicationPolicy", {
      scenario: way,
      replicationPort: 70_000,
    });
    t.is(port?.path, "replicationPort");
  });
}

test("S-03 settings of Hyper-V mean nothing between regions", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const [failure] = await bench.failuresOf("ReplicationPolicy", { replicationInterval: "PT30S" });
  t.regex(
    failure?.reason ?? "",
    /means nothing in the scenario AzureToAzure, only in HyperVToAzure/,
  );
});

for (const [scenario, year, instead] of [
  ["VmmToVmmSan", /2018/, /HyperVToAzure/],
  ["VmwareToVmwareScout", /2020/, /VmwareToAzure/],
  ["ClassicPortal", /2018/, /Recovery Services vault/],
] as const) {
  test(`S-05 S-07 SC-RETIRED declaring ${scenario} is answered at preview with the year, the source and what to use`, async (t) => {
    const bench = await startBench(t, hyperVWorld);
    const failures = await bench.failuresOf("ReplicationPolicy", { scenario });
    t.deepEqual(
      failures.map(({ path }) => path),
      ["scenario"],
    );
    const reason = failures[0]?.reason ?? "";
    for (const part of [year, /Microsoft/, instead, /\[SC-RETIRED\]$/]) t.regex(reason, part);
    t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);
  });
}

test("SC-OLD a policy for VMM clouds is made, with a warning, once in a run", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const run = bench.anotherRun();
  await bench.create("one", "ReplicationPolicy", { scenario: "VmmToAzure" }, run);
  await bench.create("two", "ReplicationPolicy", { scenario: "VmmToAzure" }, run);
  t.is(bench.log.filter(({ text }) => text.includes("[SC-OLD]")).length, 1);
});

test("S-03 S-04 one policy serves a Hyper-V site and VMM clouds on their way to Azure", async (t) => {
  const bench = await startBench(t, hyperVWorld);
  const { handler, id, state, inputs } = await bench.create("often", "ReplicationPolicy", {
    scenario: "HyperVToAzure",
  });
  const wanted = { ...inputs, scenario: "VmmToAzure" };
  const diff = await handler.diff(bench.anotherRun(), id, state, wanted);
  t.deepEqual(diff, { changes: false, properties: {} });
});
