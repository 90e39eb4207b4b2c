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

test("P-07 the sanitizer leaves the words of an error alone", (t) => {
  const text = "28031: Core quota exceeded. Check asr:clientSecret and the secret's age (job 1-2).";
  t.is(sanitize(text), text);
});
