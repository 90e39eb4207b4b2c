import { InvalidInputError } from "../errors.ts";

const pattern =
  /^P(?=.)(?:(\d+(?:\.\d+)?)W|(?:(\d+(?:\.\d+)?)D)?(?:T(?=.)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?)$/;

const millisecondsPer = [604_800_000, 86_400_000, 3_600_000, 60_000, 1_000] as const;

/** Longest duration that is accepted, 100 years in milliseconds: a later time is no date any more. */
const longestMilliseconds = 36_500 * 86_400_000;

/**
 * Milliseconds of an ISO 8601 duration in weeks, days, hours, minutes and seconds, up to 36500 days; undefined for
 * any other text.
 */
export function durationMilliseconds(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const milliseconds = millisecondsPer.reduce(
    (sum, factor, index) => sum + Number(match[index + 1] ?? 0) * factor,
    0,
  );
  return milliseconds <= longestMilliseconds ? Math.round(milliseconds) : undefined;
}

/**
 * Milliseconds of an ISO 8601 duration such as `PT15M`, `PT1H30M` or `P1D`.
 * Years and months have no fixed length and are refused.
 * Throws InvalidInputError with the property's path.
 */
export function parseDuration(path: string, text: string): number {
  const milliseconds = durationMilliseconds(text);
  if (milliseconds !== undefined) return milliseconds;
  throw new InvalidInputError(path, `${path}: "${text.slice(0, 40)}" is no duration.`, {
    hint: "Write an ISO 8601 duration in weeks, days, hours, minutes or seconds, such as PT15M, PT24H or P3D.",
  });
}

/** The ISO 8601 text of a duration; hours are the largest unit up to two days, days above when they come out even. */
export function formatDuration(milliseconds: number): string {
  const [, day, hour, minute, second] = millisecondsPer;
  if (milliseconds >= 2 * day && milliseconds % day === 0) return `P${milliseconds / day}D`;
  const parts = [
    [Math.floor(milliseconds / hour), "H"],
    [Math.floor((milliseconds % hour) / minute), "M"],
    [(milliseconds % minute) / second, "S"],
  ] as const;
  const text = parts.map(([count, unit]) => (count === 0 ? "" : `${count}${unit}`)).join("");
  return `PT${text === "" ? "0S" : text}`;
}

/** True when both texts mean the same length of time, however they are spelt. */
export function sameDuration(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return left === right;
  return (durationMilliseconds(left) ?? left) === (durationMilliseconds(right) ?? right);
}
