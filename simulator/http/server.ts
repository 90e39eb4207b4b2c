import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isObject, type Json, type JsonObject } from "../state/json.ts";
import type { Answer } from "./answer.ts";
import type { Request } from "./dispatch.ts";

/** What became of a request: an answer, perhaps late, or a broken connection. */
export interface Outcome {
  readonly answer: Answer | "reset";
  /** Real milliseconds to wait before it is sent. */
  readonly delayMs: number;
}

/** A request with what only the journal wants to know. */
export interface Arrival extends Request {
  readonly userAgent: string;
  /** The body as it came, `null` if none was sent. */
  readonly rawBody: Json;
}

/** Listens on the loopback interface; port 0 takes any free one. */
export async function listen(
  port: number,
  handle: (arrival: Arrival) => Outcome,
): Promise<{ server: Server; port: number }> {
  const server = createServer((request, response) => {
    void serve(request, response, handle);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  handle: (arrival: Arrival) => Outcome,
): Promise<void> {
  try {
    const { answer, delayMs } = handle(await read(request));
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (answer === "reset") request.socket.resetAndDestroy();
    else send(response, answer, request.method ?? "GET");
  } catch (error) {
    const isMalformed = error instanceof SyntaxError || error instanceof URIError;
    const message = isMalformed
      ? "The request content was invalid and could not be deserialized."
      : String(error instanceof Error ? error.stack : error);
    const [status, code] = isMalformed
      ? [400, "InvalidRequestContent"]
      : [500, "InternalServerError"];
    send(response, { status, body: { error: { code, message } } }, request.method ?? "GET");
  }
}

async function read(request: IncomingMessage): Promise<Arrival> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8").trim();
  const baseUrl = `http://${request.headers.host ?? "127.0.0.1"}`;
  const url = new URL((request.url ?? "/").replace(/^\/+/, "/"), baseUrl);
  const rawBody: Json = text === "" ? null : (JSON.parse(text) as Json);
  const body: JsonObject = isObject(rawBody) ? rawBody : {};
  return {
    method: (request.method ?? "GET").toUpperCase(),
    path: url.pathname.replace(/\/+$/, "") || "/",
    query: url.searchParams,
    body,
    rawBody,
    baseUrl,
    userAgent: request.headers["user-agent"] ?? "",
  };
}

function send(response: ServerResponse, answer: Answer, method: string): void {
  const text = answer.body === undefined || method === "HEAD" ? "" : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    ...(text !== "" && { "Content-Type": "application/json; charset=utf-8" }),
    ...(answer.status !== 204 && { "Content-Length": String(Buffer.byteLength(text)) }),
    ...answer.headers,
  });
  response.end(text);
}
