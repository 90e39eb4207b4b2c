import test from "ava";
import {
  itemInputs,
  machineId,
  makePair,
  networkId,
  type Pair,
  startBench,
  storageId,
} from "./bench.ts";
import { type Given, refused } from "./refused.ts";

const item =
  (more: (pair: Pair) => object): Given =>
  (pair) =>
    itemInputs(pair, "shop-web", more(pair));
const target = { resourceGroup: "shop-recovery", network: networkId("shop-we-vnet") };

test(
  "an unknown machine",
  refused,
  "ReplicatedItem",
  item(() => ({ machine: machineId("shop-wbe") })),
  "machine",
  /there is no virtual machine .*shop-wbe/,
);
test(
  "no machine's id",
  refused,
  "ReplicatedItem",
  item(() => ({ machine: "shop-web" })),
  "machine",
  /"shop-web" is not a virtual machine's ARM id/,
);
test(
  "a container of another region",
  refused,
  "ReplicatedItem",
  item(({ back }) => ({
    container: back.inputs.sourceContainer,
    recoveryContainer: back.inputs.targetContainer,
  })),
  "container",
  /shop-web lies in northeurope, the container's fabric in westeurope/,
);
test(
  "no mapping that leads there",
  refused,
  "ReplicatedItem",
  item(({ outward }) => ({ recoveryContainer: `${outward.inputs.sourceContainer}x` })),
  "recoveryContainer",
  /there is no protection container/,
);
test(
  "a disk of another machine",
  refused,
  "ReplicatedItem",
  item(() => ({ disks: [{ disk: machineId("x").replace("virtualMachines", "disks") }] })),
  "disks[0].disk",
  /x is no disk of shop-web/,
);
test(
  "a disk named twice",
  refused,
  "ReplicatedItem",
  item(() => ({
    disks: [1, 2].map(() => ({ disk: machineId("x").replace("virtualMachines", "disks") })),
  })),
  "disks[1].disk",
  /stands in disks\[0\] already/,
);
test(
  "no cache",
  refused,
  "ReplicatedItem",
  item(() => ({ cacheStorageAccount: undefined })),
  "cacheStorageAccount",
  /is missing/,
);
test(
  "an unknown cache",
  refused,
  "ReplicatedItem",
  item(() => ({ cacheStorageAccount: storageId("nothing") })),
  "cacheStorageAccount",
  /there is no storage account/,
);
test(
  "an unknown subnet",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, subnet: "wbe" } })),
  "target.subnet",
  /has no subnet "wbe"\. Did you mean "web"\?/,
);
test(
  "a network at home",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, network: networkId("shop-ne-vnet", "shop-ne") } })),
  "target.network",
  /lies in northeurope, the machine goes to westeurope/,
);
test(
  "a zone beside a set",
  refused,
  "ReplicatedItem",
  item(() => ({ target: { ...target, zone: "1", availabilitySet: "/s" } })),
  "target.zone",
  /together with availabilitySet/,
);
test(
  "a timeout that is none",
  refused,
  "ReplicatedItem",
  item(() => ({ timeout: "3 hours" })),
  "timeout",
  /"3 hours" is no duration/,
);
test(
  "an interface named twice",
  refused,
  "ReplicatedItem",
  item(() => ({ nics: [{ subnet: "web" }, { subnet: "app" }] })),
  "nics[1].nic",
  /names the primary interface, as nics\[0\] does/,
);

test("a machine that is replicated already is refused under another name", async (t) => {
  const bench = await startBench(t);
  const pair = await makePair(bench);
  await bench.create("web", "ReplicatedItem", itemInputs(pair, "shop-web", { waitFor: "enabled" }));
  const failures = await bench.failuresOf("ReplicatedItem", itemInputs(pair, "shop-web"), "other");
  t.regex(failures[0]?.reason ?? "", /shop-web is replicated already, as the item web/);
  const taken = await bench.failuresOf("ReplicatedItem", itemInputs(pair, "shop-app"), "web");
  t.regex(
    taken.find(({ path }) => path === "name")?.reason ?? "",
    /machine is .*shop-web.* should be .*shop-app/i,
  );
});
