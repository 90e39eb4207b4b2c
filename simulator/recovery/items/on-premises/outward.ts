import { serverSilentSince } from "../../../estate/heartbeat.ts";
import { setEstatePower } from "../../../estate/power.ts";
import { faultOfTask } from "../../../faults/strike.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { TaskOutcome } from "../../jobs/behaviour.ts";
import type { Job } from "../../jobs/job.ts";
import type { ProtectedItem } from "../item.ts";
import { partOf, processServerOf, siteMachineOf } from "./source-machine.ts";

/** Shuts the machine on premises down; a failover goes on if that fails. */
export function shutDownSiteMachine(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
  const machine = siteMachineOf(simulation, item);
  const fault = faultOfTask(simulation, "shutdownFails", {
    scenario: "UnplannedFailover",
    task: "VmShutdownVmOnPrimary",
    machines: [job.targetObjectId, job.targetObjectName],
  });
  const server = processServerOf(vault, item.fabricName, partOf(item).processServerId);
  // CH-SITE-SHUTDOWN
  if (!machine || fault || !server || serverSilentSince(simulation, server) !== undefined) {
    return {
      goOn: true,
      failed: {
        code: "SIM-SHUTDOWN",
        message: `The virtual machine '${item.friendlyName}' could not be shut down. The failover continues.`,
        possibleCauses: machine
          ? "The site's server or the virtual machine does not answer."
          : "The virtual machine does not exist any more.",
        recommendedAction:
          "Make sure that the virtual machine is turned off, so that it does not run in two places.",
      },
    };
  }
  setEstatePower(simulation, machine, "off");
  return undefined;
}
