import type { ItemFacts, Verb } from "../../../recovery/model.ts";
import { type Readiness, unready } from "./readiness.ts";

/** One carrier of verbs: a machine, or a recovery plan with all of its machines. */
export interface Lane {
  /** What messages call it. */
  readonly name: string;
  readonly items: readonly ItemFacts[];
  readonly byPlan: boolean;
  /** True when a job of it runs already: it is followed to its end also where nothing more may begin. */
  readonly attaches: boolean;
  /** Verbs whose jobs this run saw end well, with those jobs; none of them is ever started again. */
  readonly finishedVerbs: Map<Verb, string>;
  readonly readiness: Readiness;
}

/** A lane of its own for each machine. */
export function lanesApart({ items, finishedVerbs, readiness }: Lane): readonly Lane[] {
  return items.map((item) => ({
    name: item.friendlyName,
    items: [item],
    byPlan: false,
    attaches: false,
    finishedVerbs: new Map(finishedVerbs),
    readiness: { ...unready(), lostJobs: new Map(readiness.lostJobs) },
  }));
}
