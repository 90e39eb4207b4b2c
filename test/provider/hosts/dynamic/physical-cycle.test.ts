import test from "ava";
import { Failback, Failover, PhysicalServer, Reprotect } from "pulumi-asr";
import { VmwareSite } from "pulumi-asr/components";
import { ids } from "../../actions/test-bed.ts";
import { startSiteRehearsal } from "./site-rehearsal.ts";

const container = `${ids.vault}/replicationFabrics/plant-one/replicationProtectionContainers/plant`;
const physicalServers = [{ name: "metal-1", address: "10.1.1.50", disks: [{ sizeGiB: 40 }] }];

/** The server, made known and protected. */
function protect() {
  const site = new VmwareSite("plant", {
    generation: "classic",
    container,
    recovery: {
      resourceGroup: ids.cacheWest.split("/providers/")[0] ?? "",
      cacheStorageAccount: ids.cacheWest,
      network: ids.productionNetwork,
      subnet: "apps",
    },
  });
  const metal = new PhysicalServer("metal-1", {
    container,
    address: "10.1.1.50",
    osType: "Linux",
  });
  return { site, item: site.protect("metal-1", {}, { dependsOn: metal }).id };
}

test.serial(
  "S-02 R-03 a physical server is discovered, goes to Azure and comes back as a new machine of the vCenter by the real engine",
  async (t) => {
    t.timeout(600_000);
    const rehearsal = await startSiteRehearsal(t, "classic", { world: { physicalServers } });
    await (await rehearsal.stack(async () => void protect())).up();
    const stack = await rehearsal.stack(async () => {
      const { site, item } = protect();
      const commit = "automatic";
      const over = new Failover("over", { item, commit });
      const away = new Reprotect("away", { item, datastore: "ds1" }, { dependsOn: over });
      const { placement } = away;
      const back = new Failback("back", { item, commit, placement }, { dependsOn: away });
      site.protectAgain("home", { item }, { dependsOn: back });
    });
    await stack.up();
    t.deepEqual(rehearsal.verbs(), [
      "discoverProtectableItem",
      "unplannedFailover",
      "failoverCommit",
      "reProtect",
      "unplannedFailover",
      "failoverCommit",
      "reProtect",
    ]);
    const answer = await fetch(`${rehearsal.simulator.url}/_simulator/state`);
    const { estate } = (await answer.json()) as {
      readonly estate: { readonly machines: Readonly<Record<string, object>> };
    };
    const { "vcenter-one/metal-1": machine, "physical/metal-1": metal } = estate.machines;
    t.like(machine, { vcenter: "vcenter-one", datastore: "ds1", power: "on" });
    t.like(metal, { power: "off" });
    await stack.preview({ expectNoChanges: true });
    await stack.refresh({ expectNoChanges: true });
  },
);
