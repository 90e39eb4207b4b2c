import { setHyperVPower } from "../../../hyper-v/power.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { Job } from "../../jobs/job.ts";
import { bootRecovered, failOver, nowAway, onItem, preparePoint } from "../failover.ts";
import { markForResynchronization } from "../hyper-v-replication/resynchronization.ts";
import type { ProtectedItem } from "../item.ts";
import { endItemJob } from "../item-job.ts";
import { noteSource } from "../source.ts";
import { SHUTDOWN, shutDownHyperVMachine } from "./shut-down.ts";
import { hyperVMachineOf } from "./source-machine.ts";

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
      [SHUTDOWN]: onItem((simulation, vault, job, item) =>
        shutDownHyperVMachine(simulation, vault, job, item, "PlannedFailover"),
      ),
      VmPrepareForFailover: preparePoint,
      VmFailover: onItem(failOver),
      VmFoStartVmOnSecondary: bootRecovered,
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item) return;
      if (!succeeded || job.state === "Cancelled") {
        startAgain(simulation, job, item);
        // CH-CANCEL
        if (job.state === "Cancelled") {
          markForResynchronization(simulation, vault, item);
          noteSource(simulation, vault, item);
        }
        return;
      }
      // A job that is restarted after the machine was started again does not shut it down a second time.
      const machine = hyperVMachineOf(simulation, item);
      if (machine) setHyperVPower(simulation, machine, "off");
      nowAway(simulation, item, job);
      item.protectionState = "PlannedFailoverCommitRequired";
    },
  },
};
