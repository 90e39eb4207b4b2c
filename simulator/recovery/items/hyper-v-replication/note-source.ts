import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { ProtectedItem } from "../item.ts";
import { noteLog } from "./log.ts";
import { planResynchronization } from "./resynchronization.ts";
import { noteTrouble } from "./trouble.ts";

/** Takes note of what has become of the source of a Hyper-V item: errors before, its log after its pause is noted. */
export function noteHyperVSource(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  notePause: () => void,
): void {
  const replicates = item.replication.startedAt !== null && item.replication.stoppedAt === null;
  if (replicates) noteTrouble(simulation, vault, item);
  notePause();
  noteLog(simulation, vault, item);
  if (replicates && item.protectionState === "Protected")
    planResynchronization(simulation, vault, item);
}
