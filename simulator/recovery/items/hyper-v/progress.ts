import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, formatWholeSeconds } from "../../../state/times.ts";
import { rpoCalculatedAt } from "../health.ts";
import type { ProtectedItem } from "../item.ts";
import { newestPointAt } from "../recovery-points.ts";
import { reportedShare, shareAt } from "../replication.ts";
import { hyperVPartOf } from "./hyper-v-part.ts";

/** Whether the first copy is not over yet, so that interfaces and networks are not known. */
export function isFirstCopy({ protectionState }: ProtectedItem): boolean {
  return (
    protectionState.startsWith("InitialReplication") || protectionState === "UnprotectedStatesBegin"
  );
}

/**
 * How far a copy is, as the service writes it: the last report stays when it is over (recording
 * H2A_E2A.040 has 23 % of a protected machine). Disks are copied one after the other (CH-HV-PROGRESS).
 */
export function progressBody(simulation: Simulation, item: ProtectedItem): JsonObject {
  const { replicationType, resynchronization } = hyperVPartOf(item);
  const share = resynchronization
    ? shareAt(simulation, resynchronization.startedAt, resynchronization.endsAt)
    : reportedShare(simulation, item);
  return {
    initialReplicationType: replicationType,
    initialReplicationProgressPercentage: String(Math.floor(share * 100)),
  };
}

/** When data last arrived, and how old the newest are; nothing of it before the first copy is complete. */
export interface Lag {
  readonly lastReplicatedTime: string | null;
  readonly rpoInSeconds: number | null;
  readonly lastRpoCalculatedTime: string | null;
  /** Exact time of the newest point; undefined while there is none. */
  readonly newestAt: number | undefined;
}

/** Reads how far a machine's replica is behind (CH-HV-LAG). */
export function lagOf(simulation: Simulation, vault: Vault, item: ProtectedItem): Lag {
  const newestAt = isFirstCopy(item)
    ? undefined
    : (newestPointAt(simulation, vault, item) ?? item.failoverPoint?.at);
  const isLagging = newestAt !== undefined && item.protectionState === "Protected";
  const calculatedAt = Math.max(rpoCalculatedAt(simulation), newestAt ?? 0);
  return {
    lastReplicatedTime: newestAt === undefined ? null : formatWholeSeconds(newestAt),
    rpoInSeconds: isLagging ? Math.floor((calculatedAt - newestAt) / 1000) : null,
    lastRpoCalculatedTime: isLagging ? formatTime(calculatedAt) : null,
    newestAt,
  };
}
