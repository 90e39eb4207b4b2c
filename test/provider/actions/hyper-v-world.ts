import type { ExecutionContext } from "ava";
import { failoverHandler } from "../../../provider/actions/failover.ts";
import type { Finding } from "../../../provider/recovery/findings.ts";
import type { WorldDocument } from "../../../simulator/index.ts";
import { ids, orders, startTestBed, type TestBed } from "./test-bed.ts";

/** The ways of replicating a Hyper-V machine: a site of hosts, a VMM cloud, two VMM servers. */
export type HyperVKind = "HyperVToAzure" | "VmmToAzure" | "VmmToVmm";

/** Both ways to Azure. */
export const toAzureKinds: readonly ("HyperVToAzure" | "VmmToAzure")[] = [
  "HyperVToAzure",
  "VmmToAzure",
];

/** What a test changes of a Hyper-V world. */
export interface HyperVChanges {
  /** Of every protected machine at its host. */
  readonly machine?: object;
  readonly item?: object;
  readonly vault?: object;
  readonly world?: object;
}

const protectedMachines = ["web", "app"];

const machines = (changes: object = {}): readonly object[] =>
  protectedMachines.map((name) => ({
    name,
    host: "hv-1.example",
    disks: [{ sizeGiB: 32 }],
    ...changes,
  }));

const hosts = (...names: readonly string[]): readonly object[] => names.map((name) => ({ name }));

/** The servers of each kind, at the site plant-one and, between VMM servers, at plant-two. */
const servers = (kind: HyperVKind, machine: object | undefined): object => {
  if (kind === "HyperVToAzure") {
    return {
      hyperVSites: [
        {
          vault: "orders",
          fabric: "plant-one",
          hosts: hosts("hv-1.example", "hv-2.example"),
          machines: machines(machine),
        },
      ],
    };
  }
  const first = {
    vault: "orders",
    name: "plant-one",
    hosts: hosts("hv-1.example"),
    clouds: [{ name: "gold", machines: machines({ network: "corp", ...machine }) }],
    networks: [{ name: "corp" }, { name: "dmz" }],
  };
  const second = {
    vault: "orders",
    name: "plant-two",
    hosts: hosts("hv-9.example"),
    clouds: [{ name: "silver" }],
    networks: [{ name: "corp-two" }],
  };
  return { vmmServers: kind === "VmmToVmm" ? [first, second] : [first] };
};

const container = { HyperVToAzure: "plant-one", VmmToAzure: "gold", VmmToVmm: "gold" } as const;

/** The vault's set-up of each kind. */
function setUp(kind: HyperVKind): object {
  const betweenSites = kind === "VmmToVmm";
  const mapped = kind === "HyperVToAzure" ? [] : [{ name: "corp", primaryNetwork: "corp" }];
  return {
    fabrics: [],
    containers: [],
    policies: [
      { name: "forward", kind: betweenSites ? "HyperVReplica2012R2" : "HyperVReplicaAzure" },
    ],
    mappings: [
      {
        name: "there",
        source: container[kind],
        target: betweenSites ? "silver" : "Microsoft Azure",
        policy: "forward",
      },
    ],
    networkMappings: mapped.map((each) => ({
      ...each,
      recoveryNetwork: betweenSites ? "corp-two" : "we-vnet",
    })),
  };
}

/** What an item needs of Azure. */
const inAzure = {
  recoveryResourceGroup: "we",
  cacheStorageAccount: "cachewe",
  network: "we-vnet",
  subnet: "apps",
};

/** Two machines of the site plant-one, web and app, that are protected. */
export function hyperVWorld(kind: HyperVKind, changes: HyperVChanges = {}): WorldDocument {
  return orders({
    world: {
      machines: [],
      knobs: { failbackWaitsForUser: true },
      ...servers(kind, changes.machine),
      ...changes.world,
    },
    vault: {
      ...setUp(kind),
      items: protectedMachines.map((machine) => ({
        machine,
        name: machine,
        container: container[kind],
        policy: "forward",
        drilled: true,
        ...(kind === "VmmToVmm" ? {} : inAzure),
        ...changes.item,
      })),
      ...changes.vault,
    },
  });
}

/**
 * Starts a test bed of the world. Its jobs take long by its clock, so that it looks at them less often than
 * the simulator would have it.
 */
export function startHyperVBed(
  t: ExecutionContext,
  kind: HyperVKind,
  changes: HyperVChanges = {},
): Promise<TestBed> {
  return startTestBed(t, hyperVWorld(kind, changes), { pollingInterval: "PT1M" }, 10_000);
}

/** Takes the machine web to the other site, committed. */
export async function failOver(bed: TestBed): Promise<void> {
  await failoverHandler.create(bed.context(), { item: ids.item("web"), commit: "automatic" });
}

/** The last writes of a verb, with their bodies. */
export function bodiesOf(bed: TestBed, verb: string): readonly unknown[] {
  return bed.simulator
    .journal({ writesOnly: true })
    .filter((each) => each.path.endsWith(`/${verb}`))
    .map((each) => each.body);
}

/** How often a verb was sent. */
export const posts = (bed: TestBed, verb: string): number => bodiesOf(bed, verb).length;

/** Changes a Hyper-V machine as a person would: `power`, `deleted`, `shutdown`, … */
export function changeHyperVMachine(bed: TestBed, name: string, change: object): Promise<void> {
  return patch(bed, `machines/${name}`, change);
}

/** Lets a Hyper-V host or a VMM server fall silent, or report again. */
export function setHeartbeat(
  bed: TestBed,
  name: string,
  heartbeat: "reports" | "silent",
): Promise<void> {
  return patch(bed, `servers/${name}`, { heartbeat });
}

async function patch(bed: TestBed, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const url = `${bed.simulator.url}/_simulator/hyper-v/${path}`;
  const answer = await fetch(url, { method: "PATCH", headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
}

/** Ids of the rules that block, with the paths of their inputs. */
export function blockersOf({
  findings = [],
}: {
  readonly findings?: readonly Finding[] | undefined;
}): readonly (readonly [string, string])[] {
  return findings
    .filter((each) => each.severity === "block")
    .map((each) => [each.rule, each.path] as const);
}
