import fc from "fast-check";
import { handlers } from "../../provider/handlers.ts";
import type { ResourceSchema } from "../../provider/schema/schema.ts";
import { anyValue, hostileTexts } from "./hostile.ts";
import { mutated, mutations } from "./mutate.ts";
import { inputsOf, stateOf } from "./schema-inputs.ts";
import { moods, type Stage } from "./stages.ts";

/** Everything that a handler is told when it checks or compares. */
export interface CheckCase {
  readonly token: string;
  /** Which of the stages. */
  readonly stage: number;
  readonly mood: string;
  readonly name: string | undefined;
  readonly preview: boolean;
  readonly news: Record<string, unknown>;
  /** Recorded inputs or state; undefined for what is new. */
  readonly olds: Record<string, unknown> | undefined;
}

/** Cases of every handler in every stage. `recorded` makes olds of the whole state, and of always. */
export function checkCases(
  stages: readonly Stage[],
  { recorded }: { readonly recorded: boolean },
): fc.Arbitrary<CheckCase> {
  const each = stages.flatMap((stage, index) =>
    [...handlers.values()].map((handler) => {
      const inputs = withOneTarget(inputsOf(handler.schema, stage.words));
      const old = recorded ? stateOf(handler.schema, stage.words) : inputs;
      const news = disturbed(inputs);
      return (
        fc
          .record({
            token: fc.constant(handler.token),
            stage: fc.constant(index),
            mood: fc.constantFrom("well", "well", "well", "well", ...Object.keys(moods)),
            name: fc.oneof(
              { weight: 5, arbitrary: fc.constantFrom("web", "thing", undefined) },
              { weight: 1, arbitrary: fc.constantFrom(...hostileTexts) },
            ),
            preview: fc.boolean(),
            news,
            isUnchanged: fc.nat(4),
            olds: fc.oneof(
              { weight: recorded ? 0 : 2, arbitrary: fc.constant(undefined) },
              { weight: 2, arbitrary: disturbed(old) },
            ),
          })
          // Most programs are the same as the last time.
          .map(
            ({ isUnchanged, ...all }): CheckCase =>
              isUnchanged === 4 && all.olds !== undefined
                ? { ...all, news: { ...all.news, ...inputsAmong(handler.schema, all.olds) } }
                : all,
          )
      );
    }),
  );
  return fc.oneof(...each);
}

const targetNames = ["item", "items", "recoveryPlan"];

/** An action takes one of three inputs: of several one is kept, most of the time. */
function withOneTarget(
  inputs: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc.tuple(inputs, fc.nat(9)).map(([all, chance]) => {
    const given = targetNames.filter((name) => name in all);
    if (chance === 9 || given.length < 2) return all;
    const kept = given[chance % given.length];
    const others = given.filter((name) => name !== kept);
    return Object.fromEntries(Object.entries(all).filter(([name]) => !others.includes(name)));
  });
}

function inputsAmong(schema: ResourceSchema, state: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => Object.hasOwn(schema.inputProperties, name)),
  );
}

const someChanges = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 3, arbitrary: mutations(3) },
);

/** Well-formed properties, most of them with a few changes; the whole stays a map, as the engine sends it. */
function disturbed(
  properties: fc.Arbitrary<Record<string, unknown>>,
): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .record({
      properties,
      plan: anyValue,
      findings: anyValue,
      extra: fc.nat(19),
      changes: someChanges,
    })
    .map(({ properties, plan, findings, extra, changes }) => {
      const whole = extra === 0 ? { ...properties, plan, findings } : properties;
      const value = mutated(whole, changes);
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : { value };
    });
}
