import { InvalidConfigurationError } from "./errors.ts";
import { shortened } from "./shortened.ts";

/** How one vCenter is reached; the password is a secret. */
export interface VCenterSettings {
  /** `https://<host>[:port]/sdk`; plain http is accepted for loopback addresses only. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** SHA-256 fingerprint of the certificate, which is then trusted whoever signed it. */
  readonly thumbprint?: string;
  /** File with the certificates of the authority that signed the vCenter's own. */
  readonly caFile?: string;
}

/** Variables that name one vCenter, called `default`, when `asr:vcenters` is not set; they are govc's. */
export const vcenterVariables = {
  url: "GOVC_URL",
  username: "GOVC_USERNAME",
  password: "GOVC_PASSWORD",
  caFile: "GOVC_TLS_CA_CERTS",
  thumbprint: "ASR_VCENTER_THUMBPRINT",
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

const properties = new Set(["url", "username", "password", "thumbprint", "caFile"]);

const example =
  '{"vcenter-one": {"url": "https://vcenter.example.com", "username": "…", "password": "…", "thumbprint": "AB:CD:…"}}';

/**
 * Reads the vCenters: the JSON text of `asr:vcenters`, or one from the environment. What the
 * environment says counts only when it names address, user and password, because other programs
 * use the same variables.
 *
 * Throws InvalidConfigurationError that names the vCenter and its property, and tells no value that
 * may be secret.
 */
export function readVCenters(
  text: string | undefined,
  environment: Environment,
): Readonly<Record<string, VCenterSettings>> {
  if (text === undefined || text === "") return readEnvironment(environment);
  const value = parse(text);
  if (!isRecord(value)) {
    throw invalid("asr:vcenters", "is no JSON object of vCenters by name", `Write ${example}.`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, settingsOf(`asr:vcenters.${name}`, each)]),
  );
}

/** What must appear in no text: the passwords, and what an unreadable setting may hold. */
export function vcenterSecrets(
  text: string | undefined,
  environment: Environment,
): readonly string[] {
  const value = parse(text ?? "");
  const passwords = isRecord(value)
    ? Object.values(value).flatMap((each) => (isRecord(each) ? [each.password] : []))
    : [text];
  const { password } = withoutUser(environment[vcenterVariables.url] ?? "");
  return [...passwords, password, environment[vcenterVariables.password]].filter(
    (each): each is string => typeof each === "string" && each !== "",
  );
}

function readEnvironment(environment: Environment): Readonly<Record<string, VCenterSettings>> {
  const given = (key: keyof typeof vcenterVariables): string =>
    environment[vcenterVariables[key]] ?? "";
  const address = withoutUser(given("url"));
  const username = given("username") || address.username;
  const password = given("password") || address.password;
  if (address.url === "" || username === "" || password === "") return {};
  // govc takes a bare host, and several files; a bundle of certificates is one file.
  const url = /^[a-z]+:\/\//i.test(address.url) ? address.url : `https://${address.url}`;
  const optional = { thumbprint: given("thumbprint"), caFile: given("caFile") };
  const chosen = Object.entries(optional).filter(([, each]) => each !== "");
  return {
    default: settingsOf("asr:vcenters.default", {
      ...{ url, username, password },
      ...Object.fromEntries(chosen),
    }),
  };
}

function settingsOf(path: string, value: unknown): VCenterSettings {
  if (!isRecord(value)) throw invalid(path, "is no object", `Write ${example}.`);
  const strange = Object.keys(value).find((key) => !properties.has(key));
  if (strange !== undefined) {
    const hint = /insecure|verify/i.test(strange)
      ? "A certificate is always checked; pin one that no known authority signed with `thumbprint`."
      : `Known are ${[...properties].join(", ")}.`;
    throw invalid(`${path}.${strange}`, "is not known", hint);
  }
  const text = (key: string): string => {
    const found = value[key];
    if (typeof found === "string" && found !== "") return found;
    throw invalid(`${path}.${key}`, "is missing or no text", `Write ${example}.`);
  };
  const settings = { url: urlOf(`${path}.url`, text("url")), username: text("username") };
  const password = text("password");
  if (value.thumbprint !== undefined && value.caFile !== undefined) {
    throw invalid(
      `${path}.caFile`,
      "stands beside `thumbprint`",
      "Give one of them: a thumbprint trusts one certificate whoever signed it.",
    );
  }
  if (value.thumbprint !== undefined) {
    const thumbprint = thumbprintOf(`${path}.thumbprint`, text("thumbprint"));
    return { ...settings, password, thumbprint };
  }
  return {
    ...settings,
    password,
    ...(value.caFile === undefined ? {} : { caFile: text("caFile") }),
  };
}

function urlOf(path: string, text: string): string {
  const hint = "Write https://<host>[:port].";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "https:" && url.protocol !== "http:")) {
    throw invalid(path, "is no https URL", hint);
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid(path, "must hold no user name and no password", "Set `username` and `password`.");
  }
  if (url.protocol === "http:" && !isLoopback(url)) {
    throw invalid(
      path,
      `uses plain http, which is accepted for loopback addresses only, not for ${shown(url.host)}`,
      hint,
    );
  }
  if (!/^\/(sdk\/?)?$/.test(url.pathname) || url.search !== "" || url.hash !== "") {
    throw invalid(path, `has more behind ${shown(url.host)} than \`/sdk\``, hint);
  }
  return `${url.origin}/sdk`;
}

function thumbprintOf(path: string, text: string): string {
  const digits = text.replace(/[:\s-]/g, "").toUpperCase();
  if (/^[0-9A-F]{64}$/.test(digits)) return (digits.match(/../g) ?? []).join(":");
  const what = /^[0-9A-F]{40}$/.test(digits)
    ? "is a SHA-1 fingerprint"
    : "is no SHA-256 fingerprint";
  throw invalid(
    path,
    what,
    "Read it on a machine you trust: openssl s_client -connect <host>:443 </dev/null | openssl x509 -noout -fingerprint -sha256.",
  );
}

/** A URL without the user and password that govc accepts in it. */
function withoutUser(text: string): { url: string; username: string; password: string } {
  const match = /^([a-z]+:\/\/)?([^@/]*)@(.*)$/i.exec(text);
  if (match === null) return { url: text, username: "", password: "" };
  const [username = "", ...rest] = (match[2] ?? "").split(":");
  const plain = (each: string): string => {
    try {
      return decodeURIComponent(each);
    } catch {
      return each;
    }
  };
  return {
    url: `${match[1] ?? ""}${match[3] ?? ""}`,
    username: plain(username),
    password: plain(rest.join(":")),
  };
}

/** True for an address of this machine alone; a name that merely begins like one, as 127.example.com, is none. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url;
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** A text as an error shows it: its beginning, however long it is. */
export function shown(text: string): string {
  return shortened(text, 100);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words would repeat a piece of the text, secrets included.
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(path: string, what: string, hint: string): InvalidConfigurationError {
  // A vCenter's name is any text.
  const setting = shortened(path, 200);
  return new InvalidConfigurationError(setting, `${setting} ${what}.`, { hint });
}
