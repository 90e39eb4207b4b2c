import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import { SECOND } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";

/** Seconds between two copies when a policy does not say. */
const DEFAULT_INTERVAL_SECONDS = 300;

/** How often changes of a Hyper-V machine are sent, in virtual milliseconds. */
function replicationIntervalMs(vault: Vault, item: ProtectedItem): number {
  const policy = vault.policies[item.policyName.toLowerCase()];
  const seconds = policy?.hyperV?.replicationIntervalSeconds ?? DEFAULT_INTERVAL_SECONDS;
  return seconds * SECOND;
}

/**
 * When changes of a Hyper-V machine were last sent: once per interval of its policy, except in the pauses of
 * its replication; undefined before the first copy is there.
 */
export function lastReplicatedAt(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): number | undefined {
  const { firstPointAt, stoppedAt, pauses } = item.replication;
  if (firstPointAt === null || firstPointAt > simulation.now) return undefined;
  const everyMs = replicationIntervalMs(vault, item);
  const lastBefore = (endMs: number) =>
    firstPointAt + Math.floor((endMs - firstPointAt) / everyMs) * everyMs;
  let at = lastBefore(Math.min(stoppedAt ?? simulation.now, simulation.now));
  for (;;) {
    const pause = pauses.find(
      ({ from, to }) => at >= from && at < (to ?? Number.POSITIVE_INFINITY),
    );
    if (!pause || pause.from <= firstPointAt) return Math.max(at, firstPointAt);
    at = lastBefore(pause.from - 1);
  }
}
