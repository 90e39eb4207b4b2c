import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from "node:crypto";
import { linkSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { writeAuthorityCertificate } from "./certificate.ts";

/** Who signs the certificates of a server. */
export interface Authority {
  readonly name: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** PEM; what clients trust. */
  readonly certificate: string;
}

/** Real milliseconds that an authority must still be good for when it is used again. */
const LEAST_MS = 30 * 86_400_000;

/** Makes a new authority, good for ten years. */
export function makeAuthority(now: Date): Authority {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = `ASR simulator ${randomBytes(4).toString("hex")}`;
  return { name, ...keys, certificate: writeAuthorityCertificate(name, keys, now) };
}

/**
 * The authority that is kept in a file, key and certificate, which only its owner may read; a new one
 * where there is none yet, or where it expires within a month. Throws if the file holds something else.
 */
export function keptAuthority(file: string, now: Date): Authority {
  const known = readAuthority(file);
  if (
    known &&
    new X509Certificate(known.certificate).validToDate.getTime() - now.getTime() > LEAST_MS
  )
    return known;
  if (known) unlinkSync(file);
  const made = makeAuthority(now);
  const key = made.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  // Written whole and then linked into its place: one of two that start at once makes it, both use it.
  const draft = `${file}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(draft, `${key}${made.certificate}`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    throw new Error(`${file}: the key of the CA cannot be kept (${(error as Error).message}).`);
  }
  try {
    linkSync(draft, file);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return readAuthority(file) ?? made;
  } finally {
    unlinkSync(draft);
  }
}

function readAuthority(file: string): Authority | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Error(`${file}: the key of the CA cannot be read (${(error as Error).message}).`);
  }
  try {
    const privateKey = createPrivateKey(text);
    const certificate = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n/.exec(text);
    const parsed = new X509Certificate(certificate?.[0] ?? "");
    const name = /^CN=(.+)$/m.exec(parsed.subject)?.[1];
    if (name === undefined || !parsed.ca || !parsed.checkPrivateKey(privateKey))
      throw new Error("key and certificate do not belong together");
    return {
      name,
      privateKey,
      publicKey: createPublicKey(privateKey),
      certificate: certificate?.[0] ?? "",
    };
  } catch (error) {
    throw new Error(
      `${file}: this is not the key of a simulator's CA (${(error as Error).message}). Delete it to have a new CA made, which clients must then trust anew.`,
    );
  }
}
