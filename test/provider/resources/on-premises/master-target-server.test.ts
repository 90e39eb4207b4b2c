import test from "ava";
import { failbackHandler } from "../../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../../provider/actions/reprotect.ts";
import { BlockedError, PartialFailureError } from "../../../../provider/errors.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import { createSiteRegistry } from "../../../../provider/sites/create-registry.ts";
import { unknownValue } from "../../../../provider/unknown.ts";
import { ids } from "../../actions/test-bed.ts";
import { handlerOf } from "../bench.ts";
import {
  fabricId,
  type MadeServer,
  password,
  type ServerBench,
  startServerBench,
} from "./server-bench.ts";

const type = "MasterTargetServer";
const handler = handlerOf(type);
const given = { fabric: fabricId, name: "mt-linux" };
const all = ["snapshots", "diskUuid", "reboot", "storageDrs"];
const unfit = {
  extraConfig: { "disk.EnableUUID": "FALSE" },
  snapshot: true,
};
const movable = {
  pods: [{ name: "pod-1", enabled: true, excluded: [] }],
};

const fixesOf = (plan: readonly { readonly fix: string }[]): readonly string[] =>
  plan.map((each) => each.fix);

/** Refreshes, and answers the difference that is left then. */
async function refreshed(bench: ServerBench, made: MadeServer): Promise<object> {
  const read = await made.handler.read(bench.run(), made.id, made.state);
  return await made.handler.diff(bench.run(), made.id, read?.state ?? {}, made.inputs);
}

const nothing = { changes: false, properties: {} };

test("R-01 a master target that is fit is left alone: nothing is planned, nothing is written, and nothing differs after a refresh", async (t) => {
  const bench = await startServerBench(t, "classic");
  const shown = await bench.preview(type, "mt", given);
  t.deepEqual([shown.failures, shown.plan, shown.blockers], [[], [], []]);
  const made = await bench.create(type, "mt", given);
  t.like(made.state, { system: "Linux", address: "10.1.0.12", changes: {}, pending: [] });
  t.not(made.state.serverId, "");
  t.deepEqual(bench.bed.writes(), []);
  t.deepEqual(await refreshed(bench, made), nothing);
  const calls = Object.keys(await bench.vcenter.calls());
  t.deepEqual(
    calls.filter((each) => each.endsWith("_Task")),
    [],
  );
  await made.handler.delete(bench.run(), made.id, made.state);
});

test("R-01 P-02 MT-SNAP MT-UUID MT-SDRS what manage allows is shown at preview, done by up, and undone by destroy as far as it can be", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: unfit, scenario: movable });
  const inputs = { ...given, manage: all };
  const shown = await bench.preview(type, "mt", inputs);
  t.deepEqual(fixesOf(shown.plan), ["snapshots", "diskUuid", "storageDrs"]);
  t.deepEqual(shown.blockers, []);
  const told = bench.bed.told.info.join("\n");
  for (const words of [
    /snapshots are merged/,
    /shut down.*turned on again/,
    /Storage DRS of pod-1/,
  ]) {
    t.regex(told, words);
  }
  t.true((await bench.vcenter.describe("mt-linux")).snapshot, "a preview changes nothing");
  const made = await bench.create(type, "mt", inputs);
  const after = await bench.vcenter.describe("mt-linux");
  t.like(after, { snapshot: false, power: "poweredOn" });
  t.is(after.extraConfig["disk.EnableUUID"], "TRUE");
  t.like(made.state.changes, { vcenter: "vcenter-one", diskUuid: true });
  t.deepEqual(
    made.state.changes.storageDrs?.map((each) => each.name),
    ["pod-1"],
  );
  t.deepEqual(await refreshed(bench, made), nothing);
  await made.handler.delete(bench.run(), made.id, made.state);
  const again = await bench.preview(type, "mt", given);
  t.deepEqual(
    again.findings.filter((each) => each.rule === "MT-SDRS").length,
    1,
    "it may move again",
  );
});

test("R-01 P-02 MT-SNAP MT-UUID without leave each of them stops the preview with its remedy, and create refuses", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: unfit });
  const shown = await bench.preview(type, "mt", given);
  t.deepEqual(shown.plan, []);
  t.is(shown.blockers.length, 2);
  t.regex(shown.blockers.join("\n"), /manage: \["snapshots"\]/);
  t.regex(shown.blockers.join("\n"), /manage: \["diskUuid", "reboot"\]/);
  await t.throwsAsync(bench.create(type, "mt", given), {
    instanceOf: BlockedError,
    message: /it has a snapshot.*Nothing was changed/s,
  });
  t.true((await bench.vcenter.describe("mt-linux")).snapshot);
});

test("R-01 MT-UUID diskUuid without reboot is not enough for a machine that runs, and enough for one that is off", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { extraConfig: {}, power: "off", toolsRunning: true },
  });
  const inputs = { ...given, manage: ["diskUuid"] };
  t.deepEqual(fixesOf((await bench.preview(type, "mt", inputs)).plan), ["diskUuid"]);
  await bench.vcenter.change("mt-linux", { power: "on" });
  const shown = await bench.preview(type, "mt", inputs);
  t.deepEqual(shown.plan, []);
  t.regex(shown.blockers.join("\n"), /MT-UUID/);
});

test("R-01 MT-SNAP a snapshot that is taken after the preview stops up: nothing is mended that was not shown", async (t) => {
  const bench = await startServerBench(t, "classic");
  for (const manage of [[], ["snapshots"]]) {
    await bench.vcenter.change("mt-linux", { snapshot: false });
    const inputs = { ...given, manage };
    const shown = await bench.preview(type, "mt", inputs);
    await bench.vcenter.change("mt-linux", { snapshot: true });
    await t.throwsAsync(handler.create(bench.run(), shown.inputs), {
      instanceOf: BlockedError,
      message: manage.length === 0 ? /it has a snapshot/ : /Not shown at preview.*snapshots/s,
    });
    t.true((await bench.vcenter.describe("mt-linux")).snapshot);
  }
});

test("R-01 MT-SNAP a snapshot that a refresh finds is shown by the next preview and mended by the next up", async (t) => {
  const bench = await startServerBench(t, "classic");
  const made = await bench.create(type, "mt", { ...given, manage: ["snapshots"] });
  await bench.vcenter.change("mt-linux", { snapshot: true });
  const read = await made.handler.read(bench.run(), made.id, made.state);
  const state = read?.state ?? {};
  const diff = await made.handler.diff(bench.run(), made.id, state, made.inputs);
  t.true(diff.changes);
  t.regex(diff.reason ?? "", /snapshots are merged/);
  const updated = await made.handler.update(bench.run(), made.id, state, made.inputs);
  t.false((await bench.vcenter.describe("mt-linux")).snapshot);
  t.deepEqual(updated.pending, []);
});

test("R-01 MT-RETENTION the retention disk is added once, its formatting is waited for, and destroy removes just this disk", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { guestVolumes: [] },
    server: { masterTargets: [{ name: "mt-linux" }] },
  });
  const inputs = {
    ...given,
    manage: ["retentionDisk"],
    retentionDisk: { datastore: "ds2", sizeGiB: 512 },
    timeout: "PT10M",
  };
  const shown = await bench.preview(type, "mt", inputs);
  t.deepEqual([fixesOf(shown.plan), shown.blockers], [["retentionDisk"], []]);
  t.regex(shown.plan[0]?.text ?? "", /512 GiB .*ds2.*\/mnt\/retention/);
  const failed = await t.throwsAsync(bench.create(type, "mt", inputs), {
    instanceOf: PartialFailureError,
    message: /Format it in the guest.*nothing twice/s,
  });
  const state = failed?.state as MadeServer["state"];
  const disks = (await bench.vcenter.describe("mt-linux")).disks;
  t.is(disks.length, 2);
  t.deepEqual(
    state.changes.disks?.map((each) => each.fileName),
    [disks[1]?.file],
  );
  const id = `${fabricId}/masterTargetServers/mt-linux`;
  const due = await handler.diff(bench.run(), id, state, shown.inputs);
  t.true(due.changes);
  t.regex(due.reason ?? "", /not known to be ready/);
  t.notRegex(due.reason ?? "", /Will be mended/);
  await t.throwsAsync(handler.update(bench.run(), id, state, shown.inputs), {
    message: /Format it/,
  });
  t.is((await bench.vcenter.describe("mt-linux")).disks.length, 2, "no second one");
  const fresh = await bench.preview(type, "mt", inputs);
  t.deepEqual(fresh.plan, [], "nor by a run that has lost its record");
  await handler.delete(bench.run(), id, state);
  t.deepEqual(
    (await bench.vcenter.describe("mt-linux")).disks.map((each) => each.file),
    disks.slice(0, 1).map((each) => each.file),
  );
  await handler.delete(bench.run(), id, state);
});

test("R-01 MT-LISTED a retention volume that Azure lists late is waited for, with the site refreshed", async (t) => {
  const bench = await startServerBench(t, "classic", {
    server: {
      masterTargets: [
        {
          name: "mt-linux",
          retentionVolumes: [{ name: "/mnt/retention", listedAfterMinutes: 15 }],
        },
      ],
    },
  });
  const shown = await bench.preview(type, "mt", given);
  t.deepEqual(shown.blockers, []);
  t.true(shown.findings.some((each) => each.rule === "MT-LISTED" && each.severity === "wait"));
  const made = await bench.create(type, "mt", given);
  t.is(made.state.phase, undefined);
  t.deepEqual(bench.bed.writes(), ["POST refreshProvider"]);
});

test("R-01 MT-HOST a master target that registers late is waited for, and one that never comes is told of", async (t) => {
  const bench = await startServerBench(t, "classic", {
    server: {
      masterTargets: [
        {
          name: "mt-linux",
          registersAfterMinutes: 12,
          retentionVolumes: [{ name: "/mnt/retention" }],
        },
      ],
    },
  });
  const early = await t.throwsAsync(bench.create(type, "mt", { ...given, timeout: "PT5M" }));
  t.regex(early?.message ?? "", /mt-linux was not ready in time.*Azure does not list it yet/s);
  const made = await bench.create(type, "mt", given);
  t.is(made.state.system, "Linux");
});

const readOnlySite = {
  world: {
    vcenters: [
      {
        ...{ name: "vcenter-one", address: "10.1.0.5", account: "readOnly" },
        datastores: [{ name: "ds1" }],
        hosts: [{ name: "esx1.example.local", datastores: ["ds1"] }],
        machines: [
          { name: "web", address: "10.1.1.11" },
          { name: "app", address: "10.1.1.12" },
          { name: "mt-linux", address: "10.1.0.12" },
        ],
      },
    ],
  },
};

test("R-01 VC-PRIV an account of Azure that may only read stops the preview with the groups that it lacks", async (t) => {
  const bench = await startServerBench(t, "classic", readOnlySite);
  await bench.vcenter.deny({ user: "linux-root", privilege: "VirtualMachine.Config.AddNewDisk" });
  const shown = await bench.preview(type, "mt", given);
  t.regex(
    shown.blockers.join("\n"),
    /account linux-root lacks .*AddNewDisk.*configuration.*VC-PRIV/,
  );
  t.regex(
    shown.blockers.join("\n"),
    /master target mt-linux: Azure sees no datastore of it.*VC-PRIV/,
  );
});

test("R-01 VC-PRIV datastores that Azure does not see are waited for when the program adds the vCenter, and in vain told of", async (t) => {
  const bench = await startServerBench(t, "classic", readOnlySite);
  const inputs = { ...given, timeout: "PT10M" };
  const vcenter = `${fabricId}/replicationvcenters/new`.toLowerCase();
  const context = bench.run({ name: "mt", preview: true, declared: new Set([vcenter]) });
  const { inputs: checked } = await handler.check(context, inputs);
  const findings = checked.findings as readonly Finding[];
  t.deepEqual(
    findings.filter((each) => each.rule === "VC-PRIV").map((each) => each.severity),
    ["wait"],
  );
  await t.throwsAsync(handler.create(bench.run(), checked), {
    message: /not ready in time:\n.*Azure sees no datastore of it/,
  });
});

test("R-01 VC-PRIV what the provider's own account lacks stops the preview once it is needed, and not before", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: { snapshot: true } });
  await bench.vcenter.deny({ user: "u", privilege: "VirtualMachine.State.RemoveSnapshot" });
  const lacking = await bench.preview(type, "mt", { ...given, manage: all });
  t.regex(lacking.blockers.join("\n"), /provider's account.*RemoveSnapshot.*VC-PRIV/);
  await bench.vcenter.change("mt-linux", { snapshot: false });
  t.deepEqual((await bench.preview(type, "mt", { ...given, manage: all })).blockers, []);
});

test("R-01 a change that fails half-way keeps what was done, and the machine is on again", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: unfit, scenario: movable });
  const inputs = { ...given, manage: all };
  await bench.vcenter.faults.add({
    method: "ConfigureStorageDrsForPod_Task",
    fault: "NoPermission",
    details: { privilegeId: "StoragePod.Config" },
  });
  const failed = await t.throwsAsync(bench.create(type, "mt", inputs), {
    instanceOf: PartialFailureError,
    message: /StoragePod\.Config|NoPermission/,
  });
  const state = failed?.state as MadeServer["state"];
  t.like(state, { phase: "waiting", changes: { diskUuid: true } });
  t.is((await bench.vcenter.describe("mt-linux")).power, "poweredOn");
  await bench.vcenter.faults.clear();
  await bench.vcenter.forgetCalls();
  const shown = await bench.preview(type, "mt", inputs);
  const updated = await handler.update(
    bench.run(),
    `${fabricId}/masterTargetServers/mt-linux`,
    state,
    shown.inputs,
  );
  t.like(updated, { pending: [] });
  const calls = await bench.vcenter.calls();
  t.is(calls.PowerOffVM_Task ?? calls.ShutdownGuest ?? 0, 0, "nothing is done twice");
  t.is(calls.ConfigureStorageDrsForPod_Task, 1);
});

test("R-01 a vCenter that does not answer is told of: it stops what is to be mended there, and no refresh", async (t) => {
  const bench = await startServerBench(t, "classic");
  const made = await bench.create(type, "mt", { ...given, manage: ["snapshots"] });
  await bench.vcenter.faults.add({ method: "*", status: 503 });
  const shown = await bench.preview(type, "mt", { ...given, manage: ["snapshots"] });
  t.regex(shown.blockers.join("\n"), /vCenter vcenter-one.*VC-ACCESS/);
  const without = await bench.preview(type, "mt", given);
  t.deepEqual(without.blockers, []);
  t.true(without.findings.some((each) => each.rule === "VC-ACCESS"));
  t.deepEqual(await refreshed(bench, made), nothing);
  for (const text of [...bench.bed.told.info, ...bench.bed.told.warnings, ...shown.blockers]) {
    t.false(text.includes(password));
  }
});

test("P-06 an unchanged program asks neither Azure nor the vCenter", async (t) => {
  const bench = await startServerBench(t, "classic");
  const made = await bench.create(type, "mt", given);
  bench.bed.simulator.clearJournal();
  await bench.vcenter.forgetCalls();
  const shown = await bench.preview(type, "mt", given, made.inputs);
  t.deepEqual(shown.inputs, made.inputs);
  t.is(bench.bed.simulator.journal().length, 0);
  t.deepEqual(await bench.vcenter.calls(), {});
});

test("R-01 wrong names are told with the near one, before anything is looked for long", async (t) => {
  const bench = await startServerBench(t, "classic");
  const fabric = await bench.preview(type, "mt", { ...given, fabric: "plant-onne" });
  t.regex(fabric.failures[0]?.reason ?? "", /Did you mean "plant-one"/);
  await bench.preview(type, "mt", { ...given, name: "mt-linuks" });
  t.regex(bench.bed.told.warnings.join("\n"), /Did you mean "mt-linux"/);
  const disk = await bench.preview(type, "mt", { ...given, manage: ["retentionDisk"] });
  t.is(disk.failures[0]?.path, "retentionDisk");
  const other = await bench.preview(type, "mt", { ...given, osType: "Windows" });
  t.regex(other.blockers.join("\n"), /lists it as a Linux server.*MT-OS/);
  const unknown = await bench.preview(type, "mt", { ...given, vcenter: "vcenter-onne" });
  t.regex(unknown.findings.map((each) => each.text).join("\n"), /Did you mean "vcenter-one"/);
});

test("R-01 an import by the id finds the server, and a server that Azure lists no more is waited for again", async (t) => {
  const bench = await startServerBench(t, "classic");
  const made = await bench.create(type, "mt", given);
  const read = await made.handler.read(bench.run(), made.id);
  t.like(read?.inputs, { fabric: fabricId, name: "mt-linux" });
  t.is(await made.handler.read(bench.run(), `${fabricId}/masterTargetServers/nobody`), undefined);
  const lost = { ...made.state, name: "nobody" };
  const gone = await made.handler.read(bench.run(), `${fabricId}/masterTargetServers/nobody`, lost);
  t.is(gone?.state.phase, "waiting");
});

test("R-01 while a machine returns through it, it is neither turned off nor stripped of what was added; the machine is named", async (t) => {
  const bench = await startServerBench(t, "classic", { scenario: movable });
  const made = await bench.create(type, "mt", { ...given, manage: ["storageDrs"] });
  const { configuration } = bench.run();
  const azureAlone = { ...configuration, vcenters: {} };
  const byHand = () =>
    bench.run({ configuration: azureAlone, sites: createSiteRegistry(azureAlone) });
  const item = ids.item("web");
  await failoverHandler.create(byHand(), { item, commit: "automatic" });
  await reprotectHandler.create(byHand(), { item });
  await t.throwsAsync(handler.delete(bench.run(), made.id, made.state), {
    message: /mt-linux is in use: web return through it.*Let them fail back/s,
  });
  await bench.vcenter.change("mt-linux", { extraConfig: { "disk.EnableUUID": "FALSE" } });
  const shown = await bench.preview(type, "mt", { ...given, manage: ["diskUuid", "reboot"] });
  t.deepEqual(shown.plan, []);
  t.regex(shown.blockers.join("\n"), /cannot be turned off while machines return through it: web/);
  await failbackHandler.create(byHand(), { item, commit: "automatic" });
  await reprotectHandler.create(byHand(), { item });
  await handler.delete(bench.run(), made.id, made.state);
  t.deepEqual(
    (await bench.preview(type, "mt", given)).findings.filter((each) => each.rule === "MT-SDRS")
      .length,
    1,
  );
});

test("R-01 MT-SCSI MT-TOOLS MT-UUID what only a person can mend says what to do, and waive lets it pass by its id", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { controllers: ["ParaVirtualSCSIController"], toolsRunning: false },
  });
  const shown = await bench.preview(type, "mt", { ...given, manage: all });
  t.deepEqual(shown.plan, []);
  t.regex(shown.blockers.join("\n"), /Paravirtual.*Change the controller to LSI Logic.*MT-SCSI/);
  t.regex(shown.blockers.join("\n"), /Install or start VMware Tools.*MT-TOOLS/);
  const waived = await bench.preview(type, "mt", { ...given, waive: ["MT-SCSI", "MT-TOOLS"] });
  t.deepEqual(waived.blockers, []);
  await bench.vcenter.change("mt-linux", { snapshot: true });
  const risky = await bench.preview(type, "mt", {
    ...given,
    manage: all,
    waive: ["MT-SCSI", "MT-TOOLS", "MT-SNAP"],
  });
  t.deepEqual([risky.plan, risky.blockers], [[], []], "what is waived is not mended");
});

test("R-01 what is not known before up is said to be so, with what is allowed", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: unfit });
  const shown = await bench.preview(type, "mt", { ...given, fabric: unknownValue, manage: all });
  t.deepEqual([shown.failures, shown.findings], [[], []]);
  t.regex(
    bench.bed.told.info.join("\n"),
    /mt-linux: what has to be mended cannot be told yet.*Allowed is: snapshots, diskUuid/s,
  );
});

test("R-01 MT-UUID a machine that could not be turned on again is remembered as turned off by us, and the next run turns it on", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: { extraConfig: {} } });
  const inputs = { ...given, manage: ["diskUuid", "reboot"] };
  await bench.vcenter.faults.add({
    method: "PowerOnVM_Task",
    fault: "InsufficientResourcesFault",
    message: "The host has too little memory.",
  });
  const failed = await t.throwsAsync(bench.create(type, "mt", inputs), {
    instanceOf: PartialFailureError,
    message: /too little memory/,
  });
  const state = failed?.state as MadeServer["state"];
  t.like(state.changes, { diskUuid: true, turnedOff: true });
  t.is((await bench.vcenter.describe("mt-linux")).power, "poweredOff");
  await bench.vcenter.faults.clear();
  const { inputs: recorded } = await bench.preview(type, "mt", { ...given, manage: inputs.manage });
  const news = { ...recorded, plan: state.plan };
  const id = `${fabricId}/masterTargetServers/mt-linux`;
  const due = await handler.diff(bench.run(), id, state, news);
  t.regex(due.reason ?? "", /left turned off; it is turned on again/);
  const updated = (await handler.update(bench.run(), id, state, news)) as MadeServer["state"];
  t.is((await bench.vcenter.describe("mt-linux")).power, "poweredOn");
  t.deepEqual(updated.changes.turnedOff, undefined);
});

test("R-01 an interruption while Azure is waited for keeps what was done", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { snapshot: true },
    server: { masterTargets: [{ name: "mt-linux", registersAfterMinutes: 600 }] },
  });
  const shown = await bench.preview(type, "mt", { ...given, manage: ["snapshots"] });
  const interrupted = new AbortController();
  const { clock } = bench.run();
  const run = bench.run({
    signal: interrupted.signal,
    clock: {
      now: () => clock.now(),
      sleep: async (milliseconds, signal) => {
        if (milliseconds === 60_000) interrupted.abort();
        await clock.sleep(milliseconds, signal);
      },
    },
  });
  const failed = await t.throwsAsync(handler.create(run, shown.inputs), {
    instanceOf: PartialFailureError,
    message: /cancelled/,
  });
  t.like(failed?.state, { phase: "waiting", pending: [], changes: { vcenter: "vcenter-one" } });
});
