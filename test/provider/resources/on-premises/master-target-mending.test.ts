import test from "ava";
import { failbackHandler } from "../../../../provider/actions/failback.ts";
import { failoverHandler } from "../../../../provider/actions/failover.ts";
import { reprotectHandler } from "../../../../provider/actions/reprotect.ts";
import { BlockedError, PartialFailureError } from "../../../../provider/errors.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import { createSiteRegistry } from "../../../../provider/sites/create-registry.ts";
import { ids } from "../../actions/test-bed.ts";
import {
  all,
  fixesOf,
  given,
  handler,
  movable,
  nothing,
  refreshed,
  type,
  unfit,
} from "./master-targets.ts";
import { fabricId, type MadeServer, startServerBench } from "./server-bench.ts";

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

test("R-01 P-06 a change that fails half-way keeps what was done, and the machine is on again", async (t) => {
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

test("R-01 P-04 while a machine returns through it, it is neither turned off nor stripped of what was added; the machine is named", async (t) => {
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

test("R-01 P-03 MT-UUID a machine that could not be turned on again is remembered as turned off by us, and the next run turns it on", async (t) => {
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

test("R-01 P-03 an interruption while Azure is waited for keeps what was done", async (t) => {
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

test("R-01 MT-RETENTION a retention disk that has no place is refused at preview: no such datastore, no LSI Logic controller", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { guestVolumes: [], controllers: ["ParaVirtualSCSIController"] },
    server: { masterTargets: [{ name: "mt-linux" }] },
  });
  const inputs = { ...given, waive: ["MT-SCSI"], manage: ["retentionDisk"] };
  const nowhere = await bench.preview(type, "mt", {
    ...inputs,
    retentionDisk: { datastore: "ds3" },
  });
  t.deepEqual(nowhere.plan, []);
  t.regex(
    nowhere.blockers.join("\n"),
    /no datastore "ds3".*Did you mean "ds1".*retentionDisk\.datastore/,
  );
  const noPlace = await bench.preview(type, "mt", {
    ...inputs,
    retentionDisk: { datastore: "ds1" },
  });
  t.regex(noPlace.blockers.join("\n"), /no LSI Logic controller with a free place/);
});

test("R-01 R-02 P-02 a reprotect of the same program is not stopped by what the master target's resource mends first, and by all else", async (t) => {
  const bench = await startServerBench(t, "classic", {
    masterTarget: { snapshot: true, extraConfig: {} },
  });
  const { configuration } = bench.run();
  const azureAlone = { ...configuration, vcenters: {} };
  const sites = createSiteRegistry(azureAlone);
  const item = ids.item("web");
  const byHand = bench.run({ configuration: azureAlone, sites });
  await failoverHandler.create(byHand, { item, commit: "automatic" });
  const preview = bench.run({ name: "mt", preview: true });
  await handler.check(preview, { ...given, manage: ["snapshots"] });
  const findingsOf = async (run: typeof preview): Promise<readonly Finding[]> =>
    (await reprotectHandler.check(run, { item })).inputs.findings ?? [];
  const severityOf = (findings: readonly Finding[], rule: string): string | undefined =>
    findings.find((each) => each.rule === rule)?.severity;
  const together = await findingsOf({ ...preview, name: "back" });
  t.deepEqual(
    ["MT-SNAP", "MT-UUID"].map((rule) => severityOf(together, rule)),
    ["warn", "block"],
  );
  t.regex(together.map((each) => each.text).join("\n"), /mends it first.*dependsOn/);
  const alone = await findingsOf(bench.run({ name: "back", preview: true }));
  t.is(severityOf(alone, "MT-SNAP"), "block");
});
