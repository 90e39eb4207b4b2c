import { MINUTE } from "../../../state/times.ts";

/** Waits before each try of a replication that has met a recoverable error, in minutes (document 002). */
const WAITS_MINUTES: readonly number[] = [1, 2, 4, 8, 10];

/** Wait between all later tries, in minutes. */
const LATER_MINUTES = 30;

/** How a replication is tried again. */
export interface Tries {
  /** Tries that failed so far, without the first one that met the error. */
  readonly made: number;
  /** When the last of them was, in virtual milliseconds; the error itself before the first. */
  readonly lastAt: number;
  /** When the next one is. */
  readonly nextAt: number;
}

/** Where the tries stand of a replication whose error began at `sinceMs`: after 1, 2, 4, 8, 10 and then every 30 minutes. */
export function triesOf(sinceMs: number, nowMs: number): Tries {
  let lastAt = sinceMs;
  for (const [made, minutes] of WAITS_MINUTES.entries()) {
    const nextAt = lastAt + minutes * MINUTE;
    if (nextAt > nowMs) return { made, lastAt, nextAt };
    lastAt = nextAt;
  }
  const later = Math.floor((nowMs - lastAt) / (LATER_MINUTES * MINUTE));
  lastAt += later * LATER_MINUTES * MINUTE;
  return {
    made: WAITS_MINUTES.length + later,
    lastAt,
    nextAt: lastAt + LATER_MINUTES * MINUTE,
  };
}
