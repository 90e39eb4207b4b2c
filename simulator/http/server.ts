import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { ServerIdentity } from "../tls/certificate.ts";
import { type Answer, ArmError } from "./answer.ts";
import { type Arrival, readRequest } from "./read-request.ts";
import { deliver, send } from "./send.ts";

/** What became of a request: an answer, perhaps late, or a broken connection. */
export interface Outcome {
  readonly answer: Answer | "reset";
  /** Real milliseconds to wait before it is sent. */
  readonly delayMs: number;
  /** Real milliseconds over which the body is sent. */
  readonly trickleMs?: number;
  /** Bytes of the body after which the connection breaks. */
  readonly truncateAt?: number;
}

/** Where a server listens, and the certificate it shows if it speaks TLS. */
export interface Place {
  readonly port: number;
  readonly host: string;
  readonly identity?: ServerIdentity;
}

/** Connections that may wait to be accepted. */
const BACKLOG = 4096;
/** Real milliseconds within which a request's head and the whole of it must have arrived. */
const TIMEOUTS = {
  headersTimeout: 20_000,
  requestTimeout: 60_000,
  // Longer than clients keep theirs: one that is closed while a request comes loses it, and with the
  // five seconds of Node.js a busy computer is slow enough for that.
  keepAliveTimeout: 120_000,
} as const;

/** Real milliseconds that a refused connection has for reading why. */
const LINGER_MS = 1000;

/** Listens at a place; port 0 takes any free one. */
export async function listen(
  place: Place,
  handle: (arrival: Arrival) => Promise<Outcome>,
): Promise<{ server: Server; port: number }> {
  const { identity } = place;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    void serve(request, response, handle);
  };
  const server = identity
    ? createTlsServer({ ...TIMEOUTS, key: identity.key, cert: identity.certificate }, answer)
    : createServer(TIMEOUTS, answer);
  server.on("clientError", refuseBytes);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(place.port, place.host, BACKLOG, resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Answers what is no HTTP request, is too long in its head, or takes too long to come. */
function refuseBytes(error: Error & { readonly rawPacket?: Buffer }, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const message = `The request cannot be read (${error.message}).`;
  const body = JSON.stringify({ error: { code: "InvalidRequest", message } });
  const head = [
    "HTTP/1.1 400 Bad Request",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  const isHead = error.rawPacket?.toString("latin1", 0, 5) === "HEAD ";
  socket.end(`${head.join("\r\n")}\r\n\r\n${isHead ? "" : body}`);
  // Who is refused may never close its own side.
  if (socket instanceof Socket) socket.setTimeout(LINGER_MS, () => socket.destroy());
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (arrival: Arrival) => Promise<Outcome>,
): Promise<void> {
  const method = request.method ?? "GET";
  try {
    await deliver(response, await handle(await readRequest(request)), method);
  } catch (error) {
    const isGone = request.destroyed && !request.complete;
    if (!isGone && !response.headersSent) send(response, refusal(error), method);
  }
}

function refusal(error: unknown): Answer {
  if (error instanceof ArmError) {
    // What is left of a body that is too long is not waited for.
    const headers = error.status === 413 ? { Connection: "close" } : {};
    return { status: error.status, body: error.body(""), headers };
  }
  const message = String(error instanceof Error ? error.stack : error);
  return { status: 500, body: { error: { code: "InternalServerError", message } } };
}
