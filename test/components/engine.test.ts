import test from "ava";
import { RecoveryPlan, Vault } from "pulumi-asr";
import { RegionPair } from "pulumi-asr/components";
import type { WorldDocument } from "../../simulator/index.ts";
import { startRehearsal } from "../provider/hosts/dynamic/rehearsal.ts";

const subscription = "11111111-2222-3333-4444-555555555555";
const group = (name: string): string => `/subscriptions/${subscription}/resourceGroups/${name}`;
const provided = (groupName: string, rest: string): string =>
  `${group(groupName)}/providers/Microsoft.${rest}`;

/** Two machines in North Europe and room for them in West Europe; a day passes in a minute and a half. */
const world: WorldDocument = {
  clock: { mode: "accelerated:1000" },
  subscriptions: [{ id: subscription }],
  resourceGroups: [
    { name: "ne", location: "northeurope" },
    { name: "we", location: "westeurope" },
    { name: "dr", location: "westeurope" },
  ],
  networks: [
    { name: "ne-net", resourceGroup: "ne", subnets: { servers: "10.1.0.0/24" } },
    { name: "we-net", resourceGroup: "we", subnets: { servers: "10.2.0.0/24" } },
  ],
  storageAccounts: [
    { name: "necache", resourceGroup: "ne" },
    { name: "wecache", resourceGroup: "we" },
  ],
  machines: ["web", "db"].map((name) => ({
    name,
    resourceGroup: "ne",
    network: "ne-net",
    subnet: "servers",
  })),
};

/** The program, with tags of the vault that a test changes. */
const program = (tags: Readonly<Record<string, string>>) => async (): Promise<void> => {
  const vault = new Vault("orders", { location: "westeurope", tags });
  const side = (name: "ne" | "we", location: string) => ({
    location,
    resourceGroup: group(name),
    cacheStorageAccount: provided(name, `Storage/storageAccounts/${name}cache`),
    network: provided(name, `Network/virtualNetworks/${name}-net`),
    subnet: "servers",
  });
  const pair = new RegionPair("pair", {
    vault: vault.id,
    primary: side("ne", "northeurope"),
    recovery: side("we", "West Europe"),
    policy: { recoveryPointRetention: "P3D" },
  });
  const machine = (name: string): string => provided("ne", `Compute/virtualMachines/${name}`);
  const web = pair.protect("web", { machine: machine("web") });
  const database = pair.protect("db", { machine: machine("db") });
  new RecoveryPlan("shop", { groups: [{ items: [database.id] }, { items: [web.id] }] });
};

test.serial(
  "a region pair and its machines come, stay without a difference, and go through the real engine",
  async (t) => {
    const rehearsal = await startRehearsal(t, world);
    const stack = await rehearsal.stack(program({}));

    const planned = await stack.preview();
    t.deepEqual(planned.changeSummary, { create: 15 });
    t.is(rehearsal.simulator.journal({ writesOnly: true }).length, 0, "a preview writes nothing");

    const made = await stack.up();
    t.is(made.summary.result, "succeeded");

    rehearsal.simulator.clearJournal();
    await stack.preview({ expectNoChanges: true });
    t.is(rehearsal.simulator.journal().length, 0, "an unchanged preview costs no request");
    await stack.refresh({ expectNoChanges: true });
    await stack.preview({ expectNoChanges: true });

    const again = await rehearsal.stack(program({ owner: "shop" }));
    const changed = await again.preview();
    t.deepEqual(
      changed.changeSummary,
      { update: 1, same: 14 },
      "a tag of the vault touches nothing in it",
    );
    await again.up();

    const gone = await again.destroy();
    t.is(gone.summary.result, "succeeded");
    const left = rehearsal.simulator
      .journal({ writesOnly: true })
      .filter(({ status }) => status >= 400);
    t.deepEqual(
      left.map(({ path }) => path),
      [],
      "everything went in an order that the service accepts",
    );
  },
);
