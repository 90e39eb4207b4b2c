import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { testFailoverHandler } from "../../../provider/actions/test-failover.ts";
import { siteKinds, startSiteBed } from "./site-world.ts";
import { ids } from "./test-bed.ts";

/** What the vault calls the site: an appliance's fabric has a name of its own, a configuration server's that of the server. */
const siteName = { modernized: "plant-one", classic: "cs-1" } as const;
const failbackVerb = { modernized: "plannedFailover", classic: "unplannedFailover" } as const;
const wire = {
  modernized: { forward: "InMageRcm", reversed: "InMageRcmFailback" },
  classic: { forward: "InMageAzureV2", reversed: "InMage" },
} as const;

for (const kind of siteKinds) {
  test(`V-02 V-09 V-11 ${kind}: a machine is drilled, goes to Azure, is reprotected, comes home and is protected as before`, async (t) => {
    const bed = await startSiteBed(t, kind);
    const item = ids.item("web");
    const before = await bed.item("web");
    t.is(before.instanceType, wire[kind].forward);

    const drill = await testFailoverHandler.create(bed.context(), {
      item,
      network: ids.testNetwork,
    });
    t.like(drill.state, { status: "testing", finished: true });
    await testFailoverHandler.delete(bed.context(), drill.id, drill.state);

    const over = await failoverHandler.create(bed.context(), { item, commit: "automatic" });
    t.like(over.state, { status: "committed", finished: true });
    t.like(over.state.machines[0], {
      from: siteName[kind],
      to: "westeurope",
      error: "",
      removed: "",
    });

    const back = await reprotectHandler.create(bed.context(), { item });
    t.like(back.state, { status: "protected", finished: true });
    t.like(back.state.machines[0], { from: "westeurope", to: siteName[kind] });
    t.is((await bed.item("web")).instanceType, wire[kind].reversed);

    const home = await failbackHandler.create(bed.context(), {
      item,
      commit: "automatic",
      placement: back.state.placement ?? {},
    });
    t.like(home.state, { status: "committed", finished: true });
    t.regex(home.state.machines[0]?.removed ?? "", /virtualMachines\/web/);

    const again = await reprotectHandler.create(bed.context(), { item });
    t.like(again.state, { status: "protected", finished: true });
    const after = await bed.item("web");
    t.is(after.instanceType, wire[kind].forward);
    t.is(after.armId, before.armId);
    t.is(after.policyId.toLowerCase(), before.policyId.toLowerCase());
    t.is(after.activeLocation, "Primary");
    t.deepEqual(
      bed.writes(),
      [
        "testFailover",
        "testFailoverCleanup",
        "unplannedFailover",
        "failoverCommit",
        "reProtect",
        failbackVerb[kind],
        "failoverCommit",
        "reProtect",
      ].map((verb) => `POST ${verb}`),
    );
  });
}

test("V-04 a classic machine fails back to its latest application-consistent point, and preview tells its age and what is lost", async (t) => {
  const bed = await startSiteBed(t, "classic");
  const item = ids.item("web");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  await reprotectHandler.create(bed.context(), { item });
  bed.simulator.clock.advance(3 * 3_600_000);
  const asked = { item, recoveryPoint: "latestApplicationConsistent" };
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), asked);
  t.deepEqual(
    inputs.findings?.filter((each) => each.severity === "block"),
    [],
  );
  t.regex(
    bed.told.info.join("\n"),
    /latestApplicationConsistent of \S+ \(loses .*what was written after it is lost/s,
  );
  const { state } = await failbackHandler.create(bed.context(), asked);
  t.like(state, { status: "commitPending", finished: true });
  const [sent] = bed.simulator
    .journal({ writesOnly: true })
    .filter((each) => each.path.endsWith("/unplannedFailover"))
    .toReversed();
  t.like(sent?.body, {
    properties: { providerSpecificDetails: { recoveryPointType: "LatestTag" } },
  });
});

test("V-04 a point that a failback does not know is refused before anything is sent", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  const item = ids.item("web");
  await failoverHandler.create(bed.context(), { item, commit: "automatic" });
  await reprotectHandler.create(bed.context(), { item });
  const writes = bed.writes().length;
  const error = await t.throwsAsync(
    failbackHandler.create(bed.context(), { item, recoveryPoint: "latestProcessed" }),
  );
  t.regex(error?.message ?? "", /latest or latestApplicationConsistent only.*A2-POINT/s);
  t.is(bed.writes().length, writes);
});
