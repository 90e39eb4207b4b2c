/** Why no answer came. */
export interface LostRequest {
  /**
   * `notSent`: no connection was made, so nothing can have taken effect; `untrusted`: the same, and it
   * will not get better; `signIn`: no token could be had; `unknown`: it may have taken effect.
   */
  readonly kind: "notSent" | "untrusted" | "signIn" | "unknown";
  readonly text: string;
}

const notSentCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
]);

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL|EPROTO|WRONG_VERSION/;

/** Says what became of a request whose sending failed. */
export function lostRequest(error: unknown): LostRequest {
  const name = error instanceof Error ? error.name : "";
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const text = message === "" ? code : message;
  if (/Authentication|CredentialUnavailable/.test(name)) return { kind: "signIn", text };
  if (name === "AbortError") return { kind: "unknown", text: "no answer came in time" };
  if (notSentCodes.has(code)) return { kind: "notSent", text };
  if (untrusted.test(code)) return { kind: "untrusted", text };
  return { kind: "unknown", text };
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}
