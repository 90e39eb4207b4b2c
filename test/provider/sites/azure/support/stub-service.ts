import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ExecutionContext } from "ava";
import { createAzureSite } from "../../../../../provider/sites/azure/azure-site.ts";
import type { AzureSite, VaultSite } from "../../../../../provider/sites/azure/site.ts";
import { signIn } from "../../../../../provider/sites/azure/transport/sign-in.ts";
import { createRun, loopbackConfiguration } from "./run.ts";

/** A request as the stub saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path without query, lower case. */
  readonly path: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: unknown;
}

/** What the stub answers: a status with headers and body, or a broken connection. */
export type StubAnswer =
  | {
      readonly status: number;
      readonly headers?: Record<string, string>;
      readonly body?: unknown;
    }
  | "reset";

/** Decides an answer; undefined becomes 404. */
export type Responder = (
  request: SeenRequest,
  journal: readonly SeenRequest[],
) => StubAnswer | undefined;

/** A service that answers what a test tells it to. */
export interface StubService {
  readonly endpoint: string;
  readonly journal: SeenRequest[];
  readonly vaultId: string;
  readonly site: AzureSite;
  readonly vault: VaultSite;
  /** Requests of the method whose path ends so. */
  count(method: string, ending: string): number;
}

/** Starts a stub on loopback, signs in to it, and ends it with the test. */
export async function startStub(t: ExecutionContext, respond: Responder): Promise<StubService> {
  const journal: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = request.url ?? "";
    const seen: SeenRequest = {
      method: request.method ?? "",
      path: decodeURIComponent(url.split("?")[0] ?? "").toLowerCase(),
      url,
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    const greeting = /^\/subscriptions\/[^/]+$/.test(seen.path);
    if (!greeting) journal.push(seen);
    const answer =
      respond(seen, journal) ?? (greeting ? { status: 200, body: {} } : { status: 404, body: {} });
    if (answer === "reset") {
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, {
      ...(answer.body === undefined ? {} : { "content-type": "application/json" }),
      ...answer.headers,
    });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  const endpoint = await listen(server);
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const configuration = loopbackConfiguration(endpoint);
  const site = createAzureSite(await signIn(createRun().context, configuration));
  const vaultId = `/subscriptions/${configuration.subscriptionId}/resourceGroups/dr/providers/Microsoft.RecoveryServices/vaults/Vault1`;
  return {
    endpoint,
    journal,
    site,
    vaultId,
    vault: site.vault(vaultId),
    count: (method, ending) =>
      journal.filter((each) => each.method === method && each.path.endsWith(ending.toLowerCase()))
        .length,
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
