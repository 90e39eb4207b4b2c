import test from "ava";
import { CancelledError, DeadlineError, SiteError } from "../../../../../provider/errors.ts";
import { failoverOf, protectedItem } from "../support/failover-request.ts";
import { createRun } from "../support/run.ts";
import { type StubAnswer, startStub } from "../support/stub-service.ts";

const emptyList: StubAnswer = { status: 200, body: { value: [], nextLink: null } };
const accepted: StubAnswer = {
  status: 202,
  headers: { "azure-asyncoperation": "http://x/replicationOperationStatus/op-1?s=1" },
};

for (const [title, headers, expected] of [
  ["Retry-After in seconds", { "retry-after": "7" }, 7_000],
  ["Retry-After as a date", { "retry-after": "Thu, 15 Jan 2026 08:00:30 GMT" }, 30_000],
  ["retry-after-ms before Retry-After", { "retry-after": "7", "retry-after-ms": "250" }, 250],
  ["nothing, by a pause of its own", {}, 1_000],
] as const) {
  test(`A-06 a throttled read waits as long as the service asks: ${title}`, async (t) => {
    const stub = await startStub(t, (request, journal) =>
      request.path.endsWith("/replicationprotecteditems")
        ? journal.length === 1
          ? { status: 429, headers }
          : emptyList
        : undefined,
    );
    const run = createRun();
    t.deepEqual(await stub.vault.items(run.context), []);
    t.deepEqual(run.clock.sleeps, [expected]);
    t.is(stub.journal.length, 2);
  });
}

test("A-06 a long wait is told with what it waits for", async (t) => {
  const stub = await startStub(t, (request, journal) =>
    request.path.endsWith("/replicationpolicies") && journal.length === 1
      ? { status: 429, headers: { "retry-after": "30" } }
      : emptyList,
  );
  const run = createRun();
  await stub.vault.policies(run.context);
  t.is(run.progress.length, 1);
  t.regex(run.progress[0] ?? "", /^30 s: .*list the replication policies of vault Vault1.*429/);
});

test("P-03 reads wait out server errors and broken connections", async (t) => {
  const answers: StubAnswer[] = [{ status: 500 }, "reset", { status: 503 }, emptyList];
  const stub = await startStub(t, (request, journal) =>
    request.path.endsWith("/replicationfabrics") ? answers[journal.length - 1] : undefined,
  );
  const run = createRun();
  t.deepEqual(await stub.vault.fabrics(run.context), []);
  t.deepEqual(run.clock.sleeps, [1_000, 2_000, 4_000]);
});

test("A-06 a read that cannot be answered before the deadline says what it waited for", async (t) => {
  const stub = await startStub(t, (request) =>
    request.path.endsWith("/replicationfabrics") ? { status: 503 } : undefined,
  );
  const run = createRun(60);
  const error = await t.throwsAsync(stub.vault.fabrics(run.context), { instanceOf: DeadlineError });
  t.regex(error?.message ?? "", /2026-01-15T08:01:00.000Z.*list the fabrics of vault Vault1.*503/);
});

test("P-03 a verb that is throttled was not begun, and is sent again", async (t) => {
  const answers: StubAnswer[] = [
    { status: 429, headers: { "retry-after": "3" } },
    { status: 503, headers: { "retry-after": "4" } },
    accepted,
  ];
  const stub = await startStub(t, (_request, journal) => answers[journal.length - 1]);
  const run = createRun();
  const request = failoverOf(protectedItem(stub.vaultId));
  t.like(await stub.vault.start(run.context, request), { operationId: "op-1" });
  t.deepEqual(run.clock.sleeps, [3_000, 4_000]);
});

for (const [title, answer] of [
  ["the connection breaks", "reset"],
  ["the service answers 500", { status: 500 }],
  ["the service answers 503 without asking to come back", { status: 503 }],
] as const) {
  test(`P-03 a verb is sent once and no more when ${title}`, async (t) => {
    const stub = await startStub(t, (request) => (request.method === "POST" ? answer : undefined));
    const run = createRun();
    const error = await t.throwsAsync(
      stub.vault.start(run.context, failoverOf(protectedItem(stub.vaultId))),
      { instanceOf: SiteError },
    );
    t.true(error?.effectUnknown);
    t.regex(
      error?.message ?? "",
      /fail over CliVM2.*nobody can tell whether it has begun.*Run again/,
    );
    t.is(stub.count("POST", "/unplannedfailover"), 1);
    t.deepEqual(run.clock.sleeps, []);
  });
}

test("P-06 a refusal tells the machine, the service's code, cause and recommended action", async (t) => {
  const stub = await startStub(t, (request) =>
    request.method === "POST"
      ? {
          status: 400,
          body: {
            error: {
              code: "BadRequest",
              message: "outer",
              details: [
                {
                  code: "InvalidFailoverDirection",
                  message: "Wrong direction.",
                  possibleCauses: "The item runs elsewhere.",
                  recommendedAction: "Turn it round.",
                },
              ],
            },
          },
        }
      : undefined,
  );
  const error = await t.throwsAsync(
    stub.vault.start(createRun().context, failoverOf(protectedItem(stub.vaultId))),
    { instanceOf: SiteError },
  );
  t.is(error?.status, 400);
  t.is(error?.serviceCode, "InvalidFailoverDirection");
  t.false(error?.effectUnknown);
  t.is(
    error?.message,
    "Azure refused to fail over CliVM2 (400): InvalidFailoverDirection: Wrong direction. Possible causes: The item runs elsewhere. Recommended action: Turn it round.",
  );
});

test("P-07 a secret in the service's answer does not reach the error", async (t) => {
  const stub = await startStub(t, (request) =>
    request.method === "POST"
      ? { status: 409, body: { error: { code: "X", message: "see https://h/x?sig=abcdefgh1234" } } }
      : undefined,
  );
  const error = await t.throwsAsync(
    stub.vault.start(createRun().context, failoverOf(protectedItem(stub.vaultId))),
  );
  t.false(error?.message.includes("abcdefgh1234"));
  t.is(error?.cause, undefined);
});

test("P-03 a cancelled run sends nothing more", async (t) => {
  const stub = await startStub(t, () => undefined);
  const run = createRun();
  run.cancel();
  await t.throwsAsync(stub.vault.start(run.context, failoverOf(protectedItem(stub.vaultId))), {
    instanceOf: CancelledError,
  });
  t.deepEqual(stub.journal, []);
});

test("Q-02 directly before a write, and no read, it is asked whether the engine is still there", async (t) => {
  const stub = await startStub(t, () => emptyList);
  const run = createRun();
  let asked = 0;
  const confirmSignal = async (): Promise<void> => {
    asked += 1;
    run.cancel(new Error("The Pulumi engine is gone"));
  };
  const context = { ...run.context, confirmSignal };
  await stub.vault.policies(context);
  t.is(asked, 0);
  const before = stub.journal.length;
  await t.throwsAsync(stub.vault.start(context, failoverOf(protectedItem(stub.vaultId))), {
    instanceOf: CancelledError,
  });
  t.is(asked, 1);
  t.is(stub.journal.length, before);
});

test("P-03 a cancellation while a verb is under way does not tear it off, so its job is known", async (t) => {
  const run = createRun();
  const stub = await startStub(t, (request) => {
    if (request.method !== "POST") return undefined;
    run.cancel();
    return accepted;
  });
  const request = failoverOf(protectedItem(stub.vaultId));
  t.like(await stub.vault.start(run.context, request), { operationId: "op-1" });
});

test("a cancellation ends a wait between two reads", async (t) => {
  const stub = await startStub(t, (request) =>
    request.path.endsWith("/replicationfabrics") ? { status: 503 } : undefined,
  );
  const run = createRun();
  run.clock.onSleep = () => run.cancel();
  await t.throwsAsync(stub.vault.fabrics(run.context), { instanceOf: CancelledError });
  t.is(stub.journal.length, 1);
});

test("a list is read through all its pages, and never from a foreign host", async (t) => {
  const stub = await startStub(t, (request) => {
    if (request.path.endsWith("/locations")) {
      return { status: 200, body: { value: [], nextLink: "http://elsewhere.invalid/token" } };
    }
    if (!request.path.endsWith("/replicationfabrics")) return undefined;
    const next = request.url.includes("page=2")
      ? null
      : `http://${request.headers.host}${request.url}&page=2`;
    const name = next === null ? "b" : "a";
    return { status: 200, body: { value: [{ id: `/${name}`, name }], nextLink: next } };
  });
  const { context } = createRun();
  const fabrics = await stub.vault.fabrics(context);
  t.deepEqual(
    fabrics.map((each) => each.name),
    ["a", "b"],
  );
  t.is((await stub.site.regions(context)).size, 0);
});

test("a vault that does not exist is named with its group and subscription", async (t) => {
  const stub = await startStub(t, () => undefined);
  const error = await t.throwsAsync(stub.vault.items(createRun().context), {
    instanceOf: SiteError,
  });
  t.is(error?.status, 404);
  t.regex(
    error?.message ?? "",
    /Vault Vault1 was not found in resource group dr of subscription 00000000-.*asr:resourceGroup/,
  );
});
