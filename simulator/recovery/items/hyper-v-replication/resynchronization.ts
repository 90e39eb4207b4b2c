import { isHyperVMachineHeard } from "../../../hyper-v/find.ts";
import { type Simulation, schedule } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import { MINUTE } from "../../../state/times.ts";
import type { Failure } from "../../jobs/behaviour.ts";
import { noteEvent } from "../../vault/events.ts";
import type { ProtectedItem } from "../item.ts";
import { initialReplicationMs } from "../replication.ts";
import { nextOutsideOfficeHours } from "./office-hours.ts";
import { hyperVSource } from "./source-machine.ts";
import { TROUBLES } from "./trouble.ts";

/** How long a resynchronization that cannot begin by itself waits until it is tried again. */
const PATIENCE_MS: number = 30 * MINUTE;

/** Share of the time of an initial replication that comparing and sending differences takes (CH-HV-RESYNC). */
const SHARE_OF_INITIAL = 0.5;

/** Marks an item for resynchronization, which begins by itself outside office hours unless somebody begins it before. */
export function markForResynchronization(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): void {
  item.replication.resyncRequired = true;
  simulation.changed = true;
  noteEvent(simulation, vault, item, {
    eventType: "VmHealth",
    description: "Resynchronization is required for the virtual machine",
    severity: "Critical",
  });
}

/** Plans the resynchronization of an item that is marked, unless it is planned already. */
export function planResynchronization(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): void {
  const part = item.hyperV;
  if (!part || !item.replication.resyncRequired) {
    if (part?.resynchronizesAt !== undefined) delete part.resynchronizesAt;
    return;
  }
  if (part.resynchronizesAt !== undefined) return;
  planAt(simulation, vault, item, nextOutsideOfficeHours(simulation.now));
}

/** Plans it anew after a try that came too early. */
export function planAnotherResynchronization(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): void {
  planAt(simulation, vault, item, nextOutsideOfficeHours(simulation.now + PATIENCE_MS));
}

function planAt(simulation: Simulation, vault: Vault, item: ProtectedItem, at: number): void {
  if (!item.hyperV) return;
  item.hyperV.resynchronizesAt = at;
  schedule(simulation, vault, "hyperVReplication", item.lifecycleId, at - simulation.now, {
    what: "resynchronize",
    at,
  });
}

/** Why an item cannot be resynchronized now; undefined if it can. */
export function resynchronizationRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const machine = hyperVSource(simulation, item);
  const name = item.friendlyName;
  if (machine && isHyperVMachineHeard(simulation, vault, machine) && !machine.replicationError)
    return undefined;
  const trouble = machine?.replicationError && TROUBLES[machine.replicationError.kind];
  return {
    failed: {
      code: "SIM-HV-RESYNC",
      message: `The virtual machine '${name}' could not be resynchronized.`,
      possibleCauses:
        trouble !== undefined
          ? `${trouble.what}.`
          : machine
            ? "Its Hyper-V host, or the server that manages it, does not answer."
            : "The virtual machine does not exist any more.",
      recommendedAction:
        trouble !== undefined
          ? trouble.action
          : "Check the virtual machine, its Hyper-V host and the network, and retry the operation.",
    },
  };
}

/** Begins to compare the two sides of an item and to send the differences; the item stays protected, with the data it has. */
export function beginResynchronization(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): void {
  const part = item.hyperV;
  if (!part) return;
  const lengthMs = initialReplicationMs(item) * SHARE_OF_INITIAL;
  const startedAt = simulation.now;
  part.resynchronization = { startedAt, endsAt: startedAt + lengthMs };
  part.replicationType = "Resynchronization";
  delete part.trouble;
  delete part.resynchronizesAt;
  takeUp(item);
  schedule(simulation, vault, "hyperVReplication", item.lifecycleId, lengthMs, {
    what: "resynchronized",
    startedAt,
  });
}

/** A replication that a cancelled failover has stopped goes on, after a pause. */
function takeUp({ replication }: ProtectedItem): void {
  replication.resyncRequired = false;
  if (replication.stoppedAt === null) return;
  replication.pauses.push({ from: replication.stoppedAt, to: null });
  replication.stoppedAt = null;
}

/** Ends the resynchronization that began at that time, if it still runs. */
export function endResynchronization(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  startedAt: number | undefined,
): void {
  const part = item.hyperV;
  if (!part || part.resynchronization?.startedAt !== startedAt) return;
  delete part.resynchronization;
  delete part.log;
  part.replicationType = "InitialReplication";
  simulation.changed = true;
  if (item.replication.stoppedAt !== null) return;
  noteEvent(simulation, vault, item, {
    eventType: "VmHealth",
    description: "Resynchronization of the virtual machine completed",
    severity: "OK",
  });
}
