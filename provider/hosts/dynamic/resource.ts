import * as pulumi from "@pulumi/pulumi";
import { InvalidInputError } from "../../errors.ts";
import { type ResourceSchema, resourceSchema } from "../../schema/schema.ts";
import { contextKey } from "./plain.ts";
import { proxyOf } from "./proxy.ts";

/** Arguments of a resource that is looked up: Pulumi fills in everything. */
export const existing: never = {} as never;

/**
 * The base of all resource classes: a dynamic resource behind which the installed package stands.
 * Its token is `pulumi-nodejs:dynamic/asr:<Name>`.
 *
 * @throws InvalidInputError for the option `import`: the engine sends dynamic providers an import
 * without the proxy's text, and the stock host cannot answer.
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
    if (options.import !== undefined) throw importRefused(typeName, name, schema);
    const properties: pulumi.Inputs = { ...outputsOf(schema), ...args };
    const all = withSecretOutputs(schema, options);
    // Pulumi formats a stack trace for each of four promises per property: 30 ms for one resource.
    // Where in the program the resource stands it finds out with a limit of its own.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      // What is looked up by its id is not checked, and nobody would drop the internal input.
      if (options.id === undefined)
        properties[contextKey] = contextOf(typeName, name, args, options);
      super(proxyOf(token), name, properties, all, "asr", typeName);
    } catch (error) {
      Error.stackTraceLimit = stackTraceLimit;
      if (error instanceof Error) Error.captureStackTrace(error, AsrResource);
      throw error;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  }
}

function importRefused(typeName: string, name: string, schema: ResourceSchema): InvalidInputError {
  const canAdopt = "adopt" in schema.inputProperties;
  const advice = canAdopt
    ? "Leave `import` away and set `adopt: true`: the first `pulumi up` takes over what exists."
    : "Leave `import` away.";
  return new InvalidInputError(
    "import",
    `${typeName} ${name}: the option import does not work with Pulumi's dynamic providers.`,
    { hint: advice },
  );
}

/** Every output, inputs that check completes included: Pulumi fills in only what stands among the properties. */
function outputsOf(schema: ResourceSchema): Record<string, undefined> {
  return Object.fromEntries(Object.keys(schema.properties).map((name) => [name, undefined]));
}

/** What the dynamic protocol lacks. Check drops it, so that it never reaches state. */
function contextOf(
  typeName: string,
  name: string,
  args: object | undefined,
  options: pulumi.CustomResourceOptions,
): pulumi.Inputs {
  const type = `pulumi-nodejs:dynamic/asr:${typeName}`;
  const urn = pulumi.createUrn(name, type, options.parent);
  return {
    name,
    dryRun: pulumi.runtime.isDryRun(),
    // A promise, because an output of the parent would make all its children depend on each other.
    urn: new Promise<string>((resolve) => urn.apply(resolve)),
    secretInputs: secretInputsOf(args ?? {}),
  };
}

/** Names of the arguments that hold a secret; undefined when none does, because then nothing need be said. */
async function secretInputsOf(args: object): Promise<readonly string[] | undefined> {
  const coming = Object.entries(args).filter(([, value]) => isComing(value));
  const found = await Promise.all(
    coming.map(async ([name, value]) =>
      (await pulumi.isSecret(pulumi.output(value))) ? [name] : [],
    ),
  );
  const names = found.flat();
  return names.length === 0 ? undefined : names;
}

/** True for a value that is not there yet, as a whole or in a part: only such a one can be secret. */
function isComing(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return true;
  const isPlain =
    Array.isArray(value) || Object.prototype.toString.call(value) === "[object Object]";
  if (!isPlain || pulumi.Resource.isInstance(value)) return false;
  return Object.values(value as object).some(isComing);
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
