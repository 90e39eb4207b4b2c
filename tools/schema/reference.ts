import type {
  ComplexTypeSchema,
  PackageSchema,
  PropertySchema,
  ResourceSchema,
  TypeSchema,
} from "../../provider/schema/schema.ts";

/**
 * Renders the reference of all resources as Markdown, from the schema: for each its description,
 * its inputs, its outputs beyond them, and then the types that properties are made of.
 */
export function renderReference(schema: PackageSchema): string {
  const resources = Object.entries(schema.resources).map(([token, resource]) =>
    renderResource(nameOf(token), resource),
  );
  const types = Object.entries(schema.types)
    .filter(([, type]) => type.type === "object")
    .map(([token, type]) => renderType(nameOf(token), type, schema));
  return [
    "# Resources",
    "Generated from the doc comments of the sources by `npm run schema`; do not edit.",
    ...resources,
    "# Types",
    ...types,
  ]
    .join("\n\n")
    .concat("\n");

  function renderResource(name: string, resource: ResourceSchema): string {
    const outputs = Object.entries(resource.properties).filter(
      ([property]) => !(property in resource.inputProperties),
    );
    const required = new Set(resource.requiredInputs);
    const description = resource.description ?? "";
    return [
      `## ${name}`,
      description.replaceAll("## Example Usage", "Example:"),
      table("Input", Object.entries(resource.inputProperties), schema, required),
      table("Output", outputs, schema),
    ].join("\n\n");
  }
}

function renderType(name: string, type: ComplexTypeSchema, schema: PackageSchema): string {
  const members = table("Member", Object.entries(type.properties ?? {}), schema);
  return [`## ${name}`, type.description ?? "", members].filter((part) => part !== "").join("\n\n");
}

function table(
  heading: string,
  properties: readonly (readonly [string, PropertySchema])[],
  schema: PackageSchema,
  required: ReadonlySet<string> = new Set(),
): string {
  const rows = properties.map(([name, property]) => {
    const marks = [
      ...(required.has(name) ? ["required"] : []),
      ...(property.secret ? ["secret"] : []),
    ].map((mark) => `*${mark}*. `);
    const text = (property.description ?? "").replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
    return `| \`${name}\` | ${typeText(property, schema)} | ${marks.join("")}${text} |`;
  });
  return [`| ${heading} | Type | |`, "| --- | --- | --- |", ...rows].join("\n");
}

function typeText(type: TypeSchema, schema: PackageSchema): string {
  if (type.oneOf) return type.oneOf.map((each) => typeText(each, schema)).join(" or ");
  if (type.items) return `list of ${typeText(type.items, schema)}`;
  if (type.additionalProperties) return `map of ${typeText(type.additionalProperties, schema)}`;
  if (type.$ref === undefined) return type.type ?? "any";
  const token = type.$ref.slice("#/types/".length);
  const referred = schema.types[token];
  if (referred === undefined) return "any";
  if (referred.enum) return referred.enum.map(({ value }) => `\`${value}\``).join(", ");
  const name = nameOf(token);
  return `[${name}](#${name.toLowerCase()})`;
}

function nameOf(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
