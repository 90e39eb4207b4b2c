import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { Finding } from "../../../provider/recovery/findings.ts";
import {
  blockersOf,
  changeHyperVMachine,
  failOver,
  setHeartbeat,
  startHyperVBed,
} from "./hyper-v-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

const textsOf = (rule: string, findings: readonly Finding[] = []): readonly string[] =>
  findings.filter((each) => each.rule === rule).map((each) => each.text);

/** What a preview of a failback finds. */
const previewFailback = async (bed: TestBed, inputs: object) => {
  const context = bed.context({ preview: true });
  return (await failbackHandler.check(context, { item, ...inputs })).inputs;
};

test("HV-CONNECTED H-07 a host that has fallen silent stops a planned failover, not an unplanned one, and nothing is sent", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await setHeartbeat(bed, "hv-1.example", "silent");
  bed.simulator.clock.advance(3 * 3_600_000);
  const check = (mode: "planned" | "unplanned") =>
    failoverHandler.check(bed.context({ preview: true }), { item, mode });
  const planned = (await check("planned")).inputs;
  t.deepEqual(blockersOf(planned), [["HV-CONNECTED", ""]]);
  t.regex(
    textsOf("HV-CONNECTED", planned.findings).join("\n"),
    /^Hyper-V host hv-1.example: it is not connected to Azure \("\w+"/,
  );
  const unplanned = (await check("unplanned")).inputs;
  t.deepEqual(blockersOf(unplanned), []);
  t.is(textsOf("HV-CONNECTED", unplanned.findings).length, 1);
  await t.throwsAsync(failoverHandler.create(bed.context(), { item, mode: "planned" }), {
    message: /was not begun:\n.*HV-CONNECTED/,
  });
  t.deepEqual(bed.writes(), []);
});

test("HV-ALTERNATE H-09 another host is found among those that have registered, or refused with their names", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const unknown = await previewFailback(bed, {
    alternateHost: "hv-7.example",
    createMachineIfAbsent: true,
  });
  t.deepEqual(blockersOf(unknown), [["HV-ALTERNATE", "alternateHost"]]);
  t.regex(
    textsOf("HV-ALTERNATE", unknown.findings).join("\n"),
    /hv-7.example is not registered .*hv-1.example, hv-2.example are/,
  );
  const known = await previewFailback(bed, {
    alternateHost: "hv-2.example",
    createMachineIfAbsent: true,
  });
  t.deepEqual(blockersOf(known), []);
  t.is(textsOf("HV-ALTERNATE", known.findings).length, 1);
});

test("HV-SYNC HV-SNAP HV-ALTERNATE a failback to a lost machine is told what to choose before it begins", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const shown = await previewFailback(bed, { createMachineIfAbsent: true });
  t.regex(textsOf("HV-SYNC", shown.findings).join("\n"), /duringDowntime/);
  t.is(textsOf("HV-SNAP", shown.findings).length, 1);
  bed.simulator.clock.advance(40 * 86_400_000);
  const later = await previewFailback(bed, {});
  t.regex(textsOf("HV-SYNC", later.findings).join("\n"), /has run in Azure for 40 d/);
});

for (const kind of ["VmmToAzure", "VmmToVmm"] as const) {
  test(`HV-NETMAP ${kind}: without a network mapping nothing is failed over; the rule can be waived by its id`, async (t) => {
    const bed = await startHyperVBed(t, kind, { vault: { networkMappings: [] } });
    const check = (waive: readonly string[]) =>
      failoverHandler.check(bed.context({ preview: true }), { item, waive });
    t.deepEqual(blockersOf((await check([])).inputs), [["HV-NETMAP", ""]]);
    const waived = (await check(["HV-NETMAP"])).inputs;
    t.deepEqual(blockersOf(waived), []);
    t.true(waived.findings?.some((each) => each.rule === "HV-NETMAP" && each.waived));
    const { vaultId, primary } = await bed.item("web");
    const mapping = `${vaultId}/replicationFabrics/${primary.fabricName}/replicationNetworks/n/replicationNetworkMappings/m`;
    const declared = new Set([mapping.toLowerCase()]);
    const context = bed.context({ preview: true, declared });
    const coming = (await failoverHandler.check(context, { item })).inputs;
    t.deepEqual(blockersOf(coming), [], "a mapping of the same program counts");
    t.deepEqual(bed.writes(), []);
  });
}

test("HV-NETMAP a machine whose own VM network is not mapped, while another one is, is warned of", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure");
  const shown = await failoverHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(textsOf("HV-NETMAP", shown.inputs.findings), []);
  const other = await startHyperVBed(t, "VmmToAzure", {
    vault: {
      networkMappings: [{ name: "dmz", primaryNetwork: "dmz", recoveryNetwork: "we-vnet" }],
    },
  });
  const { inputs } = await failoverHandler.check(other.context({ preview: true }), { item });
  t.deepEqual(blockersOf(inputs), []);
  t.regex(
    textsOf("HV-NETMAP", inputs.findings).join(),
    /VM network corp is not mapped, only others of VMM server plant-one are.*Declare a NetworkMapping from corp/,
  );
});

test("SC-RETIRED S-07 a machine that is left of SAN replication is read, and every action on it refused with the replacement", async (t) => {
  const bed = await startHyperVBed(t, "VmmToVmm", { item: { retiredKind: "San" } });
  t.is((await bed.item("web")).scenario, "VmmToVmmSan");
  const context = bed.context({ preview: true });
  const network = ids.testNetwork;
  for (const { inputs } of [
    await failoverHandler.check(context, { item }),
    await testFailoverHandler.check(context, { item, network }),
    await failbackHandler.check(context, { item }),
  ]) {
    t.deepEqual(blockersOf(inputs), [["SC-RETIRED", ""]]);
    const [text] = textsOf("SC-RETIRED", inputs.findings);
    t.regex(text ?? "", /retired.*SAN replication.*since 2018.*Source: .*Use HyperVToAzure/);
  }
  await t.throwsAsync(failoverHandler.create(bed.context(), { item }), {
    message: /was not begun:\n.*SC-RETIRED/,
  });
  t.deepEqual(bed.writes(), []);
});

test("P-02 the requests of an evaluation for the servers of Hyper-V do not grow with its machines", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure");
  const asked = async (items: readonly string[]): Promise<readonly string[]> => {
    const before = bed.simulator.journal().length;
    await failoverHandler.check(bed.context({ preview: true }), { items });
    return bed.simulator
      .journal()
      .slice(before)
      .map((each) => each.path.slice(each.path.lastIndexOf("/") + 1))
      .filter((each) => /RecoveryServicesProviders|NetworkMappings/i.test(each));
  };
  const one = await asked([item]);
  const two = await asked([item, ids.item("app")]);
  t.true(one.length > 0);
  t.deepEqual(two, one);
});

test("HV-FINALIZED H-02 H-03 a drill during the initial replication is refused with its progress, while protection is finalized it waits", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure", { item: { protected: false } });
  const network = ids.testNetwork;
  const shown = await testFailoverHandler.check(bed.context({ preview: true }), { item, network });
  t.deepEqual(blockersOf(shown.inputs), [["HV-FINALIZED", ""]]);
  const finalizing = async (): Promise<boolean> =>
    (await bed.item("web")).hyperV?.machineProtectionState === "ReplicaConfigurationInProgress";
  for (let turn = 0; turn < 2000 && !(await finalizing()); turn++) {
    bed.simulator.clock.advance(5_000);
  }
  t.true(await finalizing());
  const waits = await testFailoverHandler.check(bed.context({ preview: true }), { item, network });
  t.deepEqual(
    waits.inputs.findings
      ?.filter((each) => each.severity !== "warn")
      .map(({ rule, severity }) => [rule, severity]),
    [["HV-FINALIZED", "wait"]],
  );
  const { state } = await testFailoverHandler.create(bed.context(), { item, network });
  t.like(state, { status: "testing", finished: true });
});

test("H-06 IT-HEALTH a replication that failed for good is told before a failover, with what mends it", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await changeHyperVMachine(bed, "web", { replicationError: { kind: "authentication" } });
  t.is((await bed.item("web")).replicationHealth, "Critical");
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(blockersOf(inputs), []);
  t.true(
    textsOf("IT-HEALTH", inputs.findings).some((each) =>
      /critical SIM-HV-AUTHENTICATION: .*not tried again/.test(each),
    ),
    textsOf("IT-HEALTH", inputs.findings).join("\n"),
  );
});
