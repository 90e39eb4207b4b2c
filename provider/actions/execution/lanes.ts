import type { ItemFacts, Verb } from "../../recovery/model.ts";
import type { Readiness } from "./readiness.ts";

/** One carrier of verbs: a machine, or a recovery plan with all of its machines. */
export interface Lane {
  /** What messages call it. */
  readonly name: string;
  readonly items: readonly ItemFacts[];
  readonly byPlan: boolean;
  /** Verbs whose jobs this run saw end well, with those jobs; none of them is ever started again. */
  readonly finishedVerbs: Map<Verb, string>;
  readonly readiness: Readiness;
}

/** Verbs that the service does machine by machine only, also for a recovery plan. */
const verbsOfItems: readonly Verb[] = [
  "reprotect",
  "completeMigration",
  "cancelFailover",
  "resynchronize",
];

/** True for a verb that a recovery plan can carry for all of its machines. */
export function isCarriedByPlans(verb: Verb | undefined): boolean {
  return verb === undefined || !verbsOfItems.includes(verb);
}

/** A lane of its own for each machine. */
export function lanesApart({ items, finishedVerbs }: Lane): readonly Lane[] {
  return items.map((item) => ({
    name: item.friendlyName,
    items: [item],
    byPlan: false,
    finishedVerbs: new Map(finishedVerbs),
    readiness: { refusals: 0, fixed: new Set(), startedAt: new Map() },
  }));
}
