import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { createClock } from "../../simulator/clock/virtual-clock.ts";
import { startSimulator } from "../../simulator/index.ts";
import { refuseStranger } from "../../simulator/sign-in/guard.ts";
import { findIdentity } from "../../simulator/sign-in/sign-in-state.ts";
import { issueToken } from "../../simulator/sign-in/tokens.ts";
import { populate } from "../../simulator/world/populate.ts";
import { checkWorld } from "../../simulator/world/read-world.ts";
import { ARM, bearer, FOREIGN, openDoor, SECRET, TENANT, WORLD } from "./door.ts";
import { type Body, VAULT } from "./shop.ts";

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

test("A token outlives a restart, and the state file holds no secret and is its owner's alone", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "asr-sign-in-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const stateFile = join(folder, "state.json");
  const options = { world: WORLD, clock: "stepped", requireSignIn: true, stateFile } as const;
  const first = await startSimulator(options);
  const form = { grant_type: "client_credentials", client_id: "deployer", client_secret: SECRET };
  const answer = await fetch(`${first.url}/${TENANT}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ ...form, scope: ARM }),
  });
  const { access_token } = (await answer.json()) as Body;
  await first.close();
  t.notRegex(readFileSync(stateFile, "utf8"), /battery/);
  t.is(statSync(stateFile).mode & 0o777, 0o600, "only its owner reads the key in it");
  const second = await startSimulator(options);
  t.teardown(() => second.close());
  const headers = { authorization: `Bearer ${access_token}` };
  t.is((await fetch(`${second.url}${VAULT}`, { headers })).status, 200);
});
