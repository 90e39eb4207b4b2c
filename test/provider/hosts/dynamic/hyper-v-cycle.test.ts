import test from "ava";
import { Failback, Failover, Reprotect, TestFailover } from "pulumi-asr";
import { HyperVSite, VmmPair, VmmSite } from "pulumi-asr/components";
import { type HyperVKind, hyperVWorld } from "../../actions/hyper-v-world.ts";
import { ids } from "../../actions/test-bed.ts";
import { startRehearsal } from "./rehearsal.ts";

const recovery = {
  resourceGroup: ids.cacheWest.split("/providers/")[0] ?? "",
  cacheStorageAccount: ids.cacheWest,
  network: ids.productionNetwork,
  subnet: "apps",
};
const machines = ["web", "app"];

interface Cycle {
  readonly title: string;
  /** The machines, protected from nothing; answers the ids of their items. */
  readonly protect: () => ReturnType<HyperVSite["protect"]>["id"][];
  /** What previews say of the way over and the way home. */
  readonly over: string;
  readonly home: string;
  /** Verbs of the way over and home, each sent once per machine. */
  readonly verbs: readonly string[];
  /** Resources besides the actions. */
  readonly resources: number;
  /** Between sites the replication is reversed by a resource of its own. */
  readonly reprotects: boolean;
}

const cycles: Readonly<Record<HyperVKind, Cycle>> = {
  HyperVToAzure: {
    title: "S-03 H-07 H-09 machines of Hyper-V hosts",
    protect() {
      const hosts = ["hv-1.example"];
      const site = new HyperVSite("plant", { name: "plant-one", hosts, recovery });
      return machines.map((name) => site.protect(name).id);
    },
    over: "plant-one → westeurope",
    home: "Azure → plant-one",
    verbs: ["plannedFailover", "failoverCommit", "plannedFailover", "failoverCommit", "reProtect"],
    resources: 6,
    reprotects: false,
  },
  VmmToAzure: {
    title: "S-04 H-07 H-09 machines of a VMM cloud",
    protect() {
      const networks = { corp: ids.productionNetwork };
      const cloud = new VmmSite("cloud", {
        server: "plant-one",
        cloud: "gold",
        networks,
        recovery,
      });
      return machines.map((name) => cloud.protect(name).id);
    },
    over: "plant-one → westeurope",
    home: "Azure → plant-one",
    verbs: ["plannedFailover", "failoverCommit", "plannedFailover", "failoverCommit", "reProtect"],
    resources: 6,
    reprotects: false,
  },
  VmmToVmm: {
    title: "S-06 H-07 H-09 machines between two VMM clouds",
    protect() {
      const pair = new VmmPair("plants", {
        primary: { server: "plant-one", cloud: "gold" },
        recovery: { server: "plant-two", cloud: "silver" },
        networks: { corp: "corp-two" },
      });
      return machines.map((name) => pair.protect(name).id);
    },
    over: "plant-one → plant-two",
    home: "plant-two → plant-one",
    verbs: ["plannedFailover", "failoverCommit", "reProtect"],
    resources: 7,
    reprotects: true,
  },
};

/** The world with its servers, and an empty vault. */
const emptyVault = (kind: HyperVKind) =>
  hyperVWorld(kind, {
    vault: { policies: [], mappings: [], networkMappings: [], items: [] },
    world: { clock: { mode: "accelerated:300" } },
  });

function actions(items: ReturnType<Cycle["protect"]>, reprotects: boolean): void {
  const inputs = { items, mode: "planned", commit: "automatic" } as const;
  const over = new Failover("over", inputs);
  const before = reprotects ? new Reprotect("away", { items }, { dependsOn: over }) : over;
  const back = new Failback("back", { items, commit: "automatic" }, { dependsOn: before });
  if (reprotects) new Reprotect("home", { items }, { dependsOn: back });
}

for (const [kind, cycle] of Object.entries(cycles) as [HyperVKind, Cycle][]) {
  test.serial(
    `${cycle.title} are protected, drilled, go over in a planned failover and come home by the real engine, and afterwards nothing is left to do`,
    async (t) => {
      t.timeout(900_000);
      const rehearsal = await startRehearsal(t, emptyVault(kind));
      const drilling = await rehearsal.stack(async () => {
        // Between sites a drill without a network connects the copies to nothing.
        const network = cycle.reprotects ? {} : { network: ids.testNetwork };
        new TestFailover("drill", { items: cycle.protect(), ...network });
      });
      await drilling.up();
      const drilled = await rehearsal.stack(async () => void cycle.protect());
      await drilled.up();
      await drilled.preview({ expectNoChanges: true });
      await drilled.refresh({ expectNoChanges: true });

      const stack = await rehearsal.stack(async () => actions(cycle.protect(), cycle.reprotects));
      const preview = await stack.preview();
      for (const line of [
        `Failover: 2 machines, ${cycle.over}`,
        `Failback: 2 machines, ${cycle.home}`,
        "shut down the source (stops if that fails)",
      ]) {
        t.true(preview.stdout.includes(line), `${line} is missing in:\n${preview.stdout}`);
      }
      const drillVerbs = ["testFailover", "testFailoverCleanup"].flatMap((verb) => [verb, verb]);
      t.deepEqual(verbsOf(rehearsal.verbs()), drillVerbs, "a preview asks for nothing");

      await stack.up();
      const wanted = cycle.reprotects ? [...cycle.verbs, ...cycle.verbs] : cycle.verbs;
      t.deepEqual(
        verbsOf(rehearsal.verbs()).slice(drillVerbs.length).toSorted(),
        wanted.flatMap((verb) => [verb, verb]).toSorted(),
      );

      const again = await stack.preview({ expectNoChanges: true });
      const count = cycle.resources + (cycle.reprotects ? 4 : 2) + 2;
      t.deepEqual(again.changeSummary, { same: count });
      const refreshed = await stack.refresh({ expectNoChanges: true });
      t.is(refreshed.summary.result, "succeeded");
    },
  );
}

/** Without what takes a suspended failback up again. */
const verbsOf = (verbs: readonly string[]): readonly string[] =>
  verbs.filter((verb) => verb !== "resume");
