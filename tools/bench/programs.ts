import { siteContainer } from "./vmware-world.ts";
import { machineNames, subscriptionId, vaultId } from "./world.ts";

/** Which stack is measured: ours, of Azure VMs or VMware machines, or the same number of dynamic resources that do nothing. */
export type Subject = "replicated items" | "vmware items" | "nothing";

/** The text of a Pulumi program with so many resources. */
export function programText(subject: Subject, count: number): string {
  const items = machineNames(count).map((name) => [
    name,
    subject === "vmware items" ? siteInputsOf(name) : inputsOf(name),
  ]);
  const start = subject === "nothing" ? nothing : replicatedItems;
  return `${start}\nfor (const [name, inputs] of ${JSON.stringify(items)}) make(name, inputs);\n`;
}

const replicatedItems = `import { ReplicatedItem } from "pulumi-asr";
const make = (name, inputs) => new ReplicatedItem(name, inputs);`;

/** The least that a dynamic provider can do and still refresh. */
const nothing = `import * as pulumi from "@pulumi/pulumi";
const provider = {
  check: async (olds, news) => ({ inputs: news, failures: [] }),
  diff: async () => ({ changes: false }),
  create: async (inputs) => ({ id: inputs.name, outs: inputs }),
  read: async (id, props) => ({ id, props }),
};
class Nothing extends pulumi.dynamic.Resource {
  constructor(name, inputs) {
    super(provider, name, inputs);
  }
}
const make = (name, inputs) => new Nothing(name, inputs);`;

function inputsOf(name: string): object {
  const container = (side: string): string =>
    `${vaultId}/replicationFabrics/${side}/replicationProtectionContainers/${side}`;
  const north = `/subscriptions/${subscriptionId}/resourceGroups/north/providers`;
  return {
    name,
    machine: `${north}/Microsoft.Compute/virtualMachines/${name}`,
    container: container("north"),
    recoveryContainer: container("west"),
    policy: `${vaultId}/replicationPolicies/daily`,
    cacheStorageAccount: `${north}/Microsoft.Storage/storageAccounts/northcache`,
    target: { resourceGroup: `/subscriptions/${subscriptionId}/resourceGroups/west` },
  };
}

function siteInputsOf(name: string): object {
  const west = `/subscriptions/${subscriptionId}/resourceGroups/west`;
  return {
    name,
    machine: name,
    container: siteContainer,
    policy: `${vaultId}/replicationPolicies/daily`,
    cacheStorageAccount: `${west}/providers/Microsoft.Storage/storageAccounts/westlogs`,
    target: {
      resourceGroup: west,
      network: `${west}/providers/Microsoft.Network/virtualNetworks/west-vnet`,
      subnet: "servers",
    },
  };
}
