import test from "ava";
import { sameMachine } from "../../../provider/resources/replicated-item/machine-reference.ts";
import { handlerOf } from "./bench.ts";
import {
  bothGenerations,
  containerOf,
  type SiteBench,
  siteItem,
  startSite,
  vaultId,
} from "./site-bench.ts";

/** Machines that the site of a generation knows. */
async function knownMachines({ bench, generation, containerId }: SiteBench) {
  const run = bench.anotherRun();
  const site = await run.sites.azure(run);
  const vault = site.vault(vaultId("shop"));
  if (generation === "VmwareToAzureClassic") {
    const items = await vault.onPremises.protectableItems(run, containerId);
    return items.map(({ id, friendlyName }) => ({ id, name: friendlyName }));
  }
  const fabrics = await vault.fabrics(run);
  const ids = fabrics.flatMap((each) => each.onPremises?.discoverySiteIds ?? []);
  const lists = await Promise.all(ids.map((id) => site.discoveredMachines(run, id)));
  return lists.flat().map(({ id, displayName }) => ({ id, name: displayName }));
}

/** Id by which the site knows a machine. */
async function knownId(site: SiteBench, name: string): Promise<string> {
  return (await knownMachines(site)).find((each) => each.name === name)?.id ?? "";
}

for (const generation of bothGenerations) {
  test(`S-01 ${generation}: a machine is protected by its name, with its only servers and account`, async (t) => {
    const site = await startSite(t, generation);
    const { bench } = site;
    const { state, id } = await bench.create("web", "ReplicatedItem", siteItem(site, "web-1"));
    t.is(id, `${vaultId("shop")}/items/web`.toLowerCase());
    t.is(state.protectionState, "Protected");
    t.is(state.machine, "web-1");
    t.is(state.recoveryContainer, "Microsoft Azure");
    t.is(String(state.policy), String(site.policy.id));
    t.regex(String(state.primaryLocation), /cs-1|vmwarefabric/);
    t.true(
      bench.log.some(
        ({ level, text }) => level === "progress" && /^web-1: initial replication/.test(text),
      ),
    );
  });

  test(`S-01 ${generation}: a machine keeps its item when the program names it by its id instead`, async (t) => {
    const site = await startSite(t, generation);
    const { bench } = site;
    const inputs = siteItem(site, "web-1", { waitFor: "enabled" });
    const made = await bench.create("web", "ReplicatedItem", inputs);
    const machine = await knownId(site, "web-1");
    const run = bench.anotherRun({ name: "web" });
    const renamed = { ...inputs, machine };
    const { inputs: checked, failures } = await made.handler.check(run, renamed, made.inputs);
    t.deepEqual(failures, []);
    const diff = await made.handler.diff(run, made.id, made.state, checked);
    t.deepEqual(diff.properties, {});
    const other = { ...checked, machine: await knownId(site, "web-2") };
    const replaced = await made.handler.diff(run, made.id, made.state, other);
    t.deepEqual(replaced.properties, { machine: { kind: "update", replace: true } });
    t.true(replaced.deleteBeforeReplace);
  });

  test(`S-01 ${generation}: of two machines of one name the second is protected although the first is`, async (t) => {
    const site = await startSite(t, generation);
    const { bench } = site;
    const [first, second] = (await knownMachines(site)).filter(({ name }) => name === "twin");
    const enabled = { waitFor: "enabled" };
    const one = siteItem(site, first?.id ?? "", { ...enabled });
    await bench.create("one", "ReplicatedItem", one);
    const two = siteItem(site, second?.id ?? "", { ...enabled });
    const made = await bench.create("two", "ReplicatedItem", two, bench.anotherRun());
    t.is(made.state.friendlyName, "twin");
  });

  test(`S-02 ${generation}: a physical server is protected by its name like every other machine`, async (t) => {
    const site = await startSite(t, generation);
    const { bench } = site;
    const inputs = siteItem(site, "metal-1", { waitFor: "enabled" });
    const { state } = await bench.create("metal", "ReplicatedItem", inputs);
    t.is(state.friendlyName, "metal-1");
    const run = bench.anotherRun();
    const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
    const [item] = await vault.items(run);
    t.regex(item?.onPremises?.discoveryType ?? "", /^physical$/i);
  });
}

test("S-02 a physical server is unknown to a configuration server until it is discovered", async (t) => {
  const site = await startSite(t, "VmwareToAzureClassic");
  const { bench, containerId } = site;
  const inputs = siteItem(site, "metal-2", { waitFor: "enabled" });
  const before = await bench.failuresOf("ReplicatedItem", inputs);
  t.regex(before[0]?.reason ?? "", /has not discovered a machine "metal-2"\./);
  const run = bench.anotherRun();
  const vault = (await run.sites.azure(run)).vault(vaultId("shop"));
  await vault.onPremises.discoverMachine(run, containerId, {
    friendlyName: "metal-2",
    address: "10.1.1.51",
    osType: "Linux",
  });
  const made = await bench.create("metal", "ReplicatedItem", inputs, bench.anotherRun());
  t.is(made.state.friendlyName, "metal-2");
});

test("S-01 machines of two sites are in two recovery plans", async (t) => {
  const modernized = await startSite(t, "VmwareToAzure");
  const { bench } = modernized;
  const classic = { containerId: containerOf("VmwareToAzureClassic") };
  const policy = await bench.create("old", "ReplicationPolicy", {
    scenario: "VmwareToAzureClassic",
  });
  await bench.create("old-to-azure", "ProtectionContainerMapping", {
    sourceContainer: classic.containerId,
    targetContainer: "Microsoft Azure",
    policy: policy.id,
  });
  const enabled = { waitFor: "enabled" };
  const one = await bench.create("one", "ReplicatedItem", siteItem(modernized, "web-1", enabled));
  const two = await bench.create("two", "ReplicatedItem", siteItem(classic, "web-2", enabled));
  const groups = [{ items: [one.id, two.id] }];
  const [failure] = await bench.failuresOf("RecoveryPlan", { groups });
  t.regex(
    failure?.reason ?? "",
    /two is replicated from cs-1 to Microsoft Azure, one from shop-vmwarefabric to Microsoft Azure\./,
  );
  const plan = handlerOf("RecoveryPlan");
  const { inputs } = await plan.check(bench.anotherRun({ name: "p" }), {
    groups: [{ items: [one.id] }],
  });
  const made = await plan.create(bench.anotherRun({ name: "p" }), inputs);
  t.is(made.state.recoveryFabric, "Microsoft Azure");
});

test("S-01 a name is held against an id only where something tells whose it is", (t) => {
  const id =
    "/subscriptions/s/resourceGroups/g/providers/Microsoft.OffAzure/VMwareSites/v/machines/1";
  const azure = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web";
  const home = { friendlyName: "web", currentMachine: id };
  t.true(sameMachine("web", id, home));
  t.true(sameMachine(id, "WEB", home));
  t.false(sameMachine("web", id.replace(/1$/, "2"), home));
  t.false(sameMachine("web", "app", home));
  const away = { friendlyName: "web", currentMachine: azure };
  t.true(sameMachine("web", id, away), "no reason to end a protection");
  t.false(sameMachine("web", "app", away));
  t.false(sameMachine(azure, `${azure}-2`, away), "an Azure VM has one name");
});
