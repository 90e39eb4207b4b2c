import test from "ava";
import { sanitize } from "../../provider/sanitize.ts";

const secret = "s3cr3t-Value.0123456789";

const cases: readonly (readonly [what: string, text: string])[] = [
  ["a bearer token", `Authorization: Bearer ${secret}`],
  [
    "a token that stands alone",
    `token eyJ0eXAiOiJKV1Qi.${secret.replace(".", "")}.c2ln was refused`,
  ],
  ["the signature of a URL", `GET https://host/blob?sv=2024&sig=${secret}&se=1 failed`],
  ["the signature of a poll URL", `https://host/operationresults/1?api-version=1&t=1&s=${secret}`],
  ["user and password of a URL", `proxy http://user:${secret}@proxy.example:8080 refused`],
  ["a client secret in a form", `grant_type=x&client_secret=${secret}&client_id=1`],
  ["a client secret in JSON", `{"clientSecret":"${secret}","a":1}`],
  ["an access token in JSON", `{"access_token": "${secret}"}`],
  ["a password", `password: ${secret}, user: x`],
  ["a session's cookie", `Cookie: vmware_soap_session="${secret}"; Path=/`],
  ["a session's cookie in JSON", `{"cookie":"vmware_soap_session=\\"${secret}\\""}`],
  ["a password in XML", `<vim:password>${secret}</vim:password>`],
  ["a password in XML that is quoted in XML", `&lt;password&gt;${secret}&lt;/password&gt;`],
  ["a passphrase", `passphrase=${secret}`],
  ["the beginning of a token", `was eyJ0eXAiOiJKV1Qi.${secret.replace(".", "")}`],
  ["a private key", `-----BEGIN EC PRIVATE KEY-----\n${secret}\n-----END EC PRIVATE KEY-----`],
  ["the beginning of a private key", `-----BEGIN PRIVATE KEY-----\n${secret}`],
  ["the token of a webhook", `https://events.example/webhooks?token=${secret}`],
  ["an account key", `AccountName=a;AccountKey=${secret};`],
];

for (const [what, text] of cases) {
  test(`P-07 the sanitizer removes ${what}`, (t) => {
    const clean = sanitize(text);
    t.false(clean.includes(secret.slice(0, 6)), clean);
    t.true(clean.includes("[hidden]"));
  });
}

test("P-07 the sanitizer removes a known secret wherever it stands", (t) => {
  t.is(sanitize(`AADSTS: ${secret} is wrong`, [secret, ""]), "AADSTS: [hidden] is wrong");
});

const odd = `Sw0rd&<"'%+/\\>$é and ${secret}`;

const written: readonly (readonly [how: string, text: string])[] = [
  ["in JSON", JSON.stringify({ message: odd })],
  ["in JSON inside of JSON", JSON.stringify(JSON.stringify([odd]))],
  ["in XML", odd.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")],
  ["in a URL", `https://host/x?y=${encodeURIComponent(odd)}`],
  ["in a form", new URLSearchParams({ y: odd }).toString()],
  ["in a form inside of JSON", JSON.stringify(new URLSearchParams({ y: odd }).toString())],
  ["in base64", Buffer.from(odd).toString("base64")],
  ["in base64 behind a name", Buffer.from(`user:${odd}`).toString("base64")],
  ["in base64 behind another name", Buffer.from(`users:${odd}!`).toString("base64url")],
  ["cut off", odd.slice(0, 30)],
];

for (const [how, text] of written) {
  test(`Q-12 the sanitizer removes a known secret that is written ${how}`, (t) => {
    const clean = sanitize(`it was ${text} indeed`, [odd]);
    t.regex(clean, /^it was .*\[hidden\].* indeed$/);
    t.true(clean.length < 70, clean);
    t.notRegex(clean, /Sw0rd|s3cr3t|0123456789/);
  });
}

test("Q-12 the sanitizer removes the whole of a token that begins like a known one", (t) => {
  const [known, other] = ["0aK", "9zQ"].map((end) => `${"aBcD".repeat(20)}${end.repeat(9)}`);
  t.is(sanitize(`it was ${other}, not ${known}.`, [known ?? ""]), "it was [hidden], not [hidden].");
});

test("Q-12 the sanitizer takes no half of a short secret for the secret", (t) => {
  const text = "failover of web: the failover was refused";
  t.is(sanitize(text, ["failover-2024"]), text);
});

test("P-07 the sanitizer leaves the words of an error alone", (t) => {
  const text = "28031: Core quota exceeded. Check asr:clientSecret and the secret's age (job 1-2).";
  t.is(sanitize(text), text);
});
