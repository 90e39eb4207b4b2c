import type { ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { TLSSocket } from "node:tls";
import type { Answer } from "./answer.ts";
import type { Outcome } from "./server.ts";

/** In how many pieces a body is sent that trickles. */
const PIECES = 10;

/** Sends an answer the way the outcome says: late, broken off, in a trickle, or not at all. */
export async function deliver(
  response: ServerResponse,
  outcome: Outcome,
  method: string,
): Promise<void> {
  const { answer, delayMs, trickleMs = 0, truncateAt } = outcome;
  if (delayMs > 0) await setTimeout(delayMs);
  if (answer === "reset") {
    breakConnection(response);
    return;
  }
  if (trickleMs === 0 && truncateAt === undefined) {
    send(response, answer, method);
    return;
  }
  const bytes = Buffer.concat(head(response, answer, method)).subarray(0, truncateAt);
  const size = Math.max(1, Math.ceil(bytes.length / PIECES));
  for (let from = 0; from < bytes.length && !response.destroyed; from += size) {
    if (trickleMs > 0) await setTimeout(trickleMs / PIECES);
    response.write(bytes.subarray(from, from + size));
  }
  if (truncateAt === undefined) response.end();
  else if (bytes.length === 0) breakConnection(response);
  else response.write("", () => response.socket?.destroySoon());
}

function breakConnection({ socket }: ServerResponse): void {
  // Node.js resets plain connections only; a TLS one is closed without a word.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Sends an answer as a whole. */
export function send(response: ServerResponse, answer: Answer, method: string): void {
  const pieces = head(response, answer, method);
  // A long list is sent as the bodies that it is made of: copied together, each answer would cost its size.
  response.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
}

/** Writes status and headers; returns the body. */
function head(response: ServerResponse, answer: Answer, method: string): readonly Buffer[] {
  const whole = answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body));
  const pieces = typeof whole === "string" ? [Buffer.from(whole)] : whole;
  const length = method === "HEAD" ? 0 : pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(answer.status, {
    ...(length > 0 && { "Content-Type": "application/json; charset=utf-8" }),
    ...(answer.status !== 204 && { "Content-Length": String(length) }),
    ...answer.headers,
  });
  return length === 0 ? [] : pieces;
}
