import type { ExecutionContext } from "ava";
import { observeOnPremises } from "../../../../provider/actions/observation/on-premises.ts";
import {
  observeServer,
  type ServerAsk,
} from "../../../../provider/actions/observation/on-premises-server.ts";
import type { AnyActionInputs } from "../../../../provider/actions/settings.ts";
import { readConfiguration } from "../../../../provider/configuration.ts";
import type { Context } from "../../../../provider/context.ts";
import type { ActionKind } from "../../../../provider/recovery/action-kinds.ts";
import { decide } from "../../../../provider/recovery/decision.ts";
import type { Finding } from "../../../../provider/recovery/findings.ts";
import type { FabricFacts, ItemFacts } from "../../../../provider/recovery/model.ts";
import type {
  ApplianceFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
} from "../../../../provider/recovery/on-premises.ts";
import { checkMachines } from "../../../../provider/recovery/rules/rules.ts";
import { checkServer } from "../../../../provider/recovery/rules/server-rules.ts";
import type { ChosenServers } from "../../../../provider/recovery/site-servers.ts";
import type { AzureSite, VaultSite } from "../../../../provider/sites/azure/site.ts";
import { createSiteRegistry } from "../../../../provider/sites/create-registry.ts";
import type { VCenterScenario } from "../../../../tools/vcenter/scenario.ts";
import { startVCenter, type VCenterBench } from "../../../support/vcenter.ts";
import { appliance, discovered, fabric, masterTarget } from "../../recovery/site-facts.ts";
import { chosen, classic, onPremises, siteItemAfter } from "../../recovery/site-situations.ts";
import { now, situation } from "../../recovery/situations.ts";
import type { Generation } from "../../recovery/vmware-items.ts";

/** Instance UUIDs by which Azure and the vCenter know a machine. */
export const uuids = {
  web: "50130000-0000-4000-8000-000000000001",
  appliance: "42130000-0000-4000-8000-0000000000aa",
} as const;

/** A password that no text may hold. */
export const password = "correct-horse-42";

/** A vCenter in good order: a machine `web` that is off, a fit master target and an appliance. */
export const goodScenario: VCenterScenario = {
  hosts: [{ name: "esx1.example.local", memoryMiB: 65_536, usedMiB: 4096, licence: "vc.ent" }],
  datastores: [
    { name: "ds1", capacityGiB: 2000, freeGiB: 1500, pod: "pod-1" },
    { name: "ds2", capacityGiB: 2000, freeGiB: 1500 },
  ],
  pods: [{ name: "pod-1", enabled: true, excluded: ["mt-linux", "appliance-1"] }],
  machines: [
    {
      ...{ name: "web", datastore: "ds1", power: "off", instanceUuid: uuids.web },
      memoryMiB: 4096,
    },
    {
      ...{ name: "mt-linux", datastore: "ds1", processors: 4, memoryMiB: 8192 },
      controllers: ["VirtualLsiLogicController"],
      disks: [{ sizeGiB: 100 }],
      extraConfig: { "disk.EnableUUID": "TRUE" },
      toolsRunning: true,
    },
    { name: "appliance-1", datastore: "ds1", biosUuid: uuids.appliance, toolsRunning: true },
  ],
};

/** What one look at the vCenter is asked for. */
export interface Look {
  readonly action: ActionKind;
  readonly generation: Generation;
  readonly item?: Partial<ItemFacts>;
  readonly inputs?: AnyActionInputs;
  readonly servers?: Partial<ChosenServers>;
  readonly masterTarget?: Partial<MasterTargetFacts>;
  readonly appliance?: Partial<ApplianceFacts>;
  readonly fabric?: Partial<OnPremisesFabricFacts>;
  /** Verbs of its round that the item has behind it. */
  readonly after?: number;
  readonly commit?: boolean;
  /** As many machines, named web1, web2, …; default one, `web`. */
  readonly count?: number;
  readonly preview?: boolean;
}

/** What one look at a server is asked for. */
export interface ServerLook extends Omit<ServerAsk, "site" | "vault" | "fabricName"> {
  readonly generation: Generation;
  readonly masterTarget?: Partial<MasterTargetFacts>;
  readonly fabric?: Partial<OnPremisesFabricFacts>;
}

/** A vCenter with a provider before it whose Azure is a table. */
export interface SiteBench {
  readonly bench: VCenterBench;
  /** What the rules find, with the vCenter looked at anew. */
  findings(look: Look): Promise<readonly Finding[]>;
  /** What the rules find about a server by itself, with the vCenter looked at anew. */
  serverFindings(look: ServerLook): Promise<readonly Finding[]>;
}

const rounds: Readonly<Record<string, number>> = { Failover: 0, Reprotect: 2, Failback: 3 };

/** Starts a vCenter and a provider for it; `settings` replace those of `asr:vcenters`. */
export async function startSiteBench(
  t: Pick<ExecutionContext, "teardown">,
  scenario: VCenterScenario = goodScenario,
  settings: Readonly<Record<string, object>> | "none" = {},
): Promise<SiteBench> {
  const bench = await startVCenter(t, scenario);
  const login = { url: bench.url, username: "provider", password, thumbprint: bench.thumbprint };
  const vcenters =
    settings === "none"
      ? {}
      : Object.keys(settings).length === 0
        ? { "vcenter-one": login }
        : Object.fromEntries(
            Object.entries(settings).map(([name, each]) => [name, { ...login, ...each }]),
          );
  return {
    bench,
    findings: async (look) => {
      const context = makeContext(t, vcenters, look.preview ?? true);
      return await find(context, look);
    },
    serverFindings: async ({ generation, masterTarget: target, fabric: changes, ...ask }) => {
      const context = makeContext(t, vcenters, true);
      const siteFabric = fabricOf(
        generation,
        masterTarget(target),
        appliance({ biosId: uuids.appliance }),
        changes,
      );
      const { site, vault } = azureOf(siteFabric, []);
      return checkServer(
        await observeServer(context, { ...ask, site, vault, fabricName: "fabric-site" }),
      );
    },
  };
}

function makeContext(
  t: Pick<ExecutionContext, "teardown">,
  vcenters: object,
  preview: boolean,
): Context {
  const values: Readonly<Record<string, string>> = {
    subscriptionId: "s",
    vcenters: JSON.stringify(vcenters),
  };
  const configuration = readConfiguration((key) => values[key], {});
  const sites = createSiteRegistry(configuration);
  t.teardown(async () => {
    for (const name of sites.vcenterNames) await (await sites.vsphere(name))?.close();
  });
  return {
    preview,
    signal: new AbortController().signal,
    clock: { now: () => now, sleep: async () => await new Promise((done) => setImmediate(done)) },
    log: { info: () => {}, warn: () => {}, progress: () => {} },
    configuration,
    sites,
    declared: new Set(),
  };
}

async function find(context: Context, look: Look): Promise<readonly Finding[]> {
  const { action, generation, commit = false, inputs = {} } = look;
  const isClassic = generation === classic;
  const target = masterTarget(look.masterTarget);
  const carrier = appliance({ biosId: uuids.appliance, ...look.appliance });
  const siteFabric = fabricOf(generation, target, carrier, look.fabric);
  const items = itemsOf(look);
  const { site, vault } = azureOf(siteFabric, items);
  const asks = items.map((item) => ({
    ...{ site, vault, action, item, inputs, projected: false },
    decision: decide({ kind: action, commit }, item, []),
    destination: {
      resources: [],
      eligibilityErrors: [],
      runningMachineExists: true,
      runningMachinePowerState: action === "Failback" && commit ? "deallocated" : "running",
      runningMachineId: "/vm/web-azure",
      runningMachineDiskCount: 1,
    },
    ...(action === "Reprotect"
      ? {
          servers: chosen(generation, {
            fabric: siteFabric,
            ...(isClassic ? { masterTarget: target } : { appliance: carrier }),
            ...look.servers,
          }),
        }
      : {}),
  }));
  const observed = await observeOnPremises(context, asks);
  return checkMachines(
    asks.map(({ item, decision, destination }, index) =>
      situation(action, item, {
        decision,
        destination,
        manages: inputs.manage ?? [],
        ...(observed[index] === undefined ? {} : { onPremises: observed[index] }),
      }),
    ),
    inputs.waive ?? [],
  );
}

function itemsOf({ action, generation, after, item, count }: Look): readonly ItemFacts[] {
  const made = siteItemAfter(generation, after ?? rounds[action] ?? 0, {
    ...item,
    onPremises: onPremises({
      vcenterMachineUuid: uuids.web,
      ...(generation === classic ? { masterTargetId: "mt" } : { reprotectAgentId: "ap" }),
      processServerId: "ps",
      sourcePowerStatus: action === "Failback" ? "OFF" : "ON",
      ...item?.onPremises,
    }),
  });
  if (count === undefined) return [made];
  return Array.from({ length: count }, (_, index) => {
    const name = `web${String(index + 1).padStart(String(count).length, "0")}`;
    const { vcenterMachineUuid: _uuid, ...told } = made.onPremises ?? onPremises();
    return { ...made, name, friendlyName: name, machineId: "", onPremises: told };
  });
}

function fabricOf(
  generation: Generation,
  target: MasterTargetFacts,
  carrier: ApplianceFacts,
  changes: Partial<OnPremisesFabricFacts> = {},
): OnPremisesFabricFacts {
  return fabric({
    ...(generation === classic
      ? { masterTargets: [target] }
      : { generation: "modernized", masterTargets: [], appliances: [carrier] }),
    ...changes,
  });
}

function azureOf(
  siteFabric: OnPremisesFabricFacts,
  items: readonly ItemFacts[],
): { readonly site: AzureSite; readonly vault: VaultSite } {
  const site = {
    now: () => now,
    network: async () => undefined,
    networkConnections: async () => [],
  } as unknown as AzureSite;
  return { site, vault: vaultOf(siteFabric, items) };
}

function vaultOf(siteFabric: OnPremisesFabricFacts, items: readonly ItemFacts[]): VaultSite {
  const fabrics: readonly Partial<FabricFacts>[] = [
    { id: "/f", name: "fabric-site", onPremises: siteFabric },
  ];
  return {
    fabrics: async () => fabrics,
    items: async () => items,
    policies: async () => [
      {
        id: "/p/back",
        name: "back",
        instanceType: "InMage",
        recoveryPointHistoryMinutes: 1440,
        applicationConsistentFrequencyMinutes: 60,
        crashConsistentFrequencyMinutes: 0,
        recoveryPointThresholdMinutes: 15,
        multiVmSync: true,
      },
    ],
    recoveryPoints: async () => [{ id: "/point" }],
    onPremises: { vcenters: async () => [discovered({ address: "127.0.0.1" })] },
  } as unknown as VaultSite;
}
