/** What stands where a secret stood. */
export const hidden = "[hidden]";

const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Authorization headers.
  [/\b(Bearer|Basic|SharedAccessSignature)\s+[\w.~+/=%&-]{8,}/gi, `$1 ${hidden}`],
  // Tokens that stand alone.
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, hidden],
  // Shared access signatures and the signatures of the service's own poll URLs.
  [/([?&](?:sig|signature|code|token|access_token|c|s|h)=)[^&\s"'<>]+/gi, `$1${hidden}`],
  // User and password inside a URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${hidden}@`],
  // Named secrets in forms, JSON and connection strings.
  [
    /((?:client[_-]?secret|client[_-]?assertion|password|passwd|pwd|(?:access|refresh|id)[_-]?token|(?:account|shared[_-]?access)[_-]?key|sas[_-]?token)["']?\s*[=:]\s*)("[^"]*"|'[^']*'|[^\s,;&}"']+)/gi,
    `$1${hidden}`,
  ],
];

/**
 * Removes secrets from a text that people will read: bearer tokens, client secrets, signatures of
 * URLs, passwords, and every literal of `secrets` wherever it stands.
 */
export function sanitize(text: string, secrets: readonly string[] = []): string {
  const known = secrets.filter((each) => each !== "");
  const literal = known.reduce((clean, secret) => clean.replaceAll(secret, hidden), text);
  return rules.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    literal,
  );
}
