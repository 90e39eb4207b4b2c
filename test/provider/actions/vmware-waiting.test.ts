import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import {
  changeSiteMachine,
  recoverToAzure,
  setAzurePower,
  siteKinds,
  startSiteBed,
} from "./site-world.ts";
import { ids } from "./test-bed.ts";

const item = ids.item("web");

for (const kind of siteKinds) {
  test(`V-10 IT-AGENT ${kind}: a reprotect waits until the agent has registered in Azure, and says what it waits for`, async (t) => {
    const bed = await startSiteBed(t, kind, { machine: { agentRegistersAfterMinutes: 12 } });
    await recoverToAzure(bed);
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
    t.true(
      inputs.findings?.some((each) => each.rule === "IT-AGENT" && each.severity === "wait"),
      JSON.stringify(inputs.findings),
    );
    const { state } = await reprotectHandler.create(bed.context(), { item });
    t.like(state, { status: "protected", finished: true });
    t.true(
      bed.told.progress.some((text) => /web: waits until its mobility agent/.test(text)),
      bed.told.progress.join("\n"),
    );
    t.is(bed.writes().filter((each) => each === "POST reProtect").length, 1);
  });

  test(`V-10 IT-AGENT ${kind}: an agent that never registers ends the wait with machine, time and remedy, before anything is sent`, async (t) => {
    const bed = await startSiteBed(t, kind, { machine: { agentRegistersAfterMinutes: "never" } });
    await recoverToAzure(bed);
    const error = await t.throwsAsync(
      reprotectHandler.create(bed.context(), { item, agentTimeout: "PT20M" }),
    );
    t.regex(
      error?.message ?? "",
      /web: its mobility agent has not registered within 20 min .*agentTimeout/s,
    );
    t.false(bed.writes().includes("POST reProtect"));
  });

  test(`V-10 ${kind}: a reprotect that the service refused because of the agent is tried again once the agent shows itself, not before`, async (t) => {
    const bed = await startSiteBed(t, kind, { machine: { agentRegistersAfterMinutes: 0 } });
    await recoverToAzure(bed);
    bed.simulator.addFault({
      failTask: {
        scenario: "SwitchReplicationGroupProtection",
        task: "SwitchReplicationGroupProtectionPreflightTask",
        machine: "web",
        serviceError: {
          code: "95226",
          message: "The mobility agent has not registered.",
          possibleCauses: "It was booted a moment ago.",
          recommendedAction: "Wait and retry.",
        },
      },
    });
    const { state } = await reprotectHandler.create(bed.context(), { item });
    t.like(state, { status: "protected", finished: true });
    t.regex(bed.told.warnings.join("\n"), /web: the service refused the reprotect.*95226/s);
    t.is(bed.writes().filter((each) => each === "POST reProtect").length, 2);
    t.is(state.jobs.length, 2);
  });

  test(`V-06 FB-STOPPED ${kind}: a failback is committed only when the machine in Azure is seen stopped`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await recoverToAzure(bed);
    const { state: reprotect } = await reprotectHandler.create(bed.context(), { item });
    const asked = { item, placement: reprotect.placement ?? {} };
    const { id, state } = await failbackHandler.create(bed.context(), asked);
    t.like(state, { status: "commitPending", finished: true });
    t.is(state.machines[0]?.removed, "");
    await setAzurePower(bed, "web", "start");
    const commit = { ...asked, commit: "automatic" as const, timeout: "PT30M" };
    const error = await t.throwsAsync<PartialFailureError>(
      failbackHandler.update(bed.context(), id, state, commit),
      { instanceOf: PartialFailureError },
    );
    t.regex(error?.message ?? "", /waits until the Azure machine web is stopped.*running/);
    t.is(bed.writes().filter((each) => each === "POST failoverCommit").length, 1);
    await setAzurePower(bed, "web", "deallocate");
    const done = await failbackHandler.update(
      bed.context(),
      id,
      error?.state as never as typeof state,
      commit,
    );
    t.like(done, { status: "committed", finished: true });
    t.regex(done.machines[0]?.removed ?? "", /virtualMachines\/web$/);
  });

  test(`IT-AZVM ${kind}: a machine that stands still in Azure is started only where the inputs allow it`, async (t) => {
    const bed = await startSiteBed(t, kind);
    await recoverToAzure(bed);
    await setAzurePower(bed, "web", "deallocate");
    const refused = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
    t.regex(refused?.message ?? "", /IT-AZVM/);
    const manage = ["startAzureMachine"] as const;
    const { state } = await reprotectHandler.create(bed.context(), { item, manage });
    t.like(state, { status: "protected", finished: true });
    t.regex(bed.told.info.join("\n"), /web: starts its Azure machine web/);
  });
}

test("IT-COMMITTED classic: a reprotect commits the failover first where the inputs allow it", async (t) => {
  const bed = await startSiteBed(t, "classic");
  await failoverHandler.create(bed.context(), { item });
  const refused = await t.throwsAsync(reprotectHandler.create(bed.context(), { item }));
  t.regex(refused?.message ?? "", /IT-COMMITTED/);
  const { state } = await reprotectHandler.create(bed.context(), { item, manage: ["commit"] });
  t.like(state, { status: "protected", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST failoverCommit", "POST reProtect"]);
});

test("IT-COMMITTED modernized: a failover that waits for its commit is reprotected as it is", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await failoverHandler.create(bed.context(), { item });
  const { state } = await reprotectHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
  t.deepEqual(bed.writes(), ["POST unplannedFailover", "POST reProtect"]);
});

test("R-03 a machine that was deleted at the site comes back as a new one, and preview says so", async (t) => {
  const bed = await startSiteBed(t, "modernized");
  await recoverToAzure(bed);
  const steps = async (): Promise<string> => {
    const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
    return inputs.plan?.machines[0]?.steps.join() ?? "";
  };
  t.regex(await steps(), /into the existing machine web/);
  t.regex(
    bed.told.info.join("\n"),
    /uses: appliance appliance-1, datastore ds1, log storage account cachewe/,
  );
  await changeSiteMachine(bed, { name: "web", deleted: true });
  t.regex(await steps(), /into a new machine on datastore ds1 \(full download/);
});
