import type { ItemFacts } from "../../recovery/model.ts";
import type { ApplianceFacts, MasterTargetFacts } from "../../recovery/on-premises.ts";
import type { MachineQuery } from "../../sites/vsphere/site.ts";
import type { MachineLookup } from "./on-premises-inventory.ts";

const uuidAtEnd = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** How a protected machine is looked for: by the id that the service knows of it, else by its name. */
export function machineLookup(key: string, item: ItemFacts): MachineLookup {
  const told = item.onPremises?.vcenterMachineUuid;
  const inId = /VMwareSites/i.test(item.machineId)
    ? uuidAtEnd.exec(item.machineId)?.[0]
    : undefined;
  const uuid = told ?? inId;
  const ids: readonly MachineQuery[] =
    uuid === undefined ? [] : [{ instanceUuid: uuid }, ...biosQueries(uuid)];
  return { key, ids, names: [item.friendlyName], server: false };
}

/** How a master target is looked for: by its name in Azure, with or without its domain. */
export function masterTargetLookup(key: string, { name }: MasterTargetFacts): MachineLookup {
  return { key, ids: [], names: namesOf(name), server: true };
}

/** How an appliance is looked for: by its BIOS id, else by its names. */
export function applianceLookup(key: string, appliance: ApplianceFacts): MachineLookup {
  return {
    key,
    ids: biosQueries(appliance.biosId),
    names: [...new Set([...namesOf(appliance.fqdn), ...namesOf(appliance.name)])],
    server: true,
  };
}

/** How a server is looked for that a user names: by its inventory path, or by its name. */
export function namedLookup(key: string, machine: string): MachineLookup {
  const path = machine.startsWith("/");
  return { key, ids: path ? [{ path: machine }] : [], names: path ? [] : [machine], server: true };
}

function namesOf(name: string): readonly string[] {
  const [short = ""] = name.split(".");
  return [...new Set([name, short])].filter((each) => each !== "");
}

/**
 * A BIOS UUID as the guest's firmware tables tell it and as the vCenter writes it: the first three parts
 * have their bytes the other way round.
 */
function biosQueries(uuid: string): readonly MachineQuery[] {
  if (!uuidAtEnd.test(uuid)) return [];
  const turned = uuid
    .split("-")
    .map((part, index) => (index < 3 ? (part.match(/../g) ?? []).reverse().join("") : part))
    .join("-");
  return [{ biosUuid: uuid.toLowerCase() }, { biosUuid: turned.toLowerCase() }];
}
