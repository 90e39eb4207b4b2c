import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import type { Authority } from "./authority.ts";
import {
  bitString,
  der,
  objectIdentifier,
  octetString,
  positiveInteger,
  sequence,
  TRUE,
  utcTime,
  utf8,
} from "./der.ts";

/** What a TLS server needs, and what its clients must trust. All in PEM. */
export interface ServerIdentity {
  readonly key: string;
  readonly certificate: string;
  readonly authority: string;
}

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  readonly publicKey: KeyObject;
  readonly issuerKey: KeyPair;
  readonly extensions: readonly Buffer[];
}

const ECDSA_WITH_SHA256 = sequence(objectIdentifier("1.2.840.10045.4.3.2"));
const DAY_MS = 86_400_000;
const VALID_DAYS = 397;
const AUTHORITY_DAYS = 3652;

/** Writes the certificate of an authority, signed by its own key (RFC 5280), in PEM. */
export function writeAuthorityCertificate(name: string, keys: KeyPair, now: Date): string {
  const certificate = write(now, AUTHORITY_DAYS, {
    subject: name,
    issuer: name,
    publicKey: keys.publicKey,
    issuerKey: keys,
    extensions: [
      extension("2.5.29.19", sequence(TRUE), true), // basicConstraints: an authority
      extension("2.5.29.15", der(0x03, Buffer.from([1, 0x06])), true), // keyUsage: signs certificates
    ],
  });
  return pem(certificate);
}

/** Makes a certificate for the names and addresses, with a key of its own, signed by the authority. */
export function makeServerIdentity(
  hosts: readonly string[],
  now: Date,
  authority: Authority,
): ServerIdentity {
  const serverKey = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const server = write(now, VALID_DAYS, {
    subject: "localhost",
    issuer: authority.name,
    publicKey: serverKey.publicKey,
    issuerKey: authority,
    extensions: [
      extension("2.5.29.19", sequence(), true), // basicConstraints: no authority
      extension("2.5.29.15", der(0x03, Buffer.from([7, 0x80])), true), // keyUsage: signs handshakes
      extension("2.5.29.37", sequence(objectIdentifier("1.3.6.1.5.5.7.3.1"))), // for servers
      extension("2.5.29.17", sequence(...hosts.map(alternativeName))),
    ],
  });
  return {
    key: serverKey.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: pem(server),
    authority: authority.certificate,
  };
}

function write(now: Date, validDays: number, wanted: Certificate): Buffer {
  const { issuerKey, publicKey } = wanted;
  const content = sequence(
    der(0xa0, positiveInteger(Buffer.from([2]))), // version 3
    positiveInteger(Buffer.from([0x01, ...randomBytes(15)])),
    ECDSA_WITH_SHA256,
    nameOf(wanted.issuer),
    sequence(
      utcTime(new Date(now.getTime() - DAY_MS)),
      utcTime(new Date(now.getTime() + validDays * DAY_MS)),
    ),
    nameOf(wanted.subject),
    spki(publicKey),
    der(
      0xa3,
      sequence(
        ...wanted.extensions,
        extension("2.5.29.14", octetString(keyIdentifier(publicKey))),
        extension("2.5.29.35", sequence(der(0x80, keyIdentifier(issuerKey.publicKey)))),
      ),
    ),
  );
  return sequence(
    content,
    ECDSA_WITH_SHA256,
    bitString(sign("sha256", content, issuerKey.privateKey)),
  );
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: "spki", format: "der" });
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1").update(spki(key)).digest();
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectIdentifier("2.5.4.3"), utf8(commonName))));
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(objectIdentifier(id), ...(isCritical ? [TRUE] : []), octetString(value));
}

function alternativeName(host: string): Buffer {
  if (isIP(host) === 0) return der(0x82, Buffer.from(host, "ascii"));
  if (isIP(host) === 4) return der(0x87, Buffer.from(host.split(".").map(Number)));
  return der(0x87, ipv6Bytes(host));
}

function ipv6Bytes(address: string): Buffer {
  // The URL parser turns every spelling but the doubled colon into plain groups.
  const [before = "", after] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string) => (text === "" ? [] : text.split(":"));
  const head = groups(before);
  const tail = after === undefined ? [] : groups(after);
  const middle = Array<string>(8 - head.length - tail.length).fill("0");
  const bytes = [...head, ...middle, ...tail].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
  return Buffer.from(bytes);
}

function pem(certificate: Buffer): string {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
