import type { Simulation } from "../../../simulation.ts";
import { type JsonObject, numberAt, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { itemWithLifecycle } from "../../vault/find.ts";
import type { ProtectedItem } from "../item.ts";
import { startItemJob } from "../item-job.ts";
import { noteSource } from "../source.ts";
import { allowedOperations } from "../states.ts";
import { logLimitMiB, logMiB } from "./log.ts";
import {
  endResynchronization,
  markForResynchronization,
  planAnotherResynchronization,
  resynchronizationRefusal,
} from "./resynchronization.ts";
import { tryAgain } from "./trouble.ts";

/** Lets happen what a Hyper-V replication has planned: a try, a full log, a resynchronization's beginning or end. */
export function advanceHyperVReplication(
  simulation: Simulation,
  vault: Vault,
  lifecycleId: string,
  data: JsonObject,
): void {
  const item = itemWithLifecycle(vault, lifecycleId);
  if (!item?.hyperV) return;
  switch (textAt(data, "what")) {
    case "tryAgain":
      tryAgain(simulation, vault, item);
      break;
    case "logFull":
      if (isLogFull(simulation, item)) markForResynchronization(simulation, vault, item);
      break;
    case "resynchronize":
      if (item.hyperV.resynchronizesAt === numberAt(data, "at"))
        resynchronize(simulation, vault, item);
      break;
    case "resynchronized":
      endResynchronization(simulation, vault, item, numberAt(data, "startedAt"));
      break;
  }
  noteSource(simulation, vault, item);
}

function isLogFull(simulation: Simulation, item: ProtectedItem): boolean {
  const { replication, hyperV } = item;
  return (
    item.protectionState === "Protected" &&
    replication.stoppedAt === null &&
    !replication.resyncRequired &&
    hyperV?.resynchronization === undefined &&
    logMiB(simulation, item) >= logLimitMiB(item)
  );
}

/** Begins a resynchronization outside office hours, or tries later where it cannot begin. */
function resynchronize(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  if (item.replication.stoppedAt !== null || !item.replication.resyncRequired) {
    delete item.hyperV?.resynchronizesAt;
    return;
  }
  const isOffered = allowedOperations(item).includes("RepairReplication");
  if (!isOffered || resynchronizationRefusal(simulation, vault, item)) {
    planAnotherResynchronization(simulation, vault, item);
    return;
  }
  startItemJob(simulation, vault, item, {
    scenario: "RepairVMReplication",
    operation: "RepairReplication",
  });
}
