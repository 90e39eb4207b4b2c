import type { Clock, Logger } from "../../context.ts";
import type { Address } from "./addresses.ts";
import type { Engine } from "./engine.ts";

/** Shortest time between two passing lines of one resource, in milliseconds. */
export const progressIntervalMs = 1_000;

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
 * Makes the logger of one call. Lasting lines are sent at once and arrive in order; of passing ones only changes are,
 * at most one each second, and the newest one always arrives.
 */
export function createCallLogger(options: CallLoggerOptions): CallLogger {
  const { engine, clock, address, clean } = options;
  const sending = new Set<Promise<void>>();
  const closed = new AbortController();
  /** The newest lasting line, until the engine has it. */
  let lasting: Promise<void> | undefined;
  let shown: string | undefined;
  let shownAt = Number.NEGATIVE_INFINITY;
  let waiting: string | undefined;

  const send = (severity: "info" | "warning", text: string, ephemeral: boolean): void => {
    const row = address.urn === undefined ? {} : { urn: address.urn };
    const message = { severity, text: clean(text), ephemeral, ...row };
    // Two calls at once may overtake each other on their way to the engine.
    const behind = ephemeral ? undefined : lasting;
    const sent =
      behind === undefined ? engine.log(message) : behind.then(() => engine.log(message));
    if (!ephemeral) lasting = sent;
    sending.add(sent);
    void sent.finally(() => sending.delete(sent));
  };
  const show = (text: string): void => {
    shown = text;
    shownAt = clock.now().getTime();
    send("info", text, true);
  };
  const showLater = (waitMs: number): void => {
    const wake = (): void => {
      const text = waiting;
      waiting = undefined;
      if (text !== undefined && text !== shown) show(text);
    };
    clock.sleep(waitMs, closed.signal).then(wake, () => undefined);
  };
  return {
    info: (text) => send("info", text, false),
    warn: (text) => send("warning", text, false),
    progress(text) {
      const waitMs = shownAt + progressIntervalMs - clock.now().getTime();
      if (waiting !== undefined) waiting = text;
      else if (text === shown) return;
      else if (waitMs <= 0) show(text);
      else {
        waiting = text;
        showLater(waitMs);
      }
    },
    async close() {
      closed.abort();
      await Promise.all(sending);
    },
  };
}
