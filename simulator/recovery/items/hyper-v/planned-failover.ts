import { faultOfTask } from "../../../faults/strike.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { Failure, TaskOutcome } from "../../jobs/behaviour.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { Job } from "../../jobs/job.ts";
import { bootRecovered, failOver, nowAway, onItem, preparePoint } from "../failover.ts";
import type { ProtectedItem } from "../item.ts";
import { endItemJob } from "../item-job.ts";
import { silentSite } from "./enable-refusal.ts";
import { hyperVMachineOf } from "./source-machine.ts";

const SHUTDOWN = "VmShutdownVmOnPrimary";

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
      code: scenario === "PlannedFailover" ? "532" : "SIM-SHUTDOWN",
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

const shutDown = (
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome => shutDownHyperVMachine(simulation, vault, job, item, "PlannedFailover");

/** A machine that was shut down for nothing is started again (CH-HV-PLANNED-FAILED). */
function startAgain(simulation: Simulation, job: Job, item: ProtectedItem): void {
  const machine = hyperVMachineOf(simulation, item);
  const wasShutDown = job.tasks.some(
    ({ name, state }) => name === SHUTDOWN && state === "Succeeded",
  );
  if (machine && wasShutDown) setHyperVPower(simulation, machine, "on");
}

/** What the job of a planned failover of a Hyper-V machine to Azure does (H-07). */
export const HYPER_V_PLANNED_BEHAVIOURS: Behaviours = {
  HyperVPlannedFailover: {
    end: {
      [SHUTDOWN]: onItem(shutDown),
      VmPrepareForFailover: preparePoint,
      VmFailover: onItem(failOver),
      VmFoStartVmOnSecondary: bootRecovered,
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item) return;
      if (!succeeded || job.state === "Cancelled") {
        startAgain(simulation, job, item);
        return;
      }
      nowAway(simulation, item, job);
      item.protectionState = "PlannedFailoverCommitRequired";
    },
  },
};
