import { setPower } from "../../../azure/machines.ts";
import { hyperVAgentNamed, hyperVMachine, hyperVSiteOf } from "../../../hyper-v/find.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import type { Simulation } from "../../../simulation.ts";
import { textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { TaskOutcome } from "../../jobs/behaviour.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { Job } from "../../jobs/job.ts";
import { onItem } from "../failover.ts";
import type { ProtectedItem } from "../item.ts";
import { endItemJob } from "../item-job.ts";
import { failbackRefusal } from "./failback-refusal.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";
import { SHUTDOWN } from "./shut-down.ts";

/** Whether the machine in Azure runs on while its data are copied. */
function runsOn(job: Job): boolean {
  return textAt(job.input, "dataSyncOption") !== "ForDownTime";
}

const check = onItem((simulation, vault, job, item) => {
  const failed = failbackRefusal(simulation, vault, item, job);
  return failed && { failed };
});

/** Puts the machine at the site in order that the data are written into: made anew or on another host if asked for, and off. */
function prepareMachine(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
  const part = hyperVPartOf(item);
  const machine = hyperVMachine(simulation, part.machine);
  const failed = failbackRefusal(simulation, vault, item, job);
  if (failed || !machine) return failed && { failed };
  const alternateProviderId = textAt(job.input, "alternateProviderId") ?? null;
  const createsMachine = textAt(job.input, "creation") === "CreateVmIfNotFound";
  // CH-HV-NEW-MACHINE
  machine.deleted = false;
  const agent =
    alternateProviderId === null
      ? undefined
      : hyperVAgentNamed(simulation, vault, item.fabricName, alternateProviderId);
  if (agent && hyperVSiteOf(simulation, vault, item.fabricName)) machine.host = agent.name;
  setHyperVPower(simulation, machine, "off");
  part.failback = {
    dataSyncOption: runsOn(job) ? "ForSynchronization" : "ForDownTime",
    createsMachine,
    alternateProviderId,
  };
  if (!runsOn(job)) stopInAzure(simulation, item);
  return undefined;
}

function stopInAzure(simulation: Simulation, item: ProtectedItem): void {
  if (item.recoveredMachineId !== null)
    setPower(simulation, item.recoveredMachineId, "deallocated");
}

/**
 * The machine runs on in Azure after a failback that failed or was cancelled. One that was cancelled from the
 * beginning of the synchronization on, before the downtime, leaves the machine at the site in pieces: it counts as
 * deleted (CH-HV-CANCELLED).
 */
function undo(simulation: Simulation, job: Job, item: ProtectedItem): void {
  const part = hyperVPartOf(item);
  const machine = hyperVMachine(simulation, part.machine);
  const hasBegun = (task: string) =>
    job.tasks.some(({ name, startedAt }) => name === task && startedAt !== null);
  const isHalfWritten = job.state === "Cancelled" && hasBegun("DataSync") && !hasBegun(SHUTDOWN);
  if (machine && part.failback !== null) {
    setHyperVPower(simulation, machine, "off");
    if (isHalfWritten) machine.deleted = true;
  }
  if (part.failback !== null && item.recoveredMachineId !== null)
    setPower(simulation, item.recoveredMachineId, "running");
  part.failback = null;
}

/** What the job of a failback from Azure to a Hyper-V host does (H-09). */
export const HYPER_V_FAILBACK_BEHAVIOURS: Behaviours = {
  HyperVFailback: {
    skip: {
      // CH-HV-FAILBACK-JOB
      WaitForUserInputForFailback: (simulation, _vault, job) =>
        // A plan waits for all of its machines.
        job.parent !== null || !runsOn(job) || simulation.state.knobs.failbackWaitsForUser !== true,
      [SHUTDOWN]: (_simulation, _vault, job) => !runsOn(job),
    },
    begin: {
      WaitForUserInputForFailback: (_simulation, _vault, job) => {
        job.state = "Suspended";
      },
    },
    end: {
      VmPfoPrerequisitesCheck: check,
      PrepareVmOnPremForFailback: onItem(prepareMachine),
      DataSync: check,
      [SHUTDOWN]: onItem((simulation, _vault, _job, item) => {
        stopInAzure(simulation, item);
        return undefined;
      }),
      VmPrepareForFailover: check,
      VmFoStartVmOnSecondary: onItem((simulation, _vault, _job, item) => {
        // A job that is restarted after the machine in Azure was started again does not stop it a second time.
        stopInAzure(simulation, item);
        const machine = hyperVMachine(simulation, hyperVPartOf(item).machine);
        if (machine) setHyperVPower(simulation, machine, "on");
        return undefined;
      }),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item) return;
      if (!succeeded) {
        undo(simulation, job, item);
        return;
      }
      item.activeLocation = "Primary";
      item.lastFailoverAt = simulation.now;
      item.protectionState = "PlannedFailoverCommitRequired";
    },
  },
};
