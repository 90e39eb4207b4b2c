import type { ExecutionContext } from "ava";
import type { WorldDocument } from "../../../simulator/index.ts";
import { orders, startTestBed, type TestBed } from "./test-bed.ts";

/** Both ways of replicating a VMware site. */
export type SiteKind = "modernized" | "classic";

/** What a test changes of the site. */
export interface SiteChanges {
  /** Of every machine of the vCenter that is protected. */
  readonly machine?: object;
  readonly item?: object;
  /** Of the configuration server or the appliance. */
  readonly server?: object;
  readonly vault?: object;
  readonly world?: object;
}

const protectedMachines = ["web", "app"];

const policies: Readonly<Record<SiteKind, readonly object[]>> = {
  modernized: [{ name: "forward", kind: "InMageRcm", appConsistentMinutes: 60 }],
  classic: [
    { name: "forward", kind: "InMageAzureV2", appConsistentMinutes: 60 },
    { name: "back", kind: "InMage" },
  ],
};

const mappings: Readonly<Record<SiteKind, readonly object[]>> = {
  modernized: [
    { name: "there", source: "appliance-1", target: "Microsoft Azure", policy: "forward" },
  ],
  classic: [
    { name: "there", source: "cs-1", target: "Microsoft Azure", policy: "forward" },
    { name: "back", source: "cs-1", target: "cs-1", policy: "back" },
  ],
};

const servers = (kind: SiteKind, changes: object): object =>
  kind === "modernized"
    ? {
        appliances: [
          {
            name: "appliance-1",
            vault: "orders",
            fabric: "plant-one",
            address: "10.1.0.20",
            vcenters: ["vcenter-one"],
            runAsAccounts: [{ name: "linux-root" }],
            ...changes,
          },
        ],
      }
    : {
        configurationServers: [
          {
            name: "cs-1",
            vault: "orders",
            fabric: "plant-one",
            address: "10.1.0.10",
            vcenters: ["vcenter-one"],
            runAsAccounts: [{ name: "linux-root" }],
            processServers: [{ name: "cs-1" }],
            masterTargets: [{ name: "mt-linux", retentionVolumes: [{ name: "/mnt/retention" }] }],
            ...changes,
          },
        ],
      };

/** Two machines of the VMware site plant-one, web and app, that are protected towards westeurope. */
export function plantOne(kind: SiteKind, changes: SiteChanges = {}): WorldDocument {
  return orders({
    world: {
      vcenters: [
        {
          name: "vcenter-one",
          address: "10.1.0.5",
          datastores: [{ name: "ds1" }],
          hosts: [{ name: "esx1.example.local", datastores: ["ds1"] }],
          machines: [
            ...protectedMachines.map((name, index) => ({
              name,
              address: `10.1.1.${11 + index}`,
              disks: [{ sizeGiB: 64 }],
              ...changes.machine,
            })),
            { name: "mt-linux", address: "10.1.0.12" },
            { name: "appliance-1", os: "Windows", address: "10.1.0.20" },
          ],
        },
      ],
      ...servers(kind, changes.server ?? {}),
      machines: [],
      ...changes.world,
    },
    vault: {
      fabrics: [],
      containers: [],
      policies: policies[kind],
      mappings: mappings[kind],
      networkMappings: [],
      items: protectedMachines.map((name) => ({
        machine: name,
        container: kind === "modernized" ? "appliance-1" : "cs-1",
        policy: "forward",
        recoveryResourceGroup: "we",
        cacheStorageAccount: "cachewe",
        network: "we-vnet",
        subnet: "apps",
        drilled: true,
        ...changes.item,
      })),
      ...changes.vault,
    },
  });
}

/**
 * Starts a test bed of the site. Machines of sites are copied for hours of its clock, so that it looks at
 * them once a minute.
 */
export function startSiteBed(
  t: ExecutionContext,
  kind: SiteKind,
  changes: SiteChanges = {},
): Promise<TestBed> {
  return startTestBed(t, plantOne(kind, changes), { pollingInterval: "PT1M" });
}
