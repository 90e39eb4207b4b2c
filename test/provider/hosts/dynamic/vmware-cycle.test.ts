import test from "ava";
import { type SiteKind, siteKinds } from "../../actions/site-world.ts";
import { cycle, drill, protect } from "./site-program.ts";
import { startSiteRehearsal } from "./site-rehearsal.ts";

interface Expected {
  /** What the vault calls the site. */
  readonly site: string;
  /** What a reversed item calls the other side. */
  readonly azure: string;
  readonly failback: string;
  /** Policies, mappings, machines and actions. */
  readonly resources: number;
}

const expected: Readonly<Record<SiteKind, Expected>> = {
  modernized: { site: "plant-one", azure: "westeurope", failback: "plannedFailover", resources: 8 },
  classic: { site: "cs-1", azure: "Azure", failback: "unplannedFailover", resources: 10 },
};

for (const kind of siteKinds) {
  const { site, azure, failback, resources } = expected[kind];

  test.serial(
    `S-01 V-02 V-09 V-11 ${kind}: a site is protected, drilled, fails over and comes home by the real engine, and afterwards nothing is left to do`,
    async (t) => {
      t.timeout(600_000);
      const rehearsal = await startSiteRehearsal(t, kind);
      const drilling = await rehearsal.stack(async () => drill(kind));
      await drilling.up();
      const drilled = await rehearsal.stack(async () => void protect(kind));
      await drilled.up();

      const stack = await rehearsal.stack(async () => cycle(kind));
      const preview = await stack.preview();
      for (const line of [
        `Failover: 2 machines, ${site} → westeurope`,
        `Reprotect: 2 machines, ${azure} → ${site}`,
        `Failback: 2 machines, ${azure} → ${site}`,
        `Reprotect: 2 machines, ${site} → ${azure}`,
        "into the existing machine web",
        "removes: Azure virtual machine web, Azure virtual machine app",
      ]) {
        t.true(preview.stdout.includes(line), `${line} is missing in:\n${preview.stdout}`);
      }
      const drillVerbs = ["testFailover", "testFailoverCleanup"].flatMap((verb) => [verb, verb]);
      t.deepEqual(rehearsal.verbs(), drillVerbs, "a preview asks for nothing");

      await stack.up();
      const over = ["unplannedFailover", "failoverCommit", "reProtect"];
      const home = [failback, "failoverCommit", "reProtect"];
      t.deepEqual(rehearsal.verbs().slice(drillVerbs.length), [
        ...[...over, ...home].flatMap((verb) => [verb, verb]),
      ]);
      for (const name of ["web", "app"]) {
        t.is((await rehearsal.bench.describe(name)).power, "poweredOn", `${name} is home`);
      }
      t.deepEqual(await rehearsal.vcenterChanges(), [], "nobody asked to change the vCenter");

      const again = await stack.preview({ expectNoChanges: true });
      t.deepEqual(again.changeSummary, { same: resources + 1 });
      const refreshed = await stack.refresh({ expectNoChanges: true });
      t.is(refreshed.summary.result, "succeeded");
    },
  );
}
