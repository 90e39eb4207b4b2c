import type { ItemFacts, Verb } from "./model.ts";
import {
  activeSide,
  isFromHyperV,
  isReversed,
  migratedState,
  passiveSide,
  positionOf,
  standingOf,
} from "./position.ts";
import { resynchronizedFacts } from "./resynchronization.ts";
import { type VerbEffect, verbEffects } from "./verb-effects.ts";
import { failsOver } from "./verbs.ts";

/** The wire name that a reprotect gives an item, by the one it has; items of other kinds keep theirs. */
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
  if (verb === "completeMigration") return migrated(item);
  const effect = verbEffects[item.scenario].find((each) => each.verb === verb && fits(each, item));
  if (effect === undefined) return item;
  const { currentScenario: _, ...idle } = item;
  return {
    ...idle,
    ...(verb === "reprotect" ? turned(item) : {}),
    ...drilled(verb),
    ...(verb === "resynchronize" ? resynchronizedFacts(item) : {}),
    protectionState: effect.protectionState ?? item.protectionState,
    activeLocation: activeAfter(item, verb),
    allowedOperations: effect.offers,
  };
}

const fits = ({ reversed, away, after }: VerbEffect, item: ItemFacts): boolean =>
  (reversed === undefined || reversed === isReversed(item)) &&
  (away === undefined || away === positionOf(item).away) &&
  (after === undefined || after === item.protectionState);

/** The service forgets it: what follows in the same program is to see that nothing leads on from here. */
function migrated({ currentScenario: _, ...item }: ItemFacts): ItemFacts {
  return {
    ...item,
    protectionState: migratedState,
    protectionStateDescription: "Migration completed",
    allowedOperations: [],
  };
}

function drilled(verb: Verb): Partial<ItemFacts> {
  if (verb === "testFailover") return { testFailoverState: "WaitingForCompletion" };
  return verb === "testFailoverCleanup" ? { testFailoverState: "MarkedForDeletion" } : {};
}

function activeAfter(item: ItemFacts, verb: Verb): ItemFacts["activeLocation"] {
  const moves = failsOver([verb]) && standingOf(item) !== "failedOver";
  // A Hyper-V item keeps its sides: the machine goes from one to the other, and no reprotect turns them.
  if (isFromHyperV(item)) {
    const other = item.activeLocation === "Recovery" ? "Primary" : "Recovery";
    return moves ? other : item.activeLocation;
  }
  if (verb === "reprotect" || verb === "cancelFailover") return "Primary";
  return moves ? "Recovery" : item.activeLocation;
}

/** What a reprotect turns round: the sides of the item, and its kind where each direction has one. */
function turned(item: ItemFacts): Partial<ItemFacts> {
  if (isFromHyperV(item)) return {};
  return {
    primary: activeSide(item),
    recovery: passiveSide(item),
    instanceType: turnedTypes[item.instanceType] ?? item.instanceType,
  };
}
