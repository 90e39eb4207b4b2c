import { nameOf } from "./identity.ts";
import type { Verb } from "./model.ts";
import { azureMachineName, sideName, siteNameOf, testMachineName } from "./places.ts";
import { comesBackNew, returnsHome } from "./plan-steps.ts";
import {
  goesToAzure,
  isBetweenRegions,
  isFromVmwareSite,
  passiveSide,
  positionOf,
  siteSide,
  standingOf,
} from "./position.ts";
import type { Situation } from "./situation.ts";
import { failsOver } from "./verbs.ts";

/** A thing that the action creates, removes or uses at the destination. */
export interface PlannedResource {
  readonly kind: string;
  readonly name: string;
  /** `existing`, `new` or `removed`. */
  readonly mark: "existing" | "new" | "removed";
}

/** Kinds of what carries the data of a site's machine, in the order in which a plan names them. */
export const siteKinds: readonly string[] = [
  "master target",
  "appliance",
  "process server",
  "datastore",
  "retention volume",
  "log storage account",
  "policy",
];

/** What the verbs create, remove or use for one machine. */
export function resourcesOf(
  situation: Situation,
  verbs: readonly Verb[],
): readonly PlannedResource[] {
  const { item, destination } = situation;
  const listed = destination.resources.map(
    (each): PlannedResource => ({
      kind: each.kind,
      name: nameOf(each.id),
      mark: each.exists === false ? "new" : "existing",
    }),
  );
  if (returnsHome(situation, verbs)) return [...listed, ...returnResources(situation, verbs)];
  if (failsOver(verbs)) return [...listed, ...failedOverMachine(situation)];
  if (verbs.includes("testFailover")) return [...listed, machine(testMachineName(item), "new")];
  if (verbs.includes("completeMigration")) {
    return [...listed, { kind: "replicated item", name: item.name, mark: "removed" }];
  }
  if (!verbs.includes("reprotect")) return listed;
  if (isFromVmwareSite(item)) return [...listed, ...siteResources(situation)];
  return destination.seedMachineId === undefined
    ? listed
    : [...listed, machine(nameOf(destination.seedMachineId), "removed")];
}

const machine = (name: string, mark: PlannedResource["mark"]): PlannedResource => ({
  kind: "virtual machine",
  name,
  mark,
});

/** Azure makes the machine when it is failed over; a second site has it already, switched off, as the replica. */
function failedOverMachine({ item }: Situation): readonly PlannedResource[] {
  if (isBetweenRegions(item) || goesToAzure(item)) return [machine(item.target.machineName, "new")];
  const site = siteNameOf(passiveSide(item), item);
  return [{ kind: `virtual machine at ${site}`, name: item.friendlyName, mark: "existing" }];
}

/** A failback writes to the machine at the site; its commit, or a reprotect without one, removes that in Azure. */
function returnResources(situation: Situation, verbs: readonly Verb[]): readonly PlannedResource[] {
  const { item } = situation;
  const removes =
    verbs.includes("commit") || (verbs.includes("reprotect") && standingOf(item) === "failedOver");
  const own = failsOver(verbs) ? [machineAtSite(situation, returnedMark(situation))] : [];
  const servers =
    verbs.includes("reprotect") && isFromVmwareSite(item) ? siteResources(situation) : [];
  return removes
    ? [
        ...own,
        ...servers,
        { kind: "Azure virtual machine", name: azureMachineName(situation), mark: "removed" },
      ]
    : [...own, ...servers];
}

/** Another host has no such machine yet; whether the machine's own host still has it, nobody tells beforehand. */
const returnedMark = ({ failback }: Situation): PlannedResource["mark"] =>
  failback?.alternateHost !== undefined && failback.createMachineIfAbsent ? "new" : "existing";

/** The servers that carry the data, and the machine that they are written to. */
function siteResources(situation: Situation): readonly PlannedResource[] {
  const servers = situation.onPremises?.servers;
  const names: readonly (string | undefined)[] = [
    servers?.masterTarget?.name,
    servers?.appliance?.name,
    servers?.processServer?.name,
    servers?.datastore,
    servers?.retentionVolume,
    nameOf(servers?.cacheStorageAccountId ?? ""),
    nameOf(servers?.policyId ?? ""),
  ];
  const resources = siteKinds.flatMap((kind, index): PlannedResource[] => {
    const name = names[index] ?? "";
    return name === "" ? [] : [{ kind, name, mark: "existing" }];
  });
  return positionOf(situation.item).away
    ? [...resources, machineAtSite(situation, comesBackNew(situation) ? "new" : "existing")]
    : resources;
}

const machineAtSite = (
  { item, failback }: Situation,
  mark: PlannedResource["mark"],
): PlannedResource => ({
  kind: `virtual machine at ${failback?.alternateHost?.name ?? sideName(siteSide(item))}`,
  name: item.friendlyName,
  mark,
});
