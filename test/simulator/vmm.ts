import type { WorldDocument } from "../../simulator/index.ts";
import { fabric, type HyperVWorld, openHyperV, policy, properties } from "./hyper-v.ts";
import { type Body, SUBSCRIPTION } from "./shop.ts";

/** Two VMM servers in one vault, some machines of the first protected at the second from the start. */
export const VMM_PAIR: WorldDocument = {
  seed: "vmm",
  clock: { mode: "stepped" },
  subscriptions: [{ id: SUBSCRIPTION }],
  resourceGroups: [{ name: "recovery", location: "westeurope" }],
  vmmServers: [
    {
      vault: "drv",
      name: "vmm-1",
      hosts: [{ name: "hv-1" }],
      networks: [{ name: "corp" }, { name: "lab" }],
      storageClassifications: [{ name: "fast" }, { name: "slow" }],
      clouds: [
        {
          name: "gold",
          machines: [
            { name: "crm-1", disks: [{ sizeGiB: 40 }, { sizeGiB: 24 }] },
            { name: "erp-1", shutdown: "fails" },
            { name: "new-1", storageClassification: "slow" },
            { name: "lab-1", network: "lab" },
          ],
        },
      ],
    },
    {
      vault: "drv",
      name: "vmm-2",
      hosts: [{ name: "hv-2" }],
      networks: [{ name: "corp-dr" }, { name: "drill" }],
      storageClassifications: [{ name: "fast-dr" }],
      clouds: [{ name: "silver" }],
    },
  ],
  vaults: [
    {
      name: "drv",
      resourceGroup: "recovery",
      policies: [
        { name: "between", kind: "HyperVReplica2012R2", replicationIntervalSeconds: 30 },
        { name: "unmapped", kind: "HyperVReplica2012R2" },
      ],
      mappings: [{ name: "pair", source: "gold", target: "silver", policy: "between" }],
      networkMappings: [{ name: "corp", primaryNetwork: "corp", recoveryNetwork: "corp-dr" }],
      storageClassificationMappings: [{ name: "fast", primary: "fast", recovery: "fast-dr" }],
      items: [
        { machine: "crm-1", container: "gold", policy: "between" },
        { machine: "erp-1", container: "gold", policy: "between" },
      ],
    },
  ],
};

/** The details that clients of 2017 sent with every verb. */
const DETAILS = { instanceType: "ProviderSpecificFailoverInput" };
const OUT = "PrimaryToRecovery";
const HOME = "RecoveryToPrimary";

/** Bodies of verbs in either direction. */
export const BODY: {
  planned(direction?: string): object;
  unplanned(direction?: string, sourceSiteOperations?: string): object;
  test(networkId: string | undefined, direction?: string): object;
  reverse(direction: string): object;
  readonly out: string;
  readonly home: string;
} = {
  planned: (failoverDirection = OUT) => properties(DETAILS, { failoverDirection }),
  unplanned: (failoverDirection = OUT, sourceSiteOperations = "Required") =>
    properties(DETAILS, { failoverDirection, sourceSiteOperations }),
  test: (networkId, failoverDirection = OUT) =>
    properties(DETAILS, {
      failoverDirection,
      networkType: "VmNetworkAsInput",
      ...(networkId !== undefined && { networkId }),
    }),
  reverse: (failoverDirection) =>
    properties({ instanceType: "ReverseReplicationProviderSpecificInput" }, { failoverDirection }),
  out: OUT,
  home: HOME,
};

/** The pair of VMM sites with the calls that tests make. */
export interface VmmPair extends HyperVWorld {
  /** The ARM id of a VM network. */
  network(server: "vmm-1" | "vmm-2", name: string): Promise<string>;
  /** A machine in a cloud of one of the servers; undefined if there is none. */
  machineAt(server: "vmm-1" | "vmm-2", name: string): Promise<Body>;
  /** Enables the protection of a machine and returns the path of its item; its job may fail. */
  enable(name: string, rest?: object): Promise<{ path: string; status: Body }>;
  /** Runs a verb and returns its job, ended as expected. */
  job(path: string, verb: string, body?: object): Promise<Body>;
}

/** Starts a simulator of the pair; the test ends it. */
export async function openVmmPair(
  t: { teardown(work: () => unknown): void },
  world: WorldDocument = VMM_PAIR,
): Promise<VmmPair> {
  const open = await openHyperV(t, world);
  return {
    ...open,
    async network(server, name) {
      const { value } = await open.get(`${fabric(server)}/replicationNetworks`);
      return value.find((each: Body) => each.properties.friendlyName === name).id;
    },
    async machineAt(server, name) {
      const { hyperV } = await open.get("/_simulator/state");
      return Object.values(hyperV.machines).find(
        (each: Body) => each.name === name && each.fabricName === server,
      );
    },
    async enable(name, rest = {}) {
      const cloud = await open.container("gold");
      const path = `${cloud}/replicationProtectedItems/${name}`;
      const status = await open.run(
        "PUT",
        path,
        properties(
          { instanceType: "HyperVReplica2012R2" },
          {
            policyId: policy("between"),
            protectableItemId: (await open.protectable(cloud, name)).id,
            ...rest,
          },
        ),
      );
      return { path, status };
    },
    async job(path, verb, body) {
      const at = await open.begin(path, verb, body);
      open.minutes(20);
      return (await open.get(at)).properties;
    },
  };
}
