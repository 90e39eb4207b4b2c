import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { Behaviour } from "../../jobs/behaviour.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { Job } from "../../jobs/job.ts";
import { startJob } from "../../jobs/run.ts";
import { onItem } from "../failover.ts";
import { hyperVPartOf } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedItem } from "../item.ts";
import { endItemJob, itemOfJob } from "../item-job.ts";
import { removeItem } from "../remove-item.ts";
import { initialReplicationMs } from "../replication.ts";
import { enableRefusal } from "./refusals.ts";
import { deleteMadeMachine, makeReplica } from "./replica.ts";
import { beginVmmReplication } from "./replicate.ts";

const enable: Behaviour = {
  end: {
    EnableProtectionPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
      enableRefusal(simulation, vault, item),
    ),
    CreateProtectionTarget: onItem((simulation, vault, _job, item) => {
      makeReplica(simulation, vault, item);
      return undefined;
    }),
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item) return;
    if (succeeded) beginVmmReplication(simulation, vault, item, initialReplicationMs(item));
    else {
      // CH-ENABLE-FAILED
      deleteMadeMachine(simulation, hyperVPartOf(item).replica);
      removeItem(vault, item);
    }
  },
};

/** The job of the first site holds the item; that of the second runs beside it. */
function beginSecondSite(simulation: Simulation, vault: Vault, job: Job): void {
  const { subject, targetObjectId, targetObjectName, affectedObjects } = job;
  startJob(simulation, vault, {
    scenario: "SecondaryIrCompletion",
    subject,
    targetObjectId,
    targetObjectName,
    affectedObjects,
  });
}

const finalize: Behaviour = {
  begin: { CompleteInitialReplication: beginSecondSite },
  end: {
    ReplicaConfiguration: (_simulation, vault, job) => {
      const item = itemOfJob(vault, job);
      if (item) hyperVPartOf(item).finalizing = false;
      return undefined;
    },
  },
  finished: (simulation, vault, job) => {
    const item = endItemJob(simulation, vault, job);
    if (item) hyperVPartOf(item).finalizing = false;
  },
};

const disable: Behaviour = {
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    deleteMadeMachine(simulation, item.testMachineId);
    if (deletesReplica(vault, item)) deleteMadeMachine(simulation, hyperVPartOf(item).replica);
    removeItem(vault, item);
  },
};

/** The policy says what becomes of a replica that does not run; one that runs is never deleted. */
function deletesReplica(vault: Vault, { policyName, activeLocation }: ProtectedItem): boolean {
  const policy = vault.policies[policyName.toLowerCase()];
  const option = policy?.hyperV?.betweenSites?.replicaDeletion.toLowerCase();
  return option === "onrecoverycloud" && activeLocation === "Primary";
}

/** What enabling, finalizing and disabling protection at a second VMM site do. */
export const VMM_PROTECTION_BEHAVIOURS: Behaviours = {
  VmmEnableDr: enable,
  PrimaryIrCompletion: finalize,
  VmmDisableDr: disable,
  VmmPurgeVm: disable,
};
