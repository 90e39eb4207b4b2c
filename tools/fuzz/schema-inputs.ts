import fc from "fast-check";
import {
  type PropertySchema,
  packageSchema,
  type ResourceSchema,
  type TypeSchema,
} from "../../provider/schema/schema.ts";

/** Texts that mean something under a property's name. */
export type Words = (propertyName: string) => readonly string[];

type Properties = Readonly<Record<string, PropertySchema>>;

/** How likely an input that may be left out is given, in percent. */
const givenPercent = 35;

/** Well-formed inputs of a resource, by its schema: texts from `words`, what may be left out given now and then. */
export function inputsOf(
  schema: ResourceSchema,
  words: Words,
): fc.Arbitrary<Record<string, unknown>> {
  return mapOf(schema.inputProperties, schema.requiredInputs ?? [], words);
}

/** Well-formed state of a resource. */
export function stateOf(
  schema: ResourceSchema,
  words: Words,
): fc.Arbitrary<Record<string, unknown>> {
  return mapOf(schema.properties, schema.required ?? [], words);
}

function mapOf(
  properties: Properties,
  required: readonly string[],
  words: Words,
): fc.Arbitrary<Record<string, unknown>> {
  const parts = Object.entries(properties).map(([name, property]) => {
    const value = valueFor(property, name, words);
    const given = required.includes(name) ? 97 : givenPercent;
    return fc
      .tuple(fc.nat(99), value)
      .map(([chance, each]): readonly [string, unknown][] =>
        chance >= 100 - given ? [[name, each]] : [],
      );
  });
  return fc.tuple(...parts).map((lists) => Object.fromEntries(lists.flat()));
}

function valueFor(type: TypeSchema, name: string, words: Words): fc.Arbitrary<unknown> {
  if (type.oneOf !== undefined) {
    return fc.oneof(...type.oneOf.map((each) => valueFor(each, name, words)));
  }
  if (type.$ref !== undefined) {
    const complex = packageSchema().types[type.$ref.replace("#/types/", "")];
    if (complex?.enum !== undefined) {
      return fc.constantFrom(...complex.enum.map((each) => each.value));
    }
    return mapOf(complex?.properties ?? {}, complex?.required ?? [], words);
  }
  switch (type.type) {
    case "array":
      return fc.array(valueFor(type.items ?? {}, name, words), { maxLength: 3 });
    case "object":
      return fc.dictionary(
        fc.constantFrom(...words(name), "tier"),
        valueFor(type.additionalProperties ?? {}, name, words),
        { maxKeys: 3, noNullPrototype: true },
      );
    case "boolean":
      return fc.boolean();
    case "integer":
    case "number":
      return fc.constantFrom(0, 1, 2, 8, 443, 2_222, 64, 1_000_000);
    default: {
      const [first = "web", ...others] = words(name);
      return fc.constantFrom(first, ...others);
    }
  }
}
