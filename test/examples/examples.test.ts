import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { type Recorder, recordResources } from "../components/recorder.ts";

const repository = resolve(import.meta.dirname, "../..");
const folder = join(repository, "examples");
const examples = readdirSync(folder, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map((each) => each.name);

let runs = 0;

/** Runs an example from its first line, as if in a process of its own. */
async function run(
  name: string,
  settings: Readonly<Record<string, string>> = {},
  preview = false,
): Promise<Recorder> {
  const recorder = await recordResources(preview);
  const own = Object.entries(settings).map(([key, value]) => [`project:${key}`, value]);
  pulumi.runtime.setAllConfig({ "asr:subscriptionId": "s", ...Object.fromEntries(own) });
  runs += 1;
  await import(`${new URL(`../../examples/${name}/index.ts`, import.meta.url).href}?run=${runs}`);
  await pulumi.runtime.disconnect();
  return recorder;
}

const names = ({ resources }: Recorder): readonly string[] =>
  resources.map(({ type, name }) => `${type} ${name}`);

test("every example type-checks", async (t) => {
  const tsc = join(repository, "node_modules/.bin/tsc");
  const project = join(folder, "tsconfig.json");
  await t.notThrowsAsync(promisify(execFile)(tsc, ["-p", project]));
});

test("every example is a project that the list of examples tells of", (t) => {
  const list = readFileSync(join(folder, "README.md"), "utf8");
  for (const name of examples) {
    t.true(list.includes(`(${name}/index.ts)`), name);
    t.regex(
      readFileSync(join(folder, name, "Pulumi.yaml"), "utf8"),
      new RegExp(`^name: asr-${name}$`, "m"),
    );
  }
});

for (const preview of [true, false]) {
  const when = preview ? "at preview" : "at update";

  test.serial(`protect-a-vm protects the machine in a pair of regions ${when}`, async (t) => {
    const { find } = await run("protect-a-vm", {}, preview);
    const { inputs } = find("ReplicatedItem", "shop-web");
    t.regex(String(inputs.machine), /virtualMachines\/shop-web$/);
    t.is(inputs.container, "shop-primary-id");
    t.is(find("Fabric", "shop-primary").inputs.vault, "shop-id");
  });

  test.serial(`azure-native hands resources on as they are ${when}`, async (t) => {
    const { find } = await run("azure-native", { publicKey: "ssh-ed25519 x" }, preview);
    const { inputs } = find("ReplicatedItem", "web");
    t.is(inputs.machine, "web-id");
    t.is(inputs.cacheStorageAccount, "northcache-id");
    t.deepEqual(inputs.target, {
      resourceGroup: "west-group-id",
      network: "west-network-id",
      subnet: "servers",
    });
    t.is(find("NetworkMapping", "shop-network-back").inputs.primaryNetwork, "west-network-id");
  });
}

test.serial("drill starts the machines in the isolated network", async (t) => {
  const { find } = await run("drill", { round: "2" });
  const { inputs } = find("TestFailover", "shop");
  t.deepEqual(inputs.items, ["shop-web", "shop-app", "shop-db"]);
  t.regex(String(inputs.network), /shop-we-test-vnet$/);
  t.is(inputs.trigger, "2");
});

test.serial("drill leaves nothing in the program when it is over", async (t) => {
  t.deepEqual(names(await run("drill", { drill: "false" })), []);
});

test.serial("failover-and-back adds one action per step and keeps those before", async (t) => {
  const all = ["Failover to-west", "Reprotect west", "Failback to-north", "Reprotect north"];
  const counts = { ready: 0, failover: 1, commit: 1, reprotect: 2, failback: 3, home: 4 };
  for (const [step, count] of Object.entries(counts)) {
    t.deepEqual(names(await run("failover-and-back", { step })), all.slice(0, count), step);
  }
});

test.serial("failover-and-back commits with the step commit", async (t) => {
  const open = await run("failover-and-back", { step: "failover" });
  t.is(open.find("Failover", "to-west").inputs.commit, "manual");
  const committed = await run("failover-and-back", { step: "commit" });
  t.is(committed.find("Failover", "to-west").inputs.commit, "automatic");
});

test.serial(
  "recovery-plan starts the tiers one after the other and fails over when it is told to",
  async (t) => {
    const calm = await run("recovery-plan");
    const groups = calm.find("RecoveryPlan", "shop").inputs.groups as { items: string[] }[];
    t.deepEqual(
      groups.map(({ items }) => items[0]?.split("/").at(-1)),
      ["shop-db", "shop-app", "shop-web"],
    );
    t.deepEqual(names(calm), ["RecoveryPlan shop"]);
    const moved = await run("recovery-plan", { failover: "true" });
    t.is(moved.find("Failover", "shop").inputs.recoveryPlan, "shop-id");
  },
);

test.serial(
  "S-01 vmware adds one action per step and hands the appliance's place on",
  async (t) => {
    const all = ["Failover to-azure", "Reprotect azure", "Failback to-plant", "Reprotect plant"];
    const counts = { ready: 0, failover: 1, commit: 1, reprotect: 2, failback: 3, home: 4 };
    for (const [step, count] of Object.entries(counts)) {
      const recorder = await run("vmware", { step });
      const actions = names(recorder).filter((each) => all.includes(each));
      t.deepEqual(actions, all.slice(0, count), step);
      t.is(recorder.find("ReplicatedItem", "shop-web").inputs.policy, "plant-policy-id");
    }
    const back = await run("vmware", { step: "failback" });
    t.deepEqual(back.find("Failback", "to-plant").inputs.items, ["shop-web-id", "shop-db-id"]);
  },
);

test.serial(
  "S-01 R-01 vmware-classic has its way back on a good day, and goes home through it",
  async (t) => {
    const well = await run("vmware-classic", {}, true);
    t.true(names(well).includes("MasterTargetServer plant-mt-linux"));
    t.false(names(well).some((each) => each.startsWith("Failover")));
    t.is(well.find("ProtectionContainerMapping", "plant-back").inputs.policy, "plant-failback-id");
    const { find } = await run("vmware-classic", { state: "restored" });
    t.like(find("Reprotect", "azure").inputs, {
      ...{ processServer: "ps-azure", masterTarget: "mt-linux" },
    });
    t.is(find("Reprotect", "plant").inputs.processServer, "cs-1");
  },
);

test.serial("S-02 physical-server comes home to a datastore, as a VMware machine", async (t) => {
  const well = await run("physical-server");
  t.is(well.find("ReplicatedItem", "metal-1").inputs.machine, "metal-1");
  t.is(well.find("PhysicalServer", "metal-1").inputs.osType, "Windows");
  const { find } = await run("physical-server", { lost: "true", datastore: "ds1" });
  t.like(find("Reprotect", "azure").inputs, {
    ...{ datastore: "ds1", masterTarget: "mt-windows", item: "metal-1-id" },
  });
  t.is(find("Failback", "to-vmware").inputs.item, "metal-1-id");
});

test.serial("R-04 vmware-replication-group goes in a plan, with values per machine", async (t) => {
  const { find } = await run("vmware-replication-group", { lost: "true", restored: "true" });
  t.is(find("ReplicatedItem", "orders-db").inputs.multiVmGroup, "orders");
  const { machineSettings, masterTarget } = find("Reprotect", "azure").inputs;
  t.deepEqual(machineSettings, { "orders-db": { datastore: "fast" } });
  t.is(masterTarget, "mt-linux");
  t.is(find("Failback", "to-plant").inputs.recoveryPoint, "latestApplicationConsistent");
});

test.serial(
  "R-03 alternate-location-recovery names the datastore of the new machine",
  async (t) => {
    const { find } = await run("alternate-location-recovery", {
      datastore: "ds2",
      restored: "true",
    });
    t.like(find("Reprotect", "azure").inputs, { datastore: "ds2", appliance: "appliance-1" });
    t.is(find("Failback", "to-plant").inputs.commit, "automatic");
  },
);

test.serial(
  "S-03 H-07 hyper-v goes over in a planned failover and reverses its replication by coming home",
  async (t) => {
    const all = ["Failover to-azure", "Failback to-plant"];
    const counts = { ready: 0, failover: 1, commit: 1, failback: 2 };
    for (const [step, count] of Object.entries(counts)) {
      const recorder = await run("hyper-v", { step });
      const actions = names(recorder).filter((each) => all.includes(each));
      t.deepEqual(actions, all.slice(0, count), step);
      t.is(recorder.find("ReplicatedItem", "shop-web").inputs.policy, "plant-policy-id");
    }
    const { find } = await run("hyper-v", { step: "failback" }, true);
    t.like(find("Failover", "to-azure").inputs, { mode: "planned", commit: "automatic" });
    t.is(find("Failback", "to-plant").inputs.dataSynchronization, "beforeDowntime");
  },
);

test.serial("S-04 vmm-to-azure maps its network, and comes home when it is told to", async (t) => {
  const well = await run("vmm-to-azure", {}, true);
  t.is(well.find("NetworkMapping", "plant-corp").inputs.recoveryFabric, "Microsoft Azure");
  t.false(names(well).some((each) => each.startsWith("Failover")));
  const { find } = await run("vmm-to-azure", { lost: "true", restored: "true" });
  t.is(find("Failover", "to-azure").inputs.recoveryPlan, "shop-id");
  t.is(find("Failback", "to-plant").inputs.dataSynchronization, "duringDowntime");
});

test.serial("S-06 vmm-pair adds one action per step and keeps those before", async (t) => {
  const all = ["Failover to-annex", "Reprotect annex", "Failback to-plant", "Reprotect plant"];
  const counts = { ready: 0, failover: 1, reprotect: 2, failback: 3, home: 4 };
  for (const [step, count] of Object.entries(counts)) {
    const recorder = await run("vmm-pair", { step });
    const actions = names(recorder).filter((each) => all.includes(each));
    t.deepEqual(actions, all.slice(0, count), step);
  }
});
