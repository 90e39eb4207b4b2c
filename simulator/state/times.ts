/** One second, one minute, one hour, one day, in milliseconds of virtual time. */
export const SECOND = 1000;
export const MINUTE: number = 60 * SECOND;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** The time written for "no scenario runs". */
export const NO_SCENARIO_TIME = "1753-01-01T01:01:01Z";
/** The time written for a task that has not begun or ended. */
export const UNSET_TIME = "0001-01-01T00:00:00";
/** The time written for "does not expire". */
export const NEVER_EXPIRES = "9999-12-31T23:59:59.9999999";

/** Times as they were written last: a list of items has few different ones. */
const written = new Map<number, string>();

/** Writes a time as the service does: no trailing zeros in the fraction. */
export function formatTime(atMs: number): string {
  const known = written.get(atMs);
  if (known !== undefined) return known;
  if (written.size >= 1000) written.clear();
  const text = writeTime(atMs);
  written.set(atMs, text);
  return text;
}

function writeTime(atMs: number): string {
  const text = new Date(atMs).toISOString();
  const fraction = ((atMs % SECOND) + SECOND) % SECOND;
  if (fraction === 0) return `${text.slice(0, -5)}Z`;
  const zeros = fraction % 100 === 0 ? 2 : fraction % 10 === 0 ? 1 : 0;
  return `${text.slice(0, -1 - zeros)}Z`;
}

/** Writes a time cut to whole seconds, as end times of jobs are. */
export function formatWholeSeconds(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Writes a time cut to whole seconds with seven zeros, as end times of operations are. */
export function formatOperationEnd(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, ".0000000Z");
}
