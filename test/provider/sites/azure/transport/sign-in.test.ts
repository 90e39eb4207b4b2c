import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test from "ava";
import { type Configuration, readConfiguration } from "../../../../../provider/configuration.ts";
import { InvalidConfigurationError, SiteError } from "../../../../../provider/errors.ts";
import { tokenScope } from "../../../../../provider/sites/azure/transport/credentials.ts";
import { createSiteRegistry } from "../../../../../provider/sites/create-registry.ts";
import { createRun, loopbackConfiguration } from "../support/run.ts";
import { startStub } from "../support/stub-service.ts";

const secret = "very-secret-value-42";
const cloud: Configuration = {
  ...loopbackConfiguration("https://management.azure.com"),
  clientSecret: secret,
};

test("P-07 a sign-in that fails names the settings and their variables, and no secret", async (t) => {
  const registry = createSiteRegistry({ ...cloud, useOidc: true });
  const { context } = createRun();
  const error = await t.throwsAsync(registry.azure(context), { instanceOf: SiteError });
  for (const word of ["asr:tenantId", "asr:clientId", "asr:clientSecret", "ARM_CLIENT_SECRET"]) {
    t.true(error?.message.includes(word), `${error?.message} lacks ${word}`);
  }
  t.false(error?.message.includes(secret));
  t.is(await t.throwsAsync(registry.azure(context)), error, "one cause is one error for all");
});

test("a client secret without its tenant or client fails before anything is asked", async (t) => {
  const { context } = createRun();
  const tenant = await t.throwsAsync(createSiteRegistry(cloud).azure(context), {
    instanceOf: InvalidConfigurationError,
  });
  t.is(tenant?.setting, "asr:tenantId");
  const client = await t.throwsAsync(
    createSiteRegistry({ ...cloud, tenantId: "t" }).azure(context),
    { instanceOf: InvalidConfigurationError },
  );
  t.is(client?.setting, "asr:clientId");
});

test("an endpoint that nobody listens on is named, after a few attempts", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const run = createRun();
  const registry = createSiteRegistry(loopbackConfiguration(`http://127.0.0.1:${port}`));
  const error = await t.throwsAsync(registry.azure(run.context), { instanceOf: SiteError });
  t.regex(
    error?.message ?? "",
    /^asr:endpoint: http:\/\/127.0.0.1:\d+ cannot be reached.*ECONNREFUSED/,
  );
  t.deepEqual(run.clock.sleeps, [1_000, 2_000]);
});

test("a subscription that Azure does not know names its setting", async (t) => {
  await t.throwsAsync(
    startStub(t, (request) =>
      /^\/subscriptions\/[^/]+$/.test(request.path) ? { status: 404, body: {} } : undefined,
    ),
    { instanceOf: InvalidConfigurationError, message: /^asr:subscriptionId: / },
  );
});

test("an identity with rights on the vault alone may go on", async (t) => {
  const stub = await startStub(t, (request) =>
    /^\/subscriptions\/[^/]+$/.test(request.path) ? { status: 403, body: {} } : undefined,
  );
  t.is(stub.site.subscriptionId, "00000000-0000-0000-0000-00000000000a");
});

test("P-07 no credential is sent over plain http", async (t) => {
  const stub = await startStub(t, (request) =>
    request.path.endsWith("/replicationfabrics") ? { status: 200, body: { value: [] } } : undefined,
  );
  await stub.vault.fabrics(createRun().context);
  t.is(stub.journal[0]?.headers.authorization, undefined);
});

test("a later sign-in is tried again after half a minute", async (t) => {
  const registry = createSiteRegistry(cloud);
  const run = createRun();
  const first = await t.throwsAsync(registry.azure(run.context));
  await run.clock.sleep(31_000);
  t.not(await t.throwsAsync(registry.azure(run.context)), first);
});

for (const [environment, endpoint, scope] of [
  ["public", undefined, "https://management.azure.com/.default"],
  ["usgovernment", undefined, "https://management.usgovcloudapi.net/.default"],
  ["china", undefined, "https://management.chinacloudapi.cn/.default"],
  ["public", "https://westeurope.management.azure.com", "https://management.azure.com/.default"],
  ["public", "https://arm.example.org:8443", "https://arm.example.org:8443/.default"],
] as const) {
  test(`the token for ${environment} ${endpoint ?? ""} is asked for ${scope}`, (t) => {
    const values: Record<string, string | undefined> = {
      environment,
      endpoint,
      subscriptionId: "s",
    };
    t.is(tokenScope(readConfiguration((key) => values[key], {})), scope);
  });
}
