import type { Configuration } from "../../../../../provider/configuration.ts";
import type { Clock, OperationContext } from "../../../../../provider/context.ts";

/** A clock of which every sleep takes no real time, and moves it on. */
export interface FakeClock extends Clock {
  /** Every sleep so far, in milliseconds. */
  readonly sleeps: number[];
  /** Called before each sleep ends. */
  onSleep: ((milliseconds: number) => void | Promise<void>) | undefined;
}

/** A context for tests, with what was logged to it and a way to cancel it. */
export interface Run {
  readonly context: OperationContext;
  readonly clock: FakeClock;
  readonly progress: string[];
  cancel(reason?: unknown): void;
}

/** The time at which every test begins. */
export const start = "2026-01-15T08:00:00Z";

/** Makes a context; `deadlineSeconds` counts from the start. */
export function createRun(deadlineSeconds?: number): Run {
  const controller = new AbortController();
  const progress: string[] = [];
  const clock = createFakeClock();
  const nothing = (): void => undefined;
  return {
    clock,
    progress,
    cancel: (reason) => controller.abort(reason ?? new Error("^C")),
    context: {
      signal: controller.signal,
      clock,
      log: { info: nothing, warn: nothing, progress: (text) => progress.push(text) },
      ...(deadlineSeconds === undefined
        ? {}
        : { deadline: new Date(Date.parse(start) + deadlineSeconds * 1000) }),
    },
  };
}

function createFakeClock(): FakeClock {
  let now = Date.parse(start);
  const clock: FakeClock = {
    sleeps: [],
    onSleep: undefined,
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      clock.sleeps.push(milliseconds);
      now += milliseconds;
      await clock.onSleep?.(milliseconds);
      if (signal?.aborted) throw signal.reason;
    },
  };
  return clock;
}

/** The configuration of a provider that talks to a server on loopback. */
export function loopbackConfiguration(endpoint: string): Configuration {
  return {
    subscriptionId: "00000000-0000-0000-0000-00000000000a",
    endpoint,
    environment: "public",
    useOidc: false,
    pollingIntervalMilliseconds: 10_000,
  };
}
