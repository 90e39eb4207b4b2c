import test from "ava";
import { Failback, Failover, ReplicatedItem, Reprotect } from "pulumi-asr";
import { ids, orders } from "../../actions/test-bed.ts";
import { startRehearsal } from "./rehearsal.ts";

const world = orders({ world: { clock: { mode: "accelerated:2000" } } });

/** Two machines that the stack protects. */
const protect = (): readonly ReplicatedItem[] =>
  ["web", "app"].map(
    (name) =>
      new ReplicatedItem(name, {
        machine: `${ids.vault.replace(/\/dr\/.*/, "/ne")}/providers/Microsoft.Compute/virtualMachines/${name}`,
        container: `${ids.vault}/replicationFabrics/ne/replicationProtectionContainers/container-ne`,
        cacheStorageAccount: ids.cacheNorth,
        target: { resourceGroup: ids.vault.replace(/\/dr\/.*/, "/we") },
        adopt: true,
      }),
  );

/** The same machines, going over and coming back in one program. */
function cycle(): void {
  const items = protect().map((item) => item.id);
  const commit = "automatic";
  const over = new Failover("over", { items, commit });
  const west = new Reprotect(
    "west",
    { items, cacheStorageAccount: ids.cacheWest },
    { dependsOn: over },
  );
  const back = new Failback("back", { items, commit }, { dependsOn: west });
  new Reprotect("north", { items, cacheStorageAccount: ids.cacheNorth }, { dependsOn: back });
}

test.serial(
  "S-10 A-01 A-13 P-01 the whole cycle of one program runs in one pulumi up, and afterwards nothing is left to do",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    const protecting = await rehearsal.stack(async () => void protect());
    await protecting.up();
    const stack = await rehearsal.stack(async () => cycle());
    const preview = await stack.preview();
    for (const line of [
      "Failover: 2 machines, northeurope → westeurope",
      "Reprotect: 2 machines, westeurope → northeurope",
      "Failback: 2 machines, westeurope → northeurope",
      "Reprotect: 2 machines, northeurope → westeurope",
    ]) {
      t.true(preview.stdout.includes(line), `${line} is missing in:\n${preview.stdout}`);
    }
    t.deepEqual(rehearsal.verbs(), []);
    await stack.up();
    const verbs = ["unplannedFailover", "failoverCommit", "switchprotection"];
    const perMachine = [...verbs, ...verbs].flatMap((verb) => [verb, verb]);
    t.deepEqual(rehearsal.verbs(), perMachine);
    const again = await stack.preview({ expectNoChanges: true });
    t.deepEqual(again.changeSummary, { same: 7 });
    const refreshed = await stack.refresh({ expectNoChanges: true });
    t.is(refreshed.summary.result, "succeeded");
  },
);
