import { capabilityOf } from "./capabilities.ts";
import type { Move } from "./capability-moves.ts";
import type { Scenario, Verb } from "./model.ts";
import type { Position, Standing } from "./position.ts";

/** Where an action wants an item to be. */
export interface Goal {
  readonly standings: readonly Standing[];
  /** Undefined means either side. */
  readonly away?: boolean;
}

/** True when the position is one that the goal accepts. */
export function reaches(position: Position, goal: Goal): boolean {
  return (
    goal.standings.includes(position.standing) &&
    (goal.away === undefined || goal.away === position.away)
  );
}

/** True when the move begins at the position. */
function beginsAt(move: Move, position: Position): boolean {
  return (
    move.from === position.standing && (move.away === undefined || move.away === position.away)
  );
}

/** Where a move leads from a position. */
function after(position: Position, move: Move): Position {
  return {
    standing: move.to,
    away: move.changesSide ? !position.away : position.away,
  };
}

const keyOf = (position: Position): string => `${position.standing}/${position.away}`;

/**
 * The shortest sequence of verbs from a position to a goal that uses only the given verbs;
 * empty when the goal is reached already, undefined when no way leads there.
 */
export function pathTo(
  scenario: Scenario,
  start: Position,
  goal: Goal,
  verbs: readonly Verb[],
): readonly Verb[] | undefined {
  const edges = capabilityOf(scenario).moves.filter((move) => verbs.includes(move.verb));
  const seen = new Set([keyOf(start)]);
  let paths: { readonly position: Position; readonly verbs: readonly Verb[] }[] = [
    { position: start, verbs: [] },
  ];
  while (paths.length > 0) {
    const found = paths.find((path) => reaches(path.position, goal));
    if (found !== undefined) return found.verbs;
    paths = paths.flatMap((path) =>
      edges
        .filter((move) => beginsAt(move, path.position))
        .map((move) => ({
          position: after(path.position, move),
          verbs: [...path.verbs, move.verb],
        }))
        .filter((next) => !seen.has(keyOf(next.position)) && seen.add(keyOf(next.position))),
    );
  }
  return undefined;
}

/** Where a sequence of verbs leads; undefined when one of them is no move there. */
export function positionAfter(
  scenario: Scenario,
  start: Position,
  verbs: readonly Verb[],
): Position | undefined {
  let position: Position | undefined = start;
  for (const verb of verbs) {
    const from: Position = position;
    const move = capabilityOf(scenario).moves.find(
      (each) => each.verb === verb && beginsAt(each, from),
    );
    if (move === undefined) return undefined;
    position = after(from, move);
  }
  return position;
}

/** The verbs that are moves from a position. */
export function movesFrom(scenario: Scenario, position: Position): readonly Verb[] {
  return capabilityOf(scenario)
    .moves.filter((move) => beginsAt(move, position))
    .map((move) => move.verb);
}
