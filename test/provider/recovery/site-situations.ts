import test, { type Macro } from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import type {
  ApplianceFacts,
  DiscoveredVCenterFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "../../../provider/recovery/on-premises.ts";
import type {
  OnPremisesSituation,
  SiteServerSituation,
  VsphereMachineView,
} from "../../../provider/recovery/on-premises-situation.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { checkServer } from "../../../provider/recovery/rules/server-rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import type {
  VsphereDatastoreFacts,
  VsphereHostFacts,
  VsphereMachineFacts,
} from "../../../provider/recovery/vsphere-facts.ts";
import { now, situation } from "./situations.ts";
import { type Generation, generations, onPremises, siteItemAfter } from "./vmware-items.ts";

const gibibyte = 1024 ** 3;
const recently = "2026-01-10T11:59:00Z";

export const modernized: Generation = generations[0];
export const classic: Generation = generations[1];

/** A VMFS datastore, mounted read/write on host-1. */
export const datastore = (
  name: string,
  changes: Partial<VsphereDatastoreFacts> = {},
): VsphereDatastoreFacts => ({
  reference: `datastore-${name}`,
  name,
  type: "VMFS",
  accessible: true,
  freeBytes: 500 * gibibyte,
  maintenanceMode: "normal",
  mounts: [{ hostReference: "host-1", accessMode: "readWrite", mounted: true, accessible: true }],
  storagePodReference: "",
  ...changes,
});

/** A connected host with memory to spare. */
export const host = (changes: Partial<VsphereHostFacts> = {}): VsphereHostFacts => ({
  reference: "host-1",
  name: "esx1.example.local",
  connectionState: "connected",
  inMaintenanceMode: false,
  memoryBytes: 64 * gibibyte,
  usedMemoryMebibytes: 1024,
  datastoreReferences: ["datastore-ds1"],
  machineReferences: ["vm-web", "vm-mt-linux"],
  licenceEdition: "vSphere8.ent",
  ...changes,
});

/** A machine that is fit to be a master target, and off when it is `web`. */
export const vm = (
  name: string,
  changes: Partial<VsphereMachineFacts> = {},
): VsphereMachineFacts => ({
  reference: `vm-${name}`,
  name,
  biosUuid: `bios-${name}`,
  instanceUuid: `instance-${name}`,
  hostReference: "host-1",
  datastoreReferences: ["datastore-ds1"],
  powerState: name === "web" ? "poweredOff" : "poweredOn",
  hasSnapshot: false,
  diskUuidEnabled: true,
  controllers: [{ key: 1000, kind: "VirtualLsiLogicController" }],
  disks: [
    {
      key: 2000,
      fileName: `[ds1] ${name}/${name}.vmdk`,
      uuid: `disk-${name}`,
      capacityBytes: 100 * gibibyte,
      controllerKey: 1000,
      unitNumber: 0,
      rawDeviceMapping: false,
    },
  ],
  configurationFile: `[ds1] ${name}/${name}.vmx`,
  guestId: "ubuntu64Guest",
  guestFamily: "linuxGuest",
  toolsRunningStatus: "guestToolsRunning",
  guestVolumes: [],
  memoryMebibytes: 8192,
  processorCount: 4,
  ...changes,
});

/** A machine in its vCenter. */
export const view = (
  machine: VsphereMachineFacts,
  changes: Partial<VsphereMachineView> = {},
): VsphereMachineView => ({
  matches: [machine],
  soughtById: false,
  machine,
  host: host(),
  datastores: [datastore("ds1")],
  storagePods: [],
  ...changes,
});

/** The vCenter knows no such machine. */
export const absent: VsphereMachineView = {
  matches: [],
  soughtById: true,
  datastores: [],
  storagePods: [],
};

export const processServer = (changes: Partial<ProcessServerFacts> = {}): ProcessServerFacts => ({
  id: "ps",
  name: "ps-azure",
  address: "10.2.0.9",
  agentVersion: "9.50",
  lastHeartbeat: recently,
  health: "Normal",
  healthErrors: [],
  serviceStatus: "Running",
  machineCount: 1,
  ...changes,
});

export const masterTarget = (changes: Partial<MasterTargetFacts> = {}): MasterTargetFacts => ({
  id: "mt",
  name: "mt-linux",
  address: "10.1.0.12",
  osType: "Linux",
  osVersion: "Ubuntu 22.04",
  agentVersion: "9.50",
  lastHeartbeat: recently,
  diskCount: 1,
  retentionVolumes: [
    { name: "/mnt/retention", capacityBytes: 1024 * gibibyte, freeBytes: 1000 * gibibyte },
  ],
  datastores: [
    {
      name: "ds1",
      uuid: "u",
      capacityBytes: 1000 * gibibyte,
      freeBytes: 500 * gibibyte,
      type: "VMFS",
    },
  ],
  healthErrors: [],
  validationErrors: [],
  ...changes,
});

export const appliance = (changes: Partial<ApplianceFacts> = {}): ApplianceFacts => ({
  id: "ap",
  name: "appliance-1",
  biosId: "bios-appliance-1",
  fqdn: "appliance-1.example.local",
  version: "1.40",
  lastHeartbeat: recently,
  health: "Normal",
  healthErrors: [],
  protectedItemCount: 1,
  accessibleDatastores: ["ds1"],
  vcenterId: "vcenter",
  ...changes,
});

export const discovered = (
  changes: Partial<DiscoveredVCenterFacts> = {},
): DiscoveredVCenterFacts => ({
  id: "vcenter",
  name: "vcenter-one",
  fabricName: "fabric-site",
  friendlyName: "vcenter-one",
  address: "10.1.0.5",
  port: "443",
  processServerId: "ps",
  runAsAccountId: "1",
  discoveryStatus: "Success",
  lastHeartbeat: recently,
  healthErrors: [],
  ...changes,
});

export const fabric = (changes: Partial<OnPremisesFabricFacts> = {}): OnPremisesFabricFacts => ({
  generation: "classic",
  address: "10.1.0.10",
  hostName: "cs-1",
  agentVersion: "9.50",
  lastHeartbeat: recently,
  serviceStatus: "Running",
  processServers: [processServer()],
  masterTargets: [masterTarget()],
  appliances: [],
  runAsAccounts: [{ id: "1", name: "azure-discovery" }],
  ...changes,
});

const isClassic = (generation: Generation): boolean => generation === classic;

/** A server that takes data, in good order. */
export function server(
  generation: Generation,
  changes: Partial<SiteServerSituation> = {},
): SiteServerSituation {
  const common = {
    now,
    access: { kind: "open", vcenter: "vcenter-one", host: "10.1.0.5" },
    disksToCome: 1,
  } as const;
  return isClassic(generation)
    ? {
        ...common,
        generation: "classic",
        fabric: fabric(),
        discoveredVCenters: [discovered()],
        masterTarget: masterTarget(),
        processServer: processServer(),
        view: view(vm("mt-linux"), { namesOnHost: ["web", "mt-linux"] }),
        ...changes,
      }
    : {
        ...common,
        generation: "modernized",
        fabric: fabric({ generation: "modernized", masterTargets: [], appliances: [appliance()] }),
        discoveredVCenters: [],
        appliance: appliance(),
        view: view(vm("appliance-1")),
        ...changes,
      };
}

const placementOfServer = (generation: Generation): SiteServerSituation["recorded"] => {
  const name = isClassic(generation) ? "mt-linux" : "appliance-1";
  return {
    vcenter: "vcenter-one",
    machine: name,
    instanceUuid: `instance-${name}`,
    configurationFile: `[ds1] ${name}/${name}.vmx`,
    datastores: ["ds1"],
    diskFiles: [`[ds1] ${name}/${name}.vmdk`],
    ...(isClassic(generation) ? { configurationServerAddress: "10.1.0.10" } : {}),
  };
};

/** How far an item is when an action comes, in verbs of its round. */
const rounds: Readonly<Record<string, number>> = { Failover: 0, Reprotect: 2, Failback: 3 };

/** A machine before an action, in good order; changes of item, site, server and the rest as a test needs them. */
export function siteSituation(
  action: ActionKind,
  generation: Generation,
  changes: {
    readonly item?: Partial<ItemFacts>;
    readonly site?: Partial<OnPremisesSituation>;
    readonly server?: Partial<SiteServerSituation>;
    readonly rest?: Partial<Situation>;
    /** Verbs of its round that the item has behind it. */
    readonly after?: number;
    /** True when the commit is part of the action. */
    readonly commit?: boolean;
  } = {},
): Situation {
  const item = {
    ...siteItemAfter(generation, changes.after ?? rounds[action] ?? 0),
    ...changes.item,
  };
  const decision = decide({ kind: action, commit: changes.commit ?? false }, item, []);
  const back = action === "Failback";
  return situation(action, item, {
    decision,
    destination: { resources: [], eligibilityErrors: [] },
    onPremises: {
      generation: isClassic(generation) ? "classic" : "modernized",
      server: server(generation, {
        ...(back ? { recorded: placementOfServer(generation) } : {}),
        ...changes.server,
      } as Partial<SiteServerSituation>),
      machine: view(vm("web")),
      azureMachine: {
        exists: true,
        id: "/vm/web-azure",
        name: "web-azure",
        powerState: "running",
        diskCount: 1,
      },
      azureNetwork: {
        id: "/net",
        location: "westeurope",
        subnets: [{ name: "apps", addressPrefixes: ["10.2.0.0/24"] }],
      },
      recoveryPointCount: 3,
      failbackPolicy: failbackPolicy(generation),
      newDiskBytes: 64 * gibibyte,
      groupMembers: [],
      rawDeviceMapping: false,
      ...(action === "Reprotect" ? { servers: chosen(generation) } : {}),
      ...changes.site,
    },
    ...changes.rest,
  });
}

/** What a reprotect chose, in good order. */
export function chosen(
  generation: Generation,
  changes: Partial<NonNullable<OnPremisesSituation["servers"]>> = {},
): NonNullable<OnPremisesSituation["servers"]> {
  return {
    way: "toSite",
    datastore: "ds1",
    ...(isClassic(generation)
      ? { masterTarget: masterTarget(), processServer: processServer(), policyId: "/p/back" }
      : { appliance: appliance(), cacheStorageAccountId: "/storage/log" }),
    problems: [],
    ...changes,
  };
}

/** The policy of the way back as the service makes it. */
export function failbackPolicy(
  generation: Generation,
  changes: object = {},
): NonNullable<OnPremisesSituation["failbackPolicy"]> {
  return isClassic(generation)
    ? {
        wanted: "/p/back",
        policy: {
          id: "/p/back",
          name: "back",
          instanceType: "InMage",
          recoveryPointHistoryMinutes: 1440,
          applicationConsistentFrequencyMinutes: 60,
          crashConsistentFrequencyMinutes: 0,
          recoveryPointThresholdMinutes: 15,
          multiVmSync: true,
          ...changes,
        },
      }
    : { wanted: "" };
}

/** A rule in a failing and in a passing state: the finding has its id and weight, names what it speaks of, and helps. */
export const holds: Macro<[string, string, Situation, Situation, RegExp?]> = test.macro<
  [string, string, Situation, Situation, RegExp?]
>({
  exec: (t, rule, severity, failing, passing, text = /./) => {
    const found = checkMachine(failing).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never, found[0]?.text);
    t.regex(found.map((each) => each.text).join("\n"), text);
    t.true((found[0]?.remedy ?? "").length > 10, "the finding says what to do");
    t.not(found[0]?.subject, "");
    t.regex(found[0]?.text ?? "", /[.!?)] .* \[[A-Z0-9-]+\]$/, "fact and remedy are sentences");
    const passed = checkMachine(passing).filter((each) => each.rule === rule);
    t.deepEqual(
      passed.map((each) => each.text),
      [],
      "the passing state has no finding",
    );
  },
  title: (name = "") => name,
});

/** The same for a server by itself, when it is created or changed. */
export const holdsForServer: Macro<
  [string, string, SiteServerSituation, SiteServerSituation, RegExp?]
> = test.macro<[string, string, SiteServerSituation, SiteServerSituation, RegExp?]>({
  exec: (t, rule, severity, failing, passing, text = /./) => {
    const found = checkServer(failing).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never, found[0]?.text);
    t.regex(found.map((each) => each.text).join("\n"), text);
    t.true((found[0]?.remedy ?? "").length > 10, "the finding says what to do");
    t.deepEqual(
      checkServer(passing).filter((each) => each.rule === rule && each.severity === severity),
      [],
      "the passing state has no finding",
    );
  },
  title: (name = "") => name,
});

export { onPremises, siteItemAfter };
