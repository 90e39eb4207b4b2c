import test from "ava";
import type { ProtectableItemFacts } from "../../../../provider/recovery/on-premises.ts";
import {
  discoveredMachines,
  diskProblems,
  type HyperVMachine,
  hyperVTarget,
} from "../../../../provider/resources/replicated-item/hyper-v-machine.ts";
import type { ItemSurroundings } from "../../../../provider/resources/replicated-item/item-kind.ts";

const container =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/replicationFabrics/f/replicationProtectionContainers/c";

const plain: ProtectableItemFacts = {
  id: `${container}/replicationProtectableItems/guid-1`,
  name: "guid-1",
  friendlyName: "sql-1",
  containerId: container,
  protectionStatus: "Unprotected",
  osType: "Windows",
  address: "",
  poweredOn: true,
  agentInstalled: false,
  discoveryType: "",
  vcenterId: "",
  disks: [
    { id: "vhd-1", name: "data", capacityBytes: 1 },
    { id: "vhd-2", name: "system", capacityBytes: 1 },
  ],
  readinessErrors: [],
  hyperV: { generation: "2", hostId: "host-1", supportedTypes: [], unsupportedParts: [] },
};

/** The machine as it is discovered; `hyperV` tells more of it. */
async function discovered(
  more: Partial<ProtectableItemFacts> = {},
  hyperV: Partial<NonNullable<ProtectableItemFacts["hyperV"]>> = {},
): Promise<HyperVMachine> {
  const facts = { ...plain, hyperV: { ...plain.hyperV, ...hyperV }, ...more };
  const at = {
    inputs: { container },
    vault: { onPremises: { protectableItems: async () => [facts] } },
  } as unknown as ItemSurroundings;
  const [machine] = await discoveredMachines(at);
  if (machine === undefined) throw new Error("The machine was not discovered.");
  return machine;
}

const inputs = {
  machine: "sql-1",
  container,
  cacheStorageAccount: "/subscriptions/s/logs",
  target: { resourceGroup: "/subscriptions/s/resourceGroups/r" },
};

test("S-03 what Hyper-V cannot replicate stands beside the service's own readiness errors", async (t) => {
  const machine = await discovered(
    { readinessErrors: ["70011: the integration services are missing."] },
    { unsupportedParts: ["shared disk", "physical disk", "fibre channel adapter"] },
  );
  t.deepEqual(machine.obstacles, [
    "70011: the integration services are missing.",
    "it has a shared disk, which cannot be replicated. Take it off the machine.",
    "it has a physical disk, which cannot be replicated. Take it off the machine.",
    "it has a fibre channel adapter, which cannot be replicated. Take it off the machine.",
  ]);
  t.is(machine.distinction, "on the host host-1");
});

test("S-03 the disk with the operating system is the one that the service calls so, else the first", async (t) => {
  const told = hyperVTarget(inputs, await discovered({}, { osDiskId: "vhd-2" }));
  t.is(told.osDiskId, "vhd-2");
  const silent = hyperVTarget(inputs, await discovered());
  t.is(silent.osDiskId, "vhd-1");
  t.deepEqual(silent.diskIds, ["vhd-1", "vhd-2"]);
  t.is(silent.machineGuid, "guid-1");
  t.is(hyperVTarget(inputs, await discovered({}, { sourceId: "guid-2" })).machineGuid, "guid-2");
  t.is(silent.machineName, "sql-1");
});

test("S-03 disks are named by id or name, and have one key for all", async (t) => {
  const machine = await discovered({}, { osDiskId: "vhd-2" });
  const named = { ...inputs, disks: [{ disk: "SYSTEM" }, { disk: "vhd-1" }] };
  t.deepEqual(hyperVTarget(named, machine).diskIds, ["vhd-2", "vhd-1"]);
  t.deepEqual(diskProblems(named, machine), []);
  const key = { diskEncryptionSet: "/subscriptions/s/key" };
  const mixed = { ...inputs, disks: [{ disk: "system", ...key }, { disk: "data" }] };
  t.regex(diskProblems(mixed, machine)[0]?.reason ?? "", /one for all its disks/);
  const same = { ...inputs, disks: mixed.disks.map((each) => ({ ...each, ...key })) };
  t.deepEqual(diskProblems(same, machine), []);
  t.is(hyperVTarget(same, machine).diskEncryptionSetId, key.diskEncryptionSet);
});

test("S-03 osType says what the site does not tell, and wins over what it tells", async (t) => {
  const machine = await discovered({ osType: "" });
  t.is(diskProblems(inputs, machine)[0]?.path, "osType");
  t.is(hyperVTarget({ ...inputs, osType: "Linux" }, machine).osType, "Linux");
  t.is(hyperVTarget(inputs, await discovered()).osType, "Windows");
});
