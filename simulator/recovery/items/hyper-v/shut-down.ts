import { faultOfTask } from "../../../faults/strike.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { Failure } from "../../jobs/behaviour.ts";
import type { Job } from "../../jobs/job.ts";
import type { ProtectedItem } from "../item.ts";
import { silentSite } from "./enable-refusal.ts";
import { hyperVMachineOf } from "./source-machine.ts";

/** The task of a failover that shuts the machine down that it starts from. */
export const SHUTDOWN = "VmShutdownVmOnPrimary";

/** The recorded code of a planned failover that fails. */
export const PLANNED_FAILOVER_FAILED = "532";

/** Shuts a Hyper-V machine down at its host; what is said if it does not work depends on the failover. */
export function shutDownHyperVMachine(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
  scenario: "PlannedFailover" | "UnplannedFailover",
): Failure | undefined {
  const machine = hyperVMachineOf(simulation, item);
  const fault = faultOfTask(simulation, "shutdownFails", {
    scenario,
    task: SHUTDOWN,
    machines: [job.targetObjectId, job.targetObjectName],
  });
  const silent = machine && silentSite(simulation, vault, machine);
  if (machine && !fault && !silent && machine.shutdown === "works") {
    setHyperVPower(simulation, machine, "off");
    return undefined;
  }
  return {
    failed: {
      code: scenario === "PlannedFailover" ? PLANNED_FAILOVER_FAILED : "SIM-SHUTDOWN",
      message: `The virtual machine '${item.friendlyName}' could not be shut down.${scenario === "PlannedFailover" ? " The planned failover was stopped." : " The failover continues."}`,
      possibleCauses:
        silent?.message ??
        (machine
          ? "The virtual machine does not answer, or its integration services do not run."
          : "The virtual machine does not exist any more."),
      recommendedAction:
        scenario === "PlannedFailover"
          ? "Shut the virtual machine down by hand and retry the operation, or run an unplanned failover."
          : "Make sure that the virtual machine is turned off, so that it does not run in two places.",
    },
  };
}
