import { conditionOf, dismantle, setPower } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { faultOfTask } from "../../faults/strike.ts";
import type { Simulation } from "../../simulation.ts";
import { textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { Behaviour, TaskOutcome, TaskWork } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { choosePoint, noSuchPoint, notePoint } from "./chosen-point.ts";
import { commitToAzure } from "./hyper-v/commit.ts";
import { shutDownHyperVMachine } from "./hyper-v/shut-down.ts";
import { forgetReplication } from "./hyper-v-replication/forget.ts";
import type { ProtectedItem, RecoveryPoint } from "./item.ts";
import { endItemJob, itemOfJob } from "./item-job.ts";
import { KINDS } from "./kinds.ts";
import {
  bootSiteMachine,
  removeAzureMachine,
  stopAzureMachine,
  undoFailback,
} from "./on-premises/homeward.ts";
import { shutDownSiteMachine } from "./on-premises/outward.ts";
import { makeCopy } from "./recovered-machine.ts";
import { stopReplication } from "./replication.ts";

/** Shuts the machine down that is failed over: on its own side, wherever that is. */
export function shutDownSource(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
  if (KINDS[item.kind].isReversed) return stopAzureMachine(simulation, item);
  if (item.onPremises) return shutDownSiteMachine(simulation, vault, job, item);
  if (item.hyperV) {
    const failure = shutDownHyperVMachine(simulation, vault, job, item, "UnplannedFailover");
    return failure && { ...failure, goOn: true };
  }
  const machine = findResource(simulation, item.machineId);
  const region = machine?.location ?? "";
  const fault = faultOfTask(simulation, "shutdownFails", {
    scenario: "UnplannedFailover",
    task: "VmShutdownVmOnPrimary",
    machines: [job.targetObjectId, job.targetObjectName],
  });
  const stubborn = machine && conditionOf(simulation, machine.id).sourceShutdown === "fails";
  if (!machine || stubborn || fault || simulation.state.unavailableRegions.includes(region)) {
    return {
      goOn: true,
      failed: {
        code: "SIM-SHUTDOWN",
        message: `The virtual machine '${item.friendlyName}' could not be shut down. The failover continues.`,
        possibleCauses: machine
          ? "The virtual machine or its region does not answer."
          : "The virtual machine does not exist any more.",
        recommendedAction:
          "Make sure that the virtual machine is turned off, so that it does not run in two places.",
      },
    };
  }
  setPower(simulation, machine.id, "deallocated");
  return undefined;
}

/** Makes the machine in Azure that an item is failed over to. */
export function failOver(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
  if (KINDS[item.kind].isReversed) return undefined;
  const made = makeCopy(simulation, vault, item, { kind: "failover" });
  if ("failed" in made) return made;
  if (made.warning) job.warning ??= made.warning;
  setPower(simulation, made.machineId, "stopped");
  item.recoveredMachineId = made.machineId;
  return undefined;
}

/** Runs a task's work on the item of the job; a job without item has nothing to do. */
export function onItem(
  work: (simulation: Simulation, vault: Vault, job: Job, item: ProtectedItem) => TaskOutcome,
): (simulation: Simulation, vault: Vault, job: Job) => TaskOutcome {
  return (simulation, vault, job) => {
    const item = itemOfJob(vault, job);
    return item ? work(simulation, vault, job, item) : undefined;
  };
}

/** Boots the machine on the side that it was failed over to. */
export const bootRecovered: TaskWork<TaskOutcome> = onItem((simulation, vault, _job, item) => {
  if (KINDS[item.kind].isReversed) return bootSiteMachine(simulation, vault, item);
  if (item.recoveredMachineId !== null) setPower(simulation, item.recoveredMachineId, "running");
  return undefined;
});

/** Chooses the point a failover job goes to and notes it; kinds of points that do not exist fail it. */
export const preparePoint: TaskWork<TaskOutcome> = onItem((simulation, vault, job, item) => {
  const point = choosePoint(simulation, vault, item, job);
  if (!point) return noSuchPoint(item, job);
  job.input = { ...job.input, chosen: { ...point } };
  notePoint(vault, job, item, point, item.recovery.vmName);
  return undefined;
});

const unplannedFailover: Behaviour = {
  // CH-SHUTDOWN-DEFAULT
  skip: {
    VmShutdownVmOnPrimary: (_simulation, vault, job) => {
      const item = itemOfJob(vault, job);
      if (item && KINDS[item.kind].isReversed) return false;
      return textAt(job.input, "sourceSiteOperations")?.toLowerCase() !== "required";
    },
  },
  end: {
    VmShutdownVmOnPrimary: onItem(shutDownSource),
    VmPrepareForUnPlannedFailover: preparePoint,
    VmFailover: onItem(failOver),
    VmFoStartVmOnSecondary: bootRecovered,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (item && !succeeded) failedOverInVain(simulation, item, job);
    if (!item || !succeeded) return;
    nowAway(simulation, item, job);
    item.protectionState = "UnplannedFailoverCommitPendingStatesBegin";
  },
};

/** What becomes of an item whose machine runs on the other side now. */
export function nowAway(simulation: Simulation, item: ProtectedItem, job: Job): void {
  stopReplication(simulation, item);
  forgetReplication(item);
  item.activeLocation = "Recovery";
  item.lastFailoverAt = simulation.now;
  item.failoverPoint = (job.input.chosen as unknown as RecoveryPoint | undefined) ?? null;
  item.failoverPointFabric = item.fabricName;
  if (item.onPremises) item.onPremises.bootedAt = simulation.now;
  else if (!item.hyperV) item.leftMachineId = item.machineId;
}

/** Recorded for classic only: a failover to Azure that failed leaves a state of its own (reference 6.4). */
function failedOverInVain(simulation: Simulation, item: ProtectedItem, job: Job): void {
  undoFailback(simulation, job, item);
  const reachedAzure = job.tasks.some(
    ({ name, state }) => name === "VmFailover" && state === "Failed",
  );
  if (item.kind === "InMageAzureV2" && job.state === "Failed" && reachedAzure)
    item.protectionState = "UnplannedFailoverCompletionFailed";
}

const changePit: Behaviour = {
  end: {
    ShutdownVmRecovery: onItem((simulation, _vault, _job, item) => {
      if (item.recoveredMachineId !== null)
        setPower(simulation, item.recoveredMachineId, "deallocated");
      return undefined;
    }),
    CancelFailoverRecovery: onItem((simulation, _vault, _job, item) => {
      if (item.recoveredMachineId !== null)
        dismantle(simulation, item.recoveredMachineId, { disks: true, nics: true });
      return undefined;
    }),
    VmFailover: onItem(failOver),
    VmFoStartVmOnSecondary: bootRecovered,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    item.failoverPoint = choosePoint(simulation, vault, item, job) ?? null;
    if (item.onPremises) item.onPremises.bootedAt = simulation.now;
  },
};

const commitFailover: Behaviour = {
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (item && succeeded) commit(simulation, item);
  },
};

/** Fixes a failover: recovery points are gone, the point cannot be changed any more; a failback's VM in Azure is gone too. */
export function commit(simulation: Simulation, item: ProtectedItem): void {
  if (KINDS[item.kind].isReversed) removeAzureMachine(simulation, item);
  if (item.kind === "HyperVReplicaAzure") commitToAzure(simulation, item);
  else
    item.protectionState =
      item.kind === "InMageRcmFailback"
        ? "PlannedFailoverStatesBegin"
        : "UnplannedFailoverCommitted";
  item.replication.discarded = true;
  item.replication.extraPoints = [];
}

/** What the jobs of a failover do. */
export const FAILOVER_BEHAVIOURS: Behaviours = {
  UnplannedFailover: unplannedFailover,
  ChangePit: changePit,
  CommitFailover: commitFailover,
};
