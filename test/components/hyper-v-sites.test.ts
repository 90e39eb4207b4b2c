import * as pulumi from "@pulumi/pulumi";
import test from "ava";
import { HyperVSite, VmmPair, VmmSite } from "../../components/index.ts";
import { containerOfCloud } from "../../components/vmm-cloud.ts";
import { namesOf, recordProgram } from "./recorder.ts";

const azure = "/subscriptions/s/resourceGroups/plant/providers";
const vault = `${azure}/Microsoft.RecoveryServices/vaults/main`;
const network = `${azure}/Microsoft.Network/virtualNetworks/azure`;
const recovery = {
  resourceGroup: { id: pulumi.output("/subscriptions/s/resourceGroups/recovered") },
  cacheStorageAccount: `${azure}/Microsoft.Storage/storageAccounts/logs`,
  network,
  subnet: "servers",
};

for (const preview of [true, false]) {
  const when = preview ? "at preview" : "at update";

  test.serial(
    `S-03 a Hyper-V site is made with its hosts, one policy and one mapping to Azure ${when}`,
    async (t) => {
      const recorder = await recordProgram(preview, () => {
        const site = new HyperVSite("plant", { vault, hosts: ["hv-1"], recovery });
        site.protect("web", { target: { size: "Standard_B2s" } });
      });
      t.deepEqual(namesOf(recorder), [
        "Fabric plant-site",
        "HyperVHost plant-hv-1",
        "ProtectionContainerMapping plant-outward",
        "ReplicatedItem web",
        "ReplicationPolicy plant-policy",
        "asr:index:HyperVSite plant",
      ]);
      t.like(recorder.find("Fabric", "plant-site").inputs, {
        ...{ vault, kind: "HyperVSite", name: "plant" },
      });
      t.like(recorder.find("HyperVHost", "plant-hv-1").inputs, {
        ...{ fabric: "plant-site-id", name: "hv-1" },
      });
      t.like(recorder.find("ReplicationPolicy", "plant-policy").inputs, {
        scenario: "HyperVToAzure",
        replicationInterval: "PT5M",
        recoveryPointRetention: "PT24H",
      });
      t.like(recorder.find("ProtectionContainerMapping", "plant-outward").inputs, {
        targetContainer: "Microsoft Azure",
        policy: "plant-policy-id",
      });
      const { sourceContainer } = recorder.find(
        "ProtectionContainerMapping",
        "plant-outward",
      ).inputs;
      t.regex(String(sourceContainer), /plant-site\/replicationProtectionContainers\/cloud$/);
      t.like(recorder.find("ReplicatedItem", "web").inputs, {
        machine: "web",
        container: sourceContainer,
        policy: "plant-policy-id",
        target: {
          resourceGroup: "/subscriptions/s/resourceGroups/recovered",
          network,
          subnet: "servers",
          size: "Standard_B2s",
        },
      });
    },
  );

  test.serial(
    `S-04 a VMM cloud maps its networks to Azure's, and its machines wait for that ${when}`,
    async (t) => {
      const recorder = await recordProgram(preview, () => {
        const networks = { corp: network };
        const site = new VmmSite("plant", {
          ...{ vault, server: "vmm-1", cloud: "Gold", networks, recovery },
          policy: "given",
        });
        site.protect("web", { machine: "shop-web" });
      });
      t.deepEqual(namesOf(recorder), [
        "NetworkMapping plant-corp",
        "ProtectionContainerMapping plant-outward",
        "ReplicatedItem web",
        "VmmServer plant-server",
        "asr:index:VmmSite plant",
      ]);
      t.like(recorder.find("NetworkMapping", "plant-corp").inputs, {
        primaryNetwork: "corp",
        recoveryFabric: "Microsoft Azure",
        recoveryNetwork: network,
      });
      t.like(recorder.find("ReplicatedItem", "web").inputs, {
        machine: "shop-web",
        container: "plant-server-Gold-id",
        policy: "given",
      });
    },
  );

  test.serial(
    `S-06 two VMM clouds are paired, with networks and storage classifications mapped ${when}`,
    async (t) => {
      const recorder = await recordProgram(preview, () => {
        const pair = new VmmPair("plants", {
          vault,
          primary: { server: "vmm-1", cloud: "Gold" },
          recovery: { server: "vmm-2", cloud: "Replica" },
          networks: { corp: "corp-annex" },
          storageClassifications: { Fast: "Slow" },
        });
        pair.protect("web");
      });
      t.deepEqual(namesOf(recorder), [
        "NetworkMapping plants-corp",
        "ProtectionContainerMapping plants-outward",
        "ReplicatedItem web",
        "ReplicationPolicy plants-policy",
        "StorageClassificationMapping plants-Fast",
        "VmmServer plants-primary",
        "VmmServer plants-recovery",
        "asr:index:VmmPair plants",
      ]);
      t.like(recorder.find("StorageClassificationMapping", "plants-Fast").inputs, {
        primaryStorageClassification: "Fast",
        recoveryStorageClassification: "Slow",
      });
      t.like(recorder.find("ReplicationPolicy", "plants-policy").inputs, { scenario: "VmmToVmm" });
      t.like(recorder.find("ProtectionContainerMapping", "plants-outward").inputs, {
        sourceContainer: "plants-primary-Gold-id",
        targetContainer: "plants-recovery-Replica-id",
      });
      t.false("target" in recorder.find("ReplicatedItem", "web").inputs);
    },
  );
}

test.serial("S-06 clouds of one VMM server are paired without a second server", async (t) => {
  const recorder = await recordProgram(true, () => {
    new VmmPair("plant", {
      vault,
      primary: { server: "vmm-1", cloud: "Gold" },
      recovery: { server: "vmm-1", cloud: "Replica" },
      networks: {},
      policy: "given",
    });
  });
  t.deepEqual(
    namesOf(recorder).filter((each) => each.startsWith("VmmServer")),
    ["VmmServer plant-primary"],
  );
});

test.serial("S-04 a cloud that the VMM server does not have is refused with those it has", (t) => {
  const clouds = { Gold: "gold-id", Silver: "silver-id" };
  t.is(containerOfCloud(clouds, "vmm-1", "gold"), "gold-id");
  const error = t.throws(() => containerOfCloud(clouds, "vmm-1", "Bronze"));
  t.is(error?.message, 'The VMM server vmm-1 has no cloud "Bronze". It has: Gold, Silver.');
});
