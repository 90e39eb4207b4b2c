import type { IncomingMessage } from "node:http";
import { TLSSocket } from "node:tls";
import { isObject, type Json, type JsonObject } from "../state/json.ts";
import { ArmError } from "./answer.ts";
import type { Request } from "./dispatch.ts";

/** A request with what only the journal wants to know. */
export interface Arrival extends Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly userAgent: string;
  /** The body as it came, `null` if none was sent. */
  readonly rawBody: Json;
}

/** Largest request body, in bytes, as Resource Manager has it (CH-LIMIT). */
export const BODY_LIMIT: number = 4 * 1024 * 1024;

/** Reads a request to its end; throws an {@link ArmError} when it cannot be understood. */
export async function readRequest(request: IncomingMessage): Promise<Arrival> {
  const scheme = request.socket instanceof TLSSocket ? "https" : "http";
  const baseUrl = `${scheme}://${request.headers.host ?? "127.0.0.1"}`;
  const address = (request.url ?? "/").replace(/^\/+/, "/");
  if (!URL.canParse(address, baseUrl)) {
    throw new ArmError(400, "InvalidRequestUri", "The address of the request is not valid.");
  }
  const url = new URL(address, baseUrl);
  const path = url.pathname.replace(/\/+$/, "") || "/";
  const rawBody = parse(request, path, await readText(request));
  return {
    method: (request.method ?? "GET").toUpperCase(),
    path,
    query: url.searchParams,
    headers: headersOf(request),
    body: isObject(rawBody) ? rawBody : {},
    rawBody,
    baseUrl,
    userAgent: request.headers["user-agent"] ?? "",
  };
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value ?? "")]),
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > BODY_LIMIT) {
      request.resume();
      throw new ArmError(
        413,
        "RequestContentTooLarge",
        `The request content is larger than the allowed ${BODY_LIMIT} bytes.`,
      );
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString("utf8").trim();
}

/** A body of the service is a JSON object; a form of the sign-in becomes one; the simulator's own take either. */
function parse(request: IncomingMessage, path: string, text: string): Json {
  if (text === "") return null;
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isService = /^\/subscriptions(\/|$)/i.test(path);
  if (isService && type !== "application/json" && !type.endsWith("+json")) {
    throw new ArmError(
      415,
      "UnsupportedMediaType",
      `The content media type '${type || "<null>"}' is not supported. Only 'application/json' is supported.`,
    );
  }
  if (type === "application/x-www-form-urlencoded" && !path.startsWith("/_simulator")) {
    return Object.fromEntries(new URLSearchParams(text)) satisfies JsonObject;
  }
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    // The parser's own words repeat a piece of the text, secrets included.
    throw malformed("It is not JSON.");
  }
  if (!isObject(body)) throw malformed("It is not a JSON object.");
  return body;
}

function malformed(reason: string): ArmError {
  return new ArmError(
    400,
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );
}
