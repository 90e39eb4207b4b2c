import type { ItemFacts, Scenario, Verb } from "./model.ts";
import { activeSide, isReversed, passiveSide, standingOf } from "./position.ts";
import { failsOver, verbWords } from "./verbs.ts";

/** What the service shows of an item after a verb has succeeded. */
interface Effect {
  readonly verb: Verb;
  /** Only for items that replicate from Azure back to their site, or only for the others; absent means either. */
  readonly reversed?: boolean;
  readonly protectionState?: string;
  readonly offers: readonly Verb[];
}

const pending = "UnplannedFailoverCommitPendingStatesBegin";
const atHome: readonly Verb[] = ["unplannedFailover", "disable", "testFailover"];
const uncommitted: readonly Verb[] = ["commit", "changeRecoveryPoint", "disable", "reprotect"];
const committed: readonly Verb[] = ["disable", "reprotect"];

const drills: readonly Effect[] = [
  { verb: "testFailover", offers: ["testFailoverCleanup"] },
  { verb: "testFailoverCleanup", offers: atHome },
];

const unplanned: readonly Effect[] = [
  { verb: "unplannedFailover", protectionState: pending, offers: uncommitted },
  { verb: "changeRecoveryPoint", protectionState: pending, offers: uncommitted },
];

/** The states after each verb, by scenario (site-recovery reference, 6.1 to 6.4). The first that fits counts. */
const effects: Readonly<Partial<Record<Scenario, readonly Effect[]>>> = {
  AzureToAzure: [
    ...drills,
    ...unplanned,
    { verb: "commit", protectionState: "UnplannedFailoverCommitted", offers: committed },
    { verb: "reprotect", protectionState: "Protected", offers: atHome },
  ],
  VmwareToAzure: [
    ...drills,
    ...unplanned,
    {
      verb: "plannedFailover",
      protectionState: "CommitPendingStatesBegin",
      offers: ["completeMigration", "commit", "disable", "reprotect", "cancelFailover"],
    },
    {
      verb: "cancelFailover",
      protectionState: "Protected",
      offers: ["plannedFailover", "disable"],
    },
    {
      verb: "commit",
      reversed: true,
      protectionState: "PlannedFailoverStatesBegin",
      offers: ["completeMigration", ...committed],
    },
    {
      verb: "commit",
      protectionState: "UnplannedFailoverCommitted",
      offers: ["completeMigration", ...committed],
    },
    { verb: "reprotect", reversed: true, protectionState: "Protected", offers: atHome },
    { verb: "reprotect", protectionState: "Protected", offers: ["plannedFailover", "disable"] },
  ],
  VmwareToAzureClassic: [
    ...drills,
    ...unplanned,
    {
      verb: "commit",
      protectionState: "UnplannedFailoverCommitted",
      offers: ["completeMigration", ...committed],
    },
    { verb: "reprotect", reversed: true, protectionState: "Protected", offers: atHome },
    { verb: "reprotect", protectionState: "Protected", offers: ["unplannedFailover", "disable"] },
  ],
};

/** The wire name that a reprotect gives an item, by the one it has; items between regions keep theirs. */
const turnedTypes: Readonly<Record<string, string>> = {
  InMageRcm: "InMageRcmFailback",
  InMageRcmFailback: "InMageRcm",
  InMageAzureV2: "InMage",
  InMage: "InMageAzureV2",
};

/**
 * The item as it will be after the verbs, so that an action that follows another in the same program
 * is previewed from where the first one will leave the machine.
 */
export function projectItem(item: ItemFacts, verbs: readonly Verb[]): ItemFacts {
  return verbs.reduce(projectVerb, item);
}

function projectVerb(item: ItemFacts, verb: Verb): ItemFacts {
  const effect = (effects[item.scenario] ?? []).find(
    (each) =>
      each.verb === verb && (each.reversed === undefined || each.reversed === isReversed(item)),
  );
  if (effect === undefined) return item;
  const { currentScenario: _, ...idle } = item;
  return {
    ...idle,
    ...(verb === "reprotect" ? turned(item) : {}),
    ...drilled(verb),
    protectionState: effect.protectionState ?? item.protectionState,
    activeLocation: activeAfter(item, verb),
    allowedOperations: effect.offers.map((each) => verbWords[each].allowedOperations[0] ?? ""),
  };
}

function drilled(verb: Verb): Partial<ItemFacts> {
  if (verb === "testFailover") return { testFailoverState: "WaitingForCompletion" };
  return verb === "testFailoverCleanup" ? { testFailoverState: "MarkedForDeletion" } : {};
}

function activeAfter(item: ItemFacts, verb: Verb): ItemFacts["activeLocation"] {
  if (verb === "reprotect" || verb === "cancelFailover") return "Primary";
  return failsOver([verb]) && standingOf(item) !== "failedOver" ? "Recovery" : item.activeLocation;
}

/** What a reprotect turns round: the sides of the item, and its kind where each direction has one. */
function turned(item: ItemFacts): Partial<ItemFacts> {
  return {
    primary: activeSide(item),
    recovery: passiveSide(item),
    instanceType: turnedTypes[item.instanceType] ?? item.instanceType,
  };
}
