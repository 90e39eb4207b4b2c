import test from "ava";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import { unknownValue } from "../../../../provider/unknown.ts";
import { ids } from "../../actions/test-bed.ts";
import { all, given, handler, nothing, refreshed, type, unfit } from "./master-targets.ts";
import { fabricId, password, startServerBench } from "./server-bench.ts";

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

test("R-01 P-07 a vCenter that does not answer is told of: it stops what is to be mended there, and no refresh", async (t) => {
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

test("R-01 an unchanged program asks neither Azure nor the vCenter", async (t) => {
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

test("R-01 what is not known before up is said to be so, with what is allowed", async (t) => {
  const bench = await startServerBench(t, "classic", { masterTarget: unfit });
  const shown = await bench.preview(type, "mt", { ...given, fabric: unknownValue, manage: all });
  t.deepEqual([shown.failures, shown.findings], [[], []]);
  t.regex(
    bench.bed.told.info.join("\n"),
    /mt-linux: what has to be mended cannot be told yet.*Allowed is: snapshots, diskUuid/s,
  );
});

test("R-01 MT-OS MT-RETENTION a Windows master target keeps its retention data on R, and a volume with FAT is a person's matter", async (t) => {
  const volume = (fileSystem: string) => ({
    guestVolumes: [{ path: "R:\\", sizeGiB: 1024, freeGiB: 1000, fileSystem }],
  });
  const bench = await startServerBench(t, "classic", {
    masterTarget: { guestFamily: "windowsGuest", ...volume("NTFS") },
    server: {
      masterTargets: [{ name: "mt-linux", os: "Windows", retentionVolumes: [{ name: "R" }] }],
    },
  });
  const made = await bench.create(type, "mt", { ...given, osType: "Windows" });
  t.is(made.state.system, "Windows");
  await bench.vcenter.change("mt-linux", volume("FAT32"));
  const shown = await bench.preview(type, "mt", {
    ...given,
    manage: ["retentionDisk"],
    retentionDisk: { datastore: "ds1" },
  });
  t.deepEqual(shown.plan, [], "another disk would not help");
  t.regex(
    shown.blockers.join("\n"),
    /volume R has the file system FAT32.*Format it with NTFS.*MT-RETENTION/,
  );
  await bench.vcenter.change("mt-linux", volume("NTFS"));
  const wrong = await bench.preview(type, "mt", { ...given, retentionVolume: "S" });
  t.regex(wrong.blockers.join("\n"), /does not list its volume S .*but R\./);
});

test("R-01 a master target of a vault that the same program makes is previewed without a look, and one of no vault is refused", async (t) => {
  const bench = await startServerBench(t, "classic");
  const vault = ids.vault.replace(/orders$/, "new-vault");
  const inputs = { fabric: `${vault}/replicationFabrics/plant-one`, name: "mt-linux" };
  const refused = await bench.preview(type, "mt", inputs);
  t.is(refused.failures[0]?.path, "vault");
  const declared = new Set([vault.toLowerCase()]);
  const context = bench.run({ name: "mt", preview: true, declared });
  const checked = await handler.check(context, inputs);
  t.deepEqual(checked.failures, []);
  t.regex(bench.bed.told.info.join("\n"), /something of it is made in this run/);
});
