import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
  request as sendRequest,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

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

/** What is wrong with one request, as a bad connection or a busy service has it. */
export type Fault = "throttled" | "serverError" | "resetBeforeTaken" | "resetAfterTaken" | "slow";

/** Every fault. */
export const faults: readonly Fault[] = [
  "throttled",
  "serverError",
  "resetBeforeTaken",
  "resetAfterTaken",
  "slow",
];

/**
 * Which of a run's requests is struck, counted from 0: one of all, or one of those that ask for a deed, as all but
 * GET do. How often a run looks before it acts is a matter of time; what it asks for is not.
 */
export type Place = { readonly request: number } | { readonly deed: number };

/** The place of a request that was seen in an undisturbed run. */
export function placeOf(requests: readonly TappedRequest[], request: number): Place {
  return isDeed(requests[request])
    ? { deed: requests.slice(0, request).filter(isDeed).length }
    : { request };
}

/** True for a request that asks for a deed. */
export function isDeed(request: TappedRequest | undefined): boolean {
  return request !== undefined && request.method !== "GET";
}

/** What happens at one request: a deed at its moment, or a fault. */
export type Strike = { readonly place: Place } & (
  | {
      readonly moment: Moment;
      deed(): Promise<void>;
      /** True when who sent the request lives on, so that the request does too. */
      readonly goesOn?: boolean;
    }
  | { readonly fault: Fault }
);

/** A way to the simulator on which every request is counted and one of them can be struck. */
export interface Tap {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** What came by, in order. */
  readonly requests: readonly TappedRequest[];
  /** Number of the request that was struck, from 0; undefined while none was. */
  struck(): number | undefined;
  close(): Promise<void>;
}

/** Opens a way to the service at `target` on which `strike` is dealt once. */
export async function openTap(target: string, strike?: Strike): Promise<Tap> {
  const requests: TappedRequest[] = [];
  let struck: number | undefined;
  const server = createServer((incoming, outgoing) => {
    const number = requests.length;
    requests.push({ method: incoming.method ?? "", path: incoming.url ?? "" });
    if (strike === undefined || struck !== undefined || !isAt(strike.place, requests)) {
      pass(target, incoming, outgoing).catch(() => outgoing.destroy());
      return;
    }
    struck = number;
    const disturbed =
      "fault" in strike
        ? suffer(target, incoming, outgoing, strike.fault)
        : passStruck(target, incoming, outgoing, strike);
    disturbed.catch(() => outgoing.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    struck: () => struck,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** True when the newest of the requests is the one of the place. */
function isAt(place: Place, requests: readonly TappedRequest[]): boolean {
  if ("request" in place) return requests.length - 1 === place.request;
  return isDeed(requests.at(-1)) && requests.filter(isDeed).length - 1 === place.deed;
}

async function pass(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  send(outgoing, await forward(target, incoming));
}

async function passStruck(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { moment, deed, goesOn = false }: Extract<Strike, { moment: Moment }>,
): Promise<void> {
  if (moment === "before") {
    await deed();
    if (goesOn) await pass(target, incoming, outgoing);
    else outgoing.destroy();
    return;
  }
  const answer = await forward(target, incoming);
  if (moment === "between") {
    await deed();
    if (goesOn) send(outgoing, answer);
    else outgoing.destroy();
    return;
  }
  send(outgoing, answer);
  await once(outgoing, "finish");
  await deed();
}

/** How long a slow answer takes, in milliseconds: longer than several looks at a job. */
const slownessMilliseconds = 1_500;

async function suffer(
  target: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: Fault,
): Promise<void> {
  const refuse = (status: number, code: string): void => {
    incoming.resume();
    const body = Buffer.from(JSON.stringify({ error: { code, message: "Try again later." } }));
    send(outgoing, { status, headers: { "retry-after": "1", ...json }, body });
  };
  switch (fault) {
    case "throttled":
      refuse(429, "TooManyRequests");
      return;
    case "serverError":
      refuse(503, "ServiceUnavailable");
      return;
    case "resetBeforeTaken":
      outgoing.destroy();
      return;
    case "resetAfterTaken":
      await forward(target, incoming);
      outgoing.destroy();
      return;
    case "slow": {
      const answer = await forward(target, incoming);
      await setTimeout(slownessMilliseconds);
      send(outgoing, answer);
    }
  }
}

const json = { "content-type": "application/json" };

function send(outgoing: ServerResponse, { status, headers, body }: ServiceAnswer): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
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
