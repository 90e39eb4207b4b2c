import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { unknownValue } from "../../../provider/unknown.ts";
import { type HyperVKind, startHyperVBed, toAzureKinds } from "./hyper-v-world.ts";
import { failTask, sentFor, statuses, unfinished } from "./partial-failure.ts";
import { siteKinds, startSiteBed } from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const plan = { recoveryPlan: "shop", commit: "automatic" } as const;
const set = { items: ["app", "web"].map(ids.item), commit: "automatic" } as const;

/** Makes the recovery plan `shop`: app, then web. */
async function addPlan(bed: TestBed, betweenSites = false): Promise<void> {
  const items = await Promise.all(["app", "web"].map((name) => bed.item(name)));
  const [first] = items;
  const fabric = (name = ""): string => `${ids.vault}/replicationFabrics/${name}`;
  await (await bed.vault()).putRecoveryPlan(bed.context(), "shop", {
    primaryFabricId: fabric(first?.primary.fabricName),
    recoveryFabricId: betweenSites ? fabric(first?.recovery.fabricName) : "Microsoft Azure",
    groups: items.map((item) => ({
      type: "Boot",
      items: [
        {
          armId: item.armId,
          machineId: item.onPremises?.internalIdentifier ?? item.hyperV?.machineGuid ?? "",
        },
      ],
      startActions: [],
      endActions: [],
    })),
  });
  bed.simulator.clearJournal();
}

for (const kind of siteKinds) {
  test(`Q-04 ${kind}: a plan of a VMware site that fails in part on its way there and home is finished by re-runs that treat the rest alone`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await addPlan(bed);
    failTask(bed, "app");
    const over = await unfinished(failoverHandler.create(bed.context(), plan));
    t.deepEqual(statuses(over.state), { app: "failed", web: "committed" });
    const there = await failoverHandler.update(bed.context(), over.id, over.state, plan);
    t.like(there, { status: "committed", finished: true });
    t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "app"]);

    const task = "SwitchReplicationGroupProtectionPreflightTask";
    failTask(bed, "web", task, "SwitchReplicationGroupProtection");
    const stopping = { recoveryPlan: "shop", onFailure: "stop" as const };
    const turned = await unfinished(reprotectHandler.create(bed.context(), stopping));
    // The app waited for its mobility agent still.
    t.deepEqual(statuses(turned.state), { app: "notBegun", web: "failed" });
    t.deepEqual(sentFor(bed, "reProtect"), ["web"]);
    const back = await reprotectHandler.update(bed.context(), turned.id, turned.state, stopping);
    t.like(back, { status: "protected", finished: true });
    t.deepEqual(sentFor(bed, "reProtect").toSorted(), ["app", "web", "web"]);

    const scenario = kind === "modernized" ? "PlannedFailover" : "UnplannedFailover";
    failTask(bed, "app", "VmFailover", scenario);
    bed.simulator.clearJournal();
    const homeward = {
      ...plan,
      manage: ["startAzureMachine" as const],
      placement: back.placement ?? {},
    };
    const broken = await unfinished(failbackHandler.create(bed.context(), homeward));
    t.deepEqual(statuses(broken.state), { app: "failed", web: "committed" });
    // Where servers lie is told by a reprotect that is to run again; preview does without it.
    bed.told.info.length = 0;
    const unplaced = { ...homeward, placement: unknownValue as never };
    const preview = bed.context({ preview: true });
    await failbackHandler.diff(preview, broken.id, broken.state, unplaced);
    t.regex(
      bed.told.info[0] ?? "",
      /^Failback of recovery plan shop: 1 of 2 machines left, westeurope → /,
    );
    const home = await failbackHandler.update(bed.context(), broken.id, broken.state, homeward);
    t.like(home, { status: "committed", finished: true });
    const verb = kind === "modernized" ? "plannedFailover" : "unplannedFailover";
    t.deepEqual(sentFor(bed, verb), ["shop", "app"]);
  });

  test(`Q-04 ${kind}: a set of a VMware site stops or goes on as onFailure says`, async (t) => {
    const bed = await startSiteBed(t, kind);
    failTask(bed, "app", "VmUfoPrerequisitesCheck");
    const stopping = { ...set, onFailure: "stop" as const };
    const stopped = await unfinished(failoverHandler.create(bed.context(), stopping));
    t.deepEqual(statuses(stopped.state), { app: "failed", web: "inProgress" });
    const done = await failoverHandler.update(bed.context(), stopped.id, stopped.state, stopping);
    t.like(done, { status: "committed", finished: true });
    t.deepEqual(sentFor(bed, "unplannedFailover").toSorted(), ["app", "app", "web"]);
    t.is(sentFor(bed, "failoverCommit").length, 2);
  });
}

for (const kind of toAzureKinds) {
  test(`Q-04 ${kind}: a plan of Hyper-V machines that fails in part, planned there and home, is finished by re-runs`, async (t) => {
    const bed = await startHyperVBed(t, kind);
    await addPlan(bed);
    failTask(bed, "app", "VmFailover", "PlannedFailover");
    const planned = { ...plan, mode: "planned" as const };
    const over = await unfinished(failoverHandler.create(bed.context(), planned));
    t.deepEqual(statuses(over.state), { app: "failed", web: "committed" });
    const there = await failoverHandler.update(bed.context(), over.id, over.state, planned);
    t.like(there, { status: "committed", finished: true });
    t.deepEqual(sentFor(bed, "plannedFailover"), ["shop", "app"]);

    failTask(bed, "web", "DataSync", "PlannedFailover");
    bed.simulator.clearJournal();
    const broken = await unfinished(failbackHandler.create(bed.context(), plan));
    t.deepEqual(statuses(broken.state), { app: "protected", web: "failed" });
    const home = await failbackHandler.update(bed.context(), broken.id, broken.state, plan);
    t.like(home, { status: "protected", finished: true });
    t.deepEqual(sentFor(bed, "plannedFailover"), ["shop", "web"]);
    t.deepEqual(sentFor(bed, "reProtect").toSorted(), ["app", "web"]);
  });
}

test("Q-04 VmmToVmm: a plan and a set between VMM sites that fail in part are finished by re-runs", async (t) => {
  const kind: HyperVKind = "VmmToVmm";
  const bed = await startHyperVBed(t, kind);
  await addPlan(bed, true);
  failTask(bed, "web");
  const over = await unfinished(failoverHandler.create(bed.context(), plan));
  t.deepEqual(statuses(over.state), { app: "committed", web: "failed" });
  const there = await failoverHandler.update(bed.context(), over.id, over.state, plan);
  t.like(there, { status: "committed", finished: true });
  t.deepEqual(sentFor(bed, "unplannedFailover"), ["shop", "web"]);

  const items = { items: set.items };
  failTask(bed, "app", "VmReverseReplicationPrerequisitesCheck", "ReverseReplication");
  const turned = await unfinished(reprotectHandler.create(bed.context(), items));
  t.deepEqual(statuses(turned.state), { app: "failed", web: "protected" });
  const back = await reprotectHandler.update(bed.context(), turned.id, turned.state, items);
  t.like(back, { status: "protected", finished: true });
  t.is(sentFor(bed, "reProtect").length, 3);
});
