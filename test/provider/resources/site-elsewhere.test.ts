import test from "ava";
import { type Bench, warningsOf } from "./bench.ts";
import { type Deed, doneElsewhere, type Kept, someoneElse, telling } from "./elsewhere.ts";
import { hyperVItem, startHyperV } from "./hyper-v/hyper-v-bench.ts";
import { outsideHyperV } from "./hyper-v/hyper-v-outside.ts";
import { openPortal } from "./portal.ts";
import { bothGenerations, siteItem, startSite } from "./site-bench.ts";
import { outsideSite } from "./site-outside.ts";

const moved = (next: string): RegExp => telling(`runs in .* now.*It was moved JOB.*${next}`);

/** Disables the protection of the machine, or purges its item: the two ways that the portal has. */
async function endProtection(
  bench: Bench,
  { item }: { readonly item: () => Promise<{ readonly armId: string }> },
  purges: boolean,
): Promise<void> {
  const { armId } = await item();
  const purge = { method: "DELETE", path: armId };
  await someoneElse(bench, purges ? purge : { item: "web", verb: "delete" });
}

for (const generation of bothGenerations) {
  test(`Q-05 ${generation}: a failover, its way back and the end of the protection are named with their jobs, and nothing is replaced or written`, async (t) => {
    const site = await startSite(t, generation);
    const { bench, containerId } = site;
    let back = "";
    if (generation === "VmwareToAzureClassic") {
      const settings = { scenario: "VmwareToAzureClassic", failback: true };
      back = (await bench.create("back", "ReplicationPolicy", settings)).id;
      await bench.create("home", "ProtectionContainerMapping", {
        sourceContainer: containerId,
        targetContainer: containerId,
        policy: back,
      });
    }
    const made = await bench.create("web", "ReplicatedItem", siteItem(site, "web-1"));
    const kept: Kept = { state: made.state, inputs: made.inputs };
    const portal = await outsideSite(site, "web", back);
    const { perform, target } = await openPortal(bench, "web");
    const failback: Deed = {
      deed: "a failback",
      act: portal.failBack,
      tells: [moved("the failback is not committed: declare a Failback")],
      proposes: /the failback is not committed/,
    };
    const cancellation: Deed = {
      deed: "its cancellation",
      act: async () => perform({ verb: "cancelFailover", target: await target() }),
      tells: [telling("Its failback was cancelled JOB.*declare a Failback")],
      proposes: /it is protected towards its home: declare a Failback/,
    };
    const deeds: readonly Deed[] = [
      {
        deed: "a failover",
        act: portal.failOver,
        tells: [moved("declare a Failover with commit")],
        proposes: /runs in (westeurope|Microsoft Azure); the failover is not committed/,
      },
      {
        deed: "its commit",
        act: portal.commit,
        tells: [telling("Its failover was committed JOB.*declare a Reprotect")],
        proposes: /the failover is committed: declare a Reprotect/,
      },
      {
        deed: "a reprotect",
        act: portal.reprotectToSite,
        tells: [telling("Its replication was turned round JOB.*declare a Failback")],
        proposes: /it is protected towards its home: declare a Failback/,
      },
      failback,
      // Only a failback of a modernized site can be cancelled.
      ...(generation === "VmwareToAzure" ? [cancellation, failback] : []),
      {
        deed: "the failback's commit",
        act: portal.commit,
        tells: [telling("Its failover was committed JOB.*declare a Reprotect")],
        proposes: /it came home and is not protected: declare a Reprotect/,
      },
      {
        deed: "protected as it began",
        act: portal.reprotectToAzure,
        tells: [telling("Its replication was turned round JOB")],
      },
      {
        deed: "the end of its protection",
        act: () => endProtection(bench, portal, generation === "VmwareToAzureClassic"),
        tells: [telling("^web-1: its protection was ended outside of this program JOB")],
        proposes: /\[ITEM-ENDED\]/,
        ends: true,
      },
    ];
    for (const each of deeds) await doneElsewhere(t, bench, made, kept, each);
  });
}

for (const way of ["HyperVToAzure", "VmmToAzure"] as const) {
  test(`Q-05 ${way}: a failover, its way back and the end of the protection are named with their jobs, and nothing is replaced or written`, async (t) => {
    const site = await startHyperV(t, way);
    const { bench } = site;
    const made = await bench.create("web", "ReplicatedItem", hyperVItem(site, "web-2"));
    const kept: Kept = { state: made.state, inputs: made.inputs };
    const portal = await outsideHyperV(site, "web");
    const deeds: readonly Deed[] = [
      {
        deed: "a failover",
        act: () => portal.failOver("PrimaryToRecovery"),
        tells: [moved("declare a Failover with commit.*then a Failback")],
        proposes: /the failover is not committed/,
      },
      {
        deed: "its commit",
        act: portal.commit,
        tells: [telling("Its failover was committed JOB.*declare a Failback")],
        proposes: /declare a Failback when it is to return/,
      },
      {
        deed: "a failback",
        act: portal.failBack,
        tells: [moved("the failback is not committed: declare a Failback")],
        proposes: /the failback is not committed/,
      },
      {
        deed: "the failback's commit",
        act: portal.commit,
        tells: [telling("Its failover was committed JOB")],
        proposes: /it came home and is not protected: declare a Reprotect/,
      },
      {
        deed: "protected as it began",
        act: () => portal.reverse("PrimaryToRecovery"),
        tells: [telling("Its replication was turned round JOB")],
      },
      {
        deed: "the end of its protection",
        act: () => endProtection(bench, portal, way === "VmmToAzure"),
        tells: [telling("^web-2: its protection was ended outside of this program JOB")],
        proposes: /\[ITEM-ENDED\]/,
        ends: true,
      },
    ];
    for (const each of deeds) await doneElsewhere(t, bench, made, kept, each);
  });
}

test("Q-05 VmmToVmm: a failover, its way back and the end of the protection are named with their jobs, and nothing is replaced or written", async (t) => {
  const site = await startHyperV(t, "VmmToVmm");
  const { bench } = site;
  const made = await bench.create("web", "ReplicatedItem", hyperVItem(site, "web-2"));
  const kept: Kept = { state: made.state, inputs: made.inputs };
  const portal = await outsideHyperV(site, "web");
  const deeds: readonly Deed[] = [
    {
      deed: "a planned failover",
      act: () => portal.plannedFailOver("PrimaryToRecovery"),
      tells: [moved("declare a Reprotect, which commits it")],
      proposes: /the failover is not committed: declare a Reprotect/,
    },
    {
      deed: "a reprotect",
      act: () => portal.reverse("RecoveryToPrimary"),
      tells: [telling("Its replication was turned round JOB.*declare a Failback")],
      proposes: /it is protected towards its home: declare a Failback/,
    },
    {
      deed: "the end of its protection",
      act: () => someoneElse(bench, { item: "web", verb: "delete" }),
      tells: [telling("^web-2: its protection was ended .* JOB\\. A completed migration ends it")],
      proposes: /\[ITEM-ENDED\]/,
      ends: true,
    },
  ];
  for (const each of deeds) await doneElsewhere(t, bench, made, kept, each);
});

test("Q-05 a machine that was deleted at its site is told by the health of its replication, and nothing is replaced or written", async (t) => {
  const vmware = await startSite(t, "VmwareToAzure");
  const hyperV = await startHyperV(t, "HyperVToAzure");
  const rows = [
    {
      bench: vmware.bench,
      inputs: siteItem(vmware, "web-1"),
      method: "POST",
      path: "estate/machines",
      deleted: { name: "web-1", deleted: true },
    },
    {
      bench: hyperV.bench,
      inputs: hyperVItem(hyperV, "web-1", { osType: "Linux" }),
      method: "PATCH",
      path: "hyper-v/machines/web-1",
      deleted: { deleted: true },
    },
  ];
  for (const { bench, inputs, method, path, deleted } of rows) {
    const made = await bench.create("web", "ReplicatedItem", inputs);
    const answer = await fetch(`${bench.simulator.url}/_simulator/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: JSON.stringify(deleted),
    });
    t.is(answer.status, 200, await answer.text());
    bench.simulator.clock.advance(6 * 3_600_000);
    bench.simulator.clearJournal();
    const read = await made.handler.read(bench.anotherRun(), made.id, made.state);
    t.regex(
      warningsOf(bench),
      /web-\d: its replication is critical\. [^ ]+: .*deleted or moved at its site, declare a Failover/,
    );
    const diff = await made.handler.diff(bench.context, made.id, read?.state ?? {}, made.inputs);
    t.deepEqual(diff, { changes: false, properties: {} });
    t.deepEqual(bench.simulator.journal({ writesOnly: true }), []);
  }
});
