import type { Clock } from "../../../../provider/context.ts";
import type { Engine, EngineMessage } from "../../../../provider/hosts/dynamic/engine.ts";

/** A clock that moves when the test says so. */
export interface SteppedClock extends Clock {
  /** Moves on, wakes who has slept long enough, and lets them act. */
  advance(milliseconds: number): Promise<void>;
}

/** Makes a clock that begins at 0. */
export function steppedClock(): SteppedClock {
  let now = 0;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    now: () => new Date(now),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    async advance(milliseconds) {
      now += milliseconds;
      for (const sleeper of sleepers) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await new Promise(setImmediate);
    },
  };
}

/** An engine that remembers what it was told, and can be lost. */
export interface RecordingEngine extends Engine {
  readonly messages: EngineMessage[];
  gone: boolean;
}

/** Makes an engine that is there. */
export function recordingEngine(): RecordingEngine {
  const messages: EngineMessage[] = [];
  return {
    messages,
    gone: false,
    log: async (message) => void messages.push(message),
    isGone() {
      return Promise.resolve(this.gone);
    },
  };
}
