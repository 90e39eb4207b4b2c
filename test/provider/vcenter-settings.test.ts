import test from "ava";
import { readConfiguration, readSecrets } from "../../provider/configuration.ts";
import { InvalidConfigurationError } from "../../provider/errors.ts";
import { createSettingsHolder } from "../../provider/hosts/dynamic/settings.ts";

const secret = "very-secret-password-42";
const thumbprint = "ab".repeat(32);
const pinned = Array.from({ length: 32 }, () => "AB").join(":");

type Environment = Readonly<Record<string, string>>;

function read(vcenters: unknown, environment: Environment = {}) {
  const text = typeof vcenters === "string" ? vcenters : JSON.stringify(vcenters);
  const stack: Record<string, string | undefined> = { subscriptionId: "s", vcenters: text };
  return readConfiguration((key) => stack[key], environment).vcenters;
}

const one = { url: "https://vcenter.example.com", username: "admin", password: secret };

test("vCenters are read by name, and their URLs end where the API begins", (t) => {
  t.deepEqual(
    read({
      first: { ...one, thumbprint },
      second: { ...one, url: "https://10.1.0.5:8443/sdk/", caFile: "ca.pem" },
      third: { ...one, url: "http://127.0.0.1:8989" },
    }),
    {
      first: { ...one, url: "https://vcenter.example.com/sdk", thumbprint: pinned },
      second: { ...one, url: "https://10.1.0.5:8443/sdk", caFile: "ca.pem" },
      third: { ...one, url: "http://127.0.0.1:8989/sdk" },
    },
  );
});

test("without asr:vcenters govc's variables name one vCenter, called default", (t) => {
  const variables = { GOVC_URL: "vcenter.example.com", GOVC_USERNAME: "admin" };
  t.deepEqual(read(undefined, { ...variables, GOVC_PASSWORD: secret, GOVC_TLS_CA_CERTS: "ca" }), {
    default: { ...one, url: "https://vcenter.example.com/sdk", caFile: "ca" },
  });
  const inUrl = { GOVC_URL: `https://ad%40min:${secret}@vcenter.example.com/sdk` };
  t.deepEqual(read(undefined, { ...inUrl, ASR_VCENTER_THUMBPRINT: thumbprint }), {
    default: {
      ...{ url: "https://vcenter.example.com/sdk", username: "ad@min", password: secret },
      thumbprint: pinned,
    },
  });
  t.deepEqual(read({ mine: one }, inUrl), {
    mine: { ...one, url: "https://vcenter.example.com/sdk" },
  });
});

test("variables that other programs use alone do not make a vCenter", (t) => {
  t.deepEqual(read(undefined, { GOVC_URL: "vcenter.example.com" }), {});
  t.deepEqual(read(undefined), {});
});

const wrong: readonly (readonly [what: string, value: unknown, setting: string, hint: RegExp])[] = [
  ["text that is no JSON", `{"a": {"password": "${secret}"`, "asr:vcenters", /Write \{/],
  ["a list", [one], "asr:vcenters", /Write \{/],
  ["a vCenter that is no object", { a: "x" }, "asr:vcenters.a", /Write \{/],
  ["no URL", { a: { ...one, url: undefined } }, "asr:vcenters.a.url", /missing/],
  ["another scheme", { a: { ...one, url: "ftp://h" } }, "asr:vcenters.a.url", /https/],
  [
    "user and password inside the URL",
    { a: { ...one, url: `https://admin:${secret}@vcenter.example.com` } },
    "asr:vcenters.a.url",
    /Set `username` and `password`/,
  ],
  [
    "plain http to another machine",
    { a: { ...one, url: "http://vcenter.example.com" } },
    "asr:vcenters.a.url",
    /loopback addresses only, not for vcenter\.example\.com/,
  ],
  ["a path", { a: { ...one, url: "https://h/ui" } }, "asr:vcenters.a.url", /more behind h/],
  ["no user", { a: { ...one, username: "" } }, "asr:vcenters.a.username", /missing/],
  ["no password", { a: { ...one, password: 7 } }, "asr:vcenters.a.password", /missing/],
  [
    "a SHA-1 fingerprint",
    { a: { ...one, thumbprint: "ab".repeat(20) } },
    "asr:vcenters.a.thumbprint",
    /SHA-1.*openssl/,
  ],
  ["no fingerprint", { a: { ...one, thumbprint: "x" } }, "asr:vcenters.a.thumbprint", /openssl/],
  [
    "two ways to check a certificate",
    { a: { ...one, thumbprint, caFile: "ca.pem" } },
    "asr:vcenters.a.caFile",
    /one of them/,
  ],
  [
    "a way to switch the check off",
    { a: { ...one, insecure: true } },
    "asr:vcenters.a.insecure",
    /always checked/,
  ],
];

for (const [what, value, setting, hint] of wrong) {
  test(`P-07 asr:vcenters with ${what} is an error that names ${setting} and no secret`, (t) => {
    const error = t.throws(() => read(value), { instanceOf: InvalidConfigurationError });
    t.is(error.setting, setting);
    t.true(error.message.startsWith(`${setting} `), error.message);
    t.regex(error.message, hint);
    t.false(`${error.message}${error.stack}${String(error.cause)}`.includes(secret));
  });
}

test("P-07 the passwords of vCenters are known to the sanitizer, also when the setting is wrong", (t) => {
  const secretsOf = (vcenters: string | undefined, environment: Environment = {}) => {
    const stack: Record<string, string | undefined> = { vcenters };
    return readSecrets((key) => stack[key], environment);
  };
  t.deepEqual(secretsOf(JSON.stringify({ a: one, b: { ...one, password: "other-secret" } })), [
    secret,
    "other-secret",
  ]);
  t.deepEqual(secretsOf(`{"a": "${secret}`), [`{"a": "${secret}`]);
  t.deepEqual(secretsOf(undefined, { GOVC_URL: `https://a:${secret}@h`, GOVC_USERNAME: "a" }), [
    secret,
  ]);
  t.deepEqual(secretsOf(undefined, { GOVC_PASSWORD: secret }), [secret]);

  const holder = createSettingsHolder({
    environment: {},
    createSites: () => ({ vcenterNames: [] }) as never,
  });
  holder.configure({
    get: (key) => (key === "asr:vcenters" ? JSON.stringify({ a: one }) : undefined),
  });
  t.deepEqual(holder.secrets(), [secret]);
});

test("Q-10 a name that merely begins like an address of this machine gets no password over plain http", (t) => {
  for (const host of ["127.evil.example", "127.0.0.1.evil.example", "localhost.evil.example"]) {
    const refused = { message: /loopback addresses only/ };
    t.throws(() => read({ one: { ...one, url: `http://${host}` } }), refused, host);
    const stack: Readonly<Record<string, string>> = {
      subscriptionId: "s",
      endpoint: `http://${host}`,
    };
    t.throws(() => readConfiguration((key) => stack[key], {}), refused, host);
  }
  for (const host of ["127.0.0.1", "127.1", "localhost", "[::1]"]) {
    t.is(read({ one: { ...one, url: `http://${host}:8989` } })?.one?.url.startsWith("http:"), true);
  }
});

test("Q-10 a wait that no timer can keep, and a setting of a million letters, are refused in few words", (t) => {
  for (const pollingInterval of ["P2D", "P99999999D", "PT0.01S", "x".repeat(1_000_000)]) {
    const stack: Readonly<Record<string, string>> = { subscriptionId: "s", pollingInterval };
    const error = t.throws(() => readConfiguration((key) => stack[key], {}));
    t.regex(error?.message ?? "", /^asr:pollingInterval: .* is no duration from PT0.05S to P1D/);
    t.true((error?.message.length ?? 0) < 500);
  }
});
