import type { Verb } from "./model.ts";
import type { Standing } from "./position.ts";

/** One row of the capability table: a verb takes an item from one standing to another. */
export interface Move {
  readonly verb: Verb;
  readonly from: Standing;
  readonly to: Standing;
  /** Only for machines that run away from home, or only for those at home; absent means either. */
  readonly away?: boolean;
  /** True when the machine then runs at the other site. */
  readonly changesSide: boolean;
}

/** Where a machine runs when a move begins. */
type Place = "home" | "away" | "anywhere";

const sideChangers: readonly Verb[] = ["plannedFailover", "unplannedFailover", "cancelFailover"];

const move = (verb: Verb, from: Standing, to: Standing, place: Place = "anywhere"): Move => ({
  verb,
  from,
  to,
  ...(place === "anywhere" ? {} : { away: place === "away" }),
  changesSide: sideChangers.includes(verb),
});

const drill = (place: Place): readonly Move[] => [
  move("testFailover", "protected", "testing", place),
  move("testFailoverCleanup", "testing", "protected", place),
];

const unplanned = (place: Place): readonly Move[] => [
  move("unplannedFailover", "protected", "failedOver", place),
  move("unplannedFailover", "failed", "failedOver", place),
];

const commit: Move = move("commit", "failedOver", "committed");
const reprotect: Move = move("reprotect", "committed", "protected");
/** A reprotect that commits by itself what waits for its commit. */
const committingReprotect: Move = move("reprotect", "failedOver", "protected");

/** The way back is given up: the machine stays where it was failed over to (S-08, S-09). */
const migration: readonly Move[] = [
  move("completeMigration", "failedOver", "migrated", "away"),
  move("completeMigration", "committed", "migrated", "away"),
];

/** Offered while the copy is marked for it, whoever replicates (site-recovery reference, 6.1). */
const resynchronization = (place: Place = "anywhere"): Move =>
  move("resynchronize", "protected", "protected", place);

/** Every machine of a VMware site, in both generations. */
const ofVmwareSite: readonly Move[] = [
  ...drill("home"),
  ...unplanned("home"),
  move("changeRecoveryPoint", "failedOver", "failedOver", "away"),
  commit,
  reprotect,
  ...migration,
  resynchronization(),
];

/** Hyper-V machines towards Azure, with and without VMM: home again by a planned failover, no reprotect before it. */
export const hyperVToAzure: readonly Move[] = [
  ...drill("home"),
  move("plannedFailover", "protected", "failedOver", "home"),
  ...unplanned("home"),
  move("changeRecoveryPoint", "failedOver", "failedOver", "away"),
  commit,
  move("plannedFailover", "committed", "failedOver", "away"),
  move("reprotect", "committed", "protected", "home"),
  ...migration,
  resynchronization("home"),
];

/** Between regions: the same both ways, because a reprotect turns the whole item round. */
export const betweenRegions: readonly Move[] = [
  ...drill("anywhere"),
  ...unplanned("anywhere"),
  move("changeRecoveryPoint", "failedOver", "failedOver"),
  commit,
  reprotect,
  ...migration,
  resynchronization(),
];

/** Modernized VMware: home again by a planned failover, the only one that can be cancelled. */
export const vmwareByAppliance: readonly Move[] = [
  ...ofVmwareSite,
  committingReprotect,
  move("plannedFailover", "protected", "failedOver", "away"),
  move("cancelFailover", "failedOver", "protected", "home"),
];

/** Classic VMware: home again by an unplanned failover. */
export const vmwareByConfigurationServer: readonly Move[] = [...ofVmwareSite, ...unplanned("away")];

/** Between VMM sites: the item keeps its sides for life, and every move is there on both of them. */
export const betweenVmmSites: readonly Move[] = [
  ...drill("anywhere"),
  move("plannedFailover", "protected", "failedOver"),
  ...unplanned("anywhere"),
  commit,
  reprotect,
  committingReprotect,
  ...migration,
  resynchronization(),
];
