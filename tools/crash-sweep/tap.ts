import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from "node:http";
import type { AddressInfo } from "node:net";

/**
 * When a request is struck: `before` the service has seen it, `between` the service's taking it and the
 * answer's arrival, `after` the answer has arrived.
 */
export type Moment = "before" | "between" | "after";

/** Every moment, in order. */
export const moments: readonly Moment[] = ["before", "between", "after"];

/** A request that came by. */
export interface TappedRequest {
  readonly method: string;
  readonly path: string;
}

/** What happens at one request. */
export interface Strike {
  /** Number of the request, from 0. */
  readonly request: number;
  readonly moment: Moment;
  deed(): Promise<void>;
}

/** A way to the simulator on which every request is counted and one of them can be struck. */
export interface Tap {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What came by, in order. */
  readonly requests: readonly TappedRequest[];
  /** True when the strike was dealt. */
  struck(): boolean;
  close(): Promise<void>;
}

/** Opens a way to the service at `target` on which `strike` is dealt once. */
export async function openTap(target: string, strike?: Strike): Promise<Tap> {
  const requests: TappedRequest[] = [];
  let dealt = false;
  const server = createServer((incoming, outgoing) => {
    const number = requests.length;
    requests.push({ method: incoming.method ?? "", path: incoming.url ?? "" });
    const moment = strike?.request === number ? strike.moment : undefined;
    const deal = async (): Promise<void> => {
      dealt = true;
      await strike?.deed();
    };
    pass(target, incoming, outgoing, moment, deal).catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    struck: () => dealt,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  moment: Moment | undefined,
  deal: () => Promise<void>,
): Promise<void> {
  if (moment === "before") {
    await deal();
    outgoing.destroy();
    return;
  }
  const answer = await forward(target, incoming);
  if (moment === "between") {
    await deal();
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(answer.status, answer.headers);
  outgoing.end(answer.body);
  if (moment === "after") {
    await once(outgoing, "finish");
    await deal();
  }
}

interface ServiceAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** Passes a request on and takes the whole answer; the service names addresses after the `host` that it is called by. */
async function forward(target: string, incoming: IncomingMessage): Promise<ServiceAnswer> {
  const body = await collect(incoming);
  const { hostname, port } = new URL(target);
  const outward = sendRequest({
    hostname,
    port,
    method: incoming.method,
    path: incoming.url,
    headers: incoming.headers,
    agent: false,
  });
  outward.end(body);
  const [response] = (await once(outward, "response")) as [IncomingMessage];
  const { "transfer-encoding": _, ...headers } = response.headers;
  return { status: response.statusCode ?? 0, headers, body: await collect(response) };
}

async function collect(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
