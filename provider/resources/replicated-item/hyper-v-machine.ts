import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ProtectableItemFacts } from "../../recovery/on-premises.ts";
import type { HyperVTargetSpecification } from "../../sites/azure/specifications.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import type { ItemSurroundings } from "./item-kind.ts";
import type { SiteMachine } from "./site-machine.ts";

/** A machine that a Hyper-V site or a VMM server has discovered. */
export interface HyperVMachine extends SiteMachine {
  /** `Windows`, `Linux`; empty when the service does not tell. */
  readonly osType: string;
  /** Id of the disk with the operating system; absent where the service does not tell. */
  readonly osDiskId?: string;
  /** ARM id of the agent that discovered it; absent where the service does not tell. */
  readonly providerId?: string;
  /** Guid of the machine at its host. */
  readonly guid: string;
}

/** Every machine that the container's site knows. */
export async function discoveredMachines({
  context,
  vault,
  inputs,
}: ItemSurroundings): Promise<readonly HyperVMachine[]> {
  const items = await vault.onPremises.protectableItems(context, inputs.container);
  return items.map(hyperVMachine);
}

function hyperVMachine(item: ProtectableItemFacts): HyperVMachine {
  const { hyperV } = item;
  const host = hyperV?.hostId ?? "";
  return {
    id: item.id,
    name: item.friendlyName,
    distinction: host === "" ? "" : `on the host ${host}`,
    diskIds: item.disks.map((each) => each.id),
    diskNames: item.disks.map((each) => each.name),
    obstacles: [
      ...item.readinessErrors,
      ...(hyperV?.unsupportedParts ?? []).map(
        (part) => `it has a ${part}, which cannot be replicated. Take it off the machine.`,
      ),
    ],
    protected: sameId(item.protectionStatus, "Protected"),
    osType: item.osType,
    guid: hyperV?.sourceId ?? item.name,
    ...(hyperV?.osDiskId === undefined ? {} : { osDiskId: hyperV.osDiskId }),
    ...(hyperV?.providerId === undefined ? {} : { providerId: hyperV.providerId }),
  };
}

/** What is missing or wrong for Azure to take the machine over: its system, the disk of it, one key for all disks. */
export function diskProblems(
  inputs: ReplicatedItemInputs,
  machine: HyperVMachine,
): readonly CheckFailure[] {
  const { osType, disks } = inputs;
  const system =
    machine.osType === "" && !osType
      ? [
          {
            path: "osType",
            reason: `is missing: the site does not tell the operating system of ${machine.name}. Give Windows or Linux.`,
          },
        ]
      : [];
  if (hasUnknown(disks)) return system;
  const osDisk = osDiskOf(machine);
  const chosen = chosenDisks(inputs, machine);
  const lacks = osDisk !== "" && !chosen.some((id) => sameId(id, osDisk));
  const known = knownElements(disks).map(([, each]) => each.diskEncryptionSet ?? "");
  const sets = new Set(known.map((each) => each.toLowerCase()));
  return [
    ...system,
    ...(lacks
      ? [
          {
            path: "disks",
            reason: `lacks the disk with the operating system of ${machine.name}, ${diskName(machine, osDisk)}: without it the machine cannot start. Add it.`,
          },
        ]
      : []),
    ...(sets.size > 1
      ? [
          {
            path: "disks",
            reason:
              "name different disk encryption sets; a Hyper-V machine has one for all its disks. Give the same for each.",
          },
        ]
      : []),
  ];
}

/** How the machine will be in Azure. */
export function hyperVTarget(
  inputs: ReplicatedItemInputs,
  machine: HyperVMachine,
): HyperVTargetSpecification {
  const { target, cacheStorageAccount = "", diskType = "Premium_LRS" } = inputs;
  const optional = {
    diskEncryptionSetId: inputs.disks?.[0]?.diskEncryptionSet,
    networkId: target?.network,
    subnetName: target?.subnet,
    machineName: target?.machineName ?? machine.name,
    machineSize: target?.size,
    availabilitySetId: target?.availabilitySet,
    availabilityZone: target?.zone,
    proximityPlacementGroupId: target?.proximityPlacementGroup,
  };
  return {
    machineGuid: machine.guid,
    sourceName: machine.name,
    osType: inputs.osType ?? machine.osType,
    osDiskId: osDiskOf(machine),
    diskIds: chosenDisks(inputs, machine),
    storageAccountId: cacheStorageAccount,
    diskType,
    resourceGroupId: target?.resourceGroup ?? "",
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined && value !== ""),
    ) as Partial<HyperVTargetSpecification>),
  };
}

/** Where the service calls no disk the one of the system, it is the first. */
function osDiskOf(machine: HyperVMachine): string {
  return machine.osDiskId ?? machine.diskIds[0] ?? "";
}

/** Ids of the disks to replicate: those that the inputs name by id or name, or all. */
function chosenDisks({ disks }: ReplicatedItemInputs, machine: HyperVMachine): readonly string[] {
  if (disks === undefined) return machine.diskIds;
  return disks.map(({ disk }) => {
    const place = machine.diskNames?.findIndex((each) => sameId(each, disk)) ?? -1;
    return machine.diskIds.find((each) => sameId(each, disk)) ?? machine.diskIds[place] ?? disk;
  });
}

function diskName(machine: HyperVMachine, id: string): string {
  return machine.diskNames?.[machine.diskIds.indexOf(id)] || id;
}
