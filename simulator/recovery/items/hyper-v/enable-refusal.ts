import type { ServiceError } from "../../../faults/fault-rule.ts";
import { agentOfHyperVMachine, isHyperVMachineHeard } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { Vault } from "../../../state/model.ts";
import type { Failure } from "../../jobs/behaviour.ts";
import type { ProtectedItem } from "../item.ts";
import { needsNetworkMapping, networkMappingToAzure } from "./network-mapping.ts";
import { hyperVMachineOf } from "./source-machine.ts";

/** Why a machine cannot be protected in Azure: it is gone, nobody speaks for it, or its network is not mapped (CH-HV-ENABLE, CH-HV-NETMAP). */
export function hyperVRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const machine = hyperVMachineOf(simulation, item);
  if (!machine) {
    return {
      failed: {
        code: "SIM-MACHINE-GONE",
        message: `The virtual machine '${item.friendlyName}' does not exist any more.`,
        recommendedAction: "Remove the cause and enable replication again.",
      },
    };
  }
  const silent = silentSite(simulation, vault, machine);
  if (silent) return { failed: silent };
  if (!needsNetworkMapping(simulation, vault, machine)) return undefined;
  if (networkMappingToAzure(simulation, vault, machine)) return undefined;
  return {
    failed: {
      code: "SIM-NETWORK-MAPPING",
      message: `The VM network '${machine.network}' of the virtual machine '${machine.name}' is not mapped to a network in Azure.`,
      possibleCauses: "There is no network mapping for that network of the VMM server.",
      recommendedAction:
        "Map the VM network to a network in Azure (VmmToAzure) and enable replication again.",
    },
  };
}

/** Why nothing can be asked of a machine's site; undefined while its agent and its host speak. */
export function silentSite(
  simulation: Simulation,
  vault: Vault,
  machine: HyperVMachine,
): ServiceError | undefined {
  if (isHyperVMachineHeard(simulation, vault, machine)) return undefined;
  const agent = agentOfHyperVMachine(simulation, vault, machine);
  return {
    code: "SIM-NO-HEARTBEAT",
    message: `The server '${agent?.name ?? machine.host ?? machine.fabricName}' that speaks for the virtual machine '${machine.name}' does not answer.`,
    possibleCauses:
      "The host or the VMM server is turned off, is not registered in the vault, or cannot reach Azure on port 443.",
    recommendedAction:
      "Start the server and its services, or register it in the vault, and retry the operation.",
  };
}
