import { ensureDisk } from "../../azure/machines.ts";
import type { Simulation } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import type { ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { recoveryLocationOf } from "./places.ts";

/** Puts the replica of a disk into the target region, where Compute shows it (CH-REPLICA-DISKS). */
export function makeReplicaDisks(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  if (KINDS[item.kind].isReversed) return;
  // CH-HV-DISKS: otherwise the data lie in a storage account.
  if (item.hyperV && item.hyperV.useManagedDisks !== "true") return;
  const location = recoveryLocationOf(vault, item);
  for (const disk of item.disks) {
    ensureDisk(simulation, disk.replicaDiskId, {
      location,
      sizeGiB: disk.sizeGiB,
      accountType: disk.replicaAccountType,
    });
  }
}
