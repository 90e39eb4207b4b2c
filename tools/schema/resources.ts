import type { ComplexTypeSchema, ResourceSchema } from "../../provider/schema/schema.ts";
import { documentationOf } from "./documentation.ts";
import type { ResourceSource, Sources } from "./sources.ts";
import { type TypeWriter, writeMembers } from "./types.ts";

/** What the sources say of every resource. */
export interface ResourceSchemas {
  readonly resources: Readonly<Record<string, ResourceSchema>>;
  readonly types: Readonly<Record<string, ComplexTypeSchema>>;
  /** Inputs that check computes, by token; users cannot set them. */
  readonly computedInputs: Readonly<Record<string, readonly string[]>>;
}

/**
 * Writes the schema of every resource. The description is the doc comment of `<Name>Inputs`;
 * inputs marked `@computed` are properties but no inputs.
 *
 * @throws Error that names the resource or property without a doc comment.
 */
export function writeResources(sources: Sources): ResourceSchemas {
  const writer: TypeWriter = { types: new Map(), checker: sources.checker };
  const resources: Record<string, ResourceSchema> = {};
  const computedInputs: Record<string, readonly string[]> = {};
  for (const source of sources.resources) {
    const { schema, computed } = writeResource(writer, source);
    resources[source.token] = schema;
    computedInputs[source.token] = computed;
  }
  const types = [...writer.types].sort(([left], [right]) => (left < right ? -1 : 1));
  return { resources, types: Object.fromEntries(types), computedInputs };
}

function writeResource(
  writer: TypeWriter,
  source: ResourceSource,
): { readonly schema: ResourceSchema; readonly computed: readonly string[] } {
  const { checker } = writer;
  const description = documentationOf(source.inputs, checker).description;
  const inputs = writeMembers(writer, checker.getDeclaredTypeOfSymbol(source.inputs), source.name);
  const state = writeMembers(writer, checker.getDeclaredTypeOfSymbol(source.state), source.name);
  const computed = new Set(inputs.computed);
  const properties = {
    ...withoutInputMarks(inputs.properties),
    ...withoutInputMarks(state.properties),
  };
  const undocumented = Object.entries({ ...inputs.properties, ...properties })
    .filter(([, property]) => property.description === undefined)
    .map(([name]) => name);
  if (description === "") throw new Error(`${source.name}Inputs has no doc comment.`);
  if (undocumented.length > 0) {
    throw new Error(`${source.token}: no doc comment on ${undocumented.join(", ")}.`);
  }
  const schema: ResourceSchema = {
    description,
    properties,
    required: state.required,
    inputProperties: Object.fromEntries(
      Object.entries(inputs.properties).filter(([name]) => !computed.has(name)),
    ),
    requiredInputs: inputs.required.filter((name) => !computed.has(name)),
  };
  return { schema, computed: inputs.computed };
}

/** Defaults and replacement belong to inputs; what is secret stays secret as an output. */
function withoutInputMarks(properties: ResourceSchema["properties"]): ResourceSchema["properties"] {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => {
      const { default: _, replaceOnChanges: __, willReplaceOnChanges: ___, ...output } = property;
      return [name, output];
    }),
  );
}
