import type { Scenario, Verb } from "./model.ts";
import type { Position, Standing } from "./position.ts";

/** One edge of the graph: a verb takes an item from one standing to another. */
export interface Move {
  readonly verb: Verb;
  readonly from: Standing;
  readonly to: Standing;
  /** Only for machines that run away from home, or only for those at home; absent means either. */
  readonly away?: boolean;
  /** True when the machine then runs at the other site. */
  readonly changesSide: boolean;
}

/** Moves between regions: the same ones in both directions, because a reprotect turns the whole item round. */
const betweenRegions: readonly Move[] = [
  { verb: "testFailover", from: "protected", to: "testing", changesSide: false },
  { verb: "testFailoverCleanup", from: "testing", to: "protected", changesSide: false },
  { verb: "unplannedFailover", from: "protected", to: "failedOver", changesSide: true },
  { verb: "unplannedFailover", from: "failed", to: "failedOver", changesSide: true },
  { verb: "changeRecoveryPoint", from: "failedOver", to: "failedOver", changesSide: false },
  { verb: "commit", from: "failedOver", to: "committed", changesSide: false },
  { verb: "reprotect", from: "committed", to: "protected", changesSide: false },
];

/** Moves of every machine that is protected from a site of one's own towards Azure, while it is at home. */
const fromSite: readonly Move[] = [
  { verb: "testFailover", from: "protected", to: "testing", away: false, changesSide: false },
  {
    verb: "testFailoverCleanup",
    from: "testing",
    to: "protected",
    away: false,
    changesSide: false,
  },
  {
    verb: "unplannedFailover",
    from: "protected",
    to: "failedOver",
    away: false,
    changesSide: true,
  },
  { verb: "unplannedFailover", from: "failed", to: "failedOver", away: false, changesSide: true },
  {
    verb: "changeRecoveryPoint",
    from: "failedOver",
    to: "failedOver",
    away: true,
    changesSide: false,
  },
  { verb: "commit", from: "failedOver", to: "committed", changesSide: false },
  { verb: "reprotect", from: "committed", to: "protected", changesSide: false },
  { verb: "completeMigration", from: "failedOver", to: "migrated", away: true, changesSide: false },
  { verb: "completeMigration", from: "committed", to: "migrated", away: true, changesSide: false },
];

/**
 * The moves of each scenario (site-recovery reference, section 6; failback rules, section 9).
 * A scenario that is not here has no moves yet.
 */
const moves: Readonly<Partial<Record<Scenario, readonly Move[]>>> = {
  AzureToAzure: betweenRegions,
  VmwareToAzure: [
    ...fromSite,
    // The reprotect commits by itself what waits for its commit, in both directions.
    { verb: "reprotect", from: "failedOver", to: "protected", changesSide: false },
    { verb: "plannedFailover", from: "protected", to: "failedOver", away: true, changesSide: true },
    { verb: "cancelFailover", from: "failedOver", to: "protected", away: false, changesSide: true },
  ],
  VmwareToAzureClassic: [
    ...fromSite,
    {
      verb: "unplannedFailover",
      from: "protected",
      to: "failedOver",
      away: true,
      changesSide: true,
    },
    { verb: "unplannedFailover", from: "failed", to: "failedOver", away: true, changesSide: true },
  ],
};

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
  const edges = (moves[scenario] ?? []).filter((move) => verbs.includes(move.verb));
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
    const move = (moves[scenario] ?? []).find((each) => each.verb === verb && beginsAt(each, from));
    if (move === undefined) return undefined;
    position = after(from, move);
  }
  return position;
}

/** The verbs that are moves from a position. */
export function movesFrom(scenario: Scenario, position: Position): readonly Verb[] {
  return (moves[scenario] ?? [])
    .filter((move) => beginsAt(move, position))
    .map((move) => move.verb);
}
