import { existsSync, readdirSync, readFileSync } from "node:fs";
import { API_VERSIONS, type Definition, readSwagger, type Swagger } from "./swagger.ts";

/** What the service answered, or is said to answer. */
export interface ExpectedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly string[];
  readonly body: unknown;
  /** The model of the body, where one is published. */
  readonly model?: Definition;
}

/** A request and what is known of its answers. */
export interface Exchange {
  /** `sample` or the API version, and the file. */
  readonly source: string;
  readonly operationId: string;
  readonly method: string;
  /** Path with `{named}` segments. */
  readonly path: string;
  readonly apiVersion: string;
  readonly query: Readonly<Record<string, string>>;
  /** The body that was sent or is published. */
  readonly body: unknown;
  readonly answers: readonly ExpectedAnswer[];
  readonly swagger: Swagger | undefined;
}

interface SampleFile {
  readonly request?: { readonly method: string; readonly uri: string; readonly body?: unknown };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
  };
}

interface ExampleFile {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly responses: Readonly<
    Record<
      string,
      { readonly headers?: Readonly<Record<string, unknown>>; readonly body?: unknown }
    >
  >;
}

function readJson<T>(file: URL): T {
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

const VAULT =
  "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}/providers/Microsoft.RecoveryServices/vaults/{resourceName}";

/** Operations that recordings use and the swagger of Site Recovery does not list. */
const UNLISTED: Readonly<Record<string, string>> = {
  Vaults: VAULT,
  VaultOperationStatus: `${VAULT}/operationStatus/{operation}`,
  ReplicationOperationStatus: `${VAULT}/replicationOperationStatus/{operation}`,
};

/** Every recorded exchange in a folder. */
export function recordedExchanges(folder: URL, operations: readonly Operation[]): Exchange[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => {
      const { request, response } = readJson<SampleFile>(new URL(name, folder));
      if (!request || !response) return [];
      const url = new URL(request.uri);
      const found = operationAt(request.method, url.pathname, operations);
      const answer = {
        status: response.status,
        headers: Object.keys(response.headers).filter((each) => each !== "content-length"),
        body: response.body === "" ? undefined : response.body,
      };
      return [
        {
          source: `sample ${name.replace(/\.json$/, "")}`,
          operationId: found?.operationId ?? `${request.method} ${url.pathname}`,
          method: request.method,
          path: found?.path ?? url.pathname,
          apiVersion: url.searchParams.get("api-version") ?? "",
          query: {},
          body: request.body === "" ? undefined : request.body,
          answers: [answer],
          swagger: undefined,
        },
      ];
    });
}

/** An operation by its name, method and path. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

function operationAt(
  method: string,
  path: string,
  operations: readonly Operation[],
): Operation | undefined {
  const fits = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, "[^/]+")}$`, "i").test(path);
  const unlisted = Object.entries(UNLISTED).find(([, template]) => fits(template));
  if (unlisted) return { operationId: unlisted[0], method, path: unlisted[1] };
  return operations.find((each) => each.method === method && fits(each.path));
}

/** Every example of the compared versions of the swagger. */
export function publishedExchanges(shared: URL): Exchange[] {
  return API_VERSIONS.flatMap((version) => {
    const swagger = readSwagger(shared, version);
    const folder = new URL(`azure-spec/${version}/`, shared);
    return Object.entries(swagger.paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, operation]) =>
        Object.values(operation["x-ms-examples"] ?? {}).flatMap(({ $ref }) => {
          const file = new URL($ref, folder);
          if (!existsSync(file)) return [];
          const example = readJson<ExampleFile>(file);
          return [
            {
              source: `${version} ${$ref.split("/").at(-1)}`,
              operationId: operation.operationId ?? "",
              method: method.toUpperCase(),
              path,
              apiVersion: version,
              query: queryOf(example, path),
              body: Object.values(example.parameters).find((value) => typeof value === "object"),
              answers: Object.entries(example.responses).map(([status, answer]) => {
                const model = operation.responses?.[status]?.schema;
                return {
                  status: Number(status),
                  headers: Object.keys(answer.headers ?? {}).map((name) => name.toLowerCase()),
                  body: answer.body,
                  ...(model !== undefined && { model }),
                };
              }),
              swagger,
            },
          ];
        }),
      ),
    );
  });
}

function queryOf({ parameters }: ExampleFile, path: string): Record<string, string> {
  const named = Object.entries(parameters).filter(
    ([name, value]) =>
      typeof value === "string" && !path.includes(`{${name}}`) && name !== "api-version",
  );
  return Object.fromEntries(named.map(([name, value]) => [name, String(value)]));
}
