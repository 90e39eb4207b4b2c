import { createPublicKey, verify } from "node:crypto";
import test, { type ExecutionContext } from "ava";
import { createClock } from "../../simulator/clock/virtual-clock.ts";
import { type SimulatorOptions, startSimulator } from "../../simulator/index.ts";
import { refuseStranger } from "../../simulator/sign-in/guard.ts";
import { findIdentity } from "../../simulator/sign-in/sign-in-state.ts";
import { issueToken } from "../../simulator/sign-in/tokens.ts";
import { populate } from "../../simulator/world/populate.ts";
import { checkWorld } from "../../simulator/world/read-world.ts";
import { type Body, openShop, SHOP, SUBSCRIPTION, VAULT } from "./shop.ts";

const TENANT = "99999999-8888-7777-6666-555555555555";
const FOREIGN = "88888888-0000-0000-0000-000000000000";
const SECRET = "correct horse battery staple";
const ARM = "https://management.azure.com/.default";
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

const WORLD = {
  ...SHOP,
  tenant: TENANT,
  identities: [
    { clientId: "deployer", objectId: "object-of-deployer", secret: SECRET },
    { clientId: "builder", federated: { issuer: "https://tokens.example", subject: "shop" } },
    { clientId: "machine", managed: true },
    { clientId: "stranger", tenant: FOREIGN, secret: SECRET },
  ],
};

interface Door {
  readonly url: string;
  /** Asks for a token; returns status and body. */
  signIn(form: Record<string, string>, tenant?: string): Promise<{ status: number; body: Body }>;
  /** Reads the vault with whatever authorization is given. */
  read(authorization?: string): Promise<{ status: number; body: Body; headers: Headers }>;
  readonly simulator: Awaited<ReturnType<typeof startSimulator>>;
}

async function openDoor(
  t: ExecutionContext,
  options: Partial<SimulatorOptions> = {},
): Promise<Door> {
  const simulator = await startSimulator({
    world: WORLD,
    clock: "stepped",
    requireSignIn: true,
    ...options,
  });
  t.teardown(() => simulator.close());
  return {
    url: simulator.url,
    simulator,
    async signIn(form, tenant = TENANT) {
      const response = await fetch(`${simulator.url}/${tenant}/oauth2/v2.0/token?dc=ESTS`, {
        method: "POST",
        body: new URLSearchParams({ grant_type: "client_credentials", scope: ARM, ...form }),
      });
      return { status: response.status, body: await response.json() };
    },
    async read(authorization) {
      const response = await fetch(`${simulator.url}${VAULT}?api-version=2030-01-01`, {
        headers: authorization === undefined ? {} : { authorization },
      });
      return { status: response.status, body: await response.json(), headers: response.headers };
    },
  };
}

function assertion(claims: object): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encode({ alg: "RS256" })}.${encode(claims)}.c2lnbmF0dXJl\n`;
}

async function bearer(door: Door, form: Record<string, string> = {}, tenant = TENANT) {
  const { body } = await door.signIn(
    { client_id: "deployer", client_secret: SECRET, ...form },
    tenant,
  );
  return `Bearer ${body.access_token}`;
}

test("A token for a secret opens the door, is signed by the published key, and says who holds it", async (t) => {
  const door = await openDoor(t);
  const { status, body } = await door.signIn({ client_id: "deployer", client_secret: SECRET });
  t.is(status, 200);
  t.is(body.token_type, "Bearer");
  t.is(body.expires_in, 3599);
  t.is((await door.read(`Bearer ${body.access_token}`)).status, 200);

  const [header, claims, signature] = body.access_token.split(".");
  const said = JSON.parse(Buffer.from(claims, "base64url").toString());
  t.like(said, {
    aud: "https://management.azure.com",
    tid: TENANT,
    oid: "object-of-deployer",
    appid: "deployer",
  });
  t.is(said.exp - said.iat, 3599);
  const published = (await (
    await fetch(`${door.url}/${TENANT}/discovery/v2.0/keys`)
  ).json()) as Body;
  const key = createPublicKey({ key: published.keys[0], format: "jwk" });
  const content = Buffer.from(`${header}.${claims}`);
  t.true(verify("sha256", content, key, Buffer.from(signature, "base64url")));
});

test("A request without a good token gets 401 with WWW-Authenticate and the reason", async (t) => {
  const door = await openDoor(t);
  const good = await bearer(door);
  const [header, claims, signature] = good.split(".");
  const forged = Buffer.from(claims ?? "", "base64url").toString();
  const changed = Buffer.from(forged.replace("deployer", "somebody")).toString("base64url");
  for (const [authorization, code] of [
    [undefined, "AuthenticationFailed"],
    ["Basic dXNlcjpwYXNz", "AuthenticationFailed"],
    ["Bearer nonsense", "InvalidAuthenticationToken"],
    [`${header}.${changed}.${signature}`, "InvalidAuthenticationToken"],
    [
      await bearer(door, { scope: `${door.url}/graph/.default` }),
      "InvalidAuthenticationTokenAudience",
    ],
  ] as const) {
    const { status, body, headers } = await door.read(authorization);
    t.is(status, 401, code);
    t.is(body.error.code, code);
    t.regex(headers.get("www-authenticate") ?? "", /^Bearer .*error="invalid_token"/);
    t.notRegex(headers.get("www-authenticate") ?? "", /claims=/);
  }
  const unknown = await fetch(`${door.url}/no/such/path`);
  t.is(unknown.status, 401);
  t.is((await fetch(`${door.url}/_simulator/health`)).status, 200);
});

test("Every audience that stock clients ask for is taken, in both generations of the token address", async (t) => {
  const door = await openDoor(t);
  for (const scope of [
    ARM,
    "https://management.azure.com//.default",
    "https://management.core.windows.net//.default",
    `${door.url}/.default`,
    `${door.url}/.default openid profile`,
  ]) {
    t.is((await door.read(await bearer(door, { scope }))).status, 200, scope);
  }
  const response = await fetch(`${door.url}/${TENANT}/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "deployer",
      client_secret: SECRET,
      resource: "https://management.azure.com/",
    }),
  });
  const { access_token } = (await response.json()) as Body;
  t.is((await door.read(`Bearer ${access_token}`)).status, 200);
});

test("A token that has expired, or that another simulator signed, is refused", async (t) => {
  const world = () => populate(checkWorld(WORLD), createClock({ setting: "stepped", startMs: 0 }));
  const simulation = world();
  const identity = findIdentity(simulation, "deployer", TENANT);
  if (!identity) return t.fail("the world has the client 'deployer'");
  const baseUrl = "http://127.0.0.1";
  const nowMs = 1_800_000_000_000;
  const audience = "https://management.azure.com";
  const token = issueToken(simulation, { identity, audience, baseUrl, nowMs });
  const request = { headers: { authorization: `Bearer ${token}` }, baseUrl };
  t.is(refuseStranger(simulation, request, nowMs + 3_598_000), undefined);
  const late = refuseStranger(simulation, request, nowMs + 3_600_000);
  t.is(late?.status, 401);
  t.regex(JSON.stringify(late?.body), /ExpiredAuthenticationToken/);

  const other = world();
  issueToken(other, { identity, audience, baseUrl, nowMs });
  const foreign = refuseStranger(other, request, nowMs);
  t.is(foreign?.status, 401);
  t.regex(JSON.stringify(foreign?.body), /not signed by this simulator/);
});

test("A token of another tenant gets 403", async (t) => {
  const door = await openDoor(t);
  const authorization = await bearer(door, { client_id: "stranger" }, FOREIGN);
  const { status, body } = await door.read(authorization);
  t.is(status, 403);
  t.is(body.error.code, "InvalidAuthenticationTokenTenant");
});

test("Sign-in is refused with Microsoft's numbers and no secret in the message", async (t) => {
  const door = await openDoor(t);
  const now = Math.floor(Date.now() / 1000);
  const federated = (claims: object) => ({
    client_id: "builder",
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion(claims),
  });
  for (const [form, tenant, status, code] of [
    [{ client_id: "deployer", client_secret: "guess-1234" }, TENANT, 401, 7000215],
    [{ client_id: "deployer" }, TENANT, 401, 7000218],
    [{ client_id: "machine", client_secret: "guess-1234" }, TENANT, 401, 7000215],
    [{ client_id: "nobody", client_secret: SECRET }, TENANT, 400, 700016],
    [{ client_secret: SECRET }, TENANT, 400, 900144],
    [{ client_id: "deployer", client_secret: SECRET }, "elsewhere", 400, 90002],
    [{ client_id: "deployer", grant_type: "password", password: "guess-1234" }, TENANT, 400, 70003],
    [federated({ iss: "https://tokens.example", sub: "other" }), TENANT, 401, 70021],
    [federated({ iss: "https://tokens.example", sub: "shop", exp: now - 5 }), TENANT, 401, 700024],
    [{ ...federated({}), client_assertion: "no token" }, TENANT, 401, 50027],
  ] as const) {
    const { status: given, body } = await door.signIn(form, tenant);
    t.is(given, status, String(code));
    t.deepEqual(body.error_codes, [code]);
    t.regex(body.error_description, new RegExp(`^AADSTS${code}: `));
    t.notRegex(JSON.stringify(body), /guess-1234|battery/);
  }
  const good = federated({ iss: "https://tokens.example", sub: "shop", exp: now + 60 });
  const { body } = await door.signIn(good);
  t.is((await door.read(`Bearer ${body.access_token}`)).status, 200);
});

test("Managed identity gives tokens in both styles, to who sends the style's header", async (t) => {
  const door = await openDoor(t);
  const resource = encodeURIComponent("https://management.azure.com/");
  for (const [path, headers] of [
    [`/msi/token?api-version=2019-08-01&resource=${resource}`, { "x-identity-header": "any" }],
    [
      `/metadata/identity/oauth2/token/?api-version=2018-02-01&resource=${resource}`,
      { metadata: "true" },
    ],
  ] as const) {
    t.is((await fetch(`${door.url}${path}`)).status, 400);
    t.is((await fetch(`${door.url}${path}&client_id=deployer`, { headers })).status, 400);
    const body = (await (await fetch(`${door.url}${path}`, { headers })).json()) as Body;
    t.is(body.client_id, "machine");
    t.is(typeof body.expires_on, "string");
    t.true(Number(body.expires_on) > Date.now() / 1000 + 3000);
    t.is((await door.read(`Bearer ${body.access_token}`)).status, 200);
  }
});

test("Discovery names the address the client uses, also with a doubled slash", async (t) => {
  const door = await openDoor(t);
  const asked = door.url.replace("127.0.0.1", "localhost");
  const get = async (path: string) => (await (await fetch(`${asked}${path}`)).json()) as Body;
  for (const path of ["/metadata/endpoints", "//metadata/endpoints"]) {
    const cloud = await get(`${path}?api-version=2022-09-01`);
    t.is(cloud.resourceManager, asked);
    t.is(cloud.microsoftGraphResourceId, `${asked}/graph`);
    t.deepEqual(cloud.authentication, {
      loginEndpoint: asked,
      audiences: [asked],
      tenant: "common",
      identityProvider: "AAD",
    });
    t.deepEqual(Object.keys(cloud.suffixes).sort(), ["keyVaultDns", "storage"]);
  }
  for (const tenant of [TENANT, "common", "organizations"]) {
    const openId = await get(`/${tenant}/v2.0/.well-known/openid-configuration`);
    t.is(openId.issuer, `${asked}/${TENANT}/v2.0`);
    for (const field of ["authorization_endpoint", "token_endpoint", "jwks_uri"])
      t.true(openId[field].startsWith(`${asked}/${TENANT}/`), field);
  }
  const instance = await get("/common/discovery/instance?api-version=1.1");
  t.regex(instance.tenant_discovery_endpoint, /openid-configuration$/);
});

test("Secrets, keys and tokens are in no view, journal or state file in the clear", async (t) => {
  const door = await openDoor(t);
  const authorization = await bearer(door);
  await door.read(authorization);
  await door.signIn({
    client_id: "builder",
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: assertion({ iss: "https://tokens.example", sub: "shop" }),
  });
  const shown = await Promise.all(
    ["state", "journal"].map(async (view) =>
      (await fetch(`${door.url}/_simulator/${view}`)).text(),
    ),
  );
  for (const text of shown) t.notRegex(text, /battery|PRIVATE KEY|secretHash|eyJ/);
  t.regex(shown[1] ?? "", /"client_secret":"\*\*\*"/);
});

test("Without being told to, plain http asks for no token; a world without identities takes anybody", async (t) => {
  const shop = await openShop(t);
  t.is((await shop.ask("GET", VAULT)).status, 200);
  const door = await openDoor(t, { world: SHOP });
  const { body } = await door.signIn(
    { client_id: "anybody", client_secret: "anything" },
    "00000000-0000-0000-0000-00000000f00d",
  );
  const headers = { authorization: `Bearer ${body.access_token}` };
  const list = (await (await fetch(`${door.url}/subscriptions`, { headers })).json()) as Body;
  t.like(list.value[0], { subscriptionId: SUBSCRIPTION, state: "Enabled" });
  const tenants = (await (await fetch(`${door.url}/tenants`, { headers })).json()) as Body;
  t.is(tenants.value[0].tenantId, "00000000-0000-0000-0000-00000000f00d");
});
