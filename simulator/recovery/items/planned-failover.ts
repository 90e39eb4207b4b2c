import { numberAt } from "../../state/json.ts";
import type { Behaviour } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import { bootRecovered, nowAway, onItem, preparePoint, shutDownSource } from "./failover.ts";
import { endItemJob, itemOfJob } from "./item-job.ts";
import { goBackToAzure, undoFailback } from "./on-premises/homeward.ts";

/** The failback of a modernized machine; others are not offered it (CH-A2A-PLANNED). */
const plannedFailover: Behaviour = {
  begin: {
    VmPfoPrerequisitesCheck: (simulation, vault, job) => {
      const part = itemOfJob(vault, job)?.onPremises;
      if (part) job.input = { ...job.input, beganAt: simulation.now };
    },
  },
  end: {
    VmPfoPrerequisitesCheck: preparePoint,
    VmPrepareProtectedEntitiesTask: onItem(shutDownSource),
    VmFoStartVmOnSecondary: bootRecovered,
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item?.onPremises) return;
    item.onPremises.lastPlannedFailover = {
      at: numberAt(job.input, "beganAt") ?? job.createdAt,
      status: succeeded ? "Succeeded" : job.state === "Cancelled" ? "Cancelled" : "Failed",
    };
    if (!succeeded) {
      undoFailback(simulation, job, item);
      return;
    }
    nowAway(simulation, item, job);
    item.protectionState = "CommitPendingStatesBegin";
  },
};

/** Takes a failback of a modernized machine back before its commit. */
const cancelFailover: Behaviour = {
  end: {
    CancelFailoverTask: onItem((simulation, _vault, _job, item) => {
      goBackToAzure(simulation, item);
      return undefined;
    }),
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item?.onPremises || !succeeded) return;
    const { onPremises, replication } = item;
    item.protectionState = "Protected";
    item.activeLocation = "Primary";
    item.failoverPoint = null;
    item.lastFailoverAt = null;
    onPremises.bootedAt = null;
    if (onPremises.lastPlannedFailover)
      onPremises.lastPlannedFailover = { ...onPremises.lastPlannedFailover, status: "Cancelled" };
    // CH-CANCELLED-FAILBACK
    if (replication.stoppedAt !== null)
      replication.pauses.push({ from: replication.stoppedAt, to: simulation.now });
    replication.stoppedAt = null;
  },
};

/** What the jobs of a failback from Azure to a modernized site do. */
export const PLANNED_FAILOVER_BEHAVIOURS: Behaviours = {
  PlannedFailover: plannedFailover,
  CancelFailover: cancelFailover,
};
