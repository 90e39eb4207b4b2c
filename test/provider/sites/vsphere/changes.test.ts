import test from "ava";
import { CancelledError, SiteError } from "../../../../provider/errors.ts";
import { startRun } from "./support/bench-site.ts";

const lsi = { controllers: ["VirtualLsiLogicController"] } as const;

test("disk.EnableUUID is set once, in the spelling that is there", async (t) => {
  const run = await startRun(t, {
    machines: [
      { name: "mt", power: "off", extraConfig: { "disk.enableUUID": "false" } },
      { name: "new", power: "off" },
    ],
  });
  for (const name of ["mt", "new"]) {
    const { reference } = await run.machine(name);
    await run.site.enableDiskUuid(run.context, reference);
    t.true((await run.machine(name)).diskUuidEnabled);
    await run.site.enableDiskUuid(run.context, reference);
  }
  t.like((await run.bench.describe("mt")).extraConfig, { "disk.enableUUID": "TRUE" });
  t.is((await run.bench.describe("mt")).extraConfig["disk.EnableUUID"], undefined);
  t.is((await run.bench.describe("new")).extraConfig["disk.EnableUUID"], "TRUE");
  t.is((await run.bench.calls()).ReconfigVM_Task, 2);
});

test("Q-02 a vCenter is asked to change nothing when the engine is found gone directly before it", async (t) => {
  const run = await startRun(t, { machines: [{ name: "mt", power: "off" }] });
  const { reference } = await run.machine("mt");
  const confirmSignal = async (): Promise<void> => run.cancel();
  const context = { ...run.context, confirmSignal };
  await t.throwsAsync(run.site.enableDiskUuid(context, reference), { instanceOf: CancelledError });
  t.is((await run.bench.calls()).ReconfigVM_Task, undefined);
});

test("disk.EnableUUID of a machine that runs is not touched", async (t) => {
  const run = await startRun(t, { machines: [{ name: "mt" }] });
  const { reference } = await run.machine("mt");
  const error = await t.throwsAsync(run.site.enableDiskUuid(run.context, reference), {
    instanceOf: SiteError,
  });
  t.is(error.serviceCode, "InvalidPowerState");
  t.regex(error.message, /mt can be set only while the machine is off.*Shut it down first/);
  t.is((await run.bench.calls()).ReconfigVM_Task, undefined);
});

test("a retention disk is added on the LSI Logic controller and just this one is taken away", async (t) => {
  const run = await startRun(t, {
    datastores: [{ name: "ds1" }, { name: "retention & <more>", freeGiB: 2000 }],
    machines: [
      {
        ...{ name: "mt", datastore: "ds1" },
        controllers: ["ParaVirtualSCSIController", "VirtualLsiLogicController"],
      },
    ],
  });
  const { reference, disks, controllers } = await run.machine("mt");
  const wanted = { capacityBytes: 1024 ** 4, datastoreName: "retention & <more>" };
  const added = await run.site.addDisk(run.context, reference, wanted);
  t.regex(added.fileName, /^\[retention & <more>\] mt\/mt.*\.vmdk$/);
  const [, second] = (await run.machine("mt")).disks;
  t.like(second, {
    ...added,
    capacityBytes: 1024 ** 4,
    controllerKey: controllers[1]?.key,
    unitNumber: 0,
  });
  await run.site.removeDisk(run.context, reference, added);
  t.deepEqual((await run.machine("mt")).disks, disks);
  await run.site.removeDisk(run.context, reference, added);
});

test("places of a controller are filled one after the other, without its own", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "mt", ...lsi, disks: Array.from({ length: 7 }, () => ({ sizeGiB: 1 })) }],
  });
  const { reference } = await run.machine("mt");
  await run.site.addDisk(run.context, reference, {
    ...{ capacityBytes: 2 ** 30, datastoreName: "datastore1" },
  });
  const units = (await run.machine("mt")).disks.map(({ unitNumber }) => unitNumber);
  t.deepEqual(units, [0, 1, 2, 3, 4, 5, 6, 8]);
});

test("without an LSI Logic controller no disk is added, and the person's step is told", async (t) => {
  const run = await startRun(t, { machines: [{ name: "mt" }] });
  const { reference } = await run.machine("mt");
  const disk = { capacityBytes: 2 ** 30, datastoreName: "datastore1" };
  const error = await t.throwsAsync(run.site.addDisk(run.context, reference, disk));
  t.regex(error.message, /mt has no LSI Logic controller.*Add a SCSI controller/);
  t.is((await run.bench.calls()).ReconfigVM_Task, undefined);
});

test("snapshots are removed, and nothing is asked for when there are none", async (t) => {
  const run = await startRun(t, { machines: [{ name: "mt", snapshot: true }, { name: "web" }] });
  const mt = await run.machine("mt");
  await run.site.removeSnapshots(run.context, mt.reference);
  t.false((await run.bench.describe("mt")).snapshot);
  const web = await run.machine("web");
  await run.site.removeSnapshots(run.context, web.reference);
  t.is((await run.bench.calls()).RemoveAllSnapshots_Task, 1);
});

test("a machine is taken out of Storage DRS and put back, and others keep their entries", async (t) => {
  const run = await startRun(t, {
    datastores: [{ name: "ds1", pod: "cluster" }],
    pods: [{ name: "cluster", enabled: true, excluded: ["other"] }],
    machines: [{ name: "mt" }, { name: "other" }],
  });
  const mt = await run.machine("mt");
  const other = await run.machine("other");
  const [store] = await run.site.datastores(run.context, mt.datastoreReferences);
  const pod = store?.storagePodReference ?? "";
  const excluded = async () =>
    (await run.site.storagePods(run.context, [pod]))[0]?.excludedMachineReferences;
  await run.site.setStorageDrsExclusion(run.context, pod, mt.reference, true);
  t.deepEqual(await excluded(), [other.reference, mt.reference]);
  await run.site.setStorageDrsExclusion(run.context, pod, mt.reference, true);
  t.is((await run.bench.calls()).ConfigureStorageDrsForPod_Task, 1);
  await run.site.setStorageDrsExclusion(run.context, pod, mt.reference, false);
  t.deepEqual(await excluded(), [other.reference]);
  const [facts] = await run.site.storagePods(run.context, [pod]);
  t.true(facts?.storageDrsEnabled);
});

test("a guest is asked to shut down and waited for", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }] });
  const { reference } = await run.machine("web");
  await run.site.shutDown(run.context, reference, 600_000);
  t.is((await run.bench.describe("web")).power, "poweredOff");
  const calls = await run.bench.calls();
  t.is(calls.ShutdownGuest, 1);
  t.is(calls.PowerOffVM_Task, undefined);
  await run.site.shutDown(run.context, reference, 600_000);
  t.is((await run.bench.calls()).ShutdownGuest, 1);
});

test("a guest that does not heed is powered off after the time, and that is told", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "web" }],
    faults: [{ method: "ShutdownGuest", ignore: true }],
  });
  const { reference } = await run.machine("web");
  await run.site.shutDown(run.context, reference, 10_000);
  t.is((await run.bench.describe("web")).power, "poweredOff");
  t.deepEqual(run.sleeps.slice(0, 5), [2_000, 2_000, 2_000, 2_000, 2_000]);
  t.true(run.lines.some((each) => /web: its guest did not shut down in time/.test(each)));
});

test("a machine without VMware Tools is powered off, and that is told", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", toolsRunning: false }] });
  const { reference } = await run.machine("web");
  await run.site.shutDown(run.context, reference, 600_000);
  t.is((await run.bench.describe("web")).power, "poweredOff");
  t.is((await run.bench.calls()).ShutdownGuest, undefined);
  t.true(run.lines.some((each) => /web: VMware Tools do not run/.test(each)));
});

test("a machine is powered on once", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  const { reference } = await run.machine("web");
  await run.site.powerOn(run.context, reference);
  await run.site.powerOn(run.context, reference);
  t.is((await run.bench.describe("web")).power, "poweredOn");
  t.is((await run.bench.calls()).PowerOnVM_Task, 1);
});

for (const lose of ["before", "after"] as const) {
  test(`a connection lost ${lose} the call took effect adds no second disk`, async (t) => {
    const run = await startRun(t, { machines: [{ name: "mt", ...lsi }] });
    const { reference } = await run.machine("mt");
    await run.bench.faults.add({ method: "ReconfigVM_Task", lose, max: 1 });
    const added = await run.site.addDisk(run.context, reference, {
      ...{ capacityBytes: 2 ** 30, datastoreName: "datastore1" },
    });
    const { disks } = await run.bench.describe("mt");
    t.is(disks.length, 2);
    t.is(disks[1]?.file, added.fileName);
    t.is((await run.bench.calls()).ReconfigVM_Task, lose === "before" ? 2 : 1);
  });
}

test("a change whose answers never come is told as one that may have begun", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  const { reference } = await run.machine("web");
  await run.bench.faults.add({ method: "PowerOnVM_Task", lose: "before" });
  const error = await t.throwsAsync(run.site.powerOn(run.context, reference), {
    instanceOf: SiteError,
  });
  t.true(error.effectUnknown);
  t.regex(error.message, /asked to power on web, and no answer came.*Run again/);
  t.is((await run.bench.calls()).PowerOnVM_Task, 3);
});

test("a task that fails is told in the vCenter's words with the machine's name", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "mt", snapshot: true }],
    faults: [{ method: "RemoveAllSnapshots_Task", task: true, fault: "NoDiskSpace" }],
  });
  const { reference } = await run.machine("mt");
  const error = await t.throwsAsync(run.site.removeSnapshots(run.context, reference), {
    instanceOf: SiteError,
  });
  t.is(error.serviceCode, "NoDiskSpace");
  t.is(error.site, "vcenter vcenter-one");
  t.is(error.operation, "RemoveAllSnapshots_Task");
  t.regex(
    error.message,
    /^vCenter vcenter-one: it refused to remove the snapshots of mt: NoDiskSpace/,
  );
});

test("waiting for a task ends at the deadline and on cancellation", async (t) => {
  const run = await startRun(t, {
    machines: [
      { name: "a", power: "off" },
      { name: "b", power: "off" },
    ],
    delays: { tasks: { PowerOn: 60_000 } },
  });
  const a = await run.machine("a");
  const b = await run.machine("b");
  const deadline = new Date(run.context.clock.now().getTime() + 5_000);
  await t.throwsAsync(run.site.powerOn({ ...run.context, deadline }, a.reference), {
    name: "DeadlineError",
    message: /gave up waiting for vCenter vcenter-one to power on a.*goes on there/,
  });
  t.true(run.lines.includes("power on a …"), "what is waited for is told");
  run.onSleep = async () => run.cancel();
  await t.throwsAsync(run.site.powerOn(run.context, b.reference), {
    name: "CancelledError",
    message: /^Cancelled while waiting for vCenter vcenter-one to power on b/,
  });
});

test("the vCenter going away while a task runs does not end the wait", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  const { reference } = await run.machine("web");
  // The machine is read, then looks at the task fail: three requests for one look, one for the next.
  await run.bench.faults.add({ method: "RetrievePropertiesEx", status: 503, skip: 1, max: 4 });
  await run.site.powerOn(run.context, reference);
  t.is((await run.bench.describe("web")).power, "poweredOn");
  t.is((await run.bench.calls()).PowerOnVM_Task, 1);
});
