import { type Simulator, startSimulator, type WorldDocument } from "../../simulator/index.ts";
import { differencesOfForm, differencesOfModel } from "./compare.ts";
import type { Exchange, ExpectedAnswer } from "./exchanges.ts";
import { HYPER_V_WORLD, isAboutHyperV, isOfVmm, VMM_WORLD } from "./hyper-v.ts";
import { type HyperVRequest, prepareHyperV } from "./hyper-v-items.ts";
import { prepare } from "./preparation.ts";
import { siteBody, siteNames } from "./site.ts";
import { prepareSiteItem } from "./site-items.ts";
import { BODIES, NAMES, VAULT, WORLD } from "./world.ts";

/** What came of one exchange. */
export interface Replayed {
  readonly source: string;
  readonly operationId: string;
  /** Where the simulator differs; empty if nowhere. */
  readonly differences: readonly string[];
}

/** An answer of the simulator. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends a request to the simulator. */
export type Ask = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** Sends each exchange to simulators of its own, one for each world that it fits, and compares what they answer. */
export async function replayAll(exchanges: readonly Exchange[]): Promise<readonly Replayed[]> {
  const replayed: Replayed[] = [];
  for (const exchange of exchanges) {
    const { source, operationId } = exchange;
    for (const world of worldsOf(exchange)) {
      const isHyperV = world !== WORLD;
      const simulator = await startSimulator({ world, clock: "stepped" });
      try {
        const differences = await replay(simulator, exchange, isHyperV);
        const suffix = isHyperV && !source.startsWith("sample") ? " of Hyper-V" : "";
        replayed.push({ source: `${source}${suffix}`, operationId, differences });
      } finally {
        await simulator.close();
      }
    }
  }
  return replayed;
}

/** What is published of Hyper-V is asked of a region's objects, too: most operations are the same. */
function worldsOf(exchange: Exchange): readonly WorldDocument[] {
  if (!isAboutHyperV(exchange)) return [WORLD];
  if (exchange.source.startsWith("sample")) return [VMM_WORLD];
  return isOfVmm(exchange) ? [HYPER_V_WORLD] : [WORLD, HYPER_V_WORLD];
}

async function replay(
  simulator: Simulator,
  exchange: Exchange,
  isHyperV: boolean,
): Promise<readonly string[]> {
  const ask = asker(simulator, exchange.apiVersion || "2023-08-01");
  const run: Ask = (method, path, body) => followed(simulator, ask, method, path, body);
  const bench = { simulator, ask, run, vaultId: VAULT };
  const hyperV = isHyperV ? await prepareHyperV(exchange, bench) : undefined;
  const item = hyperV ?? (await prepareSiteItem(exchange, bench));
  const prepared = item?.names ?? (await prepare(exchange, { simulator, ask, run }));
  const site = hyperV ? undefined : siteNames(exchange);
  const query = new URLSearchParams(exchange.query).toString();
  const path = exchange.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => site?.[name] ?? prepared[name] ?? NAMES[name] ?? "new",
  );
  const ofItem = hyperV ? bodyOf(exchange, hyperV) : item && { properties: item.properties };
  const properties = site ? siteBody(exchange, VAULT, prepared) : BODIES[exchange.operationId];
  const body = ofItem ?? (properties ? { properties } : exchange.body);
  const isRead = exchange.method === "GET" || exchange.method === "DELETE";
  const reply = await ask(
    exchange.method,
    query === "" ? path : `${path}?${query}`,
    isRead ? undefined : body,
  );
  const answer = exchange.answers.find(({ status }) => status === reply.status);
  if (!answer) {
    const known = exchange.answers.map(({ status }) => status).join(" or ");
    return [`status: ${reply.status}, there ${known}${reasonOf(reply.body)}`];
  }
  const differences = compareAnswer(reply, answer, exchange);
  const final = exchange.answers.find(({ status }) => status === 200);
  if (reply.status !== 202 || !final?.body) return differences;
  const result = await finished(simulator, ask, reply);
  const outcome =
    result.status === 200
      ? compareAnswer(result, { ...final, headers: [] }, exchange)
      : [`result: status ${result.status}, there 200${reasonOf(result.body)}`];
  return [...differences, ...outcome];
}

/** The exchange's own body where nothing in it names an object of another world. */
function bodyOf(exchange: Exchange, { properties }: HyperVRequest): unknown {
  return properties ? { properties } : (exchange.body ?? {});
}

function compareAnswer(reply: Reply, answer: ExpectedAnswer, { swagger }: Exchange): string[] {
  const headers = answer.headers
    .filter((name) => !reply.headers.has(name))
    .map((name) => `header ${name}: missing`);
  const model =
    answer.model && swagger ? differencesOfModel(reply.body, answer.model, swagger, "body") : [];
  return [
    ...new Set([...headers, ...differencesOfForm(reply.body, answer.body, "body"), ...model]),
  ];
}

function asker(simulator: Simulator, apiVersion: string): Ask {
  return async (method, path, body) => {
    const url = new URL(path.startsWith("http") ? path : `${simulator.url}${path}`);
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", apiVersion);
    const response = await fetch(url, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
  };
}

/** Lets an accepted operation come to its end; answers what `operationresults` says then. */
async function finished(simulator: Simulator, ask: Ask, reply: Reply): Promise<Reply> {
  for (let round = 0; round < 200; round += 1) {
    const result = await ask("GET", reply.headers.get("location") ?? "");
    if (result.status !== 202) return result;
    simulator.clock.advance(10_000);
  }
  throw new Error("An operation does not end.");
}

async function followed(
  simulator: Simulator,
  ask: Ask,
  method: string,
  path: string,
  body: unknown,
): Promise<Reply> {
  const reply = await ask(method, path, body);
  if (reply.status !== 202)
    throw new Error(`${method} ${path}: ${reply.status}${reasonOf(reply.body)}`);
  return finished(simulator, ask, reply);
}

function reasonOf(body: unknown): string {
  const error = (body as { error?: { message?: string } } | undefined)?.error;
  return error?.message === undefined ? "" : ` (${error.message})`;
}
