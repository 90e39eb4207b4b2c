import type { ExecutionContext } from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import type { WorldDocument } from "../../../simulator/index.ts";
import { ids, orders, startTestBed, type TestBed } from "./test-bed.ts";

/** Both ways of replicating a VMware site. */
export type SiteKind = "modernized" | "classic";

/** Both of them. */
export const siteKinds: readonly SiteKind[] = ["modernized", "classic"];

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
 * Starts a test bed of the site. Its jobs take long by its clock, so that it looks at them less often than
 * the simulator would have it.
 */
export function startSiteBed(
  t: ExecutionContext,
  kind: SiteKind,
  changes: SiteChanges = {},
): Promise<TestBed> {
  return startTestBed(t, plantOne(kind, changes), { pollingInterval: "PT1M" }, 10_000);
}

/** Takes the machine web to Azure, committed. */
export async function recoverToAzure(bed: TestBed): Promise<void> {
  await failoverHandler.create(bed.context(), { item: ids.item("web"), commit: "automatic" });
}

/** Changes a machine of the site as a person would: `power`, `deleted`, `agentRegistersAfterMinutes`, … */
export async function changeSiteMachine(bed: TestBed, change: object): Promise<void> {
  await post(`${bed.simulator.url}/_simulator/estate/machines`, change);
}

/** Starts or stops a machine in Azure as a person would. */
export async function setAzurePower(
  bed: TestBed,
  name: string,
  verb: "start" | "deallocate",
): Promise<void> {
  const id = `${ids.testNetwork.split("/providers/")[0]}/providers/Microsoft.Compute/virtualMachines/${name}`;
  await post(`${bed.simulator.url}${id}/${verb}?api-version=2024-07-01`, {});
}

async function post(url: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}
