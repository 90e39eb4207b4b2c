import type { Trial } from "./trial.ts";

/**
 * The figures that a sweep is judged by; all but the first and the last have to be 0. The last is not the
 * provider's doing: some machines the service moves on only after their replication was resynchronized.
 */
export function countsOf(trials: readonly Trial[]): Readonly<Record<string, number>> {
  const count = (is: (trial: Trial) => boolean): number => trials.filter(is).length;
  return {
    "points tried": trials.length,
    "actions started twice": count((each) => each.startedTwice.length > 0),
    "actions lost": count((each) => each.lost.length > 0),
    "verbs sent by orphans": trials.flatMap((each) => each.orphanVerbs).length,
    "orphans that did not end by themselves": trials.flatMap((each) => each.survivors).length,
    "runs that needed more from a person": count((each) => each.stuck !== ""),
    "errors that were not clear": count((each) => each.unclear.length > 0),
    "runs that did not end": count((each) => each.endless),
    "runs that the service wanted a resynchronization for": count(({ commands }) =>
      commands.includes("a resynchronization"),
    ),
  };
}

/** The figures of one part of a sweep. */
export interface PartCounts {
  readonly trouble: Trial["trouble"];
  readonly site: string;
  readonly carrier: Trial["carrier"];
  readonly counts: Readonly<Record<string, number>>;
}

/** The figures of each trouble, site and carrier, in the order in which they were tried. */
export function countsByPart(trials: readonly Trial[]): readonly PartCounts[] {
  const parts = Map.groupBy(trials, ({ trouble, site, carrier }) =>
    JSON.stringify({ trouble, site, carrier }),
  );
  return [...parts].map(([part, ofPart]) => ({ ...JSON.parse(part), counts: countsOf(ofPart) }));
}

/** True for a run that did not end as the undisturbed one. */
export function isBad(trial: Trial): boolean {
  const { startedTwice, lost, stuck, orphanVerbs, survivors, endless } = trial;
  return (
    stuck !== "" ||
    endless ||
    [startedTwice, lost, orphanVerbs, survivors, trial.unclear].some(({ length }) => length > 0)
  );
}

/** What became of a trial, in a line. */
export function trialText(trial: Trial): string {
  const { trouble, site, carrier, step, disturbance, struck, commands } = trial;
  const where = `${trouble} ${site} ${carrier} ${step}: ${disturbance} at ${struck}`;
  const failed = trial.failure === "" ? "" : ` after an error: ${firstLine(trial.failure)}`;
  const helped = commands.length === 0 ? "" : ` after ${commands.join(", ")}`;
  if (!isBad(trial)) return `${where}: as undisturbed${failed}${helped}`;
  const wrong = [
    ...trial.startedTwice.map((each) => `${each} started twice`),
    ...trial.lost.map((each) => `lost: ${each}`),
    ...trial.orphanVerbs.map((each) => `sent by an orphan: ${each}`),
    ...trial.survivors.map((each) => `did not end: ${each}`),
    ...(trial.stuck === "" ? [] : [`stuck: ${trial.stuck}`]),
    ...(trial.unclear.length === 0
      ? []
      : [`not clear: ${trial.unclear.join(", ")}: "${trial.failure}"`]),
    ...(trial.endless ? ["did not end"] : []),
  ];
  return `${where}: ${wrong.join("; ")}${failed}${helped}`;
}

const firstLine = (text: string): string => text.split("\n")[0]?.slice(0, 160) ?? "";
