import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { ProtectedItem } from "../item.ts";
import { startItemJob } from "../item-job.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/**
 * Begins what follows the first copy: a job of its own applies the network and other settings. Until it is over
 * the machine is protected in name, and nothing can be done with it (H-03; CH-HV-FINALIZE).
 */
export function beginFinalizing(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const part = hyperVPartOf(item);
  part.finalizing = true;
  startItemJob(simulation, vault, item, { scenario: "IrCompletion" });
}
