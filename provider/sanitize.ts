/** What stands where a secret stood. */
export const hidden = "[hidden]";

const secretNames =
  "client[_-]?secret|client[_-]?assertion|password|passwd|pwd|passphrase|(?:access|refresh|id)[_-]?token|(?:account|shared[_-]?access|registration|integrity|private|api)[_-]?key|sas[_-]?token|vmware_soap_session";

const rules: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  // Private keys, also those that are cut off.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
  // Authorization headers.
  [/\b(Bearer|Basic|SharedAccessSignature)\s+[\w.~+/=%&-]{8,}/gi, `$1 ${hidden}`],
  // Tokens that stand alone, also those that are cut off.
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, hidden],
  // Shared access signatures and the signatures of the service's own poll URLs.
  [/([?&](?:sig|signature|code|token|access_token|c|s|h)=)[^&\s"'<>]+/gi, `$1${hidden}`],
  // User and password inside a URL.
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${hidden}@`],
  // Named secrets in forms, JSON, cookies and connection strings.
  [
    new RegExp(
      `((?:${secretNames})(?:\\\\?["']|&quot;)?\\s*[=:]\\s*)(\\\\?"[^"]*"|'[^']*'|[^\\s,;&}"']+)`,
      "gi",
    ),
    `$1${hidden}`,
  ],
  // Named secrets in XML, also in XML that stands inside of XML.
  [
    new RegExp(`((?:<|&lt;)(?:\\w+:)?(?:${secretNames})(?:>|&gt;)).*?(?=<|&lt;|$)`, "gi"),
    `$1${hidden}`,
  ],
];

/**
 * Removes secrets from a text that people will read: bearer tokens, client secrets, signatures of
 * URLs, passwords, private keys, and every literal of `secrets` wherever it stands, in the forms
 * that {@link hideLiterals} knows. Texts are shortened after this, never before: what is left of a
 * secret that was cut off may not be recognized.
 */
export function sanitize(text: string, secrets: readonly string[] = []): string {
  return rules.reduce(
    (clean, [pattern, replacement]) => clean.replace(pattern, replacement),
    hideLiterals(text, secrets),
  );
}

/**
 * Removes these secrets wherever they stand: as they are, as JSON, XML, URLs, forms and base64 write
 * them, and long ones cut off behind their first half.
 */
export function hideLiterals(text: string, secrets: readonly string[]): string {
  const forms = new Set(secrets.filter((each) => each !== "").flatMap(formsOf));
  // The longest first: a short form may be a piece of a longer one.
  const ordered = [...forms].sort((one, other) => other.length - one.length);
  const whole = ordered.reduce((clean, form) => clean.replaceAll(form, hidden), text);
  return ordered.filter((form) => form.length >= shortestHalved).reduce(hideBeginning, whole);
}

type Writing = (text: string) => string;

const asJson: Writing = (text) => JSON.stringify(text).slice(1, -1);

const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt" };

const asXmlText: Writing = (text) => text.replace(/[&<>]/g, (each) => `&${entities[each]};`);

/** Every way in which a program writes a text into another one. */
const writings: readonly Writing[] = [
  (text) => text,
  asJson,
  // Go's JSON.
  (text) => asJson(text).replace(/[&<>]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`),
  asXmlText,
  (text) => asXmlText(text).replaceAll('"', "&quot;").replaceAll("'", "&apos;"),
  // Go's XML.
  (text) => asXmlText(text).replaceAll('"', "&#34;").replaceAll("'", "&#39;"),
  (text) => asXmlText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => new URLSearchParams({ "": text }).toString().slice(1),
];

/** Shortest secret that is looked for in base64: what is left of a shorter one is part of ordinary words. */
const shortestEncoded = 8;

/** A form inside of another is a request that is quoted in an answer. */
function formsOf(secret: string): readonly string[] {
  const once = writings.map((write) => write(secret));
  const twice = once.flatMap((form) =>
    form === secret ? [] : writings.map((write) => write(form)),
  );
  return [...once, ...twice, ...base64Forms(secret)];
}

/** What every base64 text of something that holds the secret has in common, by the secret's position in it. */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  if (bytes.length < shortestEncoded) return [];
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const from = Math.ceil((shift * 8) / 6);
    const common = text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6));
    return [common, common.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** Shortest form that is recognized by its first half; the half of a shorter one may be an ordinary word. */
const shortestHalved = 24;

/** Letters of which secrets are made: what follows a beginning may be another secret that begins alike. */
const secretLetters = /[\w.~+/=%-]*/y;

function hideBeginning(text: string, form: string): string {
  const head = form.slice(0, Math.ceil(form.length / 2));
  let clean = "";
  let from = 0;
  for (let at = text.indexOf(head); at >= 0; at = text.indexOf(head, from)) {
    let end = head.length;
    while (end < form.length && text[at + end] === form[end]) end += 1;
    secretLetters.lastIndex = at + end;
    const rest = secretLetters.exec(text)?.[0].length ?? 0;
    clean += `${text.slice(from, at)}${hidden}`;
    from = at + end + rest;
  }
  return from === 0 ? text : clean + text.slice(from);
}
