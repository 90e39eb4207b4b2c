/** Differences up to this many milliseconds are rounding and travel time, not a wrong clock. */
const toleranceMilliseconds = 5_000;

/**
 * The service's own time, told by the `Date` of its answers: ages of recovery points are reckoned by
 * it, because the clock of the computer that runs a failover may be wrong.
 */
export interface ServiceClock {
  /** Takes note of an answer's `Date` header and the local time at which it came. */
  note(header: string | undefined, local: Date): void;
  /** The service's time at this local time; the local time itself before the first answer. */
  now(local: Date): Date;
}

/** Makes a clock that knows nothing yet. */
export function createServiceClock(): ServiceClock {
  let aheadMilliseconds = 0;
  return {
    note(header, local) {
      const ahead = Date.parse(header ?? "") - local.getTime();
      if (Number.isNaN(ahead)) return;
      aheadMilliseconds = Math.abs(ahead) <= toleranceMilliseconds ? 0 : ahead;
    },
    now: (local) => new Date(local.getTime() + aheadMilliseconds),
  };
}
