import type { Effect } from "./stage.ts";

/** What an interrupted run did otherwise than the undisturbed one. */
export interface Verdict {
  /** Verbs that the service took more often. */
  readonly startedTwice: readonly string[];
  /** Verbs that it took less often, and items that ended elsewhere. */
  readonly lost: readonly string[];
}

/** What a run is held against another by. */
type Outcome = Pick<Effect, "verbs" | "items">;

/** Holds a run against the undisturbed one. */
export function judge(undisturbed: Outcome, interrupted: Outcome): Verdict {
  const counts = (verbs: readonly string[]): ReadonlyMap<string, number> =>
    verbs.reduce((map, verb) => map.set(verb, (map.get(verb) ?? 0) + 1), new Map<string, number>());
  const [wanted, seen] = [counts(undisturbed.verbs), counts(interrupted.verbs)];
  const all = [...new Set([...wanted.keys(), ...seen.keys()])];
  const times = (verb: string): number => (seen.get(verb) ?? 0) - (wanted.get(verb) ?? 0);
  return {
    startedTwice: all.filter((verb) => times(verb) > 0),
    lost: [
      ...all.filter((verb) => times(verb) < 0),
      ...Object.entries(undisturbed.items)
        .filter(([name, standing]) => !sameStanding(standing, interrupted.items[name]))
        .map(([name]) => `${name} is ${JSON.stringify(interrupted.items[name])}`),
    ],
  };
}

const sameStanding = (left: object, right: object | undefined): boolean =>
  JSON.stringify(left) === JSON.stringify(right);
