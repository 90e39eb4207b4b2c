import { type Simulation, schedule } from "../../../simulation.ts";
import type { HyperVMachine } from "../../../state/hyper-v-model.ts";
import type { Vault } from "../../../state/model.ts";
import { formatWholeSeconds } from "../../../state/times.ts";
import { noteEvent } from "../../vault/events.ts";
import type { ProtectedItem } from "../item.ts";
import { triesOf } from "./retry.ts";
import { hyperVSource } from "./source-machine.ts";

/** A kind of error that a replication meets. */
export type TroubleKind = NonNullable<HyperVMachine["replicationError"]>["kind"];

/** What a kind of error is, and whether the replication is tried again. */
interface TroubleRow {
  readonly isRetried: boolean;
  readonly what: string;
  readonly action: string;
}

/** Errors of replication (document 002: network, disk space and memory are tried again, the others are not). */
export const TROUBLES: Readonly<Record<TroubleKind, TroubleRow>> = {
  network: {
    isRetried: true,
    what: "The target of the replication cannot be reached over the network",
    action: "Check the network between the Hyper-V host and its target.",
  },
  diskSpace: {
    isRetried: true,
    what: "There is too little disk space for the replication",
    action: "Free space on the volume that holds the disks of the virtual machine.",
  },
  memory: {
    isRetried: true,
    what: "There is too little memory for the replication",
    action: "Free memory on the Hyper-V host.",
  },
  authentication: {
    isRetried: false,
    what: "The target of the replication does not accept who the Hyper-V host says it is",
    action:
      "Mend the credentials or certificates of the Hyper-V host, and resynchronize the virtual machine.",
  },
  authorization: {
    isRetried: false,
    what: "The Hyper-V host may not replicate to its target",
    action: "Give the Hyper-V host its rights back, and resynchronize the virtual machine.",
  },
  invalidReplica: {
    isRetried: false,
    what: "The replica is not in a state that changes can be applied to",
    action: "Mend the replica, and resynchronize the virtual machine.",
  },
};

/**
 * Takes note of an error of replication that its host reports, or reports no more. One that is tried again
 * is over with the first try after its cause is gone; the others are over with a resynchronization.
 */
export function noteTrouble(simulation: Simulation, vault: Vault, item: ProtectedItem): void {
  const part = item.hyperV;
  if (!part) return;
  const error = hyperVSource(simulation, item)?.replicationError;
  if (error && part.trouble?.kind !== error.kind) {
    part.trouble = { ...error };
    simulation.changed = true;
    tellTrouble(simulation, vault, item, error);
    if (!TROUBLES[error.kind].isRetried) item.replication.resyncRequired = true;
  }
  if (error || !part.trouble || !TROUBLES[part.trouble.kind].isRetried) return;
  const { nextAt } = triesOf(part.trouble.since, simulation.now);
  schedule(simulation, vault, "hyperVReplication", item.lifecycleId, nextAt - simulation.now, {
    what: "tryAgain",
  });
}

/** Tries a replication again; returns whether it goes on. */
export function tryAgain(simulation: Simulation, vault: Vault, item: ProtectedItem): boolean {
  const part = item.hyperV;
  if (!part?.trouble || hyperVSource(simulation, item)?.replicationError) return false;
  if (!TROUBLES[part.trouble.kind].isRetried) return false;
  delete part.trouble;
  simulation.changed = true;
  noteEvent(simulation, vault, item, {
    eventType: "VmHealth",
    description: "Replication of the virtual machine goes on",
    severity: "OK",
  });
  return true;
}

function tellTrouble(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  { kind, since }: NonNullable<HyperVMachine["replicationError"]>,
): void {
  const { what, isRetried } = TROUBLES[kind];
  const next = formatWholeSeconds(triesOf(since, simulation.now).nextAt);
  noteEvent(simulation, vault, item, {
    eventType: "VmHealth",
    description: isRetried
      ? `${what}. The replication is tried again at ${next}.`
      : `${what}. The replication is not tried again.`,
    severity: isRetried ? "Warning" : "Critical",
  });
}
