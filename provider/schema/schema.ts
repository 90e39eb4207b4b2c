import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A property's type in the form of Pulumi's package schema. */
export interface TypeSchema {
  readonly type?: "string" | "number" | "integer" | "boolean" | "array" | "object";
  readonly items?: TypeSchema;
  readonly additionalProperties?: TypeSchema;
  /** Reference to an object or enum type: `#/types/asr:index:RecoveryPlanGroup`. */
  readonly $ref?: string;
  readonly oneOf?: readonly TypeSchema[];
}

/** A property with its documentation. */
export interface PropertySchema extends TypeSchema {
  readonly description?: string;
  readonly default?: string | number | boolean;
  readonly secret?: boolean;
  readonly replaceOnChanges?: boolean;
  readonly willReplaceOnChanges?: boolean;
}

/** An object or enum type used by properties. */
export interface ComplexTypeSchema {
  readonly type: "object" | "string";
  readonly description?: string;
  readonly properties?: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
  readonly enum?: readonly { readonly value: string; readonly description?: string }[];
}

/** A resource's part of schema.json: descriptions, types, secrets, replace-on-change. */
export interface ResourceSchema {
  readonly description?: string;
  readonly inputProperties: Readonly<Record<string, PropertySchema>>;
  readonly requiredInputs?: readonly string[];
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly required?: readonly string[];
}

/** The parts of schema.json that the provider reads at run time. */
export interface PackageSchema {
  readonly types: Readonly<Record<string, ComplexTypeSchema>>;
  readonly resources: Readonly<Record<string, ResourceSchema>>;
}

let loaded: PackageSchema | undefined;

/** The package's schema.json, read once. */
export function packageSchema(): PackageSchema {
  loaded ??= JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve("pulumi-asr/schema.json")), "utf8"),
  ) as PackageSchema;
  return loaded;
}

/** The schema of one resource by its token; throws when `npm run schema` has not seen it. */
export function resourceSchema(token: string): ResourceSchema {
  const schema = packageSchema().resources[token];
  if (schema === undefined) throw new Error(`schema.json has no ${token}; run \`npm run schema\`.`);
  return schema;
}
