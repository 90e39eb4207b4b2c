import { writeFileSync } from "node:fs";
import type { Place } from "../http/server.ts";
import { keptAuthority, makeAuthority } from "./authority.ts";
import { makeServerIdentity } from "./certificate.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/** Where and how a simulator shall be reached. */
export interface PlaceOptions {
  readonly port?: number;
  readonly host?: string;
  readonly tls?: boolean;
  readonly caFile?: string;
  readonly stateFile?: string;
}

/**
 * Settles where to listen, makes the certificate of a TLS server and writes its authority to the CA file.
 * With a state file or a CA file the authority's key is kept beside it, and the next start uses it again.
 * Throws if an address that others can reach is asked for without TLS, or a CA file without TLS.
 */
export function choosePlace(options: PlaceOptions): Place {
  const { port = 0, host = "127.0.0.1", tls = false, caFile, stateFile } = options;
  if (!tls && !LOOPBACK.includes(host))
    throw new Error(
      `The simulator listens on ${host} only over TLS, since others can reach that address: add --tls.`,
    );
  if (!tls && caFile !== undefined)
    throw new Error("Without TLS there is no certificate to write a CA file for: add --tls.");
  if (!tls) return { port, host };
  const names = [...new Set([...LOOPBACK, ...(isWildcard(host) ? [] : [host])])];
  const now = new Date();
  const kept = stateFile ?? caFile;
  const authority = kept === undefined ? makeAuthority(now) : keptAuthority(`${kept}.key`, now);
  const identity = makeServerIdentity(names, now, authority);
  if (caFile !== undefined) writeAuthority(caFile, identity.authority);
  return { port, host, identity };
}

/** The address under which clients on this computer reach a place. */
export function addressOf({ host, identity }: Place, port: number): string {
  const reachable = isWildcard(host) ? "127.0.0.1" : host;
  const written = reachable.includes(":") ? `[${reachable}]` : reachable;
  return `${identity ? "https" : "http"}://${written}:${port}`;
}

function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

function writeAuthority(file: string, pem: string): void {
  try {
    writeFileSync(file, pem);
  } catch (error) {
    throw new Error(`${file}: the CA file cannot be written (${(error as Error).message}).`);
  }
}
