import test from "ava";
import { createRun } from "./support/run.ts";
import { type StubAnswer, startStub } from "./support/stub-service.ts";

const items = "/replicationprotecteditems";
const list: StubAnswer = { status: 200, body: { value: [], nextLink: null } };

test("refresh costs pages and not items: callers at the same time share one request", async (t) => {
  const stub = await startStub(t, (request) => (request.path.endsWith(items) ? list : undefined));
  const { context } = createRun();
  await Promise.all(Array.from({ length: 50 }, () => stub.vault.items(context)));
  t.is(stub.count("GET", items), 1);
});

test("an answer is shared for twenty seconds, and no longer", async (t) => {
  const stub = await startStub(t, (request) => (request.path.endsWith(items) ? list : undefined));
  const { context, clock } = createRun();
  await stub.vault.items(context);
  await clock.sleep(20_000);
  await stub.vault.items(context);
  t.is(stub.count("GET", items), 1);
  await clock.sleep(1);
  await stub.vault.items(context);
  t.is(stub.count("GET", items), 2);
});

test("what was forgotten is asked again, also by another spelling of the vault's id", async (t) => {
  const stub = await startStub(t, (request) => (request.path.endsWith(items) ? list : undefined));
  const { context } = createRun();
  await stub.vault.items(context);
  stub.site.vault(stub.vaultId.toUpperCase()).forget();
  await stub.vault.items(context);
  t.is(stub.count("GET", items), 2);
});

test("a write of one's own drops every answer of the vault", async (t) => {
  const stub = await startStub(t, (request) => {
    if (request.path.endsWith(items)) return list;
    return request.method === "DELETE" ? { status: 204 } : undefined;
  });
  const { context } = createRun();
  await stub.vault.items(context);
  await stub.vault.removePolicy(context, "daily");
  await stub.vault.items(context);
  t.is(stub.count("GET", items), 2);
});

test("a failure is not kept", async (t) => {
  const answers: StubAnswer[] = [{ status: 403 }, list];
  const stub = await startStub(t, (request, journal) =>
    request.path.endsWith(items) ? answers[journal.length - 1] : undefined,
  );
  const { context } = createRun();
  await t.throwsAsync(stub.vault.items(context));
  t.deepEqual(await stub.vault.items(context), []);
});

test("a caller that was cancelled does not fail those who wait with it", async (t) => {
  const first = createRun();
  const stub = await startStub(t, (request, journal) => {
    if (!request.path.endsWith(items)) return undefined;
    return journal.length === 1 ? { status: 503 } : list;
  });
  first.clock.onSleep = () => first.cancel();
  const results = await Promise.allSettled([
    stub.vault.items(first.context),
    stub.vault.items(createRun().context),
  ]);
  t.deepEqual(
    results.map((each) => each.status),
    ["rejected", "fulfilled"],
  );
});
