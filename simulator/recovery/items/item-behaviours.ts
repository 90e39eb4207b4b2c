import { dismantle } from "../../azure/machines.ts";
import { findResource, removeResource } from "../../azure/resources.ts";
import type { Simulation } from "../../simulation.ts";
import { sameId } from "../../state/identifiers.ts";
import { listAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { Behaviour } from "../jobs/behaviour.ts";
import type { Behaviours } from "../jobs/behaviours.ts";
import type { Job } from "../jobs/job.ts";
import { FAILOVER_BEHAVIOURS, onItem } from "./failover.ts";
import { healthOf } from "./health.ts";
import { HYPER_V_BEHAVIOURS } from "./hyper-v/behaviours.ts";
import { hyperVRefusal } from "./hyper-v/enable-refusal.ts";
import {
  beginResynchronization,
  resynchronizationRefusal,
} from "./hyper-v-replication/resynchronization.ts";
import { itemKey, type ProtectedDisk } from "./item.ts";
import { endItemJob } from "./item-job.ts";
import { updateMobilityService } from "./on-premises/mobility.ts";
import { siteRefusal } from "./on-premises/site-refusal.ts";
import { siteMachineOf } from "./on-premises/source-machine.ts";
import { PLANNED_FAILOVER_BEHAVIOURS } from "./planned-failover.ts";
import { removeItem } from "./remove-item.ts";
import { makeReplicaDisks } from "./replica-disks.ts";
import { beginReplication } from "./replication.ts";
import { REPROTECT_BEHAVIOURS } from "./reprotect.ts";
import { TEST_FAILOVER_BEHAVIOURS } from "./test-failover.ts";
import { applyUpdate } from "./update.ts";

const disable = {
  finished: (simulation: Simulation, vault: Vault, job: Job, succeeded: boolean): void => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    for (const disk of item.disks) removeResource(simulation, disk.replicaDiskId);
    if (item.testMachineId !== null)
      dismantle(simulation, item.testMachineId, { disks: true, nics: true });
    removeItem(vault, item);
  },
};

const enable: Behaviour = {
  end: {
    EnableProtectionPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
      item.onPremises
        ? siteRefusal(simulation, vault, item)
        : item.hyperV
          ? hyperVRefusal(simulation, vault, item)
          : findResource(simulation, item.machineId)
            ? undefined
            : {
                failed: {
                  code: "SIM-MACHINE-GONE",
                  message: `The virtual machine '${item.friendlyName}' does not exist any more.`,
                },
              },
    ),
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item) return;
    if (!succeeded) {
      // CH-ENABLE-FAILED
      delete vault.items[itemKey(item.fabricName, item.containerName, item.name)];
      return;
    }
    const machine = siteMachineOf(simulation, item);
    if (machine) machine.agent.installed = true;
    makeReplicaDisks(simulation, vault, item);
    beginReplication(simulation, vault, item);
  },
};

/** What the jobs of protected items do. */
export const ITEM_BEHAVIOURS: Behaviours = {
  ...FAILOVER_BEHAVIOURS,
  ...PLANNED_FAILOVER_BEHAVIOURS,
  ...TEST_FAILOVER_BEHAVIOURS,
  ...REPROTECT_BEHAVIOURS,
  ...HYPER_V_BEHAVIOURS,
  EnableDr: enable,
  HyperVEnableDr: enable,
  UpdateVmProperties: {
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (item && succeeded) applyUpdate(simulation, item, job.input);
    },
  },
  DisableDr: disable,
  PurgeVm: disable,
  RepairVMReplication: {
    end: {
      RepairVmReplicationTask: onItem((simulation, vault, _job, item) =>
        item.hyperV ? resynchronizationRefusal(simulation, vault, item) : undefined,
      ),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item || !succeeded) return;
      if (item.hyperV) beginResynchronization(simulation, vault, item);
      else beginReplication(simulation, vault, item);
    },
  },
  UpdateMobilityService: {
    end: { UpdateMobilityServiceTask: onItem(updateMobilityService) },
    finished: (simulation, vault, job) => {
      endItemJob(simulation, vault, job);
    },
  },
  AddDisks: {
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item || !succeeded) return;
      item.disks = [...item.disks, ...(listAt(job.input, "disks") as readonly ProtectedDisk[])];
      makeReplicaDisks(simulation, vault, item);
    },
  },
  RemoveDisks: {
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item || !succeeded) return;
      const gone = (disk: ProtectedDisk) =>
        listAt(job.input, "diskIds").some((id) => sameId(String(id), disk.diskId));
      for (const disk of item.disks.filter(gone)) removeResource(simulation, disk.replicaDiskId);
      item.disks = item.disks.filter((disk) => !gone(disk));
    },
  },
  ResolveHealthErrors: {
    end: {
      // CH-RESOLVE
      ResolveHealthErrorsTask: onItem((simulation, vault, job, item) => {
        const wanted = listAt(job.input, "ids").map(String);
        const errors = healthOf(simulation, vault, item).errors;
        const stubborn = wanted.find(
          (id) =>
            !errors.some(
              (error) => error.errorId === id && error.customerResolvability === "Allowed",
            ),
        );
        if (stubborn === undefined) return undefined;
        return {
          failed: {
            code: "SIM-NOT-RESOLVABLE",
            message: `The health error '${stubborn}' of '${item.friendlyName}' cannot be resolved by request.`,
          },
        };
      }),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (item && succeeded) item.replication.resyncRequired = false;
    },
  },
};
