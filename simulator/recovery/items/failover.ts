import { conditionOf, dismantle, setPower } from "../../azure/machines.ts";
import { findResource } from "../../azure/resources.ts";
import { faultOfTask } from "../../faults/strike.ts";
import type { Simulation } from "../../simulation.ts";
import { isObject, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import type { Behaviour, TaskOutcome } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { itemId } from "../vault/find.ts";
import type { ProtectedItem, RecoveryPoint } from "./item.ts";
import { endItemJob, itemOfJob } from "./item-job.ts";
import { makeCopy } from "./recovered-machine.ts";
import { makePointNow, recoveryPointsOf } from "./recovery-points.ts";
import { stopReplication } from "./replication.ts";

/** The point a job was asked to use: by name in its input, or by kind, or the latest data. */
export function choosePoint(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  job: Job,
): RecoveryPoint {
  const points = recoveryPointsOf(simulation, vault, item);
  const named = points.find((point) => point.name === textAt(job.input, "point"));
  const kind = textAt(job.input, "pointType");
  const fitting =
    kind === "LatestProcessed"
      ? points[0]
      : kind === "LatestApplicationConsistent"
        ? points.find((point) => point.type === "AppConsistent")
        : kind === "LatestCrashConsistent"
          ? points.find((point) => point.type === "CrashConsistent")
          : undefined;
  return named ?? fitting ?? makePointNow(simulation, item);
}

function shutDownSource(
  simulation: Simulation,
  _vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
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

function failOver(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  item: ProtectedItem,
): TaskOutcome {
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

const bootRecovered = onItem((simulation, _vault, _job, item) => {
  if (item.recoveredMachineId !== null) setPower(simulation, item.recoveredMachineId, "running");
  return undefined;
});

/** Adds to a failover job's customDetails what was recovered, and from which point. */
export function notePoint(
  vault: Vault,
  job: Job,
  item: ProtectedItem,
  point: RecoveryPoint,
  machineName: string,
): void {
  const earlier = Array.isArray(job.details.protectedItemDetails)
    ? job.details.protectedItemDetails
    : [];
  job.details = {
    ...job.details,
    protectedItemDetails: [
      ...earlier.filter((entry) => !isObject(entry) || entry.name !== item.name),
      {
        name: item.name,
        friendlyName: item.friendlyName,
        testVmName: machineName,
        testVmFriendlyName: machineName,
        networkConnectionStatus: null,
        networkFriendlyName: null,
        subnet: item.nics[0]?.ipConfigurations[0]?.recoverySubnetName ?? null,
        recoveryPointId: `${itemId(vault, item)}/recoveryPoints/${point.name}`,
        recoveryPointTime: formatTime(point.at),
      },
    ],
  };
}

const unplannedFailover: Behaviour = {
  // CH-SHUTDOWN-DEFAULT
  skip: {
    VmShutdownVmOnPrimary: (_simulation, _vault, job) =>
      textAt(job.input, "sourceSiteOperations") !== "Required",
  },
  end: {
    VmShutdownVmOnPrimary: onItem(shutDownSource),
    VmPrepareForUnPlannedFailover: onItem((simulation, vault, job, item) => {
      const point = choosePoint(simulation, vault, item, job);
      job.input = { ...job.input, chosen: { ...point } };
      notePoint(vault, job, item, point, item.recovery.vmName);
      return undefined;
    }),
    VmFailover: onItem(failOver),
    VmFoStartVmOnSecondary: bootRecovered,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    stopReplication(simulation, item);
    item.protectionState = "UnplannedFailoverCommitPendingStatesBegin";
    item.activeLocation = "Recovery";
    item.lastFailoverAt = simulation.now;
    item.failoverPoint = (job.input.chosen as unknown as RecoveryPoint | undefined) ?? null;
    item.failoverPointFabric = item.fabricName;
    item.leftMachineId = item.machineId;
  },
};

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
    item.failoverPoint = choosePoint(simulation, vault, item, job);
  },
};

const commitFailover: Behaviour = {
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (item && succeeded) commit(item);
  },
};

/** Fixes a failover: recovery points are gone, the point cannot be changed any more. */
export function commit(item: ProtectedItem): void {
  item.protectionState = "UnplannedFailoverCommitted";
  item.replication.discarded = true;
  item.replication.extraPoints = [];
}

/** What the jobs of a failover do. */
export const FAILOVER_BEHAVIOURS: Behaviours = {
  UnplannedFailover: unplannedFailover,
  ChangePit: changePit,
  CommitFailover: commitFailover,
};
