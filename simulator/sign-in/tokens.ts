import {
  createHash,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { newGuid, type Simulation } from "../simulation.ts";
import { isObject, type JsonObject } from "../state/json.ts";
import type { Identity } from "./sign-in-state.ts";

/** Seconds a token is good for, by the computer's own clock (CH-TOKEN-TIME). */
export const TOKEN_SECONDS = 3599;

/** What a token says, after its signature was found to be the simulator's. */
export interface TokenClaims {
  readonly aud: string;
  readonly tid: string;
  readonly oid: string;
  readonly appid: string;
  readonly nbf: number;
  readonly exp: number;
}

/** What a token is asked for. */
export interface TokenWish {
  readonly identity: Identity;
  readonly audience: string;
  /** Address of the simulator as the client knows it. */
  readonly baseUrl: string;
  readonly nowMs: number;
}

/** Makes a signed token (RFC 7519, RS256). */
export function issueToken(simulation: Simulation, wish: TokenWish): string {
  const { identity, audience, baseUrl, nowMs } = wish;
  const key = simulation.signingKey.get();
  const issuedAt = Math.floor(nowMs / 1000);
  const claims = {
    aud: audience,
    iss: `${baseUrl}/${identity.tenantId}/v2.0`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + TOKEN_SECONDS,
    appid: identity.clientId,
    appidacr: "1",
    idp: `${baseUrl}/${identity.tenantId}/`,
    idtyp: "app",
    oid: identity.objectId,
    sub: identity.objectId,
    tid: identity.tenantId,
    uti: newGuid(simulation),
    ver: "1.0",
  };
  const header = { typ: "JWT", alg: "RS256", kid: keyId(key) };
  const content = `${encode(header)}.${encode(claims)}`;
  return `${content}.${sign("sha256", Buffer.from(content), key).toString("base64url")}`;
}

/** Reads a token of the simulator; `undefined` if it is malformed or signed by another key. */
export function readToken(simulation: Simulation, token: string): TokenClaims | undefined {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const key = simulation.signingKey.known();
  if (key === undefined || decode(header)?.alg !== "RS256") return undefined;
  const isOurs = verify(
    "sha256",
    Buffer.from(`${header}.${claims}`),
    createPublicKey(key),
    Buffer.from(signature, "base64url"),
  );
  return isOurs ? (decode(claims) as unknown as TokenClaims) : undefined;
}

/** The claims of a token of somebody else, unverified; `undefined` if it is no token. */
export function claimsOf(token: string): JsonObject | undefined {
  const parts = token.trim().split(".");
  return parts.length === 3 ? decode(parts[1] ?? "") : undefined;
}

/** The public key as a JSON Web Key Set (RFC 7517). */
export function publicKeys(simulation: Simulation): JsonObject {
  const key = simulation.signingKey.get();
  const jwk: JsonWebKey = createPublicKey(key).export({ format: "jwk" });
  return {
    keys: [{ kty: "RSA", use: "sig", alg: "RS256", kid: keyId(key), n: jwk.n, e: jwk.e }],
  };
}

function keyId(key: KeyObject): string {
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return createHash("sha256").update(spki).digest("base64url").slice(0, 27);
}

function encode(value: JsonObject): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
