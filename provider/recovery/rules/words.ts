import { formatDuration } from "../duration-words.ts";

/** Minutes without a heartbeat after which a server counts as gone; the service publishes no number. */
export const silentAfterMinutes = 30;

const gibibyte = 1024 ** 3;

/** A number of bytes in GiB, rounded up to one decimal. */
export function gibibytes(bytes: number): string {
  return `${Math.ceil((bytes / gibibyte) * 10) / 10} GiB`;
}

/** Names with commas; beyond eight the rest is counted. */
export function listed(names: readonly string[]): string {
  return names.length <= 8
    ? names.join(", ")
    : `${names.slice(0, 8).join(", ")} and ${names.length - 8} more`;
}

/** What is wrong with a heartbeat; undefined when it is young enough. */
export function silence(lastHeartbeat: string | undefined, now: Date): string | undefined {
  if (lastHeartbeat === undefined) return "has never sent a heartbeat";
  const seconds = (now.getTime() - Date.parse(lastHeartbeat)) / 1000;
  return seconds > silentAfterMinutes * 60
    ? `has been silent for ${formatDuration(seconds)}, since ${lastHeartbeat}`
    : undefined;
}

/** Words by which a service says that something does not run; every other word passes. */
const troubleWords = /stop|fail|error|down|disconnect|denied|notrunning|not running|unhealthy/i;

/** True for a status that tells of trouble; an empty or unknown one does not. */
export function tellsTrouble(status: string): boolean {
  return troubleWords.test(status);
}

/** Compares versions such as `9.55.6765.1` number by number: negative when the left one is lower. */
export function compareVersions(left: string, right: string): number {
  const numbers = (text: string): readonly number[] =>
    (text.match(/\d+/g) ?? []).map((each) => Number(each));
  const [ours, theirs] = [numbers(left), numbers(right)];
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    const difference = (ours[index] ?? 0) - (theirs[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The text before the first digit, to tell whether two operating systems are of one kind. */
export function systemName(osVersion: string): string {
  return (/^[^\d]*/.exec(osVersion)?.[0] ?? "").trim().toLowerCase();
}
