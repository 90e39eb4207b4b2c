import { serverSilentSince } from "../../../estate/heartbeat.ts";
import { agentOfHyperVMachine, hostOfHyperVMachine } from "../../../hyper-v/find.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import { formatTime, formatWholeSeconds, MINUTE } from "../../../state/times.ts";
import { HEALTH_ROWS, type HealthRow } from "../health-rows.ts";
import type { ProtectedItem } from "../item.ts";
import { silentSince } from "../source.ts";
import { logLimitMiB, logMiB } from "./log.ts";
import { triesOf } from "./retry.ts";
import { hyperVSource } from "./source-machine.ts";
import { TROUBLES } from "./trouble.ts";

/** How long a host or a VMM server may be silent before an item tells of it (CH-HEARTBEAT). */
const PATIENCE_MS: number = 15 * MINUTE;

/** What all errors of Hyper-V replication have in common; codes of them were not recorded. */
const COMMON = {
  source: "ReplicationUnitProviderErrorOnPrimary",
  type: "SIM",
  category: "Replication",
  resolvability: "NotAllowed",
} as const;

/** What is wrong with the replication of a Hyper-V machine, besides what points it lacks. */
export function hyperVHealthRows(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): readonly HealthRow[] {
  const { startedAt, stoppedAt } = item.replication;
  if (startedAt === null) return [];
  // Failed over, or stopped by a failover that was cancelled.
  if (stoppedAt !== null) return resynchronizationRows(simulation, item);
  return [
    ...troubleRows(simulation, item),
    ...silenceRows(simulation, vault, item),
    ...resynchronizationRows(simulation, item),
  ];
}

/** An error that is tried again is a warning; one that is not, is critical (document 002). */
function troubleRows(simulation: Simulation, item: ProtectedItem): readonly HealthRow[] {
  const trouble = item.hyperV?.trouble;
  if (!trouble) return [];
  const { what, action, isRetried } = TROUBLES[trouble.kind];
  const code = `SIM-HV-${trouble.kind.toUpperCase()}`;
  const common = {
    ...COMMON,
    code,
    errorId: `3:${code}`,
    causes: `${what}.`,
    since: trouble.since,
  };
  if (!isRetried) {
    return [
      {
        ...common,
        level: "Critical",
        message: (machine) =>
          `Replication of the virtual machine '${machine}' has stopped. It is not tried again.`,
        action,
      },
    ];
  }
  const { made, nextAt } = triesOf(trouble.since, simulation.now);
  return [
    {
      ...common,
      level: "Warning",
      message: (machine) =>
        `Replication of the virtual machine '${machine}' does not go on. It has been tried again ${made} times; the next try is at ${formatWholeSeconds(nextAt)}.`,
      action: `${action} The replication goes on by itself with the next try.`,
    },
  ];
}

function silenceRows(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): readonly HealthRow[] {
  const machine = hyperVSource(simulation, item);
  if (!machine) return [];
  const servers = [
    agentOfHyperVMachine(simulation, vault, machine),
    hostOfHyperVMachine(simulation, vault, machine),
  ];
  const silent = new Set(
    servers.filter((server) => {
      const since = server && serverSilentSince(simulation, server);
      return since !== undefined && simulation.now - since >= PATIENCE_MS;
    }),
  );
  return [...silent].flatMap((server) => {
    const since = server && serverSilentSince(simulation, server);
    if (!server || since === undefined) return [];
    return [
      {
        ...COMMON,
        level: "Warning" as const,
        code: "SIM-NO-HEARTBEAT",
        errorId: "4:SIM-NO-HEARTBEAT",
        since,
        message: (name: string) =>
          `No heartbeat has come from the server '${server.name}' of the virtual machine '${name}' since ${formatTime(since)}.`,
        causes: "The server is turned off, or it cannot reach Azure on port 443.",
        action: `Start '${server.name}' and its services, and check its network.`,
      },
    ];
  });
}

function resynchronizationRows(simulation: Simulation, item: ProtectedItem): readonly HealthRow[] {
  const { resynchronization, resynchronizesAt } = item.hyperV ?? {};
  if (resynchronization) {
    const code = "SIM-HV-RESYNCHRONIZING";
    return [
      {
        ...COMMON,
        level: "Warning",
        code,
        errorId: `3:${code}`,
        since: resynchronization.startedAt,
        message: (machine) => `The virtual machine '${machine}' is being resynchronized.`,
        causes: "Its two sides are compared, and what differs is sent.",
        action: "Wait until the resynchronization is over.",
      },
    ];
  }
  if (!item.replication.resyncRequired) return [];
  const isFull = logMiB(simulation, item) >= logLimitMiB(item);
  const since = silentSince(item);
  return [
    {
      ...HEALTH_ROWS.resyncRequired,
      ...(since !== undefined && { since }),
      causes: isFull
        ? "The log of changes of a disk (.hrl) has reached 50 % of the disk's size."
        : HEALTH_ROWS.resyncRequired.causes,
      action:
        resynchronizesAt === undefined
          ? HEALTH_ROWS.resyncRequired.action
          : `Resynchronize the virtual machine, or wait: it is resynchronized by itself outside office hours, from ${formatWholeSeconds(resynchronizesAt)} on.`,
    },
  ];
}
