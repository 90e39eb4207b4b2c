import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settings } from "../../provider/configuration.ts";
import type { PackageSchema, PropertySchema } from "../../provider/schema/schema.ts";
import { type ResourceSchemas, writeResources } from "./resources.ts";
import { readSources } from "./sources.ts";

/** The fields of package.json that the schema repeats. */
interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly license: string;
  readonly homepage?: string;
  readonly repository?: { readonly url: string };
}

/** A configuration variable as the schema shows it. */
interface VariableSchema extends PropertySchema {
  readonly defaultInfo: { readonly environment: readonly string[] };
}

/** Everything that schema.json holds. */
export interface WrittenPackage {
  readonly schema: PackageSchema & Readonly<Record<string, unknown>>;
  readonly computedInputs: ResourceSchemas["computedInputs"];
}

/** Writes the package schema of the repository in `folder` from its sources and its package.json. */
export function writePackage(folder: string): WrittenPackage {
  const file = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as PackageFile;
  const { resources, types, computedInputs } = writeResources(
    readSources(join(folder, "provider")),
  );
  const variables = configurationVariables();
  const schema = {
    name: "asr",
    displayName: "Azure Site Recovery",
    version: file.version,
    description: file.description,
    keywords: file.keywords,
    ...(file.homepage === undefined ? {} : { homepage: file.homepage }),
    license: file.license,
    ...(file.repository === undefined ? {} : { repository: file.repository.url }),
    publisher: file.name,
    config: { variables },
    provider: {
      description: "Signs in to Azure and names the vault that resources live in.",
      inputProperties: variables,
    },
    types,
    resources,
    functions: {},
    language: languages(file.name),
  };
  return { schema, computedInputs };
}

function configurationVariables(): Readonly<Record<string, VariableSchema>> {
  return Object.fromEntries(
    settings.map((setting) => [
      setting.key,
      {
        type: setting.key === "useOidc" ? "boolean" : "string",
        description: setting.description,
        ...(setting.secret ? { secret: true } : {}),
        defaultInfo: { environment: setting.variables },
      } satisfies VariableSchema,
    ]),
  );
}

function languages(packageName: string): Readonly<Record<string, object>> {
  const respectSchemaVersion = true;
  return {
    nodejs: { packageName, respectSchemaVersion },
    python: { packageName: packageName.replaceAll("-", "_"), respectSchemaVersion },
    go: { respectSchemaVersion },
    csharp: { respectSchemaVersion },
    java: {},
  };
}
