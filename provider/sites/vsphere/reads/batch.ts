import type { OperationContext } from "../../../context.ts";
import { defaultTimeToLiveMilliseconds } from "../../azure/answer-cache.ts";
import { lasting, untilCancelled } from "../transport/waiting.ts";

/** Reads objects by key: what callers ask for at the same time is one request, and answers are shared for a short time. */
export interface BatchReader<Value> {
  /** The objects of these keys; those that are not there are left out. A failure is shared with those who wait for it, and with nobody after. */
  get(context: OperationContext, keys: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  /** Forgets everything; an answer under way reaches its callers and is not kept. */
  drop(): void;
}

/** How a reader gets its objects. */
export interface BatchOptions<Value> {
  /** What is being read, completing "Cancelled while …". */
  readonly purpose: string;
  /** Reads objects, all in one go. */
  readonly load: (
    context: OperationContext,
    keys: readonly string[],
  ) => Promise<ReadonlyMap<string, Value>>;
  /** Further keys to read on the way, because they will be asked for next; never those that `isKnown`. */
  readonly more?: (keys: readonly string[], isKnown: (key: string) => boolean) => readonly string[];
  /** How long an answer is shared, in milliseconds. */
  readonly timeToLiveMilliseconds?: number;
}

interface Entry<Value> {
  readonly answer: Promise<ReadonlyMap<string, Value>>;
  /** When the answer arrived; undefined while it is under way. */
  arrivedAt?: number;
}

/** Makes a reader that knows nothing yet. */
export function createBatchReader<Value>(options: BatchOptions<Value>): BatchReader<Value> {
  const { load, more, purpose } = options;
  const timeToLive = options.timeToLiveMilliseconds ?? defaultTimeToLiveMilliseconds;
  const entries = new Map<string, Entry<Value>>();
  let waiting: { readonly keys: Set<string>; readonly entry: Entry<Value> } | undefined;

  const begin = (context: OperationContext): NonNullable<typeof waiting> => {
    const keys = new Set<string>();
    const answer = nextTurn().then(async () => {
      if (waiting?.keys === keys) waiting = undefined;
      const asked = [...keys];
      const extra = more?.(asked, (key) => entries.has(key)) ?? [];
      for (const key of extra) entries.set(key, entry);
      for (const key of extra) keys.add(key);
      return await load(lasting(context), [...keys]);
    });
    const entry: Entry<Value> = { answer };
    answer.then(
      () => {
        entry.arrivedAt = context.clock.now().getTime();
      },
      () => {
        for (const [key, each] of entries) if (each === entry) entries.delete(key);
      },
    );
    return { keys, entry };
  };

  return {
    async get(context, keys) {
      const now = context.clock.now().getTime();
      const answers = new Set<Promise<ReadonlyMap<string, Value>>>();
      for (const key of keys) {
        let entry = entries.get(key);
        const fresh =
          entry !== undefined &&
          (entry.arrivedAt === undefined || now - entry.arrivedAt <= timeToLive);
        if (entry === undefined || !fresh) {
          waiting ??= begin(context);
          waiting.keys.add(key);
          entry = waiting.entry;
          entries.set(key, entry);
        }
        answers.add(entry.answer);
      }
      const found = await untilCancelled(context, Promise.all(answers), purpose);
      const all = new Map(found.flatMap((each) => [...each]));
      return new Map(
        keys.flatMap((key) => {
          const value = all.get(key);
          return value === undefined ? [] : [[key, value] as const];
        }),
      );
    },
    drop() {
      entries.clear();
      waiting = undefined;
    },
  };
}

/** Waits until all who are about to ask have asked. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
