import { vmmServerOf } from "../../../hyper-v/find.ts";
import { newHyperVMachine } from "../../../hyper-v/new-machine.ts";
import type { Simulation } from "../../../simulation.ts";
import type { HyperVMachine, VmNetwork } from "../../../state/hyper-v-model.ts";
import { nameOf, recoveryId, sameId } from "../../../state/identifiers.ts";
import type { Vault } from "../../../state/model.ts";
import { hyperVPartOf } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedItem } from "../item.ts";
import { homeMachine, passivePlace } from "./sides.ts";

/** The VM network of the second site that stands for a machine's; undefined without a network mapping. */
export function mappedVmNetwork(
  simulation: Simulation,
  vault: Vault,
  machine: HyperVMachine,
  targetFabricName: string,
): VmNetwork | undefined {
  const own = named(vmmServerOf(simulation, vault, machine.fabricName)?.networks, machine.network);
  const mapping = Object.values(vault.networkMappings).find(
    (each) =>
      same(each.fabricName, machine.fabricName) &&
      same(each.networkName, own?.id) &&
      same(each.recoveryFabricName, targetFabricName),
  );
  if (!mapping) return undefined;
  const id = nameOf(mapping.recoveryNetworkId);
  return vmmServerOf(simulation, vault, targetFabricName)?.networks.find((each) =>
    same(each.id, id),
  );
}

/** The VM network with that ARM id on the side that a failover of the item goes to. */
export function vmNetworkNamed(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  id: string,
): VmNetwork | undefined {
  const { fabricName } = passivePlace(item);
  return vmmServerOf(simulation, vault, fabricName)?.networks.find((each) =>
    sameId(recoveryId(vault, "replicationFabrics", fabricName, "replicationNetworks", each.id), id),
  );
}

/** The storage classification of the second site that stands for a machine's; empty without a mapping (CH-VMM-STORAGE). */
function mappedStorage(
  simulation: Simulation,
  vault: Vault,
  machine: HyperVMachine,
  targetFabricName: string,
): string {
  const server = vmmServerOf(simulation, vault, machine.fabricName);
  const own = named(server?.storageClassifications, machine.storageClassification);
  const mapping = Object.values(vault.storageClassificationMappings ?? {}).find(
    (each) =>
      same(each.fabricName, machine.fabricName) &&
      same(each.storageClassificationName, own?.id) &&
      same(each.targetFabricName, targetFabricName),
  );
  const target = vmmServerOf(simulation, vault, targetFabricName);
  return (
    target?.storageClassifications.find((each) =>
      same(each.id, mapping?.targetStorageClassificationName),
    )?.name ?? ""
  );
}

/** Makes the replica of an item's machine in the second cloud, turned off; nothing if it is there already. */
export function makeReplica(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const part = hyperVPartOf(item);
  const home = homeMachine(simulation, item);
  if (part.replica !== null || !home) return;
  const { recoveryFabricName: fabricName, recoveryContainerName: containerName } = item;
  const replica = newHyperVMachine(simulation, {
    ...copied(home),
    name: freeName(simulation, fabricName, containerName, home.name),
    vault: home.vault,
    fabricName,
    containerName,
    host: vmmServerOf(simulation, vault, fabricName)?.hosts[0]?.name ?? null,
    network: mappedVmNetwork(simulation, vault, home, fabricName)?.name ?? "",
    storageClassification: mappedStorage(simulation, vault, home, fabricName),
    power: "off",
  });
  part.replica = replica?.key ?? null;
}

/** Makes the machine of a test failover beside the passive one, running, in a network of its own or in none. */
export function makeTestMachine(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  passive: HyperVMachine,
  network: string,
): HyperVMachine | undefined {
  const { fabricName, containerName } = passivePlace(item);
  return newHyperVMachine(simulation, {
    ...copied(passive),
    name: freeName(simulation, fabricName, containerName, `${item.friendlyName} - Test`),
    vault: passive.vault,
    fabricName,
    containerName,
    host: passive.host ?? vmmServerOf(simulation, vault, fabricName)?.hosts[0]?.name ?? null,
    network,
    storageClassification: passive.storageClassification,
    power: "on",
  });
}

/** Deletes a machine that the service made itself: a replica or a test machine. */
export function deleteMadeMachine(simulation: Simulation, key: string | null): void {
  const { machines } = simulation.state.hyperV ?? {};
  if (!machines || key === null || !machines[key]) return;
  delete machines[key];
  simulation.changed = true;
}

/** Keys of machines that the service made itself: they are nothing to protect. */
export function madeMachines(vault: Vault): ReadonlySet<string> {
  const keys = Object.values(vault.items).flatMap(({ hyperV, testMachineId }) =>
    hyperV ? [hyperV.replica, testMachineId] : [],
  );
  return new Set(keys.filter((key): key is string => key !== null));
}

/** What a copy of a machine has in common with it. */
function copied(machine: HyperVMachine) {
  const { osType, osVersion, generation, memoryMiB, processors, address, disks } = machine;
  return {
    osType,
    osVersion,
    generation,
    memoryMiB,
    processors,
    address,
    disks: disks.map(({ sizeMiB, name }) => ({ sizeMiB, name })),
    shutdown: "works" as const,
    churnMiBPerSecond: machine.churnMiBPerSecond,
  };
}

function freeName(
  simulation: Simulation,
  fabricName: string,
  containerName: string,
  wanted: string,
): string {
  const names = Object.values(simulation.state.hyperV?.machines ?? {})
    .filter((each) => same(each.fabricName, fabricName) && same(each.containerName, containerName))
    .map(({ name }) => name.toLowerCase());
  let name = wanted;
  for (let number = 2; names.includes(name.toLowerCase()); number += 1)
    name = `${wanted} ${number}`;
  return name;
}

function named<T extends { readonly name: string }>(
  all: readonly T[] | undefined,
  name: string,
): T | undefined {
  return all?.find((each) => same(each.name, name));
}

function same(first: string, second: string | undefined): boolean {
  return first.toLowerCase() === second?.toLowerCase();
}
