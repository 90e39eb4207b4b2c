import type { Simulation } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { Vault } from "../../../state/model.ts";
import type { Failure } from "../../jobs/behaviour.ts";
import { silentSite } from "../hyper-v/enable-refusal.ts";
import { PLANNED_FAILOVER_FAILED } from "../hyper-v/shut-down.ts";
import { isHyperVHeldUp } from "../hyper-v-replication/source-machine.ts";
import type { ProtectedItem } from "../item.ts";
import { mappedVmNetwork } from "./replica.ts";
import { activeMachine, homeMachine, passiveMachine } from "./sides.ts";

function gone(item: ProtectedItem): Failure {
  return {
    failed: {
      code: "SIM-MACHINE-GONE",
      message: `The virtual machine '${item.friendlyName}' does not exist any more.`,
      recommendedAction: "Disable replication of the item and protect the machine anew.",
    },
  };
}

/** Why a machine cannot be protected at the second site: it is gone, nobody speaks for it, or its network is not mapped (CH-VMM-ENABLE). */
export function enableRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const machine = homeMachine(simulation, item);
  if (!machine) return gone(item);
  const silent = silentSite(simulation, vault, machine);
  if (silent) return { failed: silent };
  const mapped = mappedVmNetwork(simulation, vault, machine, item.recoveryFabricName);
  if (mapped || machine.network === "") return undefined;
  return {
    failed: {
      code: "SIM-NETWORK-MAPPING",
      message: `The VM network '${machine.network}' of the virtual machine '${machine.name}' is not mapped to a network of the second site.`,
      possibleCauses: "There is no network mapping for that network of the VMM server.",
      recommendedAction:
        "Map the VM network to a VM network of the second VMM server (VmmToVmm) and enable replication again.",
    },
  };
}

/** Why the machine that is failed over to cannot be run: it is gone, or its side does not answer. */
export function targetRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const machine = passiveMachine(simulation, item);
  if (!machine) {
    return {
      failed: {
        code: "SIM-REPLICA-GONE",
        message: `The replica of the virtual machine '${item.friendlyName}' does not exist.`,
        possibleCauses: "It was deleted at the other site.",
        recommendedAction: "Disable replication of the item and protect the machine anew.",
      },
    };
  }
  const silent = silentSite(simulation, vault, machine);
  return silent && { failed: silent };
}

/** Why a planned failover cannot begin: nothing may be lost, so that both sides must answer and replication must go on. */
export function plannedRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const source = activeMachine(simulation, item);
  const reason = source
    ? (silentSite(simulation, vault, source) ?? targetRefusal(simulation, vault, item)?.failed)
    : gone(item).failed;
  if (reason) return plannedFailed(item, reason.message, reason.recommendedAction);
  if (!isHyperVHeldUp(simulation, vault, item)) return undefined;
  return plannedFailed(
    item,
    "Its replication does not go on.",
    "Resolve the health errors of the item, or do an unplanned failover.",
  );
}

/** The failure of a planned failover, with its reason. */
export function plannedFailed(
  item: ProtectedItem,
  possibleCauses: string,
  recommendedAction: string | undefined,
): Failure {
  return {
    failed: {
      code: PLANNED_FAILOVER_FAILED,
      message: `The planned failover of the virtual machine '${item.friendlyName}' failed.`,
      possibleCauses,
      recommendedAction: recommendedAction ?? "Remove the cause and retry the operation.",
    },
  };
}

/** Why a running machine cannot be shut down; undefined if it can (also if it is off already). */
export function shutdownProblem(
  simulation: Simulation,
  vault: Vault,
  machine: HyperVMachine | undefined,
): string | undefined {
  if (!machine) return "The virtual machine does not exist any more.";
  if (machine.power === "off") return undefined;
  if (silentSite(simulation, vault, machine))
    return "Its Hyper-V host, or the VMM server, does not answer.";
  return machine.shutdown === "fails" ? "Its host could not shut it down." : undefined;
}
