import type { WorldDocument } from "../../simulator/index.ts";
import type { Exchange } from "./exchanges.ts";

const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-west/providers`;
/** The network that machines come up in, and that the VM network is mapped to. */
export const NETWORK: string = `${GROUP}/Microsoft.Network/virtualNetworks/net-west`;
/** Another network that a VM network can be mapped to. */
export const OTHER_NETWORK: string = `${GROUP}/Microsoft.Network/virtualNetworks/net-other`;
/** The storage account that data are kept in. */
export const ACCOUNT: string = `${GROUP}/Microsoft.Storage/storageAccounts/cachewest`;

/** A small world of Hyper-V alone: a site of a host, and a VMM server whose cloud replicates to Azure, beside a second one. */
export const HYPER_V_WORLD: WorldDocument = {
  seed: "conformance",
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [
    { name: "rg-west", location: "westus" },
    { name: "rg-recovery", location: "westus" },
  ],
  networks: [
    { name: "net-west", resourceGroup: "rg-west", subnets: { web: "10.2.1.0/24" } },
    { name: "net-other", resourceGroup: "rg-west", subnets: { web: "10.3.1.0/24" } },
  ],
  storageAccounts: [{ name: "cachewest", resourceGroup: "rg-west" }],
  vmmServers: [
    {
      vault: "vault",
      name: "vmm",
      hosts: [{ name: "host" }],
      networks: [{ name: "corp" }],
      storageClassifications: [{ name: "fast" }],
      clouds: [{ name: "cloud", machines: [{ name: "vm" }, { name: "vm-new" }] }],
    },
    {
      vault: "vault",
      name: "vmm-second",
      hosts: [{ name: "host-second" }],
      networks: [{ name: "corp-second" }],
      storageClassifications: [{ name: "fast-second" }],
      clouds: [{ name: "cloud-second" }],
    },
  ],
  hyperVSites: [{ vault: "vault", fabric: "site", hosts: [{ name: "host-of-site" }] }],
  vaults: [
    {
      name: "vault",
      resourceGroup: "rg-recovery",
      policies: [
        { name: "policy", kind: "HyperVReplicaAzure", storageAccount: "cachewest" },
        { name: "unused", kind: "HyperVReplicaAzure", storageAccount: "cachewest" },
      ],
      mappings: [{ name: "there", source: "cloud", target: "Microsoft Azure", policy: "policy" }],
      networkMappings: [{ name: "there", primaryNetwork: "corp", recoveryNetwork: "net-west" }],
      storageClassificationMappings: [{ name: "there", primary: "fast", recovery: "fast-second" }],
      items: [
        {
          name: "item",
          machine: "vm",
          container: "cloud",
          policy: "policy",
          recoveryResourceGroup: "rg-west",
          cacheStorageAccount: "cachewest",
          network: "net-west",
        },
      ],
    },
  ],
};

/** The same without the site: the recorded vault had VMM servers only, and lists tell of the first. */
export const VMM_WORLD: WorldDocument = { ...HYPER_V_WORLD, hyperVSites: [] };

/** What marks an exchange as one about Hyper-V, in its bodies. */
const MARKS = /"(HyperVReplicaAzure|VmmToAzure|HyperVSite|HyperVVirtualMachine)"/;

/** Operations whose examples do not say what they are about, and that only VMM servers have. */
const OF_VMM = /^ReplicationStorageClassification(s|Mappings)_/;

/** Operations whose examples carry these marks, but are not about them. */
const OTHERS = /^Replication(ProtectedItems_SwitchProvider|ProtectionContainers_Create|Jobs_\w+)$/;

/** Whether an exchange is about what only VMM servers have. */
export function isOfVmm({ operationId }: Exchange): boolean {
  return OF_VMM.test(operationId);
}

/** Whether an exchange is about Hyper-V: recorded with VMM, or published with its kinds. */
export function isAboutHyperV(exchange: Exchange): boolean {
  const { source, operationId, body, answers } = exchange;
  if (source.startsWith("sample")) return source.startsWith("sample H2A_");
  if (isOfVmm(exchange)) return true;
  return !OTHERS.test(operationId) && MARKS.test(JSON.stringify([body, answers]));
}
