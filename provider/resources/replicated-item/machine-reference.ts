import { canonicalId } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";

/**
 * How an input names a machine: as an Azure VM, as a machine of a modernized site (Microsoft.OffAzure), as a
 * protectable item of a container, or by the name that its site knows it by.
 */
export type MachineForm = "azure" | "discovered" | "protectable" | "name" | "strange";

const forms: readonly (readonly [MachineForm, RegExp])[] = [
  [
    "azure",
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/virtualMachines\/[^/]+$/i,
  ],
  [
    "discovered",
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.OffAzure\/(VMware|Server)Sites\/[^/]+\/machines\/[^/]+$/i,
  ],
  [
    "protectable",
    /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.RecoveryServices\/vaults\/[^/]+\/replicationFabrics\/[^/]+\/replicationProtectionContainers\/[^/]+\/replicationProtectableItems\/[^/]+$/i,
  ],
  ["name", /^[^/\s][^/]*$/],
];

/** The form of a machine's name; `strange` for what is no name at all. */
export function machineForm(machine: string): MachineForm {
  return forms.find(([, pattern]) => pattern.test(machine))?.[0] ?? "strange";
}

/** Ids and names by which the service knows an item's machine. */
type NamedMachine = Pick<ItemFacts, "machineId" | "friendlyName" | "name" | "hyperV">;

/** True when the input names the machine of the item: by its id, or by its name where that is a site's. */
export function isMachineOf(machine: string, item: NamedMachine): boolean {
  if (sameId(machine, item.machineId)) return true;
  if (item.hyperV !== undefined && sameId(machine, item.hyperV.protectableItemId)) return true;
  return machineForm(machine) === "name" && sameId(machine, item.friendlyName);
}

/** What an import calls the machine of a site: an id that is told only while the machine is the source, else its name. */
export function importedMachine(item: ItemFacts): string {
  if (item.hyperV !== undefined) {
    const id = item.hyperV.protectableItemId;
    return machineForm(id) === "protectable" ? (canonicalId(id) ?? id) : item.friendlyName;
  }
  if (item.onPremises === undefined) return item.machineId;
  const form = machineForm(item.machineId);
  if (form === "protectable") return canonicalId(item.machineId) ?? item.machineId;
  return form === "discovered" ? item.machineId : item.friendlyName;
}

/**
 * True when the item is one of the site's machine that is known by this id and name. While it replicates back
 * from Azure a modernized item tells no id of the site, so that its name has to do.
 */
export function isItemOf(
  machine: { readonly id: string; readonly name: string },
  item: ItemFacts,
): boolean {
  if (sameId(machine.id, item.machineId)) return true;
  if (item.hyperV !== undefined) return sameId(machine.id, item.hyperV.protectableItemId);
  const unnamed = item.onPremises !== undefined && machineForm(item.machineId) === "azure";
  return unnamed && sameId(machine.name, item.friendlyName);
}

/** What is recorded of an item's machine besides the input. */
interface RecordedMachine {
  readonly friendlyName?: unknown;
  readonly currentMachine?: unknown;
}

/**
 * True when two inputs mean one machine of a site although they name it in two ways; what is recorded
 * besides tells. While the machine is away nothing tells, and a name is not held against an id: it is no
 * reason to end a protection. Azure VMs have one name only.
 */
export function sameMachine(old: unknown, wanted: unknown, recorded: RecordedMachine): boolean {
  if (typeof old !== "string" || typeof wanted !== "string") return old === wanted;
  if (sameId(old, wanted)) return true;
  const forms = [machineForm(old), machineForm(wanted)];
  if (forms.includes("azure") || forms.includes("strange")) return false;
  const { friendlyName, currentMachine } = recorded;
  const known = [friendlyName, currentMachine].filter((each) => typeof each === "string");
  if (known.some((each) => each !== "" && sameId(each, wanted))) return true;
  const away = typeof currentMachine === "string" && machineForm(currentMachine) === "azure";
  return away && forms[0] !== forms[1];
}

/** Short name of a machine for messages. */
export function machineName(machine: string): string {
  return nameOf(machine);
}
