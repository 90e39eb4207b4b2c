import type { Configuration } from "./configuration.ts";
import type { ItemFacts } from "./recovery/model.ts";
import type { SiteRegistry } from "./sites/registry.ts";

/** The time, injected so that tests decide what it is. */
export interface Clock {
  now(): Date;
  /** Waits; rejects with the signal's reason when it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Where a handler or adapter says what it does; every message names its machine. */
export interface Logger {
  /** A lasting line. */
  info(text: string): void;
  /** A lasting warning. */
  warn(text: string): void;
  /** A passing line that shows what happens now; the next one replaces it. */
  progress(text: string): void;
}

/** What every request to a site needs: when to stop, the time, and where to tell about it. */
export interface OperationContext {
  /** Aborts on ^C and when the engine is gone. */
  readonly signal: AbortSignal;
  /**
   * Brings `signal` up to date by looking whether the engine is still there. Adapters await it directly
   * before each write, because nobody would learn what a write has begun. Absent where no engine can go.
   */
  readonly confirmSignal?: () => Promise<void>;
  /** When waiting ends with a DeadlineError; absent means the adapter's default. */
  readonly deadline?: Date;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What a host gives a handler with each call. */
export interface Context extends OperationContext {
  /** Pulumi name of the resource, where the host knows it. */
  readonly name?: string;
  readonly urn?: string;
  /** True while previewing: checks may then log plans; nothing may be written. */
  readonly preview: boolean;
  readonly configuration: Configuration;
  readonly sites: SiteRegistry;
  /**
   * What the checks of this run have noted for those after them: lower-case ARM ids of objects that it declares,
   * so that a reference to one that does not exist yet is not called unknown; an id or URN with `#` and a word says
   * what else is known of it, such as `#registers` or `#ended`. The functions that note a word stand beside those
   * that ask for it.
   */
  readonly declared: Set<string>;
  /**
   * Items as the actions previewed so far in this run will leave them, by item identity,
   * so that an action that follows another in one program is previewed from there.
   */
  readonly projections?: Map<string, ItemFacts>;
}

/** A timer of Node.js that is set to more does not wait at all; in milliseconds, 24 days. */
const longestTimer = 2 ** 31 - 1;

/** The real clock; it sleeps for 24 days at most, and who waits for longer looks again. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
        Math.min(milliseconds, longestTimer),
      );
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};
