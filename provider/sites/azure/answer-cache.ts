import type { OperationContext } from "../../context.ts";

/** How long an answer may be shared, in milliseconds: 20 s. */
export const defaultTimeToLiveMilliseconds = 20_000;

interface Entry {
  readonly answer: Promise<unknown>;
  /** When the answer arrived; undefined while it is under way. */
  arrivedAt?: number;
}

/** Shares answers between the callers of a run: one request under way per key, answers for a short time. */
export interface AnswerCache {
  /** The shared answer, or the one that `read` brings. A failure is shared with those who wait for it, and with nobody after. */
  get<Answer>(context: OperationContext, key: string, read: () => Promise<Answer>): Promise<Answer>;
  /** Forgets everything; an answer under way reaches its callers and is not kept. */
  drop(): void;
}

/** Makes an empty cache. */
export function createAnswerCache(
  timeToLiveMilliseconds: number = defaultTimeToLiveMilliseconds,
): AnswerCache {
  const entries = new Map<string, Entry>();
  return {
    get<Answer>(
      context: OperationContext,
      key: string,
      read: () => Promise<Answer>,
    ): Promise<Answer> {
      const known = entries.get(key);
      const now = context.clock.now().getTime();
      const fresh =
        known !== undefined &&
        (known.arrivedAt === undefined || now - known.arrivedAt <= timeToLiveMilliseconds);
      if (fresh) return orOwn(context, known.answer as Promise<Answer>, read);
      const entry: Entry = { answer: read() };
      entries.set(key, entry);
      entry.answer.then(
        () => {
          entry.arrivedAt = context.clock.now().getTime();
        },
        () => {
          if (entries.get(key) === entry) entries.delete(key);
        },
      );
      return entry.answer as Promise<Answer>;
    },
    drop: () => entries.clear(),
  };
}

/** The shared answer; when the caller that asked for it gave up, this one asks for itself. */
async function orOwn<Answer>(
  context: OperationContext,
  shared: Promise<Answer>,
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await shared;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const gaveUp = code === "Cancelled" || code === "DeadlineExceeded";
    if (!gaveUp || context.signal.aborted) throw error;
    return await read();
  }
}
