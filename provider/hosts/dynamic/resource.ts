import * as pulumi from "@pulumi/pulumi";
import { type ResourceSchema, resourceSchema } from "../../schema/schema.ts";
import { contextKey } from "./plain.ts";
import { proxyOf } from "./proxy.ts";

/**
 * The base of all resource classes: a dynamic resource behind which the installed package stands.
 * Its token is `pulumi-nodejs:dynamic/asr:<Name>`.
 */
export abstract class AsrResource extends pulumi.dynamic.Resource {
  /** `typeName` is the name in schema.json, such as `Failover`. */
  protected constructor(
    typeName: string,
    name: string,
    args: object | undefined,
    options: pulumi.CustomResourceOptions = {},
  ) {
    const token = `asr:index:${typeName}`;
    const schema = resourceSchema(token);
    const properties = {
      ...outputsOf(schema),
      ...args,
      [contextKey]: contextOf(typeName, name, options),
    };
    super(proxyOf(token), name, properties, withSecretOutputs(schema, options), "asr", typeName);
  }
}

/** Outputs that are no inputs: Pulumi fills in only what stands among the properties. */
function outputsOf(schema: ResourceSchema): Record<string, undefined> {
  const names = Object.keys(schema.properties).filter((name) => !(name in schema.inputProperties));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

/** What the dynamic protocol lacks. Check drops it, so that it never reaches state. */
function contextOf(
  typeName: string,
  name: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const type = `pulumi-nodejs:dynamic/asr:${typeName}`;
  const urn = pulumi.createUrn(name, type, options.parent);
  return {
    name,
    dryRun: pulumi.runtime.isDryRun(),
    // A promise, because an output of the parent would make all its children depend on each other.
    urn: new Promise<string>((resolve) => urn.apply(resolve)),
  };
}

/** The engine marks an output secret by itself only where an input of the same name was. */
function withSecretOutputs(
  schema: ResourceSchema,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  const secrets = Object.entries(schema.properties)
    .filter(([, property]) => property.secret === true)
    .map(([name]) => name);
  if (secrets.length === 0) return options;
  const all = [...secrets, ...(options.additionalSecretOutputs ?? [])];
  return { ...options, additionalSecretOutputs: all };
}
