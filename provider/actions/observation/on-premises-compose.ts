import type { Context } from "../../context.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import {
  type GroupMember,
  isAbsent,
  type OnPremisesSituation,
  type SiteServerSituation,
  type VsphereMachineView,
} from "../../recovery/on-premises-situation.ts";
import { otherMembers } from "../../recovery/replication-group.ts";
import { placementFor } from "../placement.ts";
import type { AzureFacts } from "./on-premises-azure.ts";
import { discoveredAt } from "./on-premises-server.ts";
import type { SiteMachine } from "./on-premises-sites.ts";
import { machineKey, serverKey, type VCenterLook } from "./on-premises-vcenters.ts";

/** Puts together what was read, and what only all machines of the action tell together: disks to come, groups, space. */
export function composeSituations(
  context: Context,
  machines: readonly SiteMachine[],
  azure: readonly AzureFacts[],
  looks: ReadonlyMap<SiteMachine, VCenterLook>,
  vaultItems: readonly ItemFacts[],
): readonly OnPremisesSituation[] {
  const viewOf = (machine: SiteMachine): VsphereMachineView | undefined =>
    looks.get(machine)?.views.get(machineKey(machine));
  const isGone = (machine: SiteMachine): boolean =>
    isAbsent(viewOf(machine)) || machine.ask.item.onPremises?.sourceDeleted === true;
  return machines.map((machine, index) => {
    const { ask, generation } = machine;
    const view = viewOf(machine);
    const own = view?.machine;
    return {
      ...(ask.servers === undefined ? {} : { servers: ask.servers }),
      generation,
      server: serverOf(context, machine, looks.get(machine), disksToCome(machine, machines)),
      ...(view === undefined ? {} : { machine: view }),
      ...azure[index],
      newDiskBytes: newDiskBytes(machine, machines.filter(isGone)),
      groupMembers: groupMembers(machine, machines, vaultItems),
      ...(own === undefined
        ? {}
        : { rawDeviceMapping: own.disks.some((disk) => disk.rawDeviceMapping) }),
    };
  });
}

function serverOf(
  context: Context,
  machine: SiteMachine,
  look: VCenterLook | undefined,
  disks: number,
): SiteServerSituation {
  const { ask, generation, fabric, discovered, masterTarget, appliance, processServer } = machine;
  const access = look?.access ?? { kind: "unasked" };
  const view = look?.views.get(serverKey(machine));
  const vcenterId = ask.item.onPremises?.vcenterId ?? "";
  const inUse =
    discovered.find(
      (each) => vcenterId !== "" && each.id.toLowerCase() === vcenterId.toLowerCase(),
    ) ?? discoveredAt(discovered, access.kind === "open" ? access.host : "");
  const recorded = placementFor(ask.item, ask.inputs.placement);
  const volume = ask.servers?.retentionVolume;
  return {
    generation,
    now: ask.site.now(context),
    ...(fabric === undefined ? {} : { fabric }),
    discoveredVCenters: discovered,
    ...(inUse === undefined ? {} : { vcenterInUse: inUse }),
    ...(masterTarget === undefined ? {} : { masterTarget }),
    ...(appliance === undefined ? {} : { appliance }),
    ...(processServer === undefined ? {} : { processServer }),
    ...(volume === undefined ? {} : { retentionVolume: volume }),
    access,
    ...(view === undefined ? {} : { view }),
    ...(look?.privileges === undefined ? {} : { privileges: look.privileges }),
    ...(look?.ownPrivileges === undefined ? {} : { ownPrivileges: look.ownPrivileges }),
    ...(recorded === undefined ? {} : { recorded }),
    disksToCome: disks,
  };
}

/** Disks of all machines of the action that will hang on the same server. */
function disksToCome(machine: SiteMachine, machines: readonly SiteMachine[]): number {
  const key = serverKey(machine);
  return machines
    .filter((each) => each.phases.includes("reprotect") && serverKey(each) === key)
    .reduce((sum, each) => sum + each.ask.item.disks.length, 0);
}

/** Bytes that the action makes anew on the machine's datastore. */
function newDiskBytes({ ask }: SiteMachine, gone: readonly SiteMachine[]): number {
  return gone
    .filter((each) => each.ask.servers?.datastore === ask.servers?.datastore)
    .flatMap((each) => each.ask.item.disks)
    .reduce((sum, disk) => sum + disk.capacityBytes, 0);
}

function groupMembers(
  machine: SiteMachine,
  machines: readonly SiteMachine[],
  vaultItems: readonly ItemFacts[],
): readonly GroupMember[] {
  return otherMembers(machine.ask.item, vaultItems).map((member) => ({
    machine: member.friendlyName,
    osType: member.osType,
    masterTarget:
      machines.find((each) => each.ask.item.name === member.name)?.masterTarget?.name ?? "",
  }));
}
