import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { VmwareSite, type VmwareSiteArgs } from "../../components/index.ts";
import { namesOf, recordProgram } from "./recorder.ts";

const azure = "/subscriptions/s/resourceGroups/plant/providers";
const vault = `${azure}/Microsoft.RecoveryServices/vaults/main`;
const fabric = `${vault}/replicationFabrics/plant`;
const container = `${fabric}/replicationProtectionContainers/machines`;

const args: VmwareSiteArgs = {
  container,
  recovery: {
    resourceGroup: { id: pulumi.output("/subscriptions/s/resourceGroups/recovered") },
    cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/logs`,
    network: `${azure}/Microsoft.Network/virtualNetworks/azure`,
    subnet: "servers",
  },
};

for (const preview of [true, false]) {
  const when = preview ? "at preview" : "at update";

  test.serial(
    `S-01 a VMware site is modernized unless it says otherwise: one policy and one mapping to Azure ${when}`,
    async (t) => {
      const recorder = await recordProgram(preview, () => {
        new VmwareSite("plant", args);
      });
      t.deepEqual(namesOf(recorder), [
        "ProtectionContainerMapping plant-outward",
        "ReplicationPolicy plant-policy",
        "asr:index:VmwareSite plant",
      ]);
      t.like(recorder.find("ReplicationPolicy", "plant-policy").inputs, {
        vault,
        scenario: "VmwareToAzure",
        recoveryPointRetention: "PT24H",
        applicationConsistentSnapshotFrequency: "PT4H",
      });
      t.like(recorder.find("ProtectionContainerMapping", "plant-outward").inputs, {
        sourceContainer: container,
        targetContainer: "Microsoft Azure",
        policy: "plant-policy-id",
        agentAutoUpdate: true,
      });
    },
  );

  test.serial(
    `S-01 a classic site has its pair of policies and its way back from the beginning ${when}`,
    async (t) => {
      const { find } = await recordProgram(preview, () => {
        new VmwareSite("plant", {
          ...args,
          generation: "classic",
          policy: { recoveryPointRetention: "P2D" },
        });
      });
      t.like(find("ReplicationPolicy", "plant-policy").inputs, {
        scenario: "VmwareToAzureClassic",
        recoveryPointRetention: "P2D",
      });
      t.like(find("ReplicationPolicy", "plant-failback").inputs, {
        scenario: "VmwareToAzureClassic",
        failback: true,
      });
      const back = find("ProtectionContainerMapping", "plant-back").inputs;
      t.is(back.sourceContainer, container);
      t.is(back.targetContainer, container);
      t.is(back.policy, "plant-failback-id");
      t.is(find("ProtectionContainerMapping", "plant-outward").inputs.agentAutoUpdate, undefined);
    },
  );

  test.serial(
    `S-02 a machine is protected by its name with the site's recovery side, and its own settings win ${when}`,
    async (t) => {
      const { find } = await recordProgram(preview, () => {
        const site = new VmwareSite("plant", args);
        site.protect("web");
        site.protect("shown-as-metal", {
          machine: "metal-1",
          target: { subnet: "front" },
          cacheStorageAccount: "other",
        });
      });
      const web = find("ReplicatedItem", "web").inputs;
      t.is(web.machine, "web");
      t.is(web.container, container);
      t.is(web.policy, "plant-policy-id");
      t.deepEqual(web.target, {
        resourceGroup: "/subscriptions/s/resourceGroups/recovered",
        network: `${azure}/Microsoft.Network/virtualNetworks/azure`,
        subnet: "servers",
      });
      const metal = find("ReplicatedItem", "shown-as-metal").inputs;
      t.is(metal.machine, "metal-1");
      t.is(metal.cacheStorageAccount, "other");
      t.is((metal.target as { subnet: string }).subnet, "front");
    },
  );
}

test.serial("a site declares the servers that it is given in its fabric", async (t) => {
  const modernized = await recordProgram(false, () => {
    new VmwareSite("plant", {
      ...args,
      servers: { appliances: { "appliance-1": { manage: ["storageDrs"] } } },
    });
  });
  t.deepEqual(modernized.find("ReplicationAppliance", "plant-appliance-1").inputs.manage, [
    "storageDrs",
  ]);
  t.is(modernized.find("ReplicationAppliance", "plant-appliance-1").inputs.fabric, fabric);
  const classic = await recordProgram(false, () => {
    new VmwareSite("plant", {
      ...args,
      generation: "classic",
      servers: {
        configurationServer: { address: "10.1.0.10" },
        vcenters: { "vcenter-one": { address: "10.1.0.5" } },
      },
    });
  });
  t.like(classic.find("ConfigurationServer", "plant-configuration-server").inputs, {
    fabric,
    address: "10.1.0.10",
  });
  t.like(classic.find("VCenter", "plant-vcenter-one").inputs, { fabric, name: "vcenter-one" });
});

test.serial("a site takes existing policies and makes none", async (t) => {
  const { resources, find } = await recordProgram(false, () => {
    const generation = "classic";
    new VmwareSite("plant", { ...args, generation, policy: "gold", failbackPolicy: "home" });
  });
  t.false(resources.some(({ type }) => type === "ReplicationPolicy"));
  t.is(find("ProtectionContainerMapping", "plant-outward").inputs.policy, "gold");
  t.is(find("ProtectionContainerMapping", "plant-back").inputs.policy, "home");
});

test.serial("a site refuses what belongs to a site of the other kind, by its name", async (t) => {
  await recordProgram(true, () => {
    t.throws(
      () =>
        new VmwareSite("plant", {
          ...args,
          failbackPolicy: "home",
          servers: { vcenters: { "vcenter-one": { address: "10.1.0.5" } } },
        }),
      { message: /^failbackPolicy, servers\.vcenters: not for a modernized VMware site/ },
    );
    t.throws(
      () => new VmwareSite("old", { ...args, generation: "classic", agentAutoUpdate: true }),
      {
        message: /^agentAutoUpdate: not for a classic VMware site/,
      },
    );
  });
});

test.serial(
  "V-09 machines leave, and are protected again at home, through the process server of the site",
  async (t) => {
    const { find } = await recordProgram(false, () => {
      const servers = { processServer: "cs-1", runAsAccount: "linux-root" };
      const site = new VmwareSite("plant", { ...args, ...servers, generation: "classic" });
      site.protect("web");
      site.protect("app", { processServer: "cs-2" });
      site.protectAgain("home", { items: ["web", "app"] });
    });
    const given = { processServer: "cs-1", runAsAccount: "linux-root" };
    t.like(find("ReplicatedItem", "web").inputs, given);
    t.is(find("ReplicatedItem", "app").inputs.processServer, "cs-2");
    t.like(find("Reprotect", "home").inputs, given);
  },
);
