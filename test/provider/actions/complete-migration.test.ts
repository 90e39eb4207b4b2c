import test, { type ExecutionContext } from "ava";
import { completeMigrationHandler } from "../../../provider/actions/complete-migration.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import { failOver, startHyperVBed } from "./hyper-v-world.ts";
import { changeSiteMachine, recoverToAzure, startSiteBed } from "./site-world.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

const rules = async (bed: TestBed, inputs: { item: string; confirm: string }): Promise<unknown> => {
  const { inputs: checked } = await completeMigrationHandler.check(
    bed.context({ preview: true }),
    inputs,
  );
  return checked.findings
    ?.filter((each) => each.severity === "block")
    .map((each) => [each.rule, each.path]);
};

/** A physical server, as which an instance of Amazon Web Services is protected. */
const instance = {
  world: {
    physicalServers: [
      { name: "aws-1", address: "172.31.0.5", os: "Windows", discovered: true },
      { name: "aws-2", address: "172.31.0.6", os: "Windows", discovered: true },
    ],
  },
  vault: {
    items: ["aws-1", "aws-2"].map((machine) => ({
      machine,
      container: "cs-1",
      policy: "forward",
      recoveryResourceGroup: "we",
      cacheStorageAccount: "cachewe",
      network: "we-vnet",
      subnet: "apps",
      drilled: true,
    })),
  },
};

test("S-09 an instance that is protected as a physical server is failed over and its migration completed", async (t) => {
  const bed = await startSiteBed(t, "classic", instance);
  const asked = { items: [ids.item("aws-1"), ids.item("aws-2")] };
  t.regex((await bed.item("aws-1")).onPremises?.discoveryType ?? "", /physical/i);
  await failoverHandler.create(bed.context(), { ...asked, commit: "automatic" });
  const inputs = { ...asked, confirm: "AWS-2, aws-1" };
  const checked = await completeMigrationHandler.check(bed.context({ preview: true }), inputs);
  t.deepEqual(checked.inputs.findings, []);
  const shown = bed.told.info.join("\n");
  for (const part of [
    "Completion of the migration: 2 machines",
    "stays in Azure; replication, recovery points and the way back end for good",
    "removes: replicated item aws-1, replicated item aws-2",
  ]) {
    t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
  }
  const { id, state } = await completeMigrationHandler.create(bed.context(), checked.inputs);
  t.like(state, { status: "migrated", finished: true });
  t.is(state.machines.length, 2);
  const items = await (await bed.vault()).items(bed.context());
  t.deepEqual(items, []);
  const again = await completeMigrationHandler.check(bed.context(), inputs, checked.inputs);
  t.false(
    (await completeMigrationHandler.diff(bed.context(), id, state, again.inputs)).changes,
    "it runs once",
  );
  const kept = await completeMigrationHandler.update(bed.context(), id, state, {
    ...inputs,
    timeout: "PT1H",
  });
  t.is(kept.machines.length, 2);
  const migrations = bed.simulator
    .journal({ writesOnly: true })
    .filter((each) => each.path.endsWith("/remove"));
  t.is(migrations.length, 2);
  t.like(migrations[0]?.body, { properties: { disableProtectionReason: "MigrationComplete" } });
});

test("S-09 a migration that is not confirmed by name, or by other names, is refused, and nobody can waive that", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await recoverToAzure(bed);
  t.deepEqual(await rules(bed, { item, confirm: "" }), [["MG-CONFIRM", "confirm"]]);
  t.deepEqual(await rules(bed, { item, confirm: "web, app" }), [["MG-CONFIRM", "confirm"]]);
  t.deepEqual(await rules(bed, { item, confirm: "web" }), []);
  const { failures } = await completeMigrationHandler.check(bed.context(), {
    item,
    confirm: "app",
    waive: ["MG-CONFIRM"],
  });
  t.deepEqual(
    failures.map((each) => each.path),
    ["waive[0]"],
  );
  const error = await t.throwsAsync(
    completeMigrationHandler.create(bed.context(), { item, confirm: "app" }),
  );
  t.regex(error?.message ?? "", /MG-CONFIRM/);
  t.false(bed.writes().includes("POST remove"));
});

test("S-09 only a machine that runs in Azure can be migrated for good", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  t.deepEqual(await rules(bed, { item, confirm: "web" }), [["OP-ALLOWED", ""]]);
  await recoverToAzure(bed);
  await changeSiteMachine(bed, { name: "web", agentRegistersAfterMinutes: 0 });
  await reprotectHandler.create(bed.context(), { item });
  t.deepEqual(await rules(bed, { item, confirm: "web" }), [["OP-ALLOWED", ""]]);
});

test("P-03 S-09 an answer that is lost does not complete a migration twice", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await recoverToAzure(bed);
  bed.simulator.addFault({ match: { method: "POST", path: "remove" }, reset: "after" });
  const { state } = await completeMigrationHandler.create(bed.context(), { item, confirm: "web" });
  t.like(state, { status: "migrated", finished: true });
  t.is(bed.writes().filter((each) => each === "POST remove").length, 1);
});

test("Q-04 Q-07 a completion of migrations that failed in part goes on with what is left: what is migrated belongs to the set still", async (t) => {
  const bed = await startTestBed(t);
  const items = [ids.item("web"), ids.item("app")];
  await failoverHandler.create(bed.context(), { items, commit: "automatic" });
  bed.simulator.addFault({
    failTask: {
      scenario: "DisableDr",
      machine: "app",
      serviceError: { code: "539", message: "Not now." },
    },
  });
  const inputs = { items, confirm: "web, app", expect: { count: 2, items: ["web", "app"] } };
  const error = await t.throwsAsync<PartialFailureError>(
    completeMigrationHandler.create(bed.context(), inputs),
    { instanceOf: PartialFailureError },
  );
  const preview = await completeMigrationHandler.check(bed.context({ preview: true }), inputs);
  t.deepEqual(preview.inputs.findings, []);
  t.deepEqual(
    preview.inputs.plan?.machines.map((each) => each.machine),
    ["app"],
  );
  const state = error?.state as never;
  const done = await completeMigrationHandler.update(bed.context(), error?.id ?? "", state, inputs);
  t.like(done, { status: "migrated", finished: true });
  t.is(done.machines.length, 2);
  t.is(bed.writes().filter((each) => each === "POST remove").length, 3);
});

test("P-03 Q-01 a migration whose run was killed after its job is found complete by the next run", async (t) => {
  const bed = await startTestBed(t);
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const inputs = { item, confirm: "web", expect: { count: 1 } };
  const first = await completeMigrationHandler.create(bed.context(), inputs);
  const { state } = await completeMigrationHandler.create(bed.context(), inputs);
  t.like(state, { status: "migrated", finished: true });
  t.deepEqual(state.machines[0]?.jobs, first.state.machines[0]?.jobs);
  t.regex(bed.told.warnings.join(), /web: its replication was ended by job .*counts as complete/);
  t.is(bed.writes().filter((each) => each === "POST remove").length, 1);
});

const starters = {
  AzureToAzure: (t: ExecutionContext) => startTestBed(t),
  HyperVToAzure: (t: ExecutionContext) => startHyperVBed(t, "HyperVToAzure"),
  VmmToAzure: (t: ExecutionContext) => startHyperVBed(t, "VmmToAzure"),
  VmmToVmm: (t: ExecutionContext) => startHyperVBed(t, "VmmToVmm"),
} as const;
const stays = {
  AzureToAzure: "web stays in westeurope",
  HyperVToAzure: "web stays in Azure",
  VmmToAzure: "web stays in Azure",
  VmmToVmm: "web stays at plant-two",
} as const;

for (const scenario of ["AzureToAzure", "HyperVToAzure", "VmmToAzure", "VmmToVmm"] as const) {
  test(`S-08 ${scenario}: a migration ends once it is committed and confirmed by name; preview says what ends, and nothing leads back`, async (t) => {
    const bed = await starters[scenario](t);
    await failOver(bed);
    t.true((await bed.item("web")).allowedOperations.includes("CompleteMigration"));
    t.deepEqual(await rules(bed, { item, confirm: "app" }), [["MG-CONFIRM", "confirm"]]);
    t.deepEqual(await rules(bed, { item, confirm: "web" }), []);
    const shown = bed.told.info.join("\n");
    for (const part of [
      `complete the migration: ${stays[scenario]}; replication, recovery points and the way back end for good`,
      "removes: replicated item web",
      "downtime: none",
    ]) {
      t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
    }
    const { state } = await completeMigrationHandler.create(bed.context(), {
      item,
      confirm: "web",
    });
    t.like(state, { status: "migrated", finished: true });
    const items = await (await bed.vault()).items(bed.context());
    t.deepEqual(
      items.map((each) => each.name).filter((name) => name === "web"),
      [],
    );
    t.is(bed.writes().filter((each) => each === "POST remove").length, 1);
  });
}
