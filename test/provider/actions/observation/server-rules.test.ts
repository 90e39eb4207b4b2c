import test from "ava";
import type { VCenterScenario } from "../../../../tools/vcenter/scenario.ts";
import { classic, modernized } from "../../recovery/site-situations.ts";
import { goodScenario, type ServerLook, type SiteBench, startSiteBench } from "./site-bench.ts";

type Machine = NonNullable<VCenterScenario["machines"]>[number];

const target: ServerLook = { generation: classic, server: "mt-linux" };

/** The good scenario with another master target. */
function withTarget(changes: Partial<Machine>): VCenterScenario {
  return {
    ...goodScenario,
    machines: (goodScenario.machines ?? []).map((machine) =>
      machine.name === "mt-linux" ? { ...machine, ...changes } : machine,
    ),
  };
}

const found = async (site: SiteBench, rule: string, look: ServerLook = target) =>
  (await site.serverFindings(look)).filter((each) => each.rule === rule);

/** A rule, a master target that breaks it, and what is said of it. */
const rows: readonly {
  readonly title: string;
  readonly rule: string;
  readonly severity: string;
  readonly scenario: VCenterScenario;
  readonly text: RegExp;
  readonly look?: ServerLook;
}[] = [
  {
    title: "MT-SCSI a Paravirtual controller beside an LSI Logic one",
    rule: "MT-SCSI",
    severity: "block",
    scenario: withTarget({
      controllers: ["VirtualLsiLogicController", "ParaVirtualSCSIController"],
    }),
    text: /Paravirtual SCSI controller/,
  },
  {
    title: "MT-SCSI a BusLogic controller",
    rule: "MT-SCSI",
    severity: "block",
    scenario: withTarget({ controllers: ["VirtualBusLogicController"] }),
    text: /BusLogic/,
  },
  {
    title: "MT-SCSI an LSI Logic SAS controller",
    rule: "MT-SCSI",
    severity: "warn",
    scenario: withTarget({ controllers: ["VirtualLsiLogicSASController"] }),
    text: /LSI Logic SAS/,
  },
  {
    title: "MT-UUID disk.EnableUUID was never set",
    rule: "MT-UUID",
    severity: "block",
    scenario: withTarget({ extraConfig: {} }),
    text: /disk\.EnableUUID is not true/,
  },
  {
    title: "MT-SIZE a small machine",
    rule: "MT-SIZE",
    severity: "warn",
    scenario: withTarget({ processors: 2, memoryMiB: 4096, disks: [{ sizeGiB: 40 }] }),
    text: /2 processors \(4\), 4 GiB of memory \(6 GiB\), a system disk of 40 GiB \(100 GiB\)/,
  },
  {
    title: "MT-LISTED a volume that Azure does not list yet",
    rule: "MT-LISTED",
    severity: "wait",
    scenario: withTarget({
      guestVolumes: [{ path: "/mnt/retention", sizeGiB: 1024, freeGiB: 1000, fileSystem: "ext4" }],
    }),
    look: { ...target, masterTarget: { retentionVolumes: [] } },
    text: /does not list its volume \/mnt\/retention yet/,
  },
  {
    title: "MT-SNAP a snapshot",
    rule: "MT-SNAP",
    severity: "block",
    scenario: withTarget({ snapshot: true }),
    text: /manage: \["snapshots"\]/,
  },
  {
    title: "MT-SDRS Storage DRS may move it",
    rule: "MT-SDRS",
    severity: "warn",
    scenario: { ...goodScenario, pods: [{ name: "pod-1", enabled: true, excluded: ["web"] }] },
    text: /Storage DRS of pod-1/,
  },
];

for (const { title, rule, severity, scenario, text, look = target } of rows) {
  test.serial(`R-01 ${title}: told when the server is set up, and not of a fit one`, async (t) => {
    const broken = await found(await startSiteBench(t, scenario), rule, look);
    t.is(broken[0]?.severity, severity as never);
    t.regex(broken[0]?.text ?? "", text);
    t.deepEqual(await found(await startSiteBench(t), rule), []);
  });
}

test.serial(
  "R-01 a fit master target and a fit appliance have nothing against them but LVM",
  async (t) => {
    const site = await startSiteBench(t);
    const texts = (await site.serverFindings(target)).map((each) => each.text);
    t.is(texts.length, 1, texts.join("\n"));
    t.regex(texts[0] ?? "", /LVM/);
    t.deepEqual(await site.serverFindings({ generation: modernized, server: "appliance-1" }), []);
  },
);

test.serial(
  "R-01 AP-MOVED an appliance that Storage DRS may move is found by its BIOS id",
  async (t) => {
    const site = await startSiteBench(t, {
      ...goodScenario,
      pods: [{ name: "pod-1", enabled: true, excluded: [] }],
    });
    // Azure tells the id in the order of the guest's firmware tables; the names there and here differ.
    await site.bench.change("appliance-1", {
      rename: "asr-appliance",
      biosUuid: "00001342-0000-0040-8000-0000000000aa",
    });
    const [warning] = await found(site, "AP-MOVED", {
      generation: modernized,
      server: "appliance-1",
    });
    t.regex(warning?.text ?? "", /appliance appliance-1: Storage DRS of pod-1/);
  },
);

test.serial("R-01 a server is found by the path or the name that the user gives", async (t) => {
  const site = await startSiteBench(t, withTarget({ snapshot: true, folder: "asr" }));
  await site.bench.change("mt-linux", { rename: "MT Linux 01" });
  t.is((await found(site, "MT-HOST")).filter((each) => each.severity === "block").length, 1);
  const named = { ...target, machine: "MT Linux 01" };
  t.is((await found(site, "MT-SNAP", named)).length, 1);
  const byPath = { ...target, machine: "/DC0/vm/asr/MT Linux 01" };
  t.is((await found(site, "MT-SNAP", byPath)).length, 1);
});

test.serial(
  "R-01 MT-HOST a server that Azure does not list yet is judged in its vCenter, and waited for",
  async (t) => {
    const site = await startSiteBench(t, withTarget({ snapshot: true }));
    const findings = await site.serverFindings({ ...target, fabric: { masterTargets: [] } });
    t.deepEqual(
      findings.map((each) => [each.rule, each.severity]),
      [
        ["MT-HOST", "wait"],
        ["MT-SNAP", "block"],
      ],
    );
  },
);

test.serial(
  "VC-PRIV R-01 our own account is asked for the rights of the fixes that are allowed",
  async (t) => {
    const site = await startSiteBench(t, {
      ...goodScenario,
      denied: [
        { privilege: "StoragePod.Config", user: "provider" },
        { privilege: "VirtualMachine.State.RemoveSnapshot", user: "provider" },
      ],
    });
    t.deepEqual(await found(site, "VC-PRIV"), []);
    const [lacking] = await found(site, "VC-PRIV", {
      ...target,
      fixes: ["snapshots", "storageDrs"],
    });
    t.regex(lacking?.text ?? "", /RemoveSnapshot, StoragePod\.Config/);
  },
);
