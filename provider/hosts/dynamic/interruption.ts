import diagnosticsChannel from "node:diagnostics_channel";
import type { Clock } from "../../context.ts";
import { CancelledError } from "../../errors.ts";
import type { Engine } from "./engine.ts";

/** Time between two looks at the engine, in milliseconds. */
export const engineCheckIntervalMilliseconds = 1_000;

/** Time between a failed look and the one that confirms it, in milliseconds. */
const confirmationDelayMilliseconds = 250;

/** Time that running calls get to stop before the process ends, in milliseconds. */
const stopDelayMilliseconds = 250;

/** Ends what runs: on ^C, and when the engine is gone. */
export interface Interruption {
  /** Aborts with a CancelledError. */
  readonly signal: AbortSignal;
  /** Begins to watch the engine, once; called with each call, because only then is there something to stop. */
  watch(): void;
  /** Looks at the engine now, and aborts the signal when it is gone; awaited before each write. */
  readonly confirm: () => Promise<void>;
}

/** What watching needs. */
export interface InterruptionOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  /** Ends the process. */
  readonly exit: () => void;
}

/**
 * Watches for the end of the run.
 *
 * The stock dynamic host drops the engine's Cancel, but Node.js publishes every incoming call. And
 * a provider outlives an engine that is killed and would go on to its next verb, so it looks before
 * each write, and each second, whether somebody still listens; its parent is a shell that stays, and
 * says nothing.
 */
export function createInterruption(options: InterruptionOptions): Interruption {
  const { engine, clock, exit } = options;
  const aborter = new AbortController();
  let watching = false;

  onCancelCall(() => {
    aborter.abort(
      new CancelledError("The run was cancelled.", {
        hint: "What the site has begun goes on there; run `pulumi up` again to follow it.",
      }),
    );
  });
  const isGone = async (): Promise<boolean> => {
    if (!(await engine.isGone())) return false;
    await clock.sleep(confirmationDelayMilliseconds);
    return await engine.isGone();
  };
  const stop = (): void => {
    aborter.abort(
      new CancelledError("The Pulumi engine is gone; the provider stops.", {
        hint: "Run `pulumi cancel`, then `pulumi up`: it follows what the site has begun.",
      }),
    );
  };
  const watchEngine = async (): Promise<void> => {
    do await clock.sleep(engineCheckIntervalMilliseconds);
    while (!(await isGone()));
    stop();
    await clock.sleep(stopDelayMilliseconds);
    exit();
  };
  return {
    signal: aborter.signal,
    watch() {
      if (watching) return;
      watching = true;
      void watchEngine();
    },
    async confirm() {
      if (!aborter.signal.aborted && (await isGone())) stop();
    },
  };
}

/** Calls back when this process receives the engine's Cancel, which is also sent at the end of a run. */
function onCancelCall(callback: () => void): void {
  diagnosticsChannel.subscribe("http2.server.stream.start", (message) => {
    const { headers } = message as { headers?: Record<string, unknown> };
    if (headers?.[":path"] === "/pulumirpc.ResourceProvider/Cancel") callback();
  });
}
