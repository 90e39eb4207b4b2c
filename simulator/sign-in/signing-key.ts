import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

/** The private key that signs tokens. It is no part of the state, which is shown and handed on. */
export interface SigningKey {
  /** The key as far as there is one. Throws if its file holds something else. */
  known(): KeyObject | undefined;
  /** The key, made when it is first needed. */
  get(): KeyObject;
}

/**
 * Keeps the key in a file that only its owner may read, so that tokens stay good over a restart; without
 * one it ends with the process.
 */
export function keepSigningKey(file?: string): SigningKey {
  let key: KeyObject | undefined;
  const known = (): KeyObject | undefined => {
    if (key === undefined && file !== undefined && existsSync(file)) key = readKey(file);
    return key;
  };
  return {
    known,
    get() {
      const there = known();
      if (there !== undefined) return there;
      const made = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
      if (file !== undefined) writeKey(file, made);
      key = made;
      return made;
    },
  };
}

function readKey(file: string): KeyObject {
  try {
    return createPrivateKey(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(
      `${file}: this is not the key of a simulator's sign-in (${(error as Error).message}). Delete it to have a new one made; clients then sign in again.`,
    );
  }
}

/** Written beside its place first, so that it is never half there. */
function writeKey(file: string, key: KeyObject): void {
  const beside = `${file}.tmp`;
  const pem = key.export({ type: "pkcs8", format: "pem" });
  writeFileSync(beside, pem, { mode: 0o600 });
  renameSync(beside, file);
}
