import { existsSync, readFileSync } from "node:fs";

/** The published API versions that are compared, oldest first. */
export const API_VERSIONS: readonly string[] = ["2023-08-01", "2024-04-01"];

/** An operation of the published API. */
export interface ServiceOperation {
  readonly operationId: string;
  readonly method: string;
  /** Full path with `{named}` segments. */
  readonly path: string;
  /** The first compared version that has it. */
  readonly since: string;
}

/** A definition of the swagger, as far as it is read here. */
export interface Definition {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Definition>>;
  readonly allOf?: readonly Definition[];
  readonly items?: Definition;
  readonly discriminator?: string;
  readonly additionalProperties?: Definition | boolean;
  readonly "x-ms-discriminator-value"?: string;
}

/** An operation as the swagger describes it. */
export interface SwaggerOperation {
  readonly operationId?: string;
  readonly parameters?: readonly { readonly in?: string; readonly schema?: Definition }[];
  readonly responses?: Readonly<Record<string, { readonly schema?: Definition }>>;
  readonly "x-ms-examples"?: Readonly<Record<string, { readonly $ref: string }>>;
}

/** One version of the published API. */
export interface Swagger {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, Definition>>;
}

/** The folder of shared material beside the checkout, or undefined where it is absent. */
export function sharedFolder(): URL | undefined {
  const folder = new URL("../../../shared/", import.meta.url);
  return existsSync(new URL("azure-spec/", folder)) ? folder : undefined;
}

/** Reads one version of the published API. */
export function readSwagger(shared: URL, version: string): Swagger {
  return JSON.parse(
    readFileSync(new URL(`azure-spec/${version}/service.json`, shared), "utf8"),
  ) as Swagger;
}

/** Every operation of the compared versions, in the order of the swagger. */
export function serviceOperations(shared: URL): readonly ServiceOperation[] {
  const found = new Map<string, ServiceOperation>();
  for (const version of API_VERSIONS) {
    for (const [path, methods] of Object.entries(readSwagger(shared, version).paths)) {
      for (const [method, { operationId }] of Object.entries(methods)) {
        if (operationId === undefined || found.has(operationId)) continue;
        found.set(operationId, { operationId, method: method.toUpperCase(), path, since: version });
      }
    }
  }
  return [...found.values()];
}
