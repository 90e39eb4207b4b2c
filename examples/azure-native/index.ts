/**
 * A VM that the same program makes with `@pulumi/azure-native` is protected by handing resources on:
 * machine, networks, storage accounts and resource groups are taken as they are.
 */
import { compute, network, resources, storage } from "@pulumi/azure-native";
import * as pulumi from "@pulumi/pulumi";
import * as asr from "pulumi-asr";
import { RegionPair, type RegionSide } from "pulumi-asr/components";

/** What a region needs before machines can come to it. */
function region(
  name: string,
  location: string,
  range: string,
): Required<Omit<RegionSide, "testNetwork">> {
  const resourceGroup = new resources.ResourceGroup(`${name}-group`, { location });
  const resourceGroupName = resourceGroup.name;
  return {
    location,
    resourceGroup,
    cacheStorageAccount: new storage.StorageAccount(`${name}cache`, {
      resourceGroupName,
      location,
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    }),
    network: new network.VirtualNetwork(`${name}-network`, {
      resourceGroupName,
      location,
      addressSpace: { addressPrefixes: [range] },
      subnets: [{ name: "servers", addressPrefix: range }],
    }),
    subnet: "servers",
  };
}

const primary = region("north", "northeurope", "10.10.0.0/24");
const recovery = region("west", "westeurope", "10.20.0.0/24");

const group = primary.resourceGroup as resources.ResourceGroup;
const subnets = (primary.network as network.VirtualNetwork).subnets;
const nic = new network.NetworkInterface("web", {
  resourceGroupName: group.name,
  location: primary.location,
  ipConfigurations: [
    {
      name: "main",
      primary: true,
      subnet: { id: subnets.apply((all) => all?.[0]?.id ?? "") },
    },
  ],
});

const machine = new compute.VirtualMachine("web", {
  resourceGroupName: group.name,
  location: primary.location,
  hardwareProfile: { vmSize: "Standard_D2s_v5" },
  networkProfile: { networkInterfaces: [{ id: nic.id, primary: true }] },
  osProfile: {
    computerName: "web",
    adminUsername: "shop",
    linuxConfiguration: {
      disablePasswordAuthentication: true,
      ssh: {
        publicKeys: [
          {
            path: "/home/shop/.ssh/authorized_keys",
            keyData: new pulumi.Config().require("publicKey"),
          },
        ],
      },
    },
  },
  storageProfile: {
    imageReference: {
      publisher: "Canonical",
      offer: "ubuntu-24_04-lts",
      sku: "server",
      version: "latest",
    },
    osDisk: { createOption: "FromImage", managedDisk: { storageAccountType: "Premium_LRS" } },
  },
});

const vault = new asr.Vault("recovery", {
  resourceGroup: (recovery.resourceGroup as resources.ResourceGroup).name,
  location: recovery.location,
});

const pair = new RegionPair("shop", { vault: vault.id, primary, recovery });
const web = pair.protect("web", { machine });

/** The item's identity, which stays the same through failover, reprotect and failback. */
export const item = web.id;
