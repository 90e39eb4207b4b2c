import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { failOver, posts, startHyperVBed } from "./hyper-v-world.ts";
import { failTask, sentFor, statuses, unfinished } from "./partial-failure.ts";
import { startWithPlan } from "./plan-bed.ts";
import { ids, startTestBed, type TestBed } from "./test-bed.ts";

const names: readonly string[] = ["database", "app", "web"];
const items = names.map(ids.item);
const recoveryPoint = "latestApplicationConsistent";

/** The points that machines have failed over to, by their names. */
async function pointsOf(bed: TestBed): Promise<readonly string[]> {
  const found = await Promise.all(names.map((name) => bed.item(name)));
  return found.map((each) => each.failoverRecoveryPointId?.split("/").at(-1) ?? "");
}

test("Q-03 Q-04 a machine of a set whose change of the recovery point failed is changed by the next run before it is committed, the others once", async (t) => {
  for (const onFailure of ["continue", "stop"] as const) {
    const bed = await startTestBed(t);
    const { id, state } = await failoverHandler.create(bed.context(), { items });
    const wanted = { items, onFailure, recoveryPoint, commit: "automatic" as const };
    failTask(bed, "database", "ChangePitPreflightCheck", "ChangePit");
    const failed = await unfinished(failoverHandler.update(bed.context(), id, state, wanted));
    const other = onFailure === "stop" ? "inProgress" : "committed";
    t.deepEqual(statuses(failed.state), { app: other, database: "failed", web: other });
    t.false(sentFor(bed, "failoverCommit").includes("database"));
    bed.told.info.length = 0;
    const diff = await failoverHandler.diff(bed.context(), id, failed.state, wanted);
    t.true(diff.changes);
    const done = await failoverHandler.update(bed.context(), id, failed.state, wanted);
    t.like(done, { status: "committed", finished: true, recoveryPoint });
    t.false("pointsReached" in done);
    t.deepEqual(sentFor(bed, "applyRecoveryPoint").toSorted(), [
      "app",
      "database",
      "database",
      "web",
    ]);
    t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), ["app", "database", "web"]);
    const points = done.machines.map((each) => each.recoveryPoint);
    for (const point of await pointsOf(bed)) t.true(points.includes(point));
    for (const each of done.machines) {
      const before = state.machines.find(({ item }) => item === each.item);
      t.not(each.recoveryPoint, before?.recoveryPoint);
    }
  }
});

test("Q-03 Q-04 machines of a recovery plan that a change of the recovery point did not reach are changed by the next run before they are committed", async (t) => {
  const bed = await startWithPlan(t);
  const plan = { recoveryPlan: "shop" } as const;
  const { id, state } = await failoverHandler.create(bed.context(), plan);
  const wanted = { ...plan, onFailure: "stop", recoveryPoint, commit: "automatic" } as const;
  failTask(bed, "app", "ChangePitPreflightCheck", "ChangePit");
  const failed = await unfinished(failoverHandler.update(bed.context(), id, state, wanted));
  t.deepEqual(statuses(failed.state), { app: "failed", database: "committed", web: "inProgress" });
  t.deepEqual(sentFor(bed, "applyRecoveryPoint"), ["database", "app"]);
  const { reason } = await failoverHandler.diff(bed.context(), id, failed.state, wanted);
  t.regex(reason ?? "", /2 of 3 machines left/);
  const done = await failoverHandler.update(bed.context(), id, failed.state, wanted);
  t.like(done, { status: "committed", finished: true, recoveryPoint });
  t.deepEqual(sentFor(bed, "applyRecoveryPoint"), ["database", "app", "app", "web"]);
  t.deepEqual(sentFor(bed, "failoverCommit").toSorted(), ["app", "database", "web"]);
});

test("Q-03 Q-04 when the wish for another recovery point is taken back, only the machines that went there go back", async (t) => {
  const bed = await startTestBed(t);
  const first = { items, recoveryPoint: "latest" } as const;
  const { id, state } = await failoverHandler.create(bed.context(), first);
  const before = await pointsOf(bed);
  failTask(bed, "database", "ChangePitPreflightCheck", "ChangePit");
  const wanted = { items, recoveryPoint };
  const failed = await unfinished(failoverHandler.update(bed.context(), id, state, wanted));
  const done = await failoverHandler.update(bed.context(), id, failed.state, first);
  t.like(done, { status: "commitPending", finished: true, ...first });
  t.deepEqual(await pointsOf(bed), before);
  t.deepEqual(sentFor(bed, "applyRecoveryPoint").slice(3).toSorted(), ["app", "web"]);
});

test("Q-03 H-09 a reverse replication that is asked for later is made by the next run when nothing could be begun", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const item = ids.item("web");
  const asked = { item, commit: "automatic", reverseReplicate: false } as const;
  const { id, state } = await failbackHandler.create(bed.context(), asked);
  const wanted = { ...asked, reverseReplicate: true };
  const aborter = new AbortController();
  const context = bed.context({ signal: aborter.signal });
  const { sites } = context;
  let looks = 0;
  const azure: typeof sites.azure = (each) => {
    looks += 1;
    // The record is open again by then, and the machines are looked at.
    if (looks === 3) aborter.abort();
    return sites.azure(each);
  };
  const failed = await unfinished(
    failbackHandler.update({ ...context, sites: { ...sites, azure } }, id, state, wanted),
  );
  t.like(failed.state, { finished: false, reverseReplicate: false });
  t.is(posts(bed, "reProtect"), 0);
  const done = await failbackHandler.update(bed.context(), id, failed.state, wanted);
  t.like(done, { finished: true, reverseReplicate: true, status: "protected" });
  t.is(posts(bed, "reProtect"), 1);
});
