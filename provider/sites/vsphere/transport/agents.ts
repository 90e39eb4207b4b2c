import { readFileSync } from "node:fs";
import { Agent as HttpAgent } from "node:http";
import { Agent, type AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { type ConnectionOptions, connect } from "node:tls";
import type { VCenterSettings } from "../../../configuration.ts";

/** The other side's certificate is not the one that is trusted; nothing was sent to it. */
export class CertificateError extends Error {
  static {
    CertificateError.prototype.name = "CertificateError";
  }
  /** Why it is not trusted: `PIN` for another than the pinned one, else Node's code. */
  readonly reason: string;
  /** SHA-256 fingerprint of the certificate that was presented. */
  readonly fingerprint: string;

  constructor(reason: string, fingerprint: string) {
    super(`${reason}: ${fingerprint}`);
    this.reason = reason;
    this.fingerprint = fingerprint;
  }
}

/** No connection was made, so nothing can have been sent. */
export class NotConnectedError extends Error {
  static {
    NotConnectedError.prototype.name = "NotConnectedError";
  }
}

/** Milliseconds within which a connection has to be made and its certificate seen. */
const connectMilliseconds = 10_000;

/** Where connections of one client come from. */
export interface Agents {
  /** Keeps connections open between requests. */
  readonly shared: HttpAgent;
  /** Opens one for each request, so that it is certain that a refused one was not sent. */
  readonly single: HttpAgent;
  /** Closes what is open. */
  close(): void;
}

/**
 * Connections to one vCenter with trust of their own: a pinned certificate, an authority's file, or
 * the authorities that Node.js knows. No switch of the process is touched.
 *
 * Throws when the file of the authority cannot be read.
 */
export function createAgents(settings: VCenterSettings): Agents {
  const make = (keepAlive: boolean): HttpAgent => {
    const options = { keepAlive, maxSockets: 8 };
    if (settings.url.startsWith("http:")) return new HttpAgent(options);
    return new CheckingAgent(settings.thumbprint, {
      ...options,
      // A resumed session shows no certificate.
      maxCachedSessions: 0,
      ...(settings.caFile === undefined ? {} : { ca: readFileSync(settings.caFile) }),
    });
  };
  const shared = make(true);
  const single = make(false);
  return {
    shared,
    single,
    close: () => {
      shared.destroy();
      single.destroy();
    },
  };
}

/** Looks at the certificate before it hands a connection over: not a byte leaves until it is trusted. */
class CheckingAgent extends Agent {
  readonly #pinned: string | undefined;

  constructor(pinned: string | undefined, options: AgentOptions) {
    super(options);
    this.#pinned = pinned;
  }

  override createConnection(
    options: ConnectionOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    // Without this Node.js would hang up before the certificate can be told of.
    const socket = connect({ ...options, rejectUnauthorized: false });
    const refuse = (error: Error): void => {
      socket.destroy();
      callback?.(error, socket);
    };
    const fail = (cause: Error): void => refuse(new NotConnectedError(wordsOf(cause), { cause }));
    socket.once("error", fail);
    const giveUp = (): void => {
      socket.destroy(new Error(`no connection within ${connectMilliseconds / 1_000} s`));
    };
    socket.setTimeout(connectMilliseconds).once("timeout", giveUp);
    socket.once("secureConnect", () => {
      socket.off("error", fail);
      socket.setTimeout(0).off("timeout", giveUp);
      const fingerprint = socket.getPeerCertificate().fingerprint256 ?? "";
      const reason =
        this.#pinned === undefined
          ? socket.authorized
            ? undefined
            : String(socket.authorizationError)
          : fingerprint === this.#pinned
            ? undefined
            : "PIN";
      if (reason === undefined) callback?.(null, socket);
      else refuse(new CertificateError(reason, fingerprint));
    });
  }
}

/** What went wrong with a connection: several addresses of one name fail together, without words of their own. */
export function wordsOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsOf).join(", ");
  const text = error instanceof Error ? error.message : String(error);
  if (text !== "" || typeof error !== "object" || error === null || !("code" in error)) return text;
  return String(error.code);
}
