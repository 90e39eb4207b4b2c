import { setHyperVPower } from "../../../hyper-v/power.ts";
import { MINUTE } from "../../../state/times.ts";
import type { Behaviour } from "../../jobs/behaviour.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import { onItem } from "../failover.ts";
import { hyperVPartOf } from "../hyper-v/hyper-v-part.ts";
import type { ProtectedItem, ProtectionState } from "../item.ts";
import { endItemJob, itemOfJob } from "../item-job.ts";
import { initialReplicationMs } from "../replication.ts";
import { commitVmm } from "./failover.ts";
import { targetRefusal } from "./refusals.ts";
import { beginVmmReplication } from "./replicate.ts";
import { passiveMachine } from "./sides.ts";

const COMMITTED: readonly ProtectionState[] = [
  "UnplannedFailoverCommitted",
  "PlannedFailoverStatesBegin",
];

/** How long the differences take after a planned failover, when both sides are alike. */
const DIFFERENCES_MS: number = 2 * MINUTE;

/** After a planned failover both sides are alike; after an unplanned one they are compared (CH-VMM-REVERSE). */
function lengthMs(item: ProtectedItem): number {
  return item.protectionState === "PlannedFailoverStatesBegin"
    ? DIFFERENCES_MS
    : initialReplicationMs(item);
}

/** Replicates from where the machine runs now: the item keeps its id and its sides (reference 6.6). */
const reverse: Behaviour = {
  skip: {
    VmCommit: (_simulation, vault, job) => {
      const state = itemOfJob(vault, job)?.protectionState;
      return state !== undefined && COMMITTED.includes(state);
    },
  },
  end: {
    VmReverseReplicationPrerequisitesCheck: onItem((simulation, vault, _job, item) =>
      targetRefusal(simulation, vault, item),
    ),
    VmCommit: onItem((_simulation, _vault, _job, item) => {
      commitVmm(item);
      return undefined;
    }),
    VmShutdownVmOnSecondary: onItem((simulation, _vault, _job, item) => {
      const machine = passiveMachine(simulation, item);
      if (machine) setHyperVPower(simulation, machine, "off");
      return undefined;
    }),
  },
  finished: (simulation, vault, job, succeeded) => {
    const item = endItemJob(simulation, vault, job);
    if (!item || !succeeded) return;
    hyperVPartOf(item).reversed = item.activeLocation === "Recovery";
    beginVmmReplication(simulation, vault, item, lengthMs(item));
  },
};

/** What the reverse replication between VMM sites does. */
export const REVERSE_BEHAVIOURS: Behaviours = { ReverseReplication: reverse };
