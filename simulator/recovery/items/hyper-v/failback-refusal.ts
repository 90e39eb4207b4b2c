import { findResource } from "../../../azure/resources.ts";
import { serverSilentSince } from "../../../estate/heartbeat.ts";
import type { ServiceError } from "../../../faults/fault-rule.ts";
import { hyperVAgentNamed, hyperVMachine } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import { textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { Job } from "../../jobs/job.ts";
import type { ProtectedItem } from "../item.ts";
import { silentSite } from "./enable-refusal.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/** Why a machine cannot come back from Azure; undefined if it can (CH-HV-FAILBACK-REFUSED). */
export function failbackRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  job: Job,
): ServiceError | undefined {
  if (!findResource(simulation, item.recoveredMachineId)) {
    return {
      code: "SIM-REPLICA-GONE",
      message: `The virtual machine of '${item.friendlyName}' in Azure does not exist any more.`,
      possibleCauses: "It was deleted or moved after the failover.",
      recommendedAction: "Disable replication of the item and protect the machine anew.",
    };
  }
  const machine = hyperVMachine(simulation, hyperVPartOf(item).machine);
  const creates = textAt(job.input, "creation") === "CreateVmIfNotFound";
  const alternate = textAt(job.input, "alternateProviderId");
  const isThere = machine !== undefined && !machine.deleted;
  if (!creates && (!isThere || alternate !== undefined)) {
    return {
      code: "SIM-MACHINE-GONE",
      message: `The virtual machine '${item.friendlyName}' does not exist on the host that it is to go back to.`,
      possibleCauses: isThere
        ? "It is to go back to another host, and the request does not ask for it to be made there."
        : "It was deleted at its site, or is of no use after a cancelled synchronization.",
      recommendedAction:
        "Retry the failback with the recovery VM creation option 'CreateVmIfNotFound'.",
    };
  }
  if (!machine) return undefined;
  if (alternate === undefined) return silentSite(simulation, vault, machine);
  const agent = hyperVAgentNamed(simulation, vault, item.fabricName, alternate);
  if (agent && serverSilentSince(simulation, agent) === undefined) return undefined;
  return {
    code: "SIM-NO-HEARTBEAT",
    message: `The server '${agent?.name ?? alternate}' that '${item.friendlyName}' is to go back to does not answer.`,
    possibleCauses: "The host is turned off, or cannot reach Azure on port 443.",
    recommendedAction: "Start the server and its services, and retry the operation.",
  };
}
