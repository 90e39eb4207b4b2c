import test from "ava";
import { failbackHandler } from "../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import {
  blockersOf,
  bodiesOf,
  changeHyperVMachine,
  failOver,
  posts,
  startHyperVBed,
} from "./hyper-v-world.ts";
import { ids } from "./test-bed.ts";

const item = ids.item("web");
const committed = { item, commit: "automatic" } as const;

test("H-09 HV-SYNC preview tells how a machine comes home from Azure, and what the commit removes", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), committed);
  t.deepEqual(blockersOf(inputs), []);
  const shown = bed.told.info.join("\n");
  for (const part of [
    "Failback: web",
    "from Azure to the site",
    "synchronize the data while the Azure machine web runs on",
    "shut down the Azure machine web",
    "commit (removes the Azure machine web",
    "reverse replication: replicate to Azure again",
    "nothing is lost",
  ]) {
    t.true(shown.includes(part), `${part} is missing in:\n${shown}`);
  }
});

test("H-09 HV-SYNC a failback that downloads whole disks during the downtime waits for no word", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const { state } = await failbackHandler.create(bed.context(), {
    ...committed,
    dataSynchronization: "duringDowntime",
  });
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "resume"), 0);
  t.like(bodiesOf(bed, "plannedFailover")[0], {
    properties: { providerSpecificDetails: { dataSyncOption: "ForDownTime" } },
  });
});

test("H-09 a machine that its host has lost is made anew where that is asked for, on another host too", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  await changeHyperVMachine(bed, "web", { deleted: true });
  const { state } = await failbackHandler.create(bed.context(), {
    ...committed,
    createMachineIfAbsent: true,
    alternateHost: "HV-2.example",
  });
  t.like(state, { status: "protected", finished: true });
  const [sent] = bodiesOf(bed, "plannedFailover");
  t.like(sent, {
    properties: { providerSpecificDetails: { recoveryVmCreationOption: "CreateVmIfNotFound" } },
  });
  t.regex(
    JSON.stringify(sent),
    /"providerIdForAlternateRecovery":"[^"]*replicationRecoveryServicesProviders/,
  );
});

test("HV-ALTERNATE a host that has not registered is refused before anything is sent", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const before = bed.writes().length;
  const asked = { ...committed, createMachineIfAbsent: true, alternateHost: "hv-7.example" };
  const { inputs } = await failbackHandler.check(bed.context({ preview: true }), asked);
  t.deepEqual(blockersOf(inputs), [["HV-ALTERNATE", "alternateHost"]]);
  await t.throwsAsync(failbackHandler.create(bed.context(), asked), { message: /hv-7\.example/ });
  // Also where somebody waives the rule.
  await t.throwsAsync(
    failbackHandler.create(bed.context(), { ...asked, waive: ["HV-ALTERNATE"] }),
    { message: /no host "hv-7\.example" has registered/ },
  );
  t.is(bed.writes().length, before);
});

test("H-09 a failback that is left open is committed later, and only then replicated to Azure again", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const open = await failbackHandler.check(bed.context(), { item });
  const home = await failbackHandler.create(bed.context(), open.inputs);
  t.like(home.state, { status: "commitPending", finished: true });
  t.is(posts(bed, "reProtect"), 0);
  const { inputs } = await failbackHandler.check(
    bed.context({ preview: true }),
    committed,
    open.inputs,
  );
  t.deepEqual(
    inputs.plan?.machines[0]?.steps.map((each) => each.replace(/[:(].*/, "").trim()),
    ["commit", "reverse replication", "wait until it is protected again"],
  );
  const done = await failbackHandler.update(bed.context(), home.id, home.state, inputs);
  t.like(done, { status: "protected", finished: true });
  t.deepEqual(
    [posts(bed, "plannedFailover"), posts(bed, "failoverCommit"), posts(bed, "reProtect")],
    [1, 2, 1],
  );
});

test("H-09 without reverse replication a machine stays committed at home, until the input or a Reprotect says otherwise", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  await failOver(bed);
  const alone = await failbackHandler.check(bed.context(), {
    ...committed,
    reverseReplicate: false,
  });
  const home = await failbackHandler.create(bed.context(), alone.inputs);
  t.like(home.state, { status: "committed", finished: true });
  t.is((await bed.item("web")).protectionState, "RestoreFinalized");
  const { inputs } = await failbackHandler.check(bed.context(), committed, alone.inputs);
  const done = await failbackHandler.update(bed.context(), home.id, home.state, inputs);
  t.like(done, { status: "protected", finished: true });
  t.is(posts(bed, "reProtect"), 1);

  const other = ids.item("app");
  const asked = { item: other, commit: "automatic" } as const;
  await failoverHandler.create(bed.context(), asked);
  await failbackHandler.create(bed.context(), { ...asked, reverseReplicate: false });
  const again = await reprotectHandler.create(bed.context(), { item: other });
  t.like(again.state, { status: "protected", finished: true });
  t.is((await bed.item("app")).activeLocation, "Primary");
});

test("H-09 once a failback has run, an unchanged program shows no difference, and its ways of going are recorded only", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure");
  await failOver(bed);
  const asked = await failbackHandler.check(bed.context(), committed);
  const home = await failbackHandler.create(bed.context(), asked.inputs);
  const sent = bed.writes().length;
  const again = await failbackHandler.check(
    bed.context({ preview: true }),
    committed,
    asked.inputs,
  );
  const diff = await failbackHandler.diff(bed.context(), home.id, home.state, again.inputs);
  t.false(diff.changes);
  const otherwise = { ...committed, dataSynchronization: "duringDowntime" } as const;
  const { inputs } = await failbackHandler.check(bed.context(), otherwise, asked.inputs);
  const kept = await failbackHandler.update(bed.context(), home.id, home.state, inputs);
  t.like(kept, { status: "protected", finished: true, dataSynchronization: "duringDowntime" });
  t.is(bed.writes().length, sent);
});

test("P-01 H-09 failover and failback of one program are previewed in a row, and show what they will do", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  const context = bed.context({ preview: true, projections: new Map() });
  const over = await failoverHandler.check(context, { ...committed, mode: "planned" });
  t.deepEqual(blockersOf(over.inputs), []);
  t.is(over.inputs.plan?.machines[0]?.steps[0], "shut down the source (stops if that fails)");
  const home = await failbackHandler.check(context, committed);
  t.deepEqual(blockersOf(home.inputs), []);
  t.regex(
    home.inputs.plan?.machines[0]?.steps.join() ?? "",
    /synchronize.*fail back.*commit.*reverse/,
  );
  t.deepEqual(bed.writes(), []);
});

test("H-09 several machines come home each on its own: each is synchronized, waits and goes on by itself", async (t) => {
  const bed = await startHyperVBed(t, "HyperVToAzure");
  const both = { items: [ids.item("web"), ids.item("app")], commit: "automatic" } as const;
  await failoverHandler.create(bed.context(), both);
  const { state } = await failbackHandler.create(bed.context(), both);
  t.like(state, { status: "protected", finished: true });
  t.is(posts(bed, "plannedFailover"), 2);
  t.is(posts(bed, "resume"), 2);
});

test("P-05 H-09 a failback that was committed in the portal is named on refresh, and not sent again", async (t) => {
  const bed = await startHyperVBed(t, "VmmToAzure");
  await failOver(bed);
  const { id, state } = await failbackHandler.create(bed.context(), { item });
  t.is(state.status, "commitPending");
  const vault = await bed.vault();
  const operation = await vault.start(bed.context(), {
    verb: "commit",
    target: { kind: "item", item: await bed.item("web") },
  });
  await vault.follow(bed.context(), operation);
  const read = await failbackHandler.read(bed.context(), id, state);
  t.is(read?.state.status, "committed");
  t.regex(bed.told.warnings.join(), /web: its failback was committed elsewhere by the job/);
  const sent = bed.writes().length;
  const again = await failbackHandler.check(bed.context(), { item }, read?.inputs);
  t.false(
    (await failbackHandler.diff(bed.context(), id, read?.state ?? state, again.inputs)).changes,
  );
  t.is(bed.writes().length, sent);
});
