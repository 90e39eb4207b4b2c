import test from "ava";
import { queryWithoutSecrets, withoutSecrets } from "../../simulator/http/journal.ts";

const secret = "Q12-value-0123456789";

test("Q-12 the journal blots out secret fields, whatever they hold, and leaves their form", (t) => {
  const body = {
    password: secret,
    client_secret: secret,
    client_assertion: secret,
    properties: {
      accountKey: secret,
      registrationKey: secret,
      passphrase: secret,
      connectionString: secret,
      secrets: { one: secret, more: [secret, 42, null, true] },
      name: "web",
      disks: [{ sizeGiB: 64 }],
    },
  };
  const shown = withoutSecrets(body);
  t.notRegex(JSON.stringify(shown), /Q12|42/);
  t.like(shown, {
    password: "***",
    properties: { secrets: { one: "***", more: ["***", "***", null, true] }, name: "web" },
  });
  t.deepEqual((shown as typeof body).properties.disks, [{ sizeGiB: 64 }]);
});

const texts: readonly (readonly [what: string, text: string])[] = [
  ["a bearer token", `Authorization: Bearer ${secret}`],
  ["a token", `eyJ0eXAiOiJKV1Qi.${secret}.${secret}`],
  ["a private key", `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`],
  ["the signature of an address", `https://host/blob?sv=1&sig=${secret}`],
  ["the key of a connection string", `AccountName=a;AccountKey=${secret};`],
];

for (const [what, text] of texts) {
  test(`Q-12 the journal blots out ${what} in whichever field it stands`, (t) => {
    const shown = JSON.stringify(withoutSecrets({ properties: { comments: `see ${text}` } }));
    t.notRegex(shown, /Q12/);
    t.regex(shown, /see .*\*\*\*/);
  });
}

test("Q-12 the journal blots out secret parameters of addresses, and no paging token", (t) => {
  const query = `sig=${secret}&token=${secret}&client_secret=${secret}&$skipToken=40&api-version=1`;
  t.deepEqual(queryWithoutSecrets(new URLSearchParams(query)), {
    sig: "***",
    token: "***",
    client_secret: "***",
    $skipToken: "40",
    "api-version": "1",
  });
});

test("Q-12 the journal leaves what is no secret as it was sent", (t) => {
  const body = {
    properties: {
      policyId: "/subscriptions/1/policies/daily",
      comments: "The drill of the secret garden went well, token of thanks included.",
      providerSpecificInput: { instanceType: "A2A", recoveryPointId: "" },
    },
  };
  t.deepEqual(withoutSecrets(body), body);
});
