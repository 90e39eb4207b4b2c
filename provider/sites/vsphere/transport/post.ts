import { type IncomingMessage, request as requestPlainly } from "node:http";
import { request as requestSafely } from "node:https";
import type { Agents } from "./agents.ts";

/** Milliseconds after which an unanswered request counts as lost. */
const answerTimeoutMilliseconds = 120_000;

/** Longest answer that is read, in bytes: a page of 100 machines has less than one million. */
const longestAnswerBytes = 256 * 1024 * 1024;

/** One request. */
export interface PostRequest {
  readonly url: string;
  readonly body: string;
  readonly apiVersion: string;
  /** Value of the session's cookie. */
  readonly cookie?: string;
  /** True for a call that changes something: it gets a connection of its own. */
  readonly writes: boolean;
  readonly signal?: AbortSignal;
}

/** What came back. */
export interface PostAnswer {
  readonly status: number;
  readonly text: string;
  /** Value of the session cookie, when the answer sets one. */
  readonly cookie?: string;
}

/** Sends once; rejects when no whole answer came. */
export async function post(agents: Agents, request: PostRequest): Promise<PostAnswer> {
  const { url, body, cookie, apiVersion, writes, signal } = request;
  const timeout = AbortSignal.timeout(answerTimeoutMilliseconds);
  const send = url.startsWith("http:") ? requestPlainly : requestSafely;
  return await new Promise<PostAnswer>((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: "POST",
        agent: writes ? agents.single : agents.shared,
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        headers: {
          "Content-Type": "text/xml; charset=utf-8",
          "Content-Length": Buffer.byteLength(body),
          SOAPAction: `urn:vim25/${apiVersion}`,
          "User-Agent": "pulumi-asr",
          ...(cookie === undefined ? {} : { Cookie: `vmware_soap_session=${cookie}` }),
        },
      },
      (incoming) => {
        read(incoming).then(
          (text) => resolve({ status: incoming.statusCode ?? 0, text, ...sessionCookie(incoming) }),
          reject,
        );
      },
    );
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > longestAnswerBytes) throw new Error("the answer does not end");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function sessionCookie(incoming: IncomingMessage): { readonly cookie?: string } {
  for (const each of incoming.headers["set-cookie"] ?? []) {
    const match = /^vmware_soap_session=("?)([^";]*)\1/.exec(each);
    if (match?.[2] !== undefined) return { cookie: `${match[1]}${match[2]}${match[1]}` };
  }
  return {};
}
