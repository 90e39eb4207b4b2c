import type { ItemFacts, Verb } from "./model.ts";
import { activeSide, passiveSide, standingOf } from "./position.ts";
import { verbWords } from "./verbs.ts";

/** What the service shows of an item after a verb has succeeded. */
interface Effect {
  readonly protectionState: string;
  readonly offers: readonly Verb[];
}

/** The states after each verb of the region-to-region scenario (site-recovery reference, 6.1 and 6.2). */
const effects: Readonly<Partial<Record<Verb, Effect>>> = {
  unplannedFailover: {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    offers: ["commit", "changeRecoveryPoint", "disable", "reprotect"],
  },
  changeRecoveryPoint: {
    protectionState: "UnplannedFailoverCommitPendingStatesBegin",
    offers: ["commit", "changeRecoveryPoint", "disable", "reprotect"],
  },
  commit: { protectionState: "UnplannedFailoverCommitted", offers: ["disable", "reprotect"] },
  reprotect: {
    protectionState: "Protected",
    offers: ["unplannedFailover", "disable", "testFailover"],
  },
};

/**
 * The item as it will be after the verbs, so that an action that follows another in the same program
 * is previewed from where the first one will leave the machine.
 */
export function projectItem(item: ItemFacts, verbs: readonly Verb[]): ItemFacts {
  return verbs.reduce(projectVerb, item);
}

function projectVerb(item: ItemFacts, verb: Verb): ItemFacts {
  const { currentScenario: _, ...idle } = item;
  const effect = effects[verb];
  if (effect === undefined) {
    const testing = verb === "testFailover";
    return {
      ...idle,
      testFailoverState: testing ? "WaitingForCompletion" : "MarkedForDeletion",
      allowedOperations: offers(
        testing ? ["testFailoverCleanup"] : ["unplannedFailover", "disable", "testFailover"],
      ),
    };
  }
  const turned =
    verb === "reprotect" ? { primary: activeSide(item), recovery: passiveSide(item) } : {};
  const moved = verb === "unplannedFailover" && standingOf(item) !== "failedOver";
  return {
    ...idle,
    ...turned,
    protectionState: effect.protectionState,
    activeLocation: moved ? "Recovery" : verb === "reprotect" ? "Primary" : item.activeLocation,
    allowedOperations: offers(effect.offers),
  };
}

const offers = (verbs: readonly Verb[]): readonly string[] =>
  verbs.map((verb) => verbWords[verb].allowedOperations[0] ?? "");
