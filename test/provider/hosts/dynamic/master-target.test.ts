import test, { type ExecutionContext } from "ava";
import { ConfigurationServer, MasterTargetServer } from "pulumi-asr";
import type { MachineState, ScenarioMachine } from "../../../../tools/vcenter/scenario.ts";
import { scenarioOfWorld, type WorldVCenter } from "../../../../tools/vcenter/world-to-scenario.ts";
import { startVCenter, type VCenterBench } from "../../../support/vcenter.ts";
import { plantOne } from "../../actions/site-world.ts";
import { fitMachine } from "../../resources/on-premises/server-bench.ts";
import { type Rehearsal, startRehearsal, writeProgram } from "./rehearsal.ts";

const password = "correct-horse-42";
const unfit: MachineState = { snapshot: true, extraConfig: { "disk.EnableUUID": "FALSE" } };

/** The real engine, the simulator with a classic site, and the site's vCenter with a master target like this. */
async function startSite(
  t: ExecutionContext,
  machine: Omit<ScenarioMachine, "name">,
): Promise<{ readonly rehearsal: Rehearsal; readonly vcenter: VCenterBench }> {
  const world = plantOne("classic", { world: { clock: { mode: "accelerated:600" } } });
  const [site] = (world as { readonly vcenters?: readonly WorldVCenter[] }).vcenters ?? [];
  if (site === undefined) throw new Error("The world has no vCenter.");
  const vcenter = await startVCenter(
    t,
    scenarioOfWorld(site, {
      datastores: [{ name: "ds1", pod: "pod-1" }],
      pods: [{ name: "pod-1", enabled: true, excluded: [] }],
      machines: { "mt-linux": { ...fitMachine, ...machine } },
    }),
  );
  const rehearsal = await startRehearsal(t, world, (simulator) => ({
    ARM_SUBSCRIPTION_ID: "11111111-2222-3333-4444-555555555555",
    ARM_ENDPOINT: simulator.url,
    ASR_RESOURCE_GROUP: "dr",
    ASR_VAULT: "orders",
    ASR_POLLING_INTERVAL: "PT0.05S",
    GOVC_URL: vcenter.url,
    GOVC_USERNAME: "u",
    GOVC_PASSWORD: password,
    ASR_VCENTER_THUMBPRINT: vcenter.thumbprint,
  }));
  return { rehearsal, vcenter };
}

test.serial(
  "R-01 P-01 a master target is mended as the preview showed, shows no difference after up and refresh, and is as before after destroy",
  async (t) => {
    const { rehearsal, vcenter } = await startSite(t, unfit);
    const stack = await rehearsal.stack(async () => {
      new ConfigurationServer("cs-1", { fabric: "plant-one" });
      new MasterTargetServer("mt-linux", {
        fabric: "plant-one",
        manage: ["snapshots", "diskUuid", "reboot", "storageDrs"],
      });
    });
    const preview = await stack.preview();
    for (const fix of ["snapshots", "diskUuid", "storageDrs"]) {
      t.regex(preview.stdout, new RegExp(`${fix}: mt-linux: `));
    }
    const calls = await vcenter.calls();
    t.deepEqual(
      Object.keys(calls).filter((each) => each.endsWith("_Task")),
      [],
    );
    const done = await stack.up();
    t.like(await vcenter.describe("mt-linux"), { snapshot: false, power: "poweredOn" });
    const refreshed = await stack.refresh({ expectNoChanges: true });
    const again = await stack.preview({ expectNoChanges: true });
    t.notRegex(again.stdout + refreshed.stdout, /Diagnostics/);
    await stack.destroy();
    const after = await vcenter.describe("mt-linux");
    t.is(after.extraConfig["disk.EnableUUID"], "TRUE");
    for (const { stdout, stderr } of [preview, done, again, refreshed]) {
      t.notRegex(stdout + stderr, /correct-horse/);
    }
  },
);

test.serial(
  "R-01 P-02 MT-SNAP MT-UUID blockers of all servers stop one preview, each on its own row, before anything is touched",
  async (t) => {
    const { rehearsal, vcenter } = await startSite(t, unfit);
    writeProgram(
      rehearsal,
      `new asr.MasterTargetServer("mt-linux", { fabric: "plant-one" });
       new asr.MasterTargetServer("other", { fabric: "plant-one", name: "mt-linux", osType: "Windows" });
       new asr.MasterTargetServer("mended", { fabric: "plant-one", name: "mt-linux", manage: ["snapshots", "diskUuid", "reboot"] });`,
    );
    await rehearsal.pulumi("stack", "init", "test").ended;
    const up = rehearsal.pulumi("up", "--yes");
    t.not(await up.ended, 0);
    const output = up.output();
    t.regex(output, /dynamic\/asr:MasterTargetServer \(mt-linux\):[\s\S]*MT-SNAP/);
    t.regex(output, /dynamic\/asr:MasterTargetServer \(other\):[\s\S]*MT-OS/);
    t.regex(output, /snapshots: mt-linux: all of its snapshots are merged/);
    t.true((await vcenter.describe("mt-linux")).snapshot);
  },
);
