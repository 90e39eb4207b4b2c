import test from "ava";
import { Failover, MasterTargetServer } from "pulumi-asr";
import { FailbackPath } from "pulumi-asr/components";
import { ids } from "../../actions/test-bed.ts";
import { protect } from "./site-program.ts";
import { startSiteRehearsal } from "./site-rehearsal.ts";

const fabric = `${ids.vault}/replicationFabrics/plant-one`;

/** A master target with a snapshot, on datastores that Storage DRS balances. */
const vcenter = {
  datastores: [
    { name: "ds1", pod: "cluster" },
    { name: "ds2", pod: "cluster" },
  ],
  pods: [{ name: "cluster", enabled: true }],
  machines: {
    "mt-linux": {
      snapshot: true,
      controllers: ["VirtualLsiLogicController"],
      extraConfig: { "disk.EnableUUID": "TRUE" },
    },
  },
};

test.serial(
  "R-01 P-02 MT-SNAP MT-SDRS a snapshot of the master target stops the whole program at preview, and nothing is touched; with leave the preview shows what is mended",
  async (t) => {
    t.timeout(600_000);
    const rehearsal = await startSiteRehearsal(t, "classic", { vcenter });
    const blocked = await rehearsal.stack(async () => {
      const items = protect("classic");
      const target = new MasterTargetServer("mt-linux", { fabric });
      new Failover("over", { items, commit: "automatic" }, { dependsOn: target });
    });
    const error = await t.throwsAsync(blocked.preview());
    t.regex(error?.message ?? "", /error: .*mt-linux.*\[MT-SNAP\]/);
    t.regex(error?.message ?? "", /warning: .*mt-linux.*Storage DRS of cluster.*\[MT-SDRS\]/);
    t.deepEqual(rehearsal.simulator.journal({ writesOnly: true }), []);
    t.deepEqual(await rehearsal.vcenterChanges(), []);
    t.true((await rehearsal.bench.describe("mt-linux")).snapshot);

    const mended = await rehearsal.stack(async () => {
      const manage = ["snapshots", "storageDrs"] as const;
      new FailbackPath("plant", {
        site: fabric,
        processServer: { name: "cs-1", placement: "onPremises" },
        masterTargets: { "mt-linux": { manage } },
      });
    });
    const preview = await mended.preview();
    t.regex(preview.stdout, /snapshots are merged/);
    t.regex(preview.stdout, /Storage DRS of cluster/);
    t.deepEqual(await rehearsal.vcenterChanges(), []);
    await mended.up();
    t.false((await rehearsal.bench.describe("mt-linux")).snapshot);
    await mended.preview({ expectNoChanges: true });
    await mended.refresh({ expectNoChanges: true });
  },
);
