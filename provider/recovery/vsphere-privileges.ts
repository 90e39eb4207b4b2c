import type { FixName, SiteGeneration } from "./on-premises-situation.ts";

/** One group of the role that Azure's documentation asks for, with the ids of vSphere's own list. */
interface PrivilegeGroup {
  /** As the documentation and vSphere's user interface call it. */
  readonly label: string;
  readonly ids: readonly string[];
}

const virtualMachine = (group: string, names: readonly string[]): readonly string[] =>
  names.map((name) => `VirtualMachine.${group}.${name}`);

/**
 * The role of Azure's account on the vCenter, on the datacenter and all below it (failback rules, section
 * 11; ids by vSphere reference, section 3). Configuration means all of its group: those that a
 * failback certainly uses stand here.
 */
const azureRole: readonly PrivilegeGroup[] = [
  {
    label: "Datastore",
    ids: [
      "Datastore.AllocateSpace",
      "Datastore.Browse",
      "Datastore.FileManagement",
      "Datastore.DeleteFile",
      "Datastore.UpdateVirtualMachineFiles",
    ],
  },
  { label: "Network", ids: ["Network.Assign"] },
  {
    label: "Resource",
    ids: ["Resource.AssignVMToPool", "Resource.ColdMigrate", "Resource.HotMigrate"],
  },
  { label: "Tasks", ids: ["Task.Create", "Task.Update"] },
  {
    label: "Virtual machine, configuration",
    ids: virtualMachine("Config", [
      "AddExistingDisk",
      "AddNewDisk",
      "AddRemoveDevice",
      "AdvancedConfig",
      "EditDevice",
      "RemoveDisk",
      "Settings",
    ]),
  },
  {
    label: "Virtual machine, interaction",
    ids: virtualMachine("Interact", [
      "AnswerQuestion",
      "DeviceConnection",
      "SetCDMedia",
      "SetFloppyMedia",
      "PowerOff",
      "PowerOn",
      "ToolsInstall",
    ]),
  },
  {
    label: "Virtual machine, inventory",
    ids: virtualMachine("Inventory", ["Create", "Register", "Unregister"]),
  },
  {
    label: "Virtual machine, provisioning",
    ids: virtualMachine("Provisioning", ["GetVmFiles", "PutVmFiles"]),
  },
  { label: "Virtual machine, snapshots", ids: ["VirtualMachine.State.RemoveSnapshot"] },
];

const modernizedSnapshots: readonly string[] = virtualMachine("State", [
  "CreateSnapshot",
  "RevertToSnapshot",
]);

/** What every account that may look at the inventory has; an account without it is none that the vCenter knows. */
export const readPrivilege = "System.Read";

/** The privileges that Azure's account needs for reprotect and failback. */
export function azurePrivileges(generation: SiteGeneration): readonly string[] {
  const ids = azureRole.flatMap((group) => group.ids);
  return generation === "modernized" ? [...ids, ...modernizedSnapshots] : ids;
}

/** What the provider's own account needs for each thing that it may mend; actions in Azure need none. */
export const fixPrivileges: Readonly<Record<FixName, readonly string[]>> = {
  diskUuid: [
    "VirtualMachine.Config.AdvancedConfig",
    "VirtualMachine.Interact.PowerOn",
    "VirtualMachine.Interact.PowerOff",
  ],
  retentionDisk: ["VirtualMachine.Config.AddNewDisk", "Datastore.AllocateSpace"],
  snapshots: ["VirtualMachine.State.RemoveSnapshot"],
  storageDrs: ["StoragePod.Config"],
  startAzureMachine: [],
  powerOffSource: ["VirtualMachine.Interact.PowerOff"],
  commit: [],
};

/** The groups of the role that some ids belong to, as people look for them in vSphere's user interface. */
export function privilegeGroups(ids: readonly string[]): readonly string[] {
  const labels = azureRole
    .filter((group) => group.ids.some((id) => ids.includes(id)))
    .map((group) => group.label);
  const snapshots = modernizedSnapshots.some((id) => ids.includes(id));
  const label = "Virtual machine, snapshots";
  return snapshots && !labels.includes(label) ? [...labels, label] : labels;
}
