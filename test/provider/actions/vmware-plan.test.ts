import test, { type ExecutionContext } from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { nameOf } from "../../../provider/recovery/identity.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { type SiteChanges, type SiteKind, siteKinds, startSiteBed } from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const failbackVerbs = { modernized: "plannedFailover", classic: "unplannedFailover" } as const;
const names = ["app", "web"];

/** A test bed of the site with the recovery plan `shop`: app, then web. */
async function startWithPlan(
  t: ExecutionContext,
  kind: SiteKind,
  changes: SiteChanges = {},
): Promise<TestBed> {
  const bed = await startSiteBed(t, kind, changes);
  const items = await Promise.all(names.map((name) => bed.item(name)));
  await (await bed.vault()).putRecoveryPlan(bed.context(), "shop", {
    primaryFabricId: `${ids.vault}/replicationFabrics/${items[0]?.primary.fabricName}`,
    recoveryFabricId: "Microsoft Azure",
    groups: items.map((item) => ({
      type: "Boot",
      items: [{ armId: item.armId, machineId: item.onPremises?.internalIdentifier ?? "" }],
      startActions: [],
      endActions: [],
    })),
  });
  bed.simulator.clearJournal();
  return bed;
}

for (const kind of siteKinds) {
  test(`R-04 V-02 ${kind}: a recovery plan goes to Azure, is reprotected machine by machine in one action, and comes home`, async (t) => {
    const bed = await startWithPlan(t, kind);
    const plan = { recoveryPlan: "shop", commit: "automatic" as const };
    const over = await failoverHandler.create(bed.context(), plan);
    t.like(over.state, { status: "committed", finished: true });
    const back = await reprotectHandler.create(bed.context(), { recoveryPlan: "shop" });
    t.like(back.state, { status: "protected", finished: true });
    t.deepEqual(back.state.machines.map((each) => each.machine).toSorted(), names);
    const home = await failbackHandler.create(bed.context(), {
      ...plan,
      placement: back.state.placement ?? {},
    });
    t.like(home.state, { status: "committed", finished: true });
    t.deepEqual(home.state.machines.map((each) => nameOf(each.removed)).toSorted(), names);
    const again = await reprotectHandler.create(bed.context(), { recoveryPlan: "shop" });
    t.like(again.state, { status: "protected", finished: true });
    const counts = Object.groupBy(bed.writes(), (each) => each);
    t.deepEqual(
      Object.fromEntries(Object.entries(counts).map(([verb, all]) => [verb, all?.length])),
      kind === "modernized"
        ? {
            "POST unplannedFailover": 1,
            "POST failoverCommit": 2,
            "POST reProtect": 4,
            "POST plannedFailover": 1,
          }
        : { "POST unplannedFailover": 2, "POST failoverCommit": 2, "POST reProtect": 4 },
    );
    const sent = bed.simulator
      .journal({ writesOnly: true })
      .filter((each) => each.path.endsWith(`/shop/${failbackVerbs[kind]}`))
      .at(-1);
    t.like(sent?.body, { properties: { failoverDirection: "RecoveryToPrimary" } });
  });

  test(`P-01 ${kind}: failover, reprotect, failback and reprotect of one program are previewed in a row`, async (t) => {
    const bed = await startSiteBed(t, kind);
    const context = bed.context({ preview: true, projections: new Map<string, ItemFacts>() });
    const item = ids.item("web");
    const checks = [
      await failoverHandler.check(context, { item, commit: "automatic" }),
      await reprotectHandler.check(context, { item }),
      await failbackHandler.check(context, { item, commit: "automatic" }),
      await reprotectHandler.check(context, { item }),
    ];
    const site = kind === "modernized" ? "plant-one" : "cs-1";
    t.deepEqual(
      checks.flatMap(({ inputs }) => inputs.findings?.filter((each) => each.severity === "block")),
      [],
    );
    t.deepEqual(
      checks.map(({ inputs }) => inputs.plan?.machines[0]?.direction),
      ["toAzure", "fromAzure", "fromAzure", "toAzure"],
    );
    t.deepEqual(
      checks.map(({ inputs }) => inputs.plan?.machines[0]?.from.site === site),
      [true, false, false, true],
    );
    t.deepEqual(bed.writes(), []);
  });
}

test("R-04 GR-PLAN one member of a replication group is not reprotected alone, the plan takes them all with one master target", async (t) => {
  const bed = await startWithPlan(t, "classic", {
    item: { multiVmGroup: "shop" },
    vault: {
      policies: [
        { name: "forward", kind: "InMageAzureV2", appConsistentMinutes: 60, multiVmSync: true },
        { name: "back", kind: "InMage" },
      ],
    },
  });
  const over = await failoverHandler.create(bed.context(), {
    recoveryPlan: "shop",
    commit: "automatic",
  });
  t.is(over.state.status, "committed");
  const alone = await t.throwsAsync(
    reprotectHandler.create(bed.context(), { item: ids.item("web") }),
  );
  t.regex(alone?.message ?? "", /GR-PLAN/);
  const { state } = await reprotectHandler.create(bed.context(), { recoveryPlan: "shop" });
  t.like(state, { status: "protected", finished: true });
  const targets = bed.simulator
    .journal({ writesOnly: true })
    .filter((each) => each.path.endsWith("/reProtect"))
    .map((each) => JSON.stringify(each.body).match(/"masterTargetId":"[^"]+"/)?.[0]);
  t.is(targets.length, 2);
  t.is(new Set(targets).size, 1);
});

test("R-02 R-04 values for single machines go before those of the action", async (t) => {
  const bed = await startWithPlan(t, "classic", {
    server: {
      masterTargets: ["mt-linux", "mt-other"].map((name) => ({
        name,
        machine: "mt-linux",
        retentionVolumes: [{ name: "/mnt/retention" }],
      })),
    },
  });
  await failoverHandler.create(bed.context(), { recoveryPlan: "shop", commit: "automatic" });
  const refused = await t.throwsAsync(
    reprotectHandler.create(bed.context(), { recoveryPlan: "shop" }),
  );
  t.regex(refused?.message ?? "", /several of the kind master target.*mt-linux, mt-other/);
  const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), {
    recoveryPlan: "shop",
    masterTarget: "mt-linux",
    machineSettings: { web: { masterTarget: "mt-other" } },
  });
  const used = inputs.plan?.machines.map(({ machine, resources }) => [
    machine,
    resources.find((each) => each.kind === "master target")?.name,
  ]);
  t.deepEqual(used, [
    ["app", "mt-linux"],
    ["web", "mt-other"],
  ]);
});
