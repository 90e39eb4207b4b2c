import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { unknownValue } from "../../../provider/unknown.ts";
import { ids, orders, startTestBed } from "./test-bed.ts";

test("P-01 preview shows per machine from, to, recovery point and steps, and writes nothing", async (t) => {
  const bed = await startTestBed(t);
  const { inputs, failures } = await failoverHandler.check(bed.context({ preview: true }), {
    items: [ids.item("web"), ids.item("app")],
    commit: "automatic",
  });
  t.deepEqual(failures, []);
  t.deepEqual(inputs.findings, []);
  t.deepEqual(
    inputs.plan?.machines.map(({ machine, from, to }) => [
      machine,
      from.site,
      to.site,
      to.size,
      to.network,
    ]),
    [
      ["web", "northeurope", "westeurope", "Standard_D2s_v3", "we-vnet"],
      ["app", "northeurope", "westeurope", "Standard_D2s_v3", "we-vnet"],
    ],
  );
  t.is(inputs.plan?.machines[0]?.recoveryPoint?.kind, "latest");
  t.regex(bed.told.info.join("\n"), /Failover: 2 machines, northeurope → westeurope/);
  t.deepEqual(bed.writes(), []);
});

test("P-02 every machine's blocker and warning is told in one check, and a blocked create sends nothing", async (t) => {
  const bed = await startTestBed(t, orders({ item: { protected: false } }));
  const inputs = { items: [ids.item("web"), ids.item("app"), ids.item("nobody")] };
  const { inputs: checked, failures } = await failoverHandler.check(
    bed.context({ preview: true }),
    inputs,
  );
  t.deepEqual(failures, []);
  const blockers = checked.findings?.filter((each) => each.severity === "block") ?? [];
  t.deepEqual(
    blockers.map((each) => [each.rule, each.subject]),
    [
      ["IT-UNKNOWN", "nobody"],
      ["OP-ALLOWED", "web"],
      ["OP-ALLOWED", "app"],
    ],
  );
  t.is(blockers[0]?.path, "items[2]");
  const error = await t.throwsAsync(failoverHandler.create(bed.context(), inputs));
  t.regex(error?.message ?? "", /not begun[\s\S]*nobody[\s\S]*web[\s\S]*app/);
  t.deepEqual(bed.writes(), []);
});

test("P-02 a warning is told at preview and not kept, or every later preview would tell it again", async (t) => {
  const bed = await startTestBed(t);
  const rules = async (preview: boolean): Promise<unknown> => {
    const asked = { item: "web", shutdownSource: false };
    const { inputs } = await failoverHandler.check(bed.context({ preview }), asked);
    return inputs.findings?.map((each) => each.rule);
  };
  t.deepEqual(await rules(true), ["A2-SHUTDOWN"]);
  t.deepEqual(await rules(false), []);
});

test("unknown items, plans and vaults are blockers with path and remedy", async (t) => {
  const bed = await startTestBed(t);
  const check = async (inputs: object): Promise<unknown> => {
    const { inputs: checked } = await failoverHandler.check(bed.context({ preview: true }), inputs);
    return checked.findings?.map((each) => [
      each.rule,
      each.path,
      /Did you mean|Correct|There/.test(each.remedy),
    ]);
  };
  t.deepEqual(await check({ item: "wep" }), [["IT-UNKNOWN", "item", true]]);
  t.deepEqual(await check({ recoveryPlan: "none" }), [["PL-UNKNOWN", "recoveryPlan", false]]);
  t.deepEqual(await check({ item: "web", vault: "elsewhere" }), [["VA-UNKNOWN", "item", true]]);
});

test("commit with nothing to commit and a failover of what is not protected are told before they begin", async (t) => {
  const bed = await startTestBed(t);
  const context = bed.context({ preview: true });
  const failback = await failbackHandler.check(context, {
    item: ids.item("web"),
    commit: "automatic",
  });
  t.deepEqual(
    failback.inputs.findings?.map((each) => each.rule),
    ["A2-FAILBACK"],
  );
  const reprotect = await reprotectHandler.check(context, { item: ids.item("web") });
  t.deepEqual(
    reprotect.inputs.findings?.map((each) => each.rule),
    ["A2-REPROTECT"],
  );
});

test("malformed inputs are failures with path and remedy and ask the site nothing", async (t) => {
  const bed = await startTestBed(t);
  const paths = async (inputs: object): Promise<unknown> =>
    (await failoverHandler.check(bed.context(), inputs)).failures.map((each) => each.path);
  t.deepEqual(await paths({}), ["item"]);
  t.deepEqual(await paths({ item: "a", items: ["b"] }), ["items"]);
  t.deepEqual(await paths({ items: ["a", "A"] }), ["items[1]"]);
  t.deepEqual(await paths({ item: "a", recoveryPoint: "newest" }), ["recoveryPoint"]);
  t.deepEqual(await paths({ item: "a", timeout: "an hour" }), ["timeout"]);
  t.deepEqual(await paths({ item: "a", waive: ["NO-RULE"] }), ["waive[0]"]);
  t.deepEqual(await paths({ item: "a", comit: "automatic" }), ["comit"]);
  t.deepEqual(await paths({ item: "a", commit: "later" }), ["commit"]);
  t.deepEqual(bed.simulator.journal(), []);
});

test("inputs that are not known yet give a plan that says so", async (t) => {
  const bed = await startTestBed(t);
  const { inputs, failures } = await failoverHandler.check(bed.context({ preview: true }), {
    item: unknownValue,
  });
  t.deepEqual(failures, []);
  t.deepEqual(inputs.plan?.notKnownYet, ["item"]);
  t.regex(bed.told.info[0] ?? "", /not known yet/);
  t.deepEqual(bed.simulator.journal(), []);
});

test("P-01 once the action has run its recorded plan is answered, without a difference and without a request", async (t) => {
  const bed = await startTestBed(t);
  const { inputs } = await failoverHandler.check(bed.context({ preview: true }), {
    item: ids.item("web"),
  });
  const { id, state } = await failoverHandler.create(bed.context(), inputs);
  bed.simulator.clearJournal();
  const again = await failoverHandler.check(
    bed.context({ preview: true }),
    { item: ids.item("web") },
    inputs,
  );
  t.deepEqual(again.inputs.plan, inputs.plan);
  t.false((await failoverHandler.diff(bed.context(), id, state, again.inputs)).changes);
  t.deepEqual(bed.simulator.journal(), []);
});

test("P-01 the actions of one program are previewed from where the ones before them will leave the machine", async (t) => {
  const bed = await startTestBed(t);
  const context = bed.context({ preview: true, projections: new Map<string, ItemFacts>() });
  const item = ids.item("web");
  const checks = [
    await failoverHandler.check(context, { item, commit: "automatic" }),
    await reprotectHandler.check(context, { item, cacheStorageAccount: ids.cacheWest }),
    await failbackHandler.check(context, { item, commit: "automatic" }),
    await reprotectHandler.check(context, { item, cacheStorageAccount: ids.cacheNorth }),
  ];
  t.deepEqual(
    checks.flatMap(({ inputs }) => inputs.findings ?? []),
    [],
  );
  t.deepEqual(
    checks.map(({ inputs }) => inputs.plan?.machines[0]?.from.site),
    ["northeurope", "westeurope", "westeurope", "northeurope"],
  );
});

test("A-03 A2-TEST-NETWORK a drill in the production network is refused and may be waived", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { item: ids.item("web"), network: ids.productionNetwork };
  const error = await t.throwsAsync(testFailoverHandler.create(bed.context(), inputs));
  t.regex(error?.message ?? "", /A2-TEST-NETWORK/);
  const waived = await testFailoverHandler.create(bed.context(), {
    ...inputs,
    waive: ["A2-TEST-NETWORK"],
  });
  t.is(waived.state.status, "testing");
  t.regex(waived.state.waivedFindings.join(), /A2-TEST-NETWORK, waived/);
});

test("A-09 a reprotect towards a region that is down is blocked in the service's words", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  bed.simulator.addFault({
    match: { path: "/resourceGroups/ne($|/providers/Microsoft.(Network|Compute))", method: "GET" },
    respond: { status: 409 },
    times: 0,
  });
  const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), {
    item,
    cacheStorageAccount: ids.cacheWest,
  });
  t.true(
    inputs.findings?.some((each) => each.rule === "A2-REGION" && /409/.test(each.fact)),
    JSON.stringify(inputs.findings),
  );
});

test("A-11 the reprotect's plan names resource group, network, storage account and what is removed", async (t) => {
  const bed = await startTestBed(t);
  const item = ids.item("web");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), {
    item,
    cacheStorageAccount: ids.cacheWest,
  });
  const resources = inputs.plan?.machines[0]?.resources.map(
    ({ kind, name, mark }) => `${kind} ${name} ${mark}`,
  );
  t.deepEqual(resources, [
    "resource group ne existing",
    "virtual network ne-vnet existing",
    "cache storage account cachewe existing",
    "virtual machine web removed",
  ]);
});

test("what was expected is compared again at the moment of action", async (t) => {
  const bed = await startTestBed(t);
  const inputs = { items: [ids.item("web")], expect: { count: 2, items: ["web", "app"] } };
  const error = await t.throwsAsync(failoverHandler.create(bed.context(), inputs));
  t.regex(error?.message ?? "", /EX-ITEMS[\s\S]*EX-COUNT/);
  t.deepEqual(bed.writes(), []);
});
