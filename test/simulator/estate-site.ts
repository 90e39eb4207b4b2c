import type { SimulatorOptions, WorldDocument } from "../../simulator/index.ts";
import { type Body, openShop, type Shop, SUBSCRIPTION } from "./shop.ts";

/** The path of the vault of the site's machines. */
export const SITE_VAULT: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.RecoveryServices/vaults/site-vault`;
/** The fabric that the configuration server is. */
export const CLASSIC: string = `${SITE_VAULT}/replicationFabrics/cs-1`;
/** Its container. */
export const CLASSIC_CONTAINER: string = `${CLASSIC}/replicationProtectionContainers/cs-1-container`;
/** The fabric of the appliances. */
export const MODERN: string = `${SITE_VAULT}/replicationFabrics/site-vault-vmwarefabric`;
/** Its container. */
export const MODERN_CONTAINER: string = `${MODERN}/replicationProtectionContainers/site-vaultreplicationcontainer`;
/** Where the appliances discover machines. */
export const DISCOVERY: string = `/subscriptions/${SUBSCRIPTION}/resourceGroups/recovery/providers/Microsoft.OffAzure/VMwareSites/site-vaultvmwaresite`;

/** A site with a configuration server and with an appliance, none of whose machines is protected. */
export const SITE: WorldDocument = {
  seed: "site",
  clock: { mode: "stepped" },
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [{ name: "recovery", location: "westeurope" }],
  vcenters: [
    {
      name: "vcenter-one",
      address: "10.1.0.5",
      datastores: [
        { name: "ds1", capacityGiB: 2000, freeGiB: 1500 },
        { name: "nfs1", type: "NFS" },
      ],
      hosts: [
        { name: "esx1.example.local", datastores: ["ds1", "nfs1"] },
        { name: "esx2.example.local", datastores: ["nfs1"] },
      ],
      machines: [
        { name: "web", count: 2, address: "10.1.1.11", disks: [{ sizeGiB: 64 }, { sizeGiB: 32 }] },
        { name: "db", os: "Windows", power: "off" },
        { name: "mt-linux", address: "10.1.0.12" },
        { name: "appliance-1", os: "Windows", address: "10.1.0.20" },
      ],
    },
    {
      name: "vcenter-two",
      address: "vcenter-two.example.local",
      datastores: [{ name: "ds9" }],
      hosts: [{ name: "esx9.example.local", datastores: ["ds9"] }],
      machines: [{ name: "late" }],
    },
  ],
  physicalServers: [
    { name: "metal-1", address: "10.1.1.50", os: "Windows" },
    { name: "metal-2", address: "10.1.1.51", discoverable: false },
  ],
  configurationServers: [
    {
      name: "cs-1",
      vault: "site-vault",
      container: "cs-1-container",
      address: "10.1.0.10",
      vcenters: ["vcenter-one"],
      runAsAccounts: [{ name: "linux-root" }, { name: "windows-admin" }],
      processServers: [
        { name: "cs-1" },
        { name: "ps-azure", address: "10.2.0.4", registersAfterMinutes: 10 },
      ],
      masterTargets: [
        { name: "mt-linux", retentionVolumes: [{ name: "/mnt/retention", capacityGiB: 512 }] },
      ],
    },
  ],
  appliances: [
    {
      name: "appliance-1",
      vault: "site-vault",
      vcenters: ["vcenter-one"],
      runAsAccounts: [{ name: "linux-root" }],
    },
  ],
  vaults: [{ name: "site-vault", resourceGroup: "recovery" }],
};

/** A simulator of the site, with the calls tests make. */
export interface Site extends Shop {
  /** `customDetails` of the configuration server's fabric. */
  classic(): Promise<Body>;
  /** `customDetails` of the appliances' fabric. */
  modern(): Promise<Body>;
  /** Changes something by an endpoint of the simulator's own. */
  change(what: "machines" | "vcenters" | "servers", body: object): Promise<Body>;
  advance(minutes: number): void;
}

/** Starts a simulator of the site; the test ends it. */
export async function openSite(
  t: { teardown(work: () => unknown): void },
  world: WorldDocument = SITE,
  options: Partial<SimulatorOptions> = {},
): Promise<Site> {
  const shop = await openShop(t, { world, ...options });
  return {
    ...shop,
    classic: async () => (await shop.get(CLASSIC)).properties.customDetails,
    modern: async () => (await shop.get(MODERN)).properties.customDetails,
    change: async (what, body) => (await shop.ask("POST", `/_simulator/estate/${what}`, body)).body,
    advance: (minutes) => shop.simulator.clock.advance(minutes * 60_000),
  };
}
