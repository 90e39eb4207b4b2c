import type { ActionKind } from "../action-kinds.ts";
import type { Severity } from "../findings.ts";
import { nameOf, sameId } from "../identity.ts";
import type { ItemFacts, RecoveryPlanFacts } from "../model.ts";
import {
  isRecoveryPointWord,
  type RecoveryPointWord,
  recoveryPointWords,
} from "../recovery-point.ts";
import { restRule } from "./rest-rule.ts";
import type { Violation } from "./rule.ts";
import { hyperVToAzure } from "./scenario-sets.ts";

/** Limits of a recovery plan (failback rules, PL-LIMITS). */
const planLimits = { items: 100, groups: 7 } as const;

/** What the rules of a whole action look at. */
export interface ActionSituation {
  readonly action: ActionKind;
  readonly plan?: RecoveryPlanFacts;
  readonly items: readonly ItemFacts[];
  /** Those that the action has taken out of the vault before; they belong to the set still. */
  readonly gone?: readonly ItemNames[];
  /** Those that will go to a recovery point, which must be young enough: none whose failover is over. */
  readonly ageOf: readonly ItemFacts[];
  /** The recovery point that was asked for, as the user wrote it. */
  readonly wantedPoint?: string;
  /** Newest data that each item could go to, ISO 8601; missing where unknown. */
  readonly pointTimes: ReadonlyMap<string, string>;
  /**
   * When each item stopped to run at its source, ISO 8601, where that is past: the loss of data is counted
   * from then. Missing means now.
   */
  readonly leftAt?: ReadonlyMap<string, string>;
  /** Machines that start one by one although a recovery plan is meant, and what of the plan does not run then. */
  readonly rest?: { readonly machines: readonly string[]; readonly scripts: readonly string[] };
  readonly expect?: ExpectedBlastRadius;
  readonly now: Date;
}

/** What an item is called: by itself, and by its machine. */
export type ItemNames = Pick<ItemFacts, "name" | "friendlyName">;

/** What the user expects of the set that an action moves; anything else stops it. */
export interface ExpectedBlastRadius {
  readonly items?: readonly string[];
  readonly count?: number;
  /** Greatest age of the recovery points in milliseconds. */
  readonly recoveryPointMaximumAgeMilliseconds?: number;
}

/** A rule about the whole set of machines. */
export interface ActionRule {
  readonly id: string;
  readonly source: string;
  readonly summary: string;
  readonly severity: Severity;
  check(situation: ActionSituation): readonly Violation[];
}

const none: readonly Violation[] = [];

/** Kinds of points of a plan of Hyper-V machines towards Azure (service interface, recoveryPointType). */
const hyperVKinds: readonly RecoveryPointWord[] = [
  "latest",
  "latestProcessed",
  "latestApplicationConsistent",
];

/** The kinds of points that every machine of a plan knows; HV-POINT tells of those between VMM sites. */
function pointKinds(items: readonly ItemFacts[]): readonly RecoveryPointWord[] {
  const all = Object.keys(recoveryPointWords) as readonly RecoveryPointWord[];
  return items.some((item) => hyperVToAzure.includes(item.scenario)) ? hyperVKinds : all;
}

/** The items that an expected name or identity means: by the item's name, else by that of its machine alone. */
function itemsMeant(expected: string, items: readonly ItemNames[]): readonly ItemNames[] {
  const name = nameOf(expected);
  const named = items.filter((each) => sameId(each.name, name));
  if (named.length > 0) return named;
  const called = items.filter((each) => sameId(each.friendlyName, name));
  return called.length === 1 ? called : [];
}

/** What findings call an item: by the machine's name as well where the item's tells nothing. */
function calledBy({ name, friendlyName }: ItemNames): string {
  return sameId(name, friendlyName) ? name : `${friendlyName} (${name})`;
}

/** Rules about recovery plans and about the set as a whole. */
export const actionRules: readonly ActionRule[] = [
  {
    id: "PL-EMPTY",
    source: "a plan without machines moves nothing",
    summary: "The recovery plan holds at least one machine.",
    severity: "block",
    check: ({ plan, items, gone = [] }) =>
      plan !== undefined && items.length + gone.length === 0
        ? [{ fact: "the recovery plan holds no machine.", remedy: "Add items to its groups." }]
        : none,
  },
  {
    id: "PL-LIMITS",
    source: "at most 100 items and 7 groups",
    summary: "A recovery plan has at most 100 items and 7 boot groups.",
    severity: "block",
    check: ({ plan, items }) => {
      if (plan === undefined) return none;
      const groups = plan.groups.filter((group) => group.type === "Boot").length;
      // The service counts those, too, that the vault does not replicate any more.
      const named = new Set(plan.groups.flatMap((group) => group.itemNames)).size;
      const count = Math.max(named, items.length);
      return count > planLimits.items || groups > planLimits.groups
        ? [
            {
              fact: `it has ${count} items in ${groups} groups; the service takes ${planLimits.items} and ${planLimits.groups}.`,
              remedy: "Split it into several plans.",
            },
          ]
        : none;
    },
  },
  {
    id: "PL-POINT",
    source: "001/run 1; a custom recovery point is not offered for plans",
    summary:
      "A recovery plan goes to a point by kind, not to a given one, and only to a kind that its machines know.",
    severity: "block",
    check: ({ plan, wantedPoint, items }) => {
      if (plan === undefined || wantedPoint === undefined) return none;
      const kinds = pointKinds(items);
      const list = kinds.map((each) => `"${each}"`).join(", ");
      const path = "recoveryPoint";
      if (!isRecoveryPointWord(wantedPoint)) {
        return [
          {
            fact: "the service takes no given recovery point for a plan.",
            remedy: `Use one of ${list}, or fail the machines over one by one.`,
            path,
          },
        ];
      }
      return kinds.includes(wantedPoint)
        ? none
        : [
            {
              fact: `the service does not know ${wantedPoint} for a plan of Hyper-V machines.`,
              remedy: `Use ${kinds.length === 1 ? list : `one of ${list}`}.`,
              path,
            },
          ];
    },
  },
  restRule,
  {
    id: "EX-ITEMS",
    source: "blast radius: the expected set is the set",
    summary: "The machines are those that `expect.items` names.",
    severity: "block",
    check: ({ expect, items, gone = [] }) => {
      if (expect?.items === undefined) return none;
      const set = [...items, ...gone];
      const wanted = expect.items.map((each) => [each, itemsMeant(each, set)] as const);
      const meant = wanted.flatMap(([, found]) => found);
      const extra = set.filter((each) => !meant.includes(each)).map(calledBy);
      const absent = wanted.filter(([, found]) => found.length === 0).map(([each]) => each);
      if (extra.length === 0 && absent.length === 0) return none;
      const parts = [
        extra.length > 0 ? `not expected: ${extra.join(", ")}` : "",
        absent.length > 0 ? `missing: ${absent.join(", ")}` : "",
      ].filter((each) => each !== "");
      return [
        {
          fact: `the machines are not the expected ones (${parts.join("; ")}).`,
          remedy: "Look at the plan and correct expect.items, or the set.",
          path: "expect.items",
        },
      ];
    },
  },
  {
    id: "EX-COUNT",
    source: "blast radius: the expected number is the number",
    summary: "As many machines as `expect.count` says.",
    severity: "block",
    check: ({ expect, items, gone = [] }) =>
      expect?.count !== undefined && expect.count !== items.length + gone.length
        ? [
            {
              fact: `${items.length + gone.length} machines would move, ${expect.count} are expected.`,
              remedy: "Look at the plan and correct expect.count, or the set.",
              path: "expect.count",
            },
          ]
        : none,
  },
  {
    id: "EX-POINT-AGE",
    source: "blast radius: no more data is lost than expected",
    summary: "No recovery point is older than `expect.recoveryPointMaximumAge`.",
    severity: "block",
    check: ({ expect, ageOf, pointTimes, leftAt, now }) => {
      const limit = expect?.recoveryPointMaximumAgeMilliseconds;
      if (limit === undefined) return none;
      return ageOf.flatMap((item) => {
        const time = pointTimes.get(item.name);
        if (time === undefined) {
          return [
            {
              fact: `the age of the recovery point of ${item.friendlyName} is not known.`,
              remedy: "Wait until the service tells, or drop expect.recoveryPointMaximumAge.",
              path: "expect.recoveryPointMaximumAge",
            },
          ];
        }
        const left = Date.parse(leftAt?.get(item.name) ?? now.toISOString());
        return left - Date.parse(time) <= limit
          ? none
          : [
              {
                fact: `the recovery point of ${item.friendlyName} is of ${time}, older than expected.`,
                remedy: "Choose a newer point, or allow a greater age.",
                path: "expect.recoveryPointMaximumAge",
              },
            ];
      });
    },
  },
];
