import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { createServer, request as sendRequest } from "node:https";
import type { AddressInfo } from "node:net";
import type { ServerIdentity } from "../../simulator/tls/certificate.ts";

/** A request that came by, with all that it says. */
export interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An answer in place of the service's own. */
export interface Retort {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What the gateway does with a request, decided before it is passed on. */
export interface Deed {
  /** Which requests it is about. */
  readonly to: (passing: Passing) => boolean;
  /** Answers instead of the service. */
  readonly retort?: (passing: Passing) => Retort;
  /** Changes the service's answer. */
  readonly rewrite?: (body: string, passing: Passing) => string;
  /** Done when the request comes; the request is passed on afterwards. */
  readonly before?: () => Promise<void>;
  /** How often; absent means always. */
  readonly times?: number;
}

/** A TLS server before a service of the same kind, which can talk as indiscreetly as services do. */
export interface Gateway {
  /** `https://127.0.0.1:PORT`. */
  readonly url: string;
  /** Puts a deed in force. */
  arm(deed: Deed): void;
  /** Ends all deeds; answers how many requests they were done to. */
  disarm(): number;
  close(): Promise<void>;
}

/** What a gateway needs to know. */
export interface GatewayOptions {
  /** `https://127.0.0.1:PORT` of the service. */
  readonly target: string;
  /** Certificate that the service is trusted by, PEM. */
  readonly trusted: string;
  /** What the gateway shows of itself. */
  readonly identity: ServerIdentity;
  /** Hears every answer: where tokens and cookies become known. */
  readonly heard: (body: string, headers: IncomingHttpHeaders) => void;
}

/** Opens a gateway on a free port. */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const { identity } = options;
  let deeds: { deed: Deed; left: number }[] = [];
  let done = 0;
  const server = createServer(
    { key: identity.key, cert: identity.certificate },
    (incoming, outgoing) => {
      serve(incoming, outgoing).catch(() => outgoing.destroy());
    },
  );
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const passing: Passing = {
      method: incoming.method ?? "GET",
      path: incoming.url ?? "/",
      headers: incoming.headers,
      body: await textOf(incoming),
    };
    const found = deeds.find(({ deed, left }) => left > 0 && deed.to(passing));
    if (found !== undefined) {
      found.left -= 1;
      done += 1;
    }
    await found?.deed.before?.();
    const retort = found?.deed.retort?.(passing);
    if (retort !== undefined) {
      outgoing.writeHead(retort.status, { "Content-Type": retort.type }).end(retort.body);
      return;
    }
    const { status, headers, text } = await passOn(options, passing);
    options.heard(text, headers);
    const body = Buffer.from(found?.deed.rewrite?.(text, passing) ?? text);
    const { "transfer-encoding": _, ...rest } = headers;
    outgoing.writeHead(status, { ...rest, "content-length": String(body.length) }).end(body);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arm: (deed) => void deeds.push({ deed, left: deed.times ?? Number.POSITIVE_INFINITY }),
    disarm() {
      const count = done;
      deeds = [];
      done = 0;
      return count;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passOn({ target, trusted }: GatewayOptions, passing: Passing) {
  const { method, path, headers, body } = passing;
  // The certificate is known; the name on it is that of another address.
  const trust = { ca: trusted, checkServerIdentity: () => undefined };
  const request = sendRequest(`${target}${path}`, { method, headers, agent: false, ...trust });
  request.end(body);
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  const text = await textOf(answer);
  return { status: answer.statusCode ?? 502, headers: answer.headers, text };
}

async function textOf(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** What an indiscreet service repeats of a request: its header, its body, and what the body means. */
export function quote({ method, path, headers, body }: Passing): string {
  const form = [...new URLSearchParams(body)].map(([name, value]) => `${name} ${value}`);
  const isForm = headers["content-type"]?.includes("form") === true;
  return [
    `The request ${method} ${path} was`,
    `Authorization: ${headers.authorization}; token ${headers.authorization?.split(" ")[1]};`,
    `Cookie: ${headers.cookie};`,
    // Often enough that a text which is cut off somewhere is cut off inside of it.
    ...Array<string>(12).fill(`body ${body} meaning ${isForm ? form.join(" ") : body}`),
  ].join(" ");
}
