import { vmmServerOf } from "../../../hyper-v/find.ts";
import type { World } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { NetworkMapping, Vault } from "../../../state/model.ts";
import { MICROSOFT_AZURE } from "../../vault/find.ts";

/** Whether a machine needs a network mapping before it is protected in Azure: one of a VMM cloud that is connected to a network. */
export function needsNetworkMapping(world: World, vault: Vault, machine: HyperVMachine): boolean {
  return machine.network !== "" && vmmServerOf(world, vault, machine.fabricName) !== undefined;
}

/** The mapping of a machine's VM network to a network in Azure (`VmmToAzure`); undefined if there is none. */
export function networkMappingToAzure(
  world: World,
  vault: Vault,
  machine: HyperVMachine,
): NetworkMapping | undefined {
  const own = vmmServerOf(world, vault, machine.fabricName)?.networks.find(
    ({ name }) => name.toLowerCase() === machine.network.toLowerCase(),
  );
  return Object.values(vault.networkMappings).find(
    (mapping) =>
      own !== undefined &&
      mapping.recoveryFabricName === MICROSOFT_AZURE &&
      mapping.fabricName.toLowerCase() === machine.fabricName.toLowerCase() &&
      mapping.networkName.toLowerCase() === own.id.toLowerCase(),
  );
}
