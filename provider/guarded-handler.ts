import { DisasterRecoveryError, InvalidInputError } from "./errors.ts";
import type { AnyHandler, CheckFailure, DetailedDiff } from "./handler.ts";
import { failureOf } from "./inputs/failures.ts";
import { readableValues, unreadableNames } from "./inputs/recorded.ts";
import { nameOf } from "./recovery/identity.ts";

type Values = Readonly<Record<string, unknown>>;

/** A handler by its token, whose check, diff and update are guarded. */
type Guarded = Pick<AnyHandler, "check" | "diff" | "update">;

/**
 * Keeps from a handler what it cannot have written itself: recorded values of another kind than the schema says, as
 * after an edit of the stack's state. A check does without them, and tells its failures in a length that can be read;
 * a diff asks for an update and says why; an update throws before it touches anything, because with a broken record
 * nobody can tell what was done already. What another version does not write is no such reason.
 */
export function guarded(handler: AnyHandler): Guarded {
  return {
    async check(context, news, olds) {
      const recorded = olds === undefined ? undefined : readableValues(handler.schema, olds);
      try {
        const { inputs, failures } = await handler.check(context, withoutNulls(news), recorded);
        return { inputs, failures: failures.map(short) };
      } catch (error) {
        // Such as an id that a request cannot be made of.
        return { inputs: news, failures: [short(failureOf(error))] };
      }
    },
    async diff(context, id, olds, news) {
      const recorded = unreadableNames(handler.schema, olds);
      if (recorded.length > 0)
        return due(`its recorded state cannot be read (${listed(recorded)})`);
      const wanted = [...unreadableNames(handler.schema, news), ...missing(handler, news)];
      if (wanted.length > 0) return due(`its inputs cannot be read (${listed(wanted)})`);
      try {
        return await handler.diff(context, id, olds, news);
      } catch (error) {
        // The check of the same inputs says it too, where it can be put right.
        if (error instanceof InvalidInputError) return due(error.message);
        throw error;
      }
    },
    async update(context, id, olds, news) {
      const unreadable = unreadableNames(handler.schema, olds);
      if (unreadable.length === 0) return await handler.update(context, id, olds, news);
      throw new DisasterRecoveryError(
        "InvalidInput",
        `The recorded state of ${context.name ?? nameOf(id)} cannot be read: ${listed(unreadable)} ${unreadable.length === 1 ? "is" : "are"} of another kind than this program writes. Nothing was changed.`,
        {
          hint: "Bring the stack back to its last good state with `pulumi stack import`, or take the resource out of it with `pulumi state delete` and declare it anew: what exists, and what was done, is recognised.",
        },
      );
    },
  };
}

/** Longest path and reason that somebody reads, in characters. */
const longest = { path: 300, reason: 6_000 } as const;

/** A failure that repeats a huge input only in part: its beginning, and its end with the remedy. */
function short({ path, reason }: CheckFailure): CheckFailure {
  return { path: shortened(path, longest.path), reason: shortened(reason, longest.reason) };
}

function shortened(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const half = characters / 2;
  return `${text.slice(0, half)} … ${text.slice(-half)}`.toWellFormed();
}

/** The inputs without what is null: at every depth that is the same as absent. Too deep ones are left to validation. */
function withoutNulls(news: Record<string, unknown>): Record<string, unknown> {
  try {
    return given(news, { left: mostParts }) as Record<string, unknown>;
  } catch {
    return news;
  }
}

/** Parts of inputs that are looked through; with more of them nothing is dropped. */
const mostParts = 1_000_000;

function given(value: unknown, budget: { left: number }): unknown {
  budget.left -= 1;
  if (budget.left < 0) throw new RangeError("too many parts");
  if (Array.isArray(value)) return value.map((each) => given(each, budget));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== null)
      .map(([name, each]) => [name, given(each, budget)]),
  );
}

function due(reason: string): DetailedDiff {
  return { changes: true, properties: {}, reason };
}

function missing({ schema }: AnyHandler, news: Values): readonly string[] {
  return (schema.requiredInputs ?? []).filter(
    (name) => news[name] === undefined || news[name] === null,
  );
}

const listedNames = 6;

function listed(names: readonly string[]): string {
  const more = names.length - listedNames;
  const shown = names.slice(0, listedNames).join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}
