/** How virtual time runs: with real time, `factor` times as fast, or only when told to. */
export type ClockMode = "real" | "accelerated" | "stepped";

/** A clock setting as it is written in a world file and on the command line. */
export type ClockSetting = "real" | "stepped" | `accelerated:${number}`;

/** The clock all behaviour of the simulator hangs on. */
export interface VirtualClock {
  readonly mode: ClockMode;
  /** Virtual seconds per real second: 1 for `real`, 0 for `stepped`. */
  readonly factor: number;
  /** Milliseconds of virtual time since 1970. */
  now(): number;
  /** Moves virtual time forward: by milliseconds, or to an ISO 8601 time. Returns the new time. */
  advance(by: number | string): number;
}

/** What is needed to make a clock that continues where another one stopped. */
export interface ClockStart {
  readonly setting: ClockSetting;
  /** Virtual time at which the clock begins, in milliseconds since 1970. */
  readonly startMs: number;
}

/** Virtual time at which a stepped world begins unless it says otherwise. */
export const STEPPED_START = "2026-01-15T08:00:00Z";

/** The last moment that every client can write: the end of the year 9999. */
const LATEST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** Reads a clock setting; throws with the allowed forms if it is none of them. */
export function parseClockSetting(text: string): ClockSetting {
  if (text === "real" || text === "stepped") return text;
  const factor = /^accelerated:(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (factor !== undefined && Number(factor) > 0) return `accelerated:${Number(factor)}`;
  throw new RangeError(
    `Clock "${text}" is unknown: use real, stepped or accelerated:FACTOR (for example accelerated:600).`,
  );
}

/** Makes a clock. */
export function createClock(start: ClockStart, realNow: () => number = Date.now): VirtualClock {
  const mode: ClockMode = start.setting.startsWith("accelerated")
    ? "accelerated"
    : (start.setting as ClockMode);
  const factor =
    mode === "accelerated" ? Number(start.setting.split(":")[1]) : mode === "real" ? 1 : 0;
  const realStart = realNow();
  let offsetMs = 0;
  const now = () => Math.floor(start.startMs + (realNow() - realStart) * factor + offsetMs);
  return {
    mode,
    factor,
    now,
    advance(by) {
      const forward = typeof by === "number" ? by : Date.parse(by) - now();
      if (!Number.isFinite(forward) || forward < 0) {
        throw new RangeError(
          `The clock cannot move by ${JSON.stringify(by)}: give milliseconds or a later ISO 8601 time.`,
        );
      }
      if (now() + forward > LATEST_MS) {
        throw new RangeError(
          `The clock cannot move by ${JSON.stringify(by)}: time ends with the year 9999.`,
        );
      }
      offsetMs += forward;
      return now();
    },
  };
}
