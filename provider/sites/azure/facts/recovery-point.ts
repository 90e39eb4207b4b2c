import type { RecoveryPointFacts } from "../../../recovery/model.ts";
import { textOf, timeOf, truthOf, type Wire, wireOf } from "./wire.ts";

/** Recovery points as the service sent them, newest first; one without a time is none. */
export function recoveryPointFacts(wires: readonly Wire[]): readonly RecoveryPointFacts[] {
  return wires
    .map(recoveryPoint)
    .filter((each) => each.time !== "")
    .sort((left, right) => Date.parse(right.time) - Date.parse(left.time));
}

function recoveryPoint(wire: Wire): RecoveryPointFacts {
  const point = wireOf(wire, "properties");
  const details = wireOf(point, "providerSpecificDetails");
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    time: timeOf(point, "recoveryPointTime") ?? "",
    type: textOf(point, "recoveryPointType"),
    multiVmConsistent:
      textOf(details, "recoveryPointSyncType") === "MultiVmSyncRecoveryPoint" ||
      truthOf(details, "isMultiVmSyncPoint"),
  };
}
