import test from "ava";
import { PartialFailureError } from "../../../../provider/errors.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import { lagClass } from "../../../../provider/resources/replicated-item/life-cycle.ts";
import { handlerOf, networkId } from "../bench.ts";
import { hyperVItem, startHyperV, vaultId, ways } from "./hyper-v-bench.ts";

const requirements = { HyperVToAzure: "S-03", VmmToAzure: "S-04", VmmToVmm: "S-06" } as const;

for (const way of ways) {
  test(`${requirements[way]} H-01 H-02 H-03 ${way}: protecting a machine tells of its job, the copy's progress and the finalization`, async (t) => {
    const site = await startHyperV(t, way);
    const { bench } = site;
    const { state, id } = await bench.create("sql", "ReplicatedItem", hyperVItem(site, "sql-1"));
    t.is(id, `${vaultId("shop")}/items/sql`.toLowerCase());
    t.like(state, {
      protectionState: "Protected",
      machine: "sql-1",
      recoveryContainer: site.to,
      replicationHealth: "Normal",
      failoverHealth: "Normal",
      machineProtectionState: "Protected",
      activeLocation: "Primary",
    });
    t.is(state.initialReplicationPercent, undefined, "nothing is copied any more");
    const told = bench.log.filter(({ level }) => level === "progress").map(({ text }) => text);
    t.true(
      told.some((text) => /sql(-1)?: .*\(\d+ of \d+\)/.test(text)),
      "the job's steps",
    );
    t.true(
      told.some((text) => /^sql-1: initial replication \d+ %/.test(text)),
      "the percentage",
    );
    t.true(
      told.some((text) =>
        /^sql-1: finalizing the protection.*\(job \w+ [0-9a-f-]{36}\)/.test(text),
      ),
      `the finalization with its job:\n${told.join("\n")}`,
    );
  });

  test(`${requirements[way]} ${way}: hours later an undisturbed refresh shows no change`, async (t) => {
    const site = await startHyperV(t, way);
    const { bench } = site;
    const { handler, id, state } = await bench.create(
      "sql",
      "ReplicatedItem",
      hyperVItem(site, "sql-1"),
    );
    // The lag is known as soon as changes were sent once.
    bench.simulator.clock.advance(3_600_000);
    const first = await handler.read(bench.anotherRun(), id, state);
    for (const minutes of [1, 7, 61, 600]) {
      bench.simulator.clock.advance(minutes * 60_000);
      const read = await handler.read(bench.anotherRun(), id, first?.state);
      t.deepEqual(read?.state, first?.state, `after ${minutes} minutes more`);
    }
    const lag = way === "VmmToVmm" ? undefined : "PT5M";
    t.is(first?.state.replicationLag, lag, "the policy's interval; between sites nobody tells");
  });
}

test("H-02 an item that is only enabled shows how far its copy is, and the next update waits for it", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const inputs = hyperVItem(site, "sql-1", { waitFor: "enabled" });
  const made = await bench.create("sql", "ReplicatedItem", inputs);
  t.is(made.state.protectionState, "InitialReplicationInProgress");
  t.is(made.state.machineProtectionState, "UnprotectedStatesBegin");
  t.is(typeof made.state.initialReplicationPercent, "number");
  const run = bench.anotherRun({ name: "sql" });
  const wanted = hyperVItem(site, "sql-1");
  const checked = await made.handler.check(run, { ...wanted }, made.inputs);
  t.deepEqual(checked.failures, []);
  const updated = await made.handler.update(run, made.id, made.state, checked.inputs);
  t.is(updated.protectionState, "Protected");
});

test("H-06 a replication error that is tried again shows as a warning, one that is not as critical, and a refresh tells it", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const inputs = hyperVItem(site, "web-1", { osType: "Linux" });
  const made = await bench.create("web", "ReplicatedItem", inputs);
  t.is(made.state.replicationHealth, "Normal");
  const healthAfter = async (kind: string): Promise<unknown> => {
    const answer = await fetch(`${bench.simulator.url}/_simulator/hyper-v/machines/web-1`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ replicationError: { kind } }),
    });
    t.true(answer.ok);
    bench.simulator.clock.advance(60_000);
    const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
    return read?.state.replicationHealth;
  };
  t.is(await healthAfter("network"), "Warning");
  t.is(await healthAfter("authorization"), "Critical");
});

test("S-03 how a machine will be in Azure is set when it is protected, changes in place, and differs in nothing afterwards", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const testNetwork = networkId("shop-we-test-vnet", "shop-recovery");
  const target = { ...(hyperVItem(site, "sql-1") as { target: object }).target, testNetwork };
  const wanted = { target: { ...target, size: "Standard_D4s_v3", machineName: "sql-dr" } };
  const nics = [
    { staticAddress: "10.20.1.20", testSubnet: "web" },
    { nic: "no-such-nic", staticAddress: "10.20.1.21" },
  ];
  const inputs = hyperVItem(site, "sql-1", { ...wanted, nics });
  const { handler, id, state, ...made } = await bench.create("sql", "ReplicatedItem", inputs);
  const run = bench.anotherRun();
  const item = async () => {
    const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
    vault.forget();
    return (await vault.items(run))[0];
  };
  const first = await item();
  t.like(first?.target, {
    machineName: "sql-dr",
    machineSize: "Standard_D4s_v3",
    testNetworkId: testNetwork,
  });
  t.like(first?.nics[0], { recoveryAddress: "10.20.1.20", testSubnetName: "web" });
  t.true(
    bench.log.some(
      ({ level, text }) =>
        level === "warn" &&
        /sql-1: it has no network interface no-such-nic, .* It has: ./.test(text),
    ),
  );
  const read = await handler.read(run, id, state);
  const same = await handler.diff(run, id, read?.state ?? {}, made.inputs);
  t.deepEqual(same, { changes: false, properties: {} });
  const larger = {
    ...made.inputs,
    target: { ...(made.inputs.target as object), size: "Standard_D8s_v3" },
  };
  const diff = await handler.diff(run, id, state, larger);
  t.deepEqual(diff.properties, { "target.size": { kind: "update" } });
  const updated = await handler.update(run, id, state, larger);
  t.is((updated.target as { size: string }).size, "Standard_D8s_v3");
  const second = await item();
  t.like(second?.target, { machineName: "sql-dr", machineSize: "Standard_D8s_v3" });
  t.is(second?.nics[0]?.recoveryAddress, "10.20.1.20", "what was set before stays");
});

test("S-03 disks are chosen by their names or ids, and the machine's system by what its site tells", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const inputs = hyperVItem(site, "sql-1", { disks: [{ disk: "system" }], waitFor: "enabled" });
  await bench.create("sql", "ReplicatedItem", inputs);
  const run = bench.anotherRun();
  const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
  const [item] = await vault.items(run);
  t.deepEqual(
    item?.disks.map((each) => each.name),
    ["system"],
  );
});

test("S-03 machines of one name are protected by the ids of their protectable items, keep them when they are named instead, and no action chooses between them", async (t) => {
  const site = await startHyperV(t, "HyperVToAzure");
  const { bench } = site;
  const run = bench.anotherRun();
  const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
  const machines = await vault.onPremises.protectableItems(run, site.from);
  const [one, two] = machines.filter(({ friendlyName }) => friendlyName === "twin");
  const enabled = { waitFor: "enabled" };
  const first = hyperVItem(site, one?.id ?? "", enabled);
  const made = await bench.create("one", "ReplicatedItem", first, bench.anotherRun());
  const second = hyperVItem(site, two?.id ?? "", enabled);
  const other = await bench.create("two", "ReplicatedItem", second, bench.anotherRun());
  t.is(other.state.friendlyName, "twin");
  const preview = bench.anotherRun({ name: "over", preview: true });
  const over = await handlerOf("Failover").check(preview, { item: "twin", vault: vaultId("shop") });
  t.like((over.inputs.findings as readonly Finding[])[0], {
    rule: "IT-AMBIGUOUS",
    severity: "block",
    path: "item",
    subject: "twin",
    remedy: "Give the id of the one that is meant.",
  });
  t.regex(
    String((over.inputs.findings as readonly Finding[])[0]?.fact),
    /^2 replicated machines .*\/items\/one \(berlin\), .*\/items\/two \(berlin\)\.$/,
  );
  const named = { ...made.inputs, machine: "twin" };
  const diff = await made.handler.diff(bench.anotherRun(), made.id, made.state, named);
  t.deepEqual(diff.properties, {});
  const elsewhere = { ...made.inputs, machine: two?.id };
  const replaced = await made.handler.diff(bench.anotherRun(), made.id, made.state, elsewhere);
  t.deepEqual(replaced.properties, { machine: { kind: "update", replace: true } });
});

test("P-03 a running job that protects a machine of the same name elsewhere is not taken for the own one", async (t) => {
  const site = await startHyperV(t, "VmmToAzure");
  const { bench } = site;
  const hosts = await startSecond(bench);
  const aborter = new AbortController();
  const run = bench.anotherRun({ signal: aborter.signal, name: "one" });
  const sleep = async (): Promise<void> => aborter.abort();
  const item = handlerOf("ReplicatedItem");
  const { inputs } = await item.check(run, { ...hyperVItem(site, "sql-1") });
  const clock = { ...run.clock, sleep };
  await t.throwsAsync(item.create({ ...run, clock }, inputs), { instanceOf: PartialFailureError });
  const two = await bench.create(
    "two",
    "ReplicatedItem",
    hyperVItem(hosts, "sql-1"),
    bench.anotherRun(),
  );
  t.is(two.state.currentContainer, hosts.from);
  const puts = bench.simulator
    .journal({ method: "PUT" })
    .filter(({ path }) => /replicationprotecteditems/i.test(path));
  t.is(puts.length, 2);
});

test("S-06 machines to Azure and to a second site are in two recovery plans", async (t) => {
  const site = await startHyperV(t, "VmmToAzure");
  const { bench } = site;
  const berlin = await startSecond(site.bench);
  const enabled = { waitFor: "enabled" };
  const one = await bench.create("one", "ReplicatedItem", hyperVItem(site, "sql-1", enabled));
  const two = await bench.create("two", "ReplicatedItem", hyperVItem(berlin, "web-2", enabled));
  const [failure] = await bench.failuresOf("RecoveryPlan", {
    groups: [{ items: [one.id, two.id] }],
  });
  t.regex(
    failure?.reason ?? "",
    /two is replicated from berlin to Microsoft Azure, one from vmm-1.example.local to Microsoft Azure\./,
  );
  const run = bench.anotherRun({ name: "vmm" });
  const { inputs } = await handlerOf("RecoveryPlan").check(run, { groups: [{ items: [one.id] }] });
  const made = await handlerOf("RecoveryPlan").create(run, inputs);
  t.is(made.state.recoveryFabric, "Microsoft Azure");
});

/** Makes the Hyper-V site ready beside another way. */
async function startSecond(bench: Awaited<ReturnType<typeof startHyperV>>["bench"]) {
  const { endsOf } = await import("./hyper-v-bench.ts");
  const ends = await endsOf(bench, "HyperVToAzure");
  const policy = await bench.create("second", "ReplicationPolicy", { scenario: "HyperVToAzure" });
  await bench.create("second-way", "ProtectionContainerMapping", {
    sourceContainer: ends.from,
    targetContainer: ends.to,
    policy: policy.id,
  });
  return { ...ends, way: "HyperVToAzure" as const };
}

test("H-04 a lag within twice the policy's interval counts as the interval, and beyond by its class", (t) => {
  const classes: readonly (readonly [seconds: number, interval: number, name: string])[] = [
    [0, 30, "PT30S"],
    [60, 30, "PT30S"],
    [61, 30, "PT5M"],
    [4, 300, "PT5M"],
    [600, 300, "PT5M"],
    [601, 300, "PT15M"],
    [1800, 900, "PT15M"],
    [3600, 300, "PT1H"],
    [20_000, 300, "PT6H"],
    [80_000, 300, "P1D"],
    [90_000, 300, "more"],
  ];
  for (const [seconds, interval, name] of classes) {
    t.is(lagClass(seconds, interval), name, `${seconds} s at an interval of ${interval} s`);
  }
  t.is(lagClass(undefined, 300), undefined);
  t.is(lagClass(4, undefined), "PT30S");
});
