import fc from "fast-check";
import { BODIES } from "../../simulator/recovery/validation/bodies.ts";
import type { BodyRule, Fields } from "../../simulator/recovery/validation/body-rule.ts";

/** Texts that mean something in a field of this name. */
export type FieldWords = (field: string) => readonly string[];

/** A request body that has the form that some operation wants. */
export function ruleBodies(words: FieldWords): fc.Arbitrary<Record<string, unknown>> {
  return fc.oneof(...Object.values(BODIES).map((fields) => mapOf(fields, words)));
}

function mapOf(fields: Fields, words: FieldWords): fc.Arbitrary<Record<string, unknown>> {
  const parts = Object.entries(fields).map(([name, rule]) =>
    fc
      .tuple(fc.nat(99), valueFor(name, rule, words))
      .map(([chance, value]): readonly (readonly [string, unknown])[] =>
        chance >= (rule.needed === true ? 3 : 50) ? [[name, value]] : [],
      ),
  );
  return fc.tuple(...parts).map((lists) => Object.fromEntries(lists.flat()));
}

function valueFor(name: string, rule: BodyRule, words: FieldWords): fc.Arbitrary<unknown> {
  switch (rule.is) {
    case "text":
      return fc.constantFrom(...(rule.oneOf ?? words(name)));
    case "number":
      return fc.constantFrom(rule.from ?? 1, rule.to ?? 60, 5, 1_440);
    case "flag":
      return fc.boolean();
    case "list":
      return fc.array(valueFor(name, rule.of, words), { maxLength: 3 });
    case "object":
      return mapOf(rule.fields, words);
    case "union":
      return fc.oneof(
        ...Object.entries(rule.of).map(([kind, fields]) =>
          mapOf(fields, words).map((each) => ({ ...each, [rule.by ?? "instanceType"]: kind })),
        ),
      );
  }
}
