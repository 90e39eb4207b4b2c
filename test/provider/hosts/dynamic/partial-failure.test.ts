import test from "ava";
import { Failover, RecoveryPlan, ReplicatedItem, Reprotect } from "pulumi-asr";
import { ids, orders } from "../../actions/test-bed.ts";
import { startRehearsal } from "./rehearsal.ts";

const world = orders({ world: { clock: { mode: "accelerated:2000" } } });
const resourceGroup = (name: string): string => ids.vault.replace(/\/dr\/.*/, `/${name}`);
const automation = "providers/Microsoft.Automation/automationAccounts/dr";
const names = ["database", "app", "web"];

/** Three machines that the stack protects, and their recovery plan: a runbook follows the database's group. */
function protect(): RecoveryPlan {
  const items = names.map(
    (name) =>
      new ReplicatedItem(name, {
        machine: `${resourceGroup("ne")}/providers/Microsoft.Compute/virtualMachines/${name}`,
        container: `${ids.vault}/replicationFabrics/ne/replicationProtectionContainers/container-ne`,
        cacheStorageAccount: ids.cacheNorth,
        target: { resourceGroup: resourceGroup("we") },
        adopt: true,
      }),
  );
  const runbook = {
    name: "warm up",
    kind: "runbook" as const,
    failoverTypes: ["UnplannedFailover" as const],
    runbook: `${resourceGroup("dr")}/${automation}/runbooks/warm-up`,
  };
  return new RecoveryPlan("shop", {
    groups: items.map((item, index) => ({
      items: [item.id],
      ...(index > 0 ? {} : { endActions: [runbook] }),
    })),
  });
}

/** The plan goes over, and its machines are replicated back, in one program. */
function recover(): void {
  const recoveryPlan = protect().id;
  const over = new Failover("over", { recoveryPlan, commit: "automatic" });
  const back = { recoveryPlan, cacheStorageAccount: ids.cacheWest };
  new Reprotect("back", back, { dependsOn: over });
}

test.serial(
  "Q-04 by the real engine: a plan of three groups in which one machine fails is previewed and finished as what is left of it, with the actions that follow",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    await (await rehearsal.stack(async () => void protect())).up();
    rehearsal.simulator.clearJournal();
    rehearsal.simulator.addFault({
      failTask: {
        scenario: "UnplannedFailover",
        task: "VmFailover",
        machine: "app",
        serviceError: {
          code: "28031",
          message: "The quota of cores is used up.",
          possibleCauses: "Too many cores are in use.",
          recommendedAction: "Ask for more cores.",
        },
      },
    });
    const stack = await rehearsal.stack(async () => recover());
    const failed = await t.throwsAsync(stack.up());
    t.regex(failed?.message ?? "", /recovery plan shop: failover failed for app\./);
    t.regex(
      failed?.message ?? "",
      /app, task "Start failover": 28031: The quota of cores is used up/,
    );
    const verbs = ["unplannedFailover", "failoverCommit", "failoverCommit"];
    t.deepEqual(rehearsal.verbs(), verbs);

    const { stdout } = await stack.preview();
    for (const line of [
      /Failover of app \(failed\) is not finished, 1 of 3 machines left/,
      /Failover of recovery plan shop: 1 of 3 machines left, northeurope → westeurope/,
      /\n +2 +app +northeurope → westeurope/,
      /In the run before: app: failover failed.*28031/,
      /app is treated by itself.*runbook "warm up" \(end of group 1\).*\[PL-REST\]/,
      /Reprotect of recovery plan shop: 3 machines, westeurope → northeurope/,
    ]) {
      t.regex(stdout, line);
    }
    t.deepEqual(rehearsal.verbs(), verbs);

    await stack.up();
    const reprotects = ["switchprotection", "switchprotection", "switchprotection"];
    t.deepEqual(rehearsal.verbs(), [
      ...verbs,
      "unplannedFailover",
      "failoverCommit",
      ...reprotects,
    ]);
    const again = await stack.preview({ expectNoChanges: true });
    t.deepEqual(again.changeSummary, { same: 7 });
  },
);
