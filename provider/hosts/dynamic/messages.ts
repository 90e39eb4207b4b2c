import type { Clock, Logger } from "../../context.ts";
import type { Address } from "./addresses.ts";
import type { Engine } from "./engine.ts";

/** Shortest time between two passing lines of one resource, in milliseconds. */
export const progressIntervalMilliseconds = 1_000;

/** The logger of one call. */
export interface CallLogger extends Logger {
  /** Waits until the engine has every line, so that none is lost at the end of a run. */
  close(): Promise<void>;
}

/** What a logger needs. */
export interface CallLoggerOptions {
  readonly engine: Engine;
  readonly clock: Clock;
  readonly address: Address;
  /** Takes secrets out of a text. */
  readonly clean: (text: string) => string;
}

/**
 * Makes the logger of one call. Lines arrive in the order in which they were told. Lasting lines are sent at once; of
 * passing ones only changes are, at most one each second, and the newest one always arrives.
 */
export function createCallLogger(options: CallLoggerOptions): CallLogger {
  const { engine, clock, address, clean } = options;
  const closed = new AbortController();
  // Two calls at once may overtake each other on their way to the engine.
  let sent = Promise.resolve();
  let shown: string | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let waiting: string | undefined;

  const send = (severity: "info" | "warning", text: string, ephemeral: boolean): void => {
    const row = address.urn === undefined ? {} : { urn: address.urn };
    const message = { severity, text: clean(text), ephemeral, ...row };
    sent = sent.then(() => engine.log(message));
  };
  const show = (text: string): void => {
    shown = text;
    shownAt = clock.now().getTime();
    send("info", text, true);
  };
  const showLater = (waitMilliseconds: number): void => {
    const wake = (): void => {
      const text = waiting;
      waiting = undefined;
      if (text !== undefined && text !== shown) show(text);
    };
    clock.sleep(waitMilliseconds, closed.signal).then(wake, () => undefined);
  };
  return {
    info: (text) => send("info", text, false),
    warn: (text) => send("warning", text, false),
    progress(text) {
      const waitMilliseconds = shownAt + progressIntervalMilliseconds - clock.now().getTime();
      if (waiting !== undefined) waiting = text;
      else if (text === shown) return;
      else if (waitMilliseconds <= 0) show(text);
      else {
        waiting = text;
        showLater(waitMilliseconds);
      }
    },
    async close() {
      closed.abort();
      await sent;
    },
  };
}
