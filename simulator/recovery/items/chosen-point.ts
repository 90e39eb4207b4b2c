import type { Simulation } from "../../simulation.ts";
import { isObject, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import type { Failure } from "../jobs/behaviour.ts";
import type { Job } from "../jobs/job.ts";
import { itemId } from "../vault/find.ts";
import { SHUTDOWN } from "./hyper-v/shut-down.ts";
import type { ProtectedItem, RecoveryPoint } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { makePointNow, recoveryPointsOf } from "./recovery-points.ts";

/** Kinds of recovery points that requests name, and the type of point that each stands for. */
const POINT_TYPES: Readonly<Record<string, RecoveryPoint["type"]>> = {
  LatestApplicationConsistent: "AppConsistent",
  LatestCrashConsistent: "CrashConsistent",
  LatestTag: "AppConsistent",
  ApplicationConsistent: "AppConsistent",
};

/**
 * The point a job was asked to use: by name in its input, or by kind, or the latest data. Undefined if a
 * machine goes back to its site and has no application-consistent point to go to.
 */
export function choosePoint(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  job: Job,
): RecoveryPoint | undefined {
  const points = recoveryPointsOf(simulation, vault, item);
  const named = points.find((point) => point.name === textAt(job.input, "point"));
  const kind = textAt(job.input, "pointType") ?? "";
  const type = POINT_TYPES[kind];
  const fitting =
    kind === "LatestProcessed" ? points[0] : points.find((point) => point.type === type);
  const chosen = named ?? fitting;
  // CH-NO-SUCH-POINT
  if (!chosen && KINDS[item.kind].isReversed && type === "AppConsistent") return undefined;
  return chosen ?? latestPoint(simulation, item, job, points);
}

/**
 * The latest data: made a point of at this moment. A Hyper-V host that was not shut down before sends nothing out
 * of turn: its latest data are those of the last interval (CH-HV-LATEST).
 */
function latestPoint(
  simulation: Simulation,
  item: ProtectedItem,
  job: Job,
  points: readonly RecoveryPoint[],
): RecoveryPoint {
  const [newest] = points;
  const wasShutDown = job.tasks.some(
    ({ name, state }) => name === SHUTDOWN && state === "Succeeded",
  );
  if (item.hyperV && newest && !wasShutDown) return newest;
  return makePointNow(simulation, item);
}

/** Why a failover cannot go to the kind of point it was asked for. */
export function noSuchPoint(item: ProtectedItem, job: Job): Failure {
  return {
    failed: {
      code: "SIM-NO-POINT",
      message: `The virtual machine '${item.friendlyName}' has no recovery point of the kind '${textAt(job.input, "pointType")}'.`,
      possibleCauses: "Its policy makes none, or none was made since it was reprotected.",
      recommendedAction: "Use the latest crash-consistent point, or wait for another one.",
    },
  };
}

/** Adds to a failover job's customDetails what was recovered, and from which point. */
export function notePoint(
  vault: Vault,
  job: Job,
  item: ProtectedItem,
  point: RecoveryPoint,
  machineName: string,
): void {
  const earlier = Array.isArray(job.details.protectedItemDetails)
    ? job.details.protectedItemDetails
    : [];
  job.details = {
    ...job.details,
    protectedItemDetails: [
      ...earlier.filter((entry) => !isObject(entry) || entry.name !== item.name),
      {
        name: item.name,
        friendlyName: item.friendlyName,
        testVmName: machineName,
        testVmFriendlyName: machineName,
        networkConnectionStatus: null,
        networkFriendlyName: null,
        subnet: item.nics[0]?.ipConfigurations[0]?.recoverySubnetName ?? null,
        recoveryPointId: `${itemId(vault, item)}/recoveryPoints/${point.name}`,
        recoveryPointTime: formatTime(point.at),
      },
    ],
  };
}
