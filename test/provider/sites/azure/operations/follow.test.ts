import test, { type ExecutionContext } from "ava";
import { CancelledError, DeadlineError } from "../../../../../provider/errors.ts";
import {
  acceptedOperation,
  doneAtOnce,
} from "../../../../../provider/sites/azure/operations/accepted.ts";
import { failedJob, itemJob, planJob } from "../support/jobs.ts";
import { createRun } from "../support/run.ts";
import { type StubAnswer, type StubService, startStub } from "../support/stub-service.ts";

interface Script {
  /** Answers to the polls of the status, the last one for all further polls. */
  readonly status?: readonly StubAnswer[];
  /** Answers to the reads of the job, likewise. */
  readonly job?: readonly StubAnswer[];
}

const ok = (body: unknown, headers: Record<string, string> = {}): StubAnswer => ({
  status: 200,
  body,
  headers,
});
const running = ok({ name: "op-1", status: "InProgress", error: null });
const succeeded = ok({ name: "op-1", status: "Succeeded", error: null });

/** A service that plays a script, and the operation to follow. */
async function play(
  t: ExecutionContext,
  script: Script,
): Promise<{ stub: StubService; operation: { operationId: string; statusUrl: string } }> {
  const at = (answers: readonly StubAnswer[] = [], count: number): StubAnswer | undefined =>
    answers[Math.min(count, answers.length) - 1];
  const stub: StubService = await startStub(t, (request, journal) => {
    const count = journal.filter((each) => each.path === request.path).length;
    if (request.path.includes("/replicationoperationstatus/")) return at(script.status, count);
    if (request.path.includes("/replicationjobs/")) return at(script.job, count);
    return undefined;
  });
  const statusUrl = `${stub.endpoint}${stub.vaultId}/replicationOperationStatus/op-1?api-version=x&t=1&s=signed`;
  return { stub, operation: { operationId: "op-1", statusUrl } };
}

test("A-06 the tasks of a job are told as they come, each once", async (t) => {
  const { stub, operation } = await play(t, {
    status: [running, running, running, succeeded],
    job: [
      ok(itemJob("op-1", "InProgress")),
      ok(itemJob("op-1", "InProgress")),
      ok(itemJob("op-1", "InProgress", 1)),
      ok(itemJob("op-1", "Succeeded", 2)),
    ],
  });
  const run = createRun();
  const outcome = await stub.vault.follow(run.context, operation);
  t.true(outcome.succeeded);
  t.is(outcome.failure, "");
  t.is(outcome.job?.state, "Succeeded");
  t.deepEqual(run.progress, ["web: Shut down (1 of 2)", "web: Failover (2 of 2)"]);
});

test("the status is polled verbatim, and as often as the service asks", async (t) => {
  const asked = ok({ status: "InProgress" }, { "retry-after": "30" });
  const { stub, operation } = await play(t, { status: [asked, running, running, succeeded] });
  const run = createRun();
  await stub.vault.follow(run.context, operation);
  t.deepEqual(run.clock.sleeps, [30_000, 3_000, 4_500]);
  t.true(stub.journal.some((each) => each.url.endsWith("?api-version=x&t=1&s=signed")));
});

test("A-06 a recovery plan's machines are told side by side", async (t) => {
  const { stub, operation } = await play(t, {
    status: [running, succeeded],
    job: [ok(planJob("another-name"))],
  });
  const run = createRun();
  const outcome = await stub.vault.follow(run.context, operation);
  t.is(outcome.job?.name, "another-name");
  t.deepEqual(run.progress, ["web: Fail over (1 of 1), app: Fail over (1 of 1)"]);
});

test("P-06 a failed job tells machine, task, code, cause and recommended action", async (t) => {
  const { stub, operation } = await play(t, {
    status: [ok({ status: "Failed", error: { code: "1", message: "outer" } })],
    job: [ok(failedJob("op-1"))],
  });
  const outcome = await stub.vault.follow(createRun().context, operation);
  t.false(outcome.succeeded);
  t.is(
    outcome.failure,
    'web, task "Failover": 28031: The core quota is exceeded. Possible causes: The subscription has too few cores. Recommended action: Raise the quota. Provider error 95222: QuotaExceeded',
  );
});

test("P-06 a failed operation without a job tells what its status says", async (t) => {
  const { stub, operation } = await play(t, {
    status: [ok({ status: "Failed", error: { code: "539", message: "It failed." } })],
  });
  const outcome = await stub.vault.follow(createRun().context, operation);
  t.false(outcome.succeeded);
  t.is(outcome.failure, "539: It failed.");
});

test("A-05 what an operation warns of while it goes on is kept, and does not fail it", async (t) => {
  const warning = { code: "28175", message: "The name is taken." };
  const { stub, operation } = await play(t, {
    status: [
      ok({ status: "InProgress", error: warning }),
      ok({ status: "Succeeded", error: warning }),
    ],
    job: [ok(itemJob("op-1", "CompletedWithInformation", 2))],
  });
  const outcome = await stub.vault.follow(createRun().context, operation);
  t.true(outcome.succeeded);
  t.deepEqual(outcome.warnings, ["28175: The name is taken."]);
});

test("A-05 a task that failed in a job that succeeded is a warning", async (t) => {
  const job = failedJob("op-1");
  const properties = { ...(job.properties as object), state: "CompletedWithInformation" };
  const { stub, operation } = await play(t, {
    status: [succeeded],
    job: [ok({ ...job, properties })],
  });
  const outcome = await stub.vault.follow(createRun().context, operation);
  t.true(outcome.succeeded);
  t.regex(outcome.warnings[0] ?? "", /^web, task "Failover": 28031/);
});

test("P-03 an operation that was found is followed by its job alone", async (t) => {
  const { stub } = await play(t, {
    job: [ok(itemJob("op-1", "InProgress")), ok(itemJob("op-1", "Succeeded", 2))],
  });
  const outcome = await stub.vault.follow(createRun().context, { operationId: "op-1" });
  t.true(outcome.succeeded);
  t.is(stub.journal.length, 2);
});

test("P-03 when the status is lost the job is followed", async (t) => {
  const { stub, operation } = await play(t, {
    status: [running, { status: 404 }],
    job: [
      ok(itemJob("op-1", "InProgress")),
      ok(itemJob("op-1", "InProgress", 1)),
      ok(failedJob("op-1")),
    ],
  });
  const outcome = await stub.vault.follow(createRun().context, operation);
  t.false(outcome.succeeded);
  t.is(stub.count("GET", "/replicationoperationstatus/op-1"), 2);
});

test("P-03 a job that the service no longer knows is said to be gone", async (t) => {
  const { stub } = await play(t, {});
  const outcome = await stub.vault.follow(createRun().context, { operationId: "op-1" });
  t.false(outcome.succeeded);
  t.regex(outcome.failure, /no longer knows the job op-1/);
  t.true(outcome.lost);
});

test("Q-03 a job that was cancelled is told as somebody's deed, not as a failure without a reason", async (t) => {
  const { stub } = await play(t, { job: [ok(itemJob("op-1", "Cancelled", 1))] });
  const outcome = await stub.vault.follow(createRun().context, { operationId: "op-1" });
  t.false(outcome.succeeded);
  t.regex(outcome.failure, /^web: somebody cancelled "[^"]+" \(job op-1\)\.$/);
});

test("P-07 a status URL that leads to another host is not asked", async (t) => {
  const { stub } = await play(t, { job: [ok(itemJob("op-1", "Succeeded", 2))] });
  const statusUrl = "https://elsewhere.invalid/replicationOperationStatus/op-1";
  const outcome = await stub.vault.follow(createRun().context, { operationId: "op-1", statusUrl });
  t.true(outcome.succeeded);
});

test("P-03 a deadline ends the following, not the job, and names it", async (t) => {
  const { stub, operation } = await play(t, {
    status: [running],
    job: [ok(itemJob("op-1", "InProgress"))],
  });
  const run = createRun(120);
  const error = await t.throwsAsync(stub.vault.follow(run.context, operation), {
    instanceOf: DeadlineError,
  });
  t.regex(error?.message ?? "", /2026-01-15T08:02:00.000Z.*job op-1.*runs on in Azure.*Run again/);
  t.deepEqual(
    stub.journal.filter((each) => each.method !== "GET"),
    [],
  );
});

test("P-03 ^C ends the following at once and leaves the job running", async (t) => {
  const { stub, operation } = await play(t, {
    status: [running],
    job: [ok(itemJob("op-1", "InProgress"))],
  });
  const run = createRun();
  run.clock.onSleep = () => run.cancel();
  const error = await t.throwsAsync(stub.vault.follow(run.context, operation), {
    instanceOf: CancelledError,
  });
  t.regex(error?.message ?? "", /Cancelled.*op-1 runs on/);
  t.deepEqual(
    stub.journal.filter((each) => each.method !== "GET"),
    [],
  );
});

test("a verb that the service did at once has no job to follow", async (t) => {
  const { stub } = await play(t, {});
  const outcome = await stub.vault.follow(createRun().context, doneAtOnce);
  t.true(outcome.succeeded);
  t.deepEqual(stub.journal, []);
});

test("Q-10 an operation that was accepted is followed, however its address is spelt", (t) => {
  const answerWith = (url: string) => ({ status: 202, header: () => url, body: undefined });
  const operationOf = (name: string): unknown =>
    acceptedOperation(answerWith(`https://a/op/${name}?s=1`))?.operationId;
  t.is(operationOf("op%201"), "op 1");
  t.is(operationOf("op%zz"), "op%zz");
});
