import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { Behaviours } from "../../jobs/behaviours.ts";
import type { ProtectedItem } from "../item.ts";
import { endItemJob, itemOfJob } from "../item-job.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";
import { networkMappingToAzure } from "./network-mapping.ts";
import { hyperVMachineOf } from "./source-machine.ts";

/** What the job does that finalizes the protection of a Hyper-V machine. */
export const FINALIZE_BEHAVIOURS: Behaviours = {
  IrCompletion: {
    end: {
      ReplicaConfiguration: (simulation, vault, job) => {
        const item = itemOfJob(vault, job);
        if (!item) return undefined;
        applyNetwork(simulation, vault, item);
        hyperVPartOf(item).finalizing = false;
        return undefined;
      },
    },
    finished: (simulation, vault, job) => {
      const item = endItemJob(simulation, vault, job);
      if (item) hyperVPartOf(item).finalizing = false;
    },
  },
};

/** A network mapping that was made meanwhile counts, too. */
function applyNetwork(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const machine = hyperVMachineOf(simulation, item);
  const mapped = machine && networkMappingToAzure(simulation, vault, machine)?.recoveryNetworkId;
  if (mapped === undefined || item.recovery.networkId !== null) return;
  item.recovery.networkId = mapped;
  for (const nic of item.nics) nic.recoveryNetworkId = mapped;
}
