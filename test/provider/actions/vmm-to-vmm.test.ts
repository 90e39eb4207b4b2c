import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { blockersOf, bodiesOf, startHyperVBed } from "./hyper-v-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

const directions = (bed: TestBed, verb: string): readonly unknown[] =>
  bodiesOf(bed, verb).map(
    (each) => (each as { properties: { failoverDirection: string } }).properties.failoverDirection,
  );

for (const mode of ["planned", "unplanned"] as const) {
  const proves = mode === "planned" ? "H-07" : "H-08";
  test(`S-06 ${proves} H-09 a machine goes to the second VMM site ${mode}, is replicated back, returns ${mode} and is protected as before`, async (t) => {
    const bed = await startHyperVBed(t, "VmmToVmm");
    const before = await bed.item("web");
    t.is(before.scenario, "VmmToVmm");

    const over = await failoverHandler.create(bed.context(), { item, mode });
    t.like(over.state, { status: "commitPending", finished: true });
    t.like(over.state.machines[0], { from: "plant-one", to: "plant-two", error: "" });

    const back = await reprotectHandler.create(bed.context(), { item });
    t.like(back.state, { status: "protected", finished: true });
    const away = await bed.item("web");
    t.like(away, { armId: before.armId, protectionState: "Protected", activeLocation: "Recovery" });

    const drill = await testFailoverHandler.create(bed.context(), { item });
    t.like(drill.state, { status: "testing", finished: true });
    await testFailoverHandler.delete(bed.context(), drill.id, drill.state);

    const home = await failbackHandler.create(bed.context(), { item, mode, commit: "automatic" });
    t.like(home.state, { status: "committed", finished: true });
    t.like(home.state.machines[0], { from: "plant-two", to: "plant-one", removed: "" });

    const again = await reprotectHandler.create(bed.context(), { item });
    t.like(again.state, { status: "protected", finished: true });
    t.like(await bed.item("web"), {
      armId: before.armId,
      protectionState: "Protected",
      activeLocation: "Primary",
    });
    const verb = `${mode}Failover`;
    t.deepEqual(
      bed.writes(),
      [
        verb,
        "reProtect",
        "testFailover",
        "testFailoverCleanup",
        verb,
        "failoverCommit",
        "reProtect",
      ].map((each) => `POST ${each}`),
    );
    t.deepEqual(directions(bed, verb), ["PrimaryToRecovery", "RecoveryToPrimary"]);
    t.deepEqual(directions(bed, "reProtect"), ["RecoveryToPrimary", "PrimaryToRecovery"]);
    t.deepEqual(directions(bed, "testFailover"), ["RecoveryToPrimary"]);
  });
}

test("S-06 H-09 preview names both sites, says that the reverse replication commits by itself, and a failback is planned unless told otherwise", async (t) => {
  const bed = await startHyperVBed(t, "VmmToVmm");
  await failoverHandler.create(bed.context(), { item });
  const reprotect = await reprotectHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(blockersOf(reprotect.inputs), []);
  t.regex(
    reprotect.inputs.plan?.machines[0]?.steps[0] ?? "",
    /replicate from plant-two to plant-one \(commits the failover by itself/,
  );
  await reprotectHandler.create(bed.context(), { item });
  const failback = await failbackHandler.check(bed.context({ preview: true }), { item });
  t.deepEqual(blockersOf(failback.inputs), []);
  t.regex(failback.inputs.plan?.summary ?? "", /web, plant-two → plant-one/);
  t.true(
    failback.inputs.plan?.machines[0]?.steps.includes("shut down the source (stops if that fails)"),
  );
});

test("S-06 OP-INPUT what only machines from Azure can be asked for is refused between VMM sites", async (t) => {
  const bed = await startHyperVBed(t, "VmmToVmm");
  await failoverHandler.create(bed.context(), { item });
  await reprotectHandler.create(bed.context(), { item });
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), {
    item,
    dataSynchronization: "duringDowntime",
    createMachineIfAbsent: true,
  });
  t.deepEqual(blockersOf(inputs), [
    ["OP-INPUT", "dataSynchronization"],
    ["OP-INPUT", "createMachineIfAbsent"],
  ]);
});
