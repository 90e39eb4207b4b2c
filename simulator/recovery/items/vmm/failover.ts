import { faultOfTask } from "../../../faults/strike.ts";
import { setHyperVPower } from "../../../hyper-v/power.ts";
import type { Simulation } from "../../../simulation.ts";
import { textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { Behaviour, TaskOutcome } from "../../jobs/behaviour.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { Job } from "../../jobs/job.ts";
import { choosePoint } from "../chosen-point.ts";
import { onItem, preparePoint } from "../failover.ts";
import { SHUTDOWN } from "../hyper-v/shut-down.ts";
import { forgetReplication } from "../hyper-v-replication/forget.ts";
import { markForResynchronization } from "../hyper-v-replication/resynchronization.ts";
import type { ProtectedItem, RecoveryPoint } from "../item.ts";
import { endItemJob } from "../item-job.ts";
import { stopReplication } from "../replication.ts";
import { noteSource } from "../source.ts";
import { plannedFailed, plannedRefusal, shutdownProblem, targetRefusal } from "./refusals.ts";
import { activeMachine, passiveMachine } from "./sides.ts";

/** Shuts the active machine down; returns why it could not be. */
function shutDown(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): string | undefined {
  const machine = activeMachine(simulation, item);
  const fault = faultOfTask(simulation, "shutdownFails", {
    scenario: job.scenario === "VmmPlannedFailover" ? "PlannedFailover" : "UnplannedFailover",
    task: SHUTDOWN,
    machines: [job.targetObjectId, job.targetObjectName],
  });
  const problem = fault
    ? "Its host could not shut it down."
    : shutdownProblem(simulation, vault, machine);
  if (problem === undefined && machine?.power === "on") {
    setHyperVPower(simulation, machine, "off");
    job.input = { ...job.input, wasShutDown: true };
  }
  return problem;
}

const boot = onItem((simulation, _vault, _job, item) => {
  const machine = passiveMachine(simulation, item);
  if (machine) setHyperVPower(simulation, machine, "on");
  return undefined;
});

/** The machine is active at the other side now; its replication has ended with what it had. */
function passOver(simulation: Simulation, item: ProtectedItem, job: Job): void {
  stopReplication(simulation, item);
  forgetReplication(item);
  item.activeLocation = item.activeLocation === "Primary" ? "Recovery" : "Primary";
  item.lastFailoverAt = simulation.now;
  item.failoverPoint = (job.input.chosen as unknown as RecoveryPoint | undefined) ?? null;
  item.failoverPointFabric = item.fabricName;
}

const planned: Behaviour = {
  end: {
    VmPfoPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
      plannedRefusal(simulation, vault, item),
    ),
    [SHUTDOWN]: onItem((simulation, vault, job, item): TaskOutcome => {
      const problem = shutDown(simulation, vault, job, item);
      return problem === undefined
        ? undefined
        : plannedFailed(
            item,
            problem,
            "Shut the virtual machine down yourself and retry the operation, or do an unplanned failover.",
          );
    }),
    VmPrepareForFailover: preparePoint,
    VmFoStartVmOnSecondary: boot,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item) return;
    if (!succeeded) {
      startAgain(simulation, job, item);
      // CH-CANCEL
      if (job.state === "Cancelled") {
        markForResynchronization(simulation, vault, item);
        noteSource(simulation, vault, item);
      }
      return;
    }
    // A job that is restarted after the machine was started again does not shut it down a second time.
    const source = activeMachine(simulation, item);
    if (source) setHyperVPower(simulation, source, "off");
    passOver(simulation, item, job);
    item.protectionState = "PlannedFailoverCommitRequired";
  },
};

/** A planned failover that fails or is cancelled leaves the machine as it was (reference 6.6). */
function startAgain(simulation: Simulation, job: Job, item: ProtectedItem): void {
  const source = activeMachine(simulation, item);
  const target = passiveMachine(simulation, item);
  if (job.input.wasShutDown !== true || !source) return;
  if (target) setHyperVPower(simulation, target, "off");
  setHyperVPower(simulation, source, "on");
}

const unplanned: Behaviour = {
  // CH-SHUTDOWN-DEFAULT
  skip: {
    [SHUTDOWN]: (_simulation, _vault, job) =>
      textAt(job.input, "sourceSiteOperations")?.toLowerCase() !== "required",
  },
  end: {
    VmUfoPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
      targetRefusal(simulation, vault, item),
    ),
    [SHUTDOWN]: onItem((simulation, vault, job, item): TaskOutcome => {
      const problem = shutDown(simulation, vault, job, item);
      if (problem === undefined) return undefined;
      return {
        goOn: true,
        failed: {
          code: "SIM-SHUTDOWN",
          message: `The virtual machine '${item.friendlyName}' could not be shut down. The failover continues.`,
          possibleCauses: problem,
          recommendedAction:
            "Make sure that the virtual machine is turned off, so that it does not run in two places.",
        },
      };
    }),
    VmPrepareForUnPlannedFailover: preparePoint,
    VmFoStartVmOnSecondary: boot,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    passOver(simulation, item, job);
    item.protectionState = "UnplannedFailoverCommitPendingStatesBegin";
  },
};

const setActive = (power: "on" | "off") =>
  onItem((simulation, _vault, _job, item) => {
    const machine = activeMachine(simulation, item);
    if (machine) setHyperVPower(simulation, machine, power);
    return undefined;
  });

const changePit: Behaviour = {
  end: { ShutdownVmRecovery: setActive("off"), VmFoStartVmOnSecondary: setActive("on") },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (item && succeeded)
      item.failoverPoint = choosePoint(simulation, vault, item, job) ?? item.failoverPoint;
  },
};

/** Fixes a failover between VMM sites: its points are gone, and the point cannot be changed any more. */
export function commitVmm(item: ProtectedItem): void {
  item.protectionState =
    item.protectionState === "PlannedFailoverCommitRequired"
      ? "PlannedFailoverStatesBegin"
      : "UnplannedFailoverCommitted";
  item.replication.discarded = true;
  item.replication.extraPoints = [];
}

const commit: Behaviour = {
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (item && succeeded) commitVmm(item);
  },
};

/** What failovers between VMM sites do, either way. */
export const VMM_FAILOVER_BEHAVIOURS: Behaviours = {
  VmmPlannedFailover: planned,
  VmmUnplannedFailover: unplanned,
  VmmChangePit: changePit,
  VmmCommitFailover: commit,
};
