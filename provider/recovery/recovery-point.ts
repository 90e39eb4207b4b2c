import { nameOf, sameId } from "./identity.ts";
import type { ItemFacts, RecoveryPointFacts } from "./model.ts";

/** The words by which a recovery point is chosen by kind. */
export const recoveryPointWords = {
  latest: "Latest",
  latestProcessed: "LatestProcessed",
  latestApplicationConsistent: "LatestApplicationConsistent",
  latestCrashConsistent: "LatestCrashConsistent",
} as const;

/** A recovery point word. */
export type RecoveryPointWord = keyof typeof recoveryPointWords;

/** The recovery point that a failover will go to, as far as it is known beforehand. */
export interface ChosenPoint {
  /** What the user asked for. */
  readonly wanted: string;
  /** The service's word for it; `Custom` for a given point. */
  readonly kind: (typeof recoveryPointWords)[RecoveryPointWord] | "Custom";
  /** The point itself; absent for `latest`, which is made when the failover begins, and when there is none. */
  readonly point?: RecoveryPointFacts;
  /** Time of the data that the machine will have, ISO 8601; absent when unknown. */
  readonly time?: string;
  /** Why no point answers the wish; absent when one does. */
  readonly problem?: string;
  /** What the choice means for the data, where it is not plain from kind and time: the failback to a VMware site. */
  readonly meaning?: string;
}

/** The service's types of recovery point that a word accepts; both spellings of one are in use. */
const wantedTypes: Readonly<
  Record<
    Exclude<RecoveryPointWord, "latest">,
    { readonly types?: readonly string[]; readonly adjective: string }
  >
> = {
  latestProcessed: { adjective: "" },
  latestApplicationConsistent: {
    types: ["ApplicationConsistent", "AppConsistent"],
    adjective: "application-consistent ",
  },
  latestCrashConsistent: { types: ["CrashConsistent"], adjective: "crash-consistent " },
};

/** True for a recovery point word. */
export function isRecoveryPointWord(text: string): text is RecoveryPointWord {
  return Object.hasOwn(recoveryPointWords, text);
}

/** True for a text that names a time rather than a point. */
export function isPointInTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(Date.parse(text));
}

const newestFirst = (points: readonly RecoveryPointFacts[]): readonly RecoveryPointFacts[] =>
  [...points].sort((left, right) => Date.parse(right.time) - Date.parse(left.time));

/**
 * Finds the point that a wish means: a word, a point's id or name, or a time,
 * which means the newest point not after it.
 */
export function choosePoint(
  wanted: string,
  item: ItemFacts,
  points: readonly RecoveryPointFacts[],
): ChosenPoint {
  const sorted = newestFirst(points);
  if (isRecoveryPointWord(wanted)) return chooseByWord(wanted, item, sorted);
  const byTime = isPointInTime(wanted);
  const point = byTime
    ? sorted.find((each) => Date.parse(each.time) <= Date.parse(wanted))
    : sorted.find((each) => sameId(each.name, nameOf(wanted)) || sameId(each.id, wanted));
  const base = { wanted, kind: "Custom" } as const;
  if (point !== undefined) return { ...base, point, time: point.time };
  const what = byTime ? `no recovery point at or before ${wanted}` : `no recovery point ${wanted}`;
  return { ...base, problem: `there is ${what}; ${describeRange(sorted)}` };
}

/** The words that a failback to a VMware site knows. */
const returnWords: readonly string[] = ["latest", "latestApplicationConsistent"];

/**
 * Finds the point of a failback to a VMware site (V-04): the latest, which is crash-consistent, or the latest
 * application-consistent one. A replication group goes to its members' own latest points, or to a common one.
 */
export function chooseReturnPoint(
  wanted: string,
  item: ItemFacts,
  points: readonly RecoveryPointFacts[],
): ChosenPoint {
  if (!returnWords.includes(wanted)) {
    return {
      wanted,
      kind: "Custom",
      problem: `a failback to a VMware site goes to ${returnWords.join(" or ")} only, not to ${wanted}`,
    };
  }
  const group = item.multiVmGroupCreatedByUser ? item.multiVmGroupName : "";
  if (wanted === "latest") {
    const each = group === "" ? "" : `; each machine of group ${group} goes to its own`;
    return {
      ...choosePoint(wanted, item, points),
      meaning: `crash-consistent, the least loss${each}`,
    };
  }
  const common = points.filter((each) => each.multiVmConsistent);
  const where = group === "" ? "its latest one" : `the latest that all of group ${group} have`;
  return {
    ...choosePoint(wanted, item, group === "" ? points : common),
    meaning: `application-consistent, ${where}; what was written after it is lost`,
  };
}

function chooseByWord(
  word: RecoveryPointWord,
  item: ItemFacts,
  sorted: readonly RecoveryPointFacts[],
): ChosenPoint {
  const base = { wanted: word, kind: recoveryPointWords[word] };
  if (word === "latest") {
    const time = latestDataTime(item) ?? sorted[0]?.time;
    return time === undefined ? base : { ...base, time };
  }
  const { types, adjective } = wantedTypes[word];
  const point = sorted.find((each) => types === undefined || types.includes(each.type));
  if (point !== undefined) return { ...base, point, time: point.time };
  return {
    ...base,
    problem: `there is no ${adjective}recovery point; ${describeRange(sorted)}`,
  };
}

/** Time up to which the service had the machine's data when it last measured the lag. */
function latestDataTime(item: ItemFacts): string | undefined {
  const measured = Date.parse(item.replicationLagMeasuredAt ?? "");
  if (item.replicationLagSeconds === undefined || Number.isNaN(measured)) return undefined;
  return new Date(measured - item.replicationLagSeconds * 1000).toISOString();
}

function describeRange(sorted: readonly RecoveryPointFacts[]): string {
  const newest = sorted[0];
  const oldest = sorted.at(-1);
  if (newest === undefined || oldest === undefined) return "the machine has no recovery point";
  return `the machine has ${sorted.length} from ${oldest.time} to ${newest.time}`;
}
