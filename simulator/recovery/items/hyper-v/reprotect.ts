import { objectAt, textAt } from "../../../state/json.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import { onItem } from "../failover.ts";
import { endItemJob } from "../item-job.ts";
import { notReplicating } from "../new-item.ts";
import { makeReplicaDisks } from "../replica-disks.ts";
import { noteSource } from "../source.ts";
import { hyperVRefusal } from "./enable-refusal.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/**
 * What the job of a reverse replication after a failback from Azure does: the machine replicates to Azure again,
 * and is protected as soon as the job ends (reference 6.5; CH-HV-REPROTECTED).
 */
export const HYPER_V_REPROTECT_BEHAVIOURS: Behaviours = {
  ReprotectReplicationGroup: {
    end: {
      CreateProtectionTarget: onItem((simulation, vault, _job, item) =>
        hyperVRefusal(simulation, vault, item),
      ),
    },
    finished: (simulation, vault, job, succeeded) => {
      const item = endItemJob(simulation, vault, job);
      if (!item || !succeeded) return;
      const part = hyperVPartOf(item);
      const input = objectAt(job.input, "details");
      part.storageAccountId = textAt(input, "storageAccountId") ?? part.storageAccountId;
      part.logStorageAccountId = textAt(input, "logStorageAccountId") ?? part.logStorageAccountId;
      const { now } = simulation;
      item.replication = {
        ...notReplicating(),
        startedAt: now,
        initialEndsAt: now,
        firstPointAt: now,
      };
      item.protectionState = "Protected";
      makeReplicaDisks(simulation, vault, item);
      noteSource(simulation, vault, item);
    },
  },
};
