import type { Exchange, Operation } from "./exchanges.ts";
import type { Definition, Swagger } from "./swagger.ts";
import { BODIES } from "./world.ts";

/** What is kept of an exchange: names, kinds of values and enum values, no text of its author. */
interface KeptExchange {
  readonly operationId: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answers: readonly KeptAnswer[];
}

interface KeptAnswer {
  readonly status: number;
  readonly headers?: readonly string[];
  /** Which of the bodies it is. */
  readonly body?: number;
  readonly model?: Definition;
}

/** The forms of exchanges and the models of their answers, small enough to be kept by the tests. */
export interface Forms {
  readonly version: string;
  readonly exchanges: readonly KeptExchange[];
  /** Bodies of answers; many operations answer with the same. */
  readonly bodies: readonly unknown[];
  readonly definitions: Swagger["definitions"];
}

/** Operations of Azure Migrate and of clusters, which the simulator never answers with content. */
const NEVER = /Migration|Cluster/;

/** Takes the forms of the exchanges of one version, but for the request bodies that the replay has its own of. */
export function formsOf(version: string, exchanges: readonly Exchange[]): Forms {
  const mine = exchanges.filter(
    ({ apiVersion, operationId }) => apiVersion === version && !NEVER.test(operationId),
  );
  const bodies = new Map<string, number>();
  const keep = (body: unknown): number => {
    const text = JSON.stringify(body);
    bodies.set(text, bodies.get(text) ?? bodies.size);
    return bodies.get(text) ?? 0;
  };
  const swagger = mine[0]?.swagger ?? { paths: {}, definitions: {} };
  const words = enumValues(swagger);
  const kept = mine.map(
    ({ operationId, query, body, answers }): KeptExchange => ({
      operationId,
      ...(Object.keys(query).length > 0 && { query }),
      ...(body !== undefined && !BODIES[operationId] && { body: formOf(body, words) }),
      answers: answers.map((answer) => ({
        status: answer.status,
        ...(answer.headers.length > 0 && { headers: answer.headers }),
        ...(answer.body !== undefined && { body: keep(formOf(answer.body, words)) }),
        ...(answer.model && { model: answer.model }),
      })),
    }),
  );
  const models = kept.flatMap(({ answers }) => answers.map(({ model }) => model));
  return {
    version,
    exchanges: kept,
    bodies: [...bodies.keys()].map((text) => JSON.parse(text)),
    definitions: definitionsFor(models, swagger),
  };
}

/** The exchanges that forms stand for, to be replayed; methods and paths come from the list of operations. */
export function exchangesOf(forms: Forms, operations: readonly Operation[]): readonly Exchange[] {
  const swagger: Swagger = { paths: {}, definitions: forms.definitions };
  const byName = new Map(operations.map((operation) => [operation.operationId, operation]));
  return forms.exchanges.map(({ operationId, query = {}, body, answers }) => ({
    source: `${forms.version} ${operationId}`,
    operationId,
    method: byName.get(operationId)?.method ?? "",
    path: byName.get(operationId)?.path ?? "",
    apiVersion: forms.version,
    query,
    body,
    answers: answers.map(({ headers = [], body: answer, ...rest }) => ({
      ...rest,
      headers,
      body: answer === undefined ? undefined : forms.bodies[answer],
    })),
    swagger,
  }));
}

/** Maps whose keys are the author's own words. */
const FREE_MAPS = ["affectedObjectDetails", "tags"];

function formOf(value: unknown, words: ReadonlySet<string>): unknown {
  if (typeof value === "string") return words.has(value) ? value : "";
  if (typeof value === "number") return 0;
  if (typeof value === "boolean") return false;
  if (Array.isArray(value)) return value.slice(0, 1).map((each) => formOf(each, words));
  if (typeof value !== "object" || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).map(([field, inside]) => {
      if (FREE_MAPS.includes(field)) return [field, {}];
      if (field === "instanceType") return [field, inside];
      return [field, formOf(inside, words)];
    }),
  );
}

function enumValues({ definitions }: Swagger): ReadonlySet<string> {
  const values = new Set<string>();
  JSON.stringify(definitions, (key, value) => {
    if (key === "enum" && Array.isArray(value)) for (const each of value) values.add(String(each));
    return value;
  });
  return values;
}

/** Words about a model that say nothing of its form. */
const PROSE = ["description", "x-ms-enum", "x-ms-client-flatten", "format", "readOnly", "name"];

/** What the models refer to, with the heirs of unions whose names (`instanceType`) the simulator answers. */
function definitionsFor(models: readonly unknown[], swagger: Swagger): Swagger["definitions"] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    for (const [, name = ""] of JSON.stringify(value ?? null).matchAll(
      /"#\/definitions\/(\w+)"/g,
    )) {
      if (names.has(name)) continue;
      names.add(name);
      visit(swagger.definitions[name]);
      for (const heir of heirsOf(name, swagger)) visit({ $ref: `#/definitions/${heir}` });
    }
  };
  visit(models);
  const kept = [...names].sort().map((name) => [name, swagger.definitions[name]]);
  return JSON.parse(
    JSON.stringify(Object.fromEntries(kept), (key, value) =>
      PROSE.includes(key) && typeof value !== "object" ? undefined : value,
    ),
  );
}

/** Heirs that only other scenarios than the simulator's answer with. */
const STRANGE = /VMwareCbt|CrossCluster|VMwareV2|DataStoreUtilization/;

function heirsOf(base: string, swagger: Swagger): readonly string[] {
  return Object.entries(swagger.definitions)
    .filter(
      ([name, each]) =>
        !STRANGE.test(name) &&
        (each.allOf ?? []).some((parent) => parent.$ref === `#/definitions/${base}`),
    )
    .map(([name]) => name);
}
