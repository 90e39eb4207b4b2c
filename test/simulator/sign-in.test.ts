import test from "ava";
import { ASSERTION_TYPE, assertion, bearer, openDoor, SECRET, TENANT } from "./door.ts";
import { type Body, openShop, SHOP, SUBSCRIPTION, VAULT } from "./shop.ts";

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

test("Neither the view of the state nor the journal shows a secret, a key or a token", async (t) => {
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
