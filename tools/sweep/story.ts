import type { WorldDocument } from "../../simulator/index.ts";

/** One `pulumi up`: a resource is declared, changed, or taken out of the program. */
export interface StoryStep {
  /** What it does, such as `failover`. */
  readonly name: string;
  /** Name of the resource in the program. */
  readonly resource: string;
  /** Class of the package, such as `Failover`. */
  readonly type: string;
  /** Its inputs from now on; absent takes it out. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** True for what has to be there before the actions; it is not interrupted. */
  readonly prepares?: true;
}

/** Machines of one kind that go over and come home, step by step. */
export interface Story {
  /** Such as `regions`. */
  readonly site: string;
  /** `item`, or `plan` when a recovery plan carries the actions. */
  readonly carrier: "item" | "plan";
  readonly world: WorldDocument;
  readonly steps: readonly StoryStep[];
}

/** What a story's actions are asked for. */
export interface Subject {
  readonly carrier: Story["carrier"];
  /** `{ item }` or `{ recoveryPlan }`. */
  readonly target: Readonly<Record<string, unknown>>;
  /** Network of the drill. */
  readonly testNetwork: string;
  /** A recovery point to change to, by kind; absent where there is no choice of points. */
  readonly otherPoint?: string;
}

/** A drill and its clean-up. */
export const drill = ({ target, testNetwork }: Subject): readonly StoryStep[] => [
  {
    name: "drill",
    resource: "drill",
    type: "TestFailover",
    inputs: { ...target, network: testNetwork },
  },
  { name: "clean-up", resource: "drill", type: "TestFailover" },
];

/** A failover, a change to the other recovery point where there is one, and the commit. */
export function failover(
  { target, otherPoint }: Omit<Subject, "carrier" | "testNetwork">,
  more: Readonly<Record<string, unknown>> = {},
): readonly StoryStep[] {
  const over = (name: string, inputs: object): StoryStep => ({
    ...{ name, resource: "over", type: "Failover" },
    inputs: { ...target, ...more, ...inputs },
  });
  const changed = otherPoint === undefined ? {} : { recoveryPoint: otherPoint };
  return [
    over("failover", { commit: "manual" }),
    ...(otherPoint === undefined
      ? []
      : [over("change of point", { commit: "manual", ...changed })]),
    over("commit", { commit: "automatic", ...changed }),
  ];
}

/** One action that is declared. */
export function action(
  name: string,
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): StoryStep {
  return { name, resource: name.replaceAll(" ", "-"), type, inputs };
}
