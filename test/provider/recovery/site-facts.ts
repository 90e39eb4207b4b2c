import type {
  ApplianceFacts,
  DiscoveredVCenterFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "../../../provider/recovery/on-premises.ts";
import type { VsphereMachineView } from "../../../provider/recovery/on-premises-situation.ts";
import type {
  VsphereDatastoreFacts,
  VsphereHostFacts,
  VsphereMachineFacts,
} from "../../../provider/recovery/vsphere-facts.ts";

const gibibyte = 1024 ** 3;
const recently = "2026-01-10T11:59:00Z";

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
