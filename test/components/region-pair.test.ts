import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { RegionPair, type RegionPairArgs } from "../../components/index.ts";
import { recordProgram } from "./recorder.ts";

const azure = "/subscriptions/s/resourceGroups/shop/providers";
const machine = `${azure}/Microsoft.Compute/virtualMachines/web`;

const args: RegionPairArgs = {
  vault: "main",
  primary: {
    location: "westeurope",
    resourceGroup: "shop-west",
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/west`,
    network: `${azure}/Microsoft.Network/virtualNetworks/west`,
  },
  recovery: {
    location: "northeurope",
    resourceGroup: { id: pulumi.output("/subscriptions/s/resourceGroups/shop-north") },
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/north`,
    network: { id: pulumi.output(`${azure}/Microsoft.Network/virtualNetworks/north`) },
    subnet: "servers",
    testNetwork: `${azure}/Microsoft.Network/virtualNetworks/drill`,
  },
};

for (const preview of [true, false]) {
  const when = preview ? "at preview" : "at update";

  test.serial(
    `a region pair makes fabrics, containers, a policy and all mappings in both directions ${when}`,
    async (t) => {
      const { resources } = await recordProgram(preview, () => {
        new RegionPair("shop", args);
      });
      t.deepEqual(resources.map(({ type, name }) => `${type} ${name}`).toSorted(), [
        "Fabric shop-primary",
        "Fabric shop-recovery",
        "NetworkMapping shop-network-back",
        "NetworkMapping shop-network-outward",
        "ProtectionContainer shop-primary",
        "ProtectionContainer shop-recovery",
        "ProtectionContainerMapping shop-back",
        "ProtectionContainerMapping shop-outward",
        "ReplicationPolicy shop-policy",
        "asr:index:RegionPair shop",
      ]);
    },
  );

  test.serial(`the way back is the way out turned round ${when}`, async (t) => {
    const { find } = await recordProgram(preview, () => {
      new RegionPair("shop", args);
    });
    const outward = find("ProtectionContainerMapping", "shop-outward").inputs;
    const back = find("ProtectionContainerMapping", "shop-back").inputs;
    t.truthy(outward.sourceContainer);
    t.is(outward.sourceContainer, back.targetContainer);
    t.is(outward.targetContainer, back.sourceContainer);
    t.is(outward.policy, back.policy);
    const there = find("NetworkMapping", "shop-network-outward").inputs;
    const home = find("NetworkMapping", "shop-network-back").inputs;
    t.is(there.primaryNetwork, home.recoveryNetwork);
    t.is(there.recoveryFabric, home.primaryFabric);
  });

  test.serial(
    `a machine is protected with the pair's recovery side, and its own settings win ${when}`,
    async (t) => {
      const { find } = await recordProgram(preview, () => {
        const pair = new RegionPair("shop", args);
        pair.protect("web", {
          machine: { id: pulumi.output(machine) },
          target: { subnet: "front", size: "Standard_D4s_v5" },
          waitFor: "enabled",
        });
      });
      const { inputs } = find("ReplicatedItem", "web");
      t.is(inputs.machine, machine);
      t.is(inputs.cacheStorageAccount, args.primary.cacheStorageAccount as string);
      t.is(inputs.waitFor, "enabled");
      t.deepEqual(inputs.target, {
        resourceGroup: "/subscriptions/s/resourceGroups/shop-north",
        network: `${azure}/Microsoft.Network/virtualNetworks/north`,
        subnet: "front",
        testNetwork: `${azure}/Microsoft.Network/virtualNetworks/drill`,
        size: "Standard_D4s_v5",
      });
      const outward = find("ProtectionContainerMapping", "shop-outward").inputs;
      t.is(inputs.container, outward.sourceContainer);
      t.is(inputs.recoveryContainer, outward.targetContainer);
      t.is(inputs.policy, outward.policy);
    },
  );
}

test.serial("a region pair takes an existing policy and makes none", async (t) => {
  const { resources, find } = await recordProgram(false, () => {
    new RegionPair("shop", { ...args, policy: "gold" });
  });
  t.false(resources.some(({ type }) => type === "ReplicationPolicy"));
  t.is(find("ProtectionContainerMapping", "shop-outward").inputs.policy, "gold");
});

test.serial("a region pair makes its policy with the settings it is given", async (t) => {
  const { find } = await recordProgram(false, () => {
    new RegionPair("shop", { ...args, policy: { recoveryPointRetention: "P3D" } });
  });
  const { inputs } = find("ReplicationPolicy", "shop-policy");
  t.is(inputs.recoveryPointRetention, "P3D");
  t.is(inputs.vault, "main");
});

test.serial(
  "a region pair maps further networks in both directions, and none where a side has none",
  async (t) => {
    const { network: _, ...primary } = args.primary;
    const { resources } = await recordProgram(false, () => {
      new RegionPair("shop", {
        ...args,
        primary,
        networks: [
          {
            primary: `${azure}/Microsoft.Network/virtualNetworks/a`,
            recovery: `${azure}/Microsoft.Network/virtualNetworks/b`,
          },
        ],
      });
    });
    const mappings = resources.filter(({ type }) => type === "NetworkMapping");
    t.deepEqual(mappings.map(({ inputs }) => String(inputs.primaryNetwork).slice(-1)).toSorted(), [
      "a",
      "b",
    ]);
  },
);
