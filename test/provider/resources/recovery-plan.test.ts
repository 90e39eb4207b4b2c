import test from "ava";
import { unknownValue } from "../../../provider/unknown.ts";
import { type Bench, handlerOf, itemInputs, type Made, makePair, startBench } from "./bench.ts";
import { outside } from "./outside.ts";

const plan = handlerOf("RecoveryPlan");

interface Shop {
  readonly bench: Bench;
  readonly items: Readonly<Record<"web" | "app" | "db", string>>;
}

async function startShop(t: Parameters<typeof startBench>[0]): Promise<Shop> {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  const target = { resourceGroup: "shop-recovery" };
  const protect = async (name: string): Promise<string> => {
    const inputs = itemInputs(pair, `shop-${name}`, { target });
    return (await bench.create(name, "ReplicatedItem", inputs)).id;
  };
  const items = { web: await protect("web"), app: await protect("app"), db: await protect("db") };
  return { bench, items };
}

const failbackNote = {
  name: "tell the customers",
  kind: "manual",
  description: "Put the notice on the status page.",
};

test("a plan keeps the order of its groups and their actions, and shows no difference afterwards", async (t) => {
  const { bench, items } = await startShop(t);
  const inputs = {
    groups: [
      { items: [items.db] },
      { items: [items.web, items.app], startActions: [failbackNote] },
    ],
    shutdown: { endActions: [{ ...failbackNote, failoverTypes: ["UnplannedFailover"] }] },
  };
  const made: Made = await bench.create("shop", "RecoveryPlan", inputs);
  const run = bench.anotherRun({ name: "shop" });
  const read = await plan.read(run, made.id, made.state);
  t.deepEqual(read?.state, made.state);
  t.deepEqual((await plan.diff(run, made.id, read?.state ?? {}, made.inputs)).properties, {});
  const site = await run.sites.azure(run);
  const [found] = await site.vault(made.id).recoveryPlans(run);
  const boots = found?.groups.filter(({ type }) => type === "Boot") ?? [];
  t.deepEqual(
    boots.map(({ itemNames }) => itemNames),
    [["db"], ["web", "app"]],
  );
  const turned = {
    groups: [inputs.groups[0], { ...inputs.groups[1], items: [items.app, items.web] }],
  };
  const checked = await plan.check(run, { ...inputs, ...turned }, made.inputs);
  t.deepEqual(
    (await plan.diff(run, made.id, made.state, checked.inputs)).properties,
    {},
    "within a group the order means nothing",
  );
});

test("moving a machine to another group updates the plan in place", async (t) => {
  const { bench, items } = await startShop(t);
  const made = await bench.create("shop", "RecoveryPlan", {
    groups: [{ items: [items.db] }, { items: [items.web] }],
  });
  const run = bench.anotherRun({ name: "shop" });
  const checked = await plan.check(
    run,
    { groups: [{ items: [items.db, items.web] }] },
    made.inputs,
  );
  const diff = await plan.diff(run, made.id, made.state, checked.inputs);
  t.deepEqual(diff.properties, {
    "groups[0].items[1]": { kind: "add" },
    "groups[1]": { kind: "delete" },
  });
  const updated = await plan.update(run, made.id, made.state, checked.inputs);
  t.deepEqual((await plan.diff(run, made.id, updated, checked.inputs)).properties, {});
});

test("P-05 a plan shows no difference while its machines are at the other side", async (t) => {
  const { bench, items } = await startShop(t);
  const made = await bench.create("shop", "RecoveryPlan", { groups: [{ items: [items.web] }] });
  const portal = await outside(bench, "web");
  await portal.failOver();
  await portal.commit();
  await portal.reprotect("shopcachewe", "shop-we", "shop-ne");
  const run = bench.anotherRun();
  const read = await plan.read(run, made.id, made.state);
  t.deepEqual((await plan.diff(run, made.id, read?.state ?? {}, made.inputs)).changes, false);
});

const vault =
  "/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/shop-recovery/providers/microsoft.recoveryservices/vaults/shop";
const web = `${vault}/items/web`;

const refused = test.macro({
  exec: async (t, inputs: object, path: string, reason: RegExp) => {
    const bench = await startBench(t);
    const failures = await bench.failuresOf("RecoveryPlan", inputs, "shop");
    const failure = failures.find((each) => each.path === path);
    t.regex(failure?.reason ?? JSON.stringify(failures), reason);
    t.is(bench.simulator.journal().length, 0, "nothing was asked of the service");
  },
  title: (name) => `a plan is refused at preview: ${name}`,
});

test(
  "an item named twice",
  refused,
  { groups: [{ items: [web] }, { items: [`${vault}/items/db`, web] }] },
  "groups[1].items[1]",
  /^web stands in groups\[0\]\.items\[0\] already\. Remove one\.$/,
);
test("no group", refused, { groups: [] }, "groups", /at least one group/);
test(
  "an empty group",
  refused,
  { groups: [{ items: [web] }, { items: [] }] },
  "groups[1].items",
  /is empty/,
);
test(
  "more than seven groups",
  refused,
  { groups: Array.from({ length: 8 }, (_, index) => ({ items: [`${web}${index}`] })) },
  "groups",
  /has 8 groups; a plan has at most 7/,
);
test(
  "more than a hundred items",
  refused,
  { groups: [{ items: Array.from({ length: 101 }, (_, index) => `${web}${index}`) }] },
  "groups",
  /has 101 items; a plan has at most 100/,
);
test(
  "something that is no item",
  refused,
  { groups: [{ items: ["web"] }] },
  "groups[0].items[0]",
  /"web" is no replicated item.*itemId/,
);
test(
  "an item of another vault",
  refused,
  { groups: [{ items: [web] }], vault: "other" },
  "groups[0].items[0]",
  /lies in the vault .*shop, the plan in .*other/,
);
test(
  "a script without its path",
  refused,
  { groups: [{ items: [web], startActions: [{ name: "a", kind: "script" }] }] },
  "groups[0].startActions[0].script",
  /is missing/,
);
test(
  "a description that means nothing",
  refused,
  {
    groups: [
      {
        items: [web],
        endActions: [{ name: "a", kind: "runbook", runbook: "/r", description: "x" }],
      },
    ],
  },
  "groups[0].endActions[0].description",
  /means nothing in an action of the kind runbook/,
);
test(
  "two actions of one name",
  refused,
  { groups: [{ items: [web], startActions: [failbackNote, failbackNote] }] },
  "groups[0].startActions[1].name",
  /names groups\[0\]\.startActions\[0\] already/,
);
test(
  "an unknown kind of action",
  refused,
  { groups: [{ items: [web], startActions: [{ name: "a", kind: "scrpt" }] }] },
  "groups[0].startActions[0].kind",
  /Did you mean "script"/,
);

test("an item that is not protected is refused with the names that are", async (t) => {
  const { bench } = await startShop(t);
  const failures = await bench.failuresOf(
    "RecoveryPlan",
    { groups: [{ items: [`${vault}/items/wbe`] }] },
    "shop",
  );
  t.deepEqual(failures, [
    {
      path: "groups[0].items[0]",
      reason: 'there is no replicated item wbe in the vault. Did you mean "web"?',
    },
  ]);
});

test("items that are not known yet are in order", async (t) => {
  const bench = await startBench(t);
  t.deepEqual(
    await bench.failuresOf(
      "RecoveryPlan",
      { vault: unknownValue, groups: [{ items: [unknownValue, unknownValue] }] },
      "shop",
    ),
    [],
  );
});
