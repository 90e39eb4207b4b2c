import test from "ava";
import { readConfiguration, readSecrets } from "../../provider/configuration.ts";
import { createConnection } from "../../provider/sites/azure/transport/connection.ts";
import { refusal } from "../../provider/sites/vsphere/transport/failure.ts";
import { findMarks, makeMark } from "./marks.ts";

type Client = Parameters<typeof createConnection>[0];

/** A connection on which every request is answered with this body. */
function answering(
  body: unknown,
  secrets: ReadonlySet<string>,
): ReturnType<typeof createConnection> {
  const answer = {
    status: 200,
    headers: { get: () => undefined },
    bodyAsText: JSON.stringify(body),
  };
  const client = { sendRequest: async () => answer } as unknown as Client;
  const configuration = readConfiguration(() => undefined, { ARM_SUBSCRIPTION_ID: "one" });
  return createConnection(client, configuration, secrets);
}

const request = { method: "GET", url: "https://management.azure.com/x" } as const;

test("Q-12 what Azure repeats of a secret or a token is gone before anything is made of the answer", async (t) => {
  const [secret, token] = [makeMark("client secret"), makeMark("token")];
  const secrets = new Set([secret.value]);
  const body = {
    value: [
      {
        name: "web",
        health: { message: `said ${secret.value}`, form: encodeURIComponent(token.value) },
      },
    ],
    count: 1,
    odd: null,
  };
  const connection = answering(body, secrets);
  // Issued after the connection was made.
  secrets.add(token.value);
  const text = JSON.stringify((await connection.send(request)).body);
  t.deepEqual(findMarks([secret, token], [{ name: "answer", text }]), []);
  t.deepEqual(JSON.parse(text), {
    value: [{ name: "web", health: { message: "said [hidden]", form: "[hidden]" } }],
    count: 1,
    odd: null,
  });
  t.is(connection.sanitize(`with ${token.value}`), "with [hidden]");
});

test("Q-12 a short secret that is a piece of a name leaves the name as it is", async (t) => {
  const body = { id: "/subscriptions/one/resourceGroups/production", name: "production" };
  const connection = answering(body, new Set(["production"]));
  t.deepEqual((await connection.send(request)).body, body);
  t.is(connection.sanitize("the password production"), "the password [hidden]");
});

test("Q-12 a vCenter's words are shortened after its password and its session were taken out of them", (t) => {
  const [password, session] = [makeMark("password"), makeMark("session")];
  const party = {
    name: "one",
    address: "vc",
    username: "u",
    secrets: [password.value, session.value],
  };
  for (let before = 440; before < 500; before += 7) {
    const message = `${"x".repeat(before)} ${password.value} and ${session.value}`;
    const fault = {
      type: "InvalidLogin",
      message,
      privilegeId: "",
      existingState: "",
      property: "",
    };
    const error = refusal(party, { operation: "Login", purpose: "sign in" }, fault);
    t.deepEqual(findMarks([password, session], [{ name: "error", text: error.message }]), []);
    t.regex(error.message, /hidde|…/);
  }
});

test("Q-12 a variable of another way to sign in hides no word that is shorter than a secret", (t) => {
  const known = (password: string): readonly string[] =>
    readSecrets(() => undefined, { AZURE_PASSWORD: password, MSI_SECRET: password });
  t.deepEqual(known("web"), []);
  t.deepEqual(known("web1"), ["web1", "web1"]);
});

test("Q-12 every secret of settings and of Azure's ways to sign in is known from the start", (t) => {
  const variables = [
    ...["ARM_CLIENT_SECRET", "AZURE_CLIENT_SECRET", "GOVC_PASSWORD"],
    ...["AZURE_CLIENT_CERTIFICATE_PASSWORD", "AZURE_PASSWORD", "IDENTITY_HEADER", "MSI_SECRET"],
  ];
  const environment = Object.fromEntries(variables.map((name) => [name, `value of ${name}`]));
  const configured: Readonly<Record<string, string>> = {
    clientSecret: "configured secret",
    vcenters: '{"one": {"password": "configured password"}}',
  };
  t.deepEqual(
    [...readSecrets((key) => configured[key], environment)].sort(),
    [
      ...variables.map((name) => `value of ${name}`),
      "configured secret",
      "configured password",
    ].sort(),
  );
});
