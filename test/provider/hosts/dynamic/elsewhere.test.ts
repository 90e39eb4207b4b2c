import test from "ava";
import { Failover, RecoveryPlan, ReplicatedItem, ReplicationPolicy } from "pulumi-asr";
import { ids, orders } from "../../actions/test-bed.ts";
import { type Rehearsal, startRehearsal } from "./rehearsal.ts";

const resourceGroup = (name: string): string => ids.vault.replace(/\/dr\/.*/, `/${name}`);

/** A program that protects machines, some of them anew, with their policy and their recovery plan. */
function protect(names: readonly string[], trigger?: string): void {
  const adopt = true;
  const settings = { applicationConsistentSnapshotFrequency: "PT4H", adopt };
  new ReplicationPolicy("daily", settings);
  const items = names.map((name) => {
    const inputs = {
      machine: `${resourceGroup("ne")}/providers/Microsoft.Compute/virtualMachines/${name}`,
      container: `${ids.vault}/replicationFabrics/ne/replicationProtectionContainers/container-ne`,
      cacheStorageAccount: ids.cacheNorth,
      target: { resourceGroup: resourceGroup("we") },
      adopt,
    };
    const anew = name === "app" && trigger !== undefined ? { trigger } : {};
    return new ReplicatedItem(name, { ...inputs, ...anew });
  });
  new RecoveryPlan("shop", { groups: items.map((item) => ({ items: [item.id] })) });
}

/** Somebody sends a request in the portal, and its job ends. */
async function click({ simulator }: Rehearsal, request: object): Promise<void> {
  const answer = await fetch(`${simulator.url}/_simulator/someone-else`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  if (!answer.ok) throw new Error(await answer.text());
  simulator.clock.advance(3_600_000);
}

const job = String.raw`by the job [0-9a-f-]{36} \([^)]+, 20[^)]+Z\)`;
const policySettings = {
  instanceType: "A2A",
  recoveryPointHistory: 60,
  crashConsistentFrequencyInMinutes: 5,
  appConsistentFrequencyInMinutes: 60,
  multiVmSyncStatus: "Enable",
};

test.serial(
  "Q-05 by the real engine: refresh names each change that somebody made with its job, preview proposes the ways on and warns of what was ended, up does the rest and protects nothing again by itself, and the program settles it",
  async (t) => {
    const all = ["web", "app", "database"];
    const world = orders({ world: { clock: { mode: "accelerated:2000" } } });
    const rehearsal = await startRehearsal(t, world);
    const stack = await rehearsal.stack(async () => protect(all));
    await stack.up();
    await click(rehearsal, { item: "web", verb: "unplannedFailover" });
    await click(rehearsal, { item: "app", verb: "delete" });
    await click(rehearsal, { item: "database", verb: "delete" });
    const [policy, plan] = ["replicationPolicies/daily", "replicationRecoveryPlans/shop"];
    const properties = { replicationProviderSettings: policySettings };
    await click(rehearsal, {
      method: "PATCH",
      path: `${ids.vault}/${policy}`,
      body: { properties },
    });
    await click(rehearsal, { method: "DELETE", path: `${ids.vault}/${plan}` });
    rehearsal.simulator.clearJournal();

    const refreshed = await stack.refresh();
    for (const line of [
      `web: runs in westeurope now, .*It was moved ${job}`,
      `app: its protection was ended outside of this program ${job}`,
      `database: its protection was ended outside of this program ${job}`,
      `replication policy daily: it was changed outside of this program ${job}: recoveryPointRetention is "PT1H"`,
      `recovery plan shop: it was removed outside of this program ${job}`,
    ]) {
      t.regex(refreshed.stdout, new RegExp(`warning: ${line}`));
    }
    const warned = await stack.preview();
    for (const line of [
      "web: runs in westeurope; the failover is not committed: declare a Failover",
      "warning: app: its protection was ended .*give it a new `trigger`.*\\[ITEM-ENDED\\]",
      "warning: database: its protection was ended .*Remove the ReplicatedItem",
      "warning: recovery plan shop: the protection of app, database was ended .*goes on without",
    ]) {
      t.regex(warned.stdout, new RegExp(line));
    }
    t.like(warned.changeSummary, { create: 1, update: 1 });
    t.notRegex(warned.stdout, /replace/);
    const writes = (): readonly string[] =>
      rehearsal.simulator
        .journal({ writesOnly: true })
        .map(({ method, path }) => `${method} ${path.slice(path.lastIndexOf("/") + 1)}`);
    t.deepEqual(writes(), []);
    // The run goes on with everything else, and protects nothing again.
    await stack.up();
    t.deepEqual(writes(), ["PATCH daily", "PUT shop"]);
    const rested = await stack.preview({ expectNoChanges: true });
    t.regex(rested.stdout, /warning: app: its protection was ended .*\[ITEM-ENDED\]/);

    const settled = await rehearsal.stack(async () => protect(["web", "app"], "again"));
    const shown = await settled.preview();
    t.like(shown.changeSummary, { update: 2, delete: 1 });
    t.regex(shown.stdout, /app: it is protected again, with a full initial copy/);
    await settled.up();
    t.deepEqual(writes(), ["PATCH daily", "PUT shop", "PUT app", "PATCH shop"]);
    const again = await settled.preview({ expectNoChanges: true });
    t.regex(again.stdout, /web: runs in westeurope; the failover is not committed/);
  },
);

test.serial(
  "Q-06 by the real engine: a Failover that was interrupted stays unfinished after each refresh, whatever somebody made of it, until up has recorded that, which sends nothing",
  async (t) => {
    const rehearsal = await startRehearsal(t, orders());
    const stack = await rehearsal.stack(async () => {
      new Failover("to-west", { item: "web", timeout: "PT3S" });
    });
    await t.throwsAsync(stack.up());
    const unfinished = async (): Promise<void> => {
      await stack.refresh();
      const preview = await stack.preview();
      t.like(preview.changeSummary, { update: 1 });
      t.regex(
        preview.stdout,
        /to-west\):\n[\s\S]*Failover of web is not finished \(job [0-9a-f-]{36}\): it is followed, nothing is done twice/,
      );
    };
    await unfinished();
    rehearsal.simulator.clock.advance(3_600_000);
    await click(rehearsal, { item: "web", verb: "failoverCommit" });
    await unfinished();
    rehearsal.simulator.clearJournal();
    await stack.up();
    t.deepEqual(rehearsal.verbs(), []);
    const outputs = JSON.stringify((await stack.exportStack()).deployment);
    t.regex(outputs, /"finished":true.*"status":"committed"|"status":"committed".*"finished":true/);
    await stack.preview({ expectNoChanges: true });
  },
);
