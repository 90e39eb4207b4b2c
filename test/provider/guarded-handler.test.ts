import test from "ava";
import type { Context } from "../../provider/context.ts";
import { InvalidInputError } from "../../provider/errors.ts";
import { guarded } from "../../provider/guarded-handler.ts";
import type { AnyHandler } from "../../provider/handler.ts";
import { handlers } from "../../provider/handlers.ts";
import { readableValues, unreadableNames } from "../../provider/inputs/recorded.ts";
import { resourceSchema } from "../../provider/schema/schema.ts";
import { unknownValue } from "../../provider/unknown.ts";

/** The calls under test ask nothing of it. */
const context = { preview: false } as Context;

const plan = resourceSchema("asr:index:RecoveryPlan");
const failover = resourceSchema("asr:index:Failover");

test("Q-10 a recorded value of another kind than the schema says is not relied on", (t) => {
  const items = ["/subscriptions/s/resourceGroups/g/…/items/web"];
  t.deepEqual(unreadableNames(plan, { name: "shop", groups: [{ items }] }), []);
  t.deepEqual(unreadableNames(plan, { name: 7, groups: [null] }), ["name", "groups"]);
  t.deepEqual(unreadableNames(plan, { groups: [{ items: [["web"]] }] }), ["groups"]);
  t.deepEqual(readableValues(plan, { name: "shop", groups: 1 }), { name: "shop" });
});

test("Q-10 what is absent, not known yet, of a new name or of a new word is in order", (t) => {
  const recorded = {
    ...{ commit: "a word of another version", waive: null, item: unknownValue },
    ...{ aNewOutput: [], __proto__: { waive: 1 } },
  };
  t.deepEqual(unreadableNames(failover, recorded), []);
  t.is(readableValues(failover, recorded), recorded);
});

test("Q-10 Q-06 a half-done action of a version that wrote fewer fields is read, and one without what tells the machines apart is not", (t) => {
  const machine = {
    ...{ item: "/subscriptions/s/…/items/web", machine: "web" },
    ...{ status: "inProgress", jobs: ["j-1"], error: "" },
  };
  const plan = { machines: [{ item: machine.item, machine: "web", steps: [] }] };
  t.deepEqual(unreadableNames(failover, { machines: [machine], plan }), []);
  const added = { ...machine, from: null, removed: null };
  t.deepEqual(unreadableNames(failover, { machines: [added] }), []);
  for (const lacking of Object.keys(machine)) {
    const cut = { ...machine, [lacking]: undefined };
    t.deepEqual(unreadableNames(failover, { machines: [cut] }), ["machines"], lacking);
  }
  t.deepEqual(unreadableNames(failover, { machines: [{ ...machine, from: 7 }] }), ["machines"]);
  t.deepEqual(unreadableNames(failover, { plan: { summary: "1 machine" } }), ["plan"]);
});

test("Q-10 a handler's check never sees what cannot be read of the recorded inputs", async (t) => {
  let seen: unknown;
  const handler = {
    ...{ token: "asr:index:Failover", schema: failover },
    check: async (_: Context, inputs: object, olds?: object) => {
      seen = olds;
      return { inputs, failures: [] };
    },
  } as unknown as AnyHandler;
  await guarded(handler).check(context, {}, { item: "web", waive: "all" });
  t.deepEqual(seen, { item: "web" });
  await guarded(handler).check(context, {});
  t.is(seen, undefined);
});

test("Q-10 a failure that repeats a huge input is cut in the middle, and keeps its remedy", async (t) => {
  const reason = `"${"x".repeat(1_000_000)}" is no region. Did you mean westeurope?`;
  const handler = {
    ...{ token: "asr:index:Failover", schema: failover },
    check: async (_: Context, inputs: object) => ({
      inputs,
      failures: [
        { path: `tags.${"y".repeat(10_000)}`, reason },
        { path: "item", reason: "is missing" },
      ],
    }),
  } as unknown as AnyHandler;
  const [huge, small] = (await guarded(handler).check(context, {})).failures;
  t.true((huge?.reason.length ?? 0) + (huge?.path.length ?? 0) < 8_000);
  t.regex(huge?.reason ?? "", /^"x+ … x+" is no region\. Did you mean westeurope\?$/);
  t.deepEqual(small, { path: "item", reason: "is missing" });
});

test("Q-10 a state that cannot be read makes an update due, and the update stops before it begins", async (t) => {
  const token = "asr:index:Failover";
  const handler = handlers.get(token);
  if (handler === undefined) throw new Error(`no ${token}`);
  const broken = { item: "web", jobs: "j-1", machines: [{}] };
  const diff = await handler.diff(context, "id", broken, { item: "web" });
  t.true(diff.changes);
  t.regex(diff.reason ?? "", /cannot be read \(jobs, machines\)/);
  await t.throwsAsync(handler.update(context, "…/failover-1", broken, { item: "web" }), {
    message:
      /failover-1 cannot be read: jobs, machines are .* Nothing was changed\. .*stack import/,
  });
});

test("Q-10 an action whose record was cut goes on with nothing, because nobody knows what was done", async (t) => {
  const handler = handlers.get("asr:index:Failover");
  const cut = { item: "web", finished: false, jobs: ["j-1"] };
  const diff = await handler?.diff(context, "id", cut, { item: "web" });
  t.like(diff, { changes: true, reason: "its record is not whole" });
  await t.throwsAsync(async () => await handler?.update(context, "…/f", cut, { item: "web" }), {
    instanceOf: InvalidInputError,
    message: /not whole.*Nothing was done/,
  });
});

test("Q-10 a comparison with inputs that a check would refuse asks for an update and throws nothing", async (t) => {
  const { diff } = handlers.get("asr:index:StorageClassificationMapping") ?? {};
  t.like(await diff?.(context, "id", { name: "fast" }, {}), {
    changes: true,
    reason:
      "its inputs cannot be read (primaryFabric, primaryStorageClassification, recoveryFabric, recoveryStorageClassification)",
  });
});

test("Q-10 an input that is null is one that is absent, at every depth", async (t) => {
  let seen: unknown;
  const handler = {
    ...{ token: "asr:index:Failover", schema: failover },
    check: async (_: Context, inputs: object) => {
      seen = inputs;
      return { inputs, failures: [] };
    },
  } as unknown as AnyHandler;
  const expect = { count: 1, recoveryPointMaximumAge: null };
  await guarded(handler).check(context, { item: "web", timeout: null, expect, items: [null] });
  t.deepEqual(seen, { item: "web", expect: { count: 1 }, items: [null] });
});
