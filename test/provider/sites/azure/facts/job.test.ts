import test from "ava";
import { jobFacts, newestFirst } from "../../../../../provider/sites/azure/facts/job.ts";
import { fixture } from "../support/fixture.ts";
import { failedJob, planJob } from "../support/jobs.ts";

test("A-06 a recorded job reads with its task", (t) => {
  const job = jobFacts(fixture("job-with-task"));
  t.like(job, {
    scenarioName: "RefreshVaultHealth",
    state: "Succeeded",
    targetInstanceType: "Vault",
  });
  t.is(job.tasks[0]?.friendlyName, "Refreshing failover health");
  t.deepEqual(job.errors, []);
});

test("P-06 the errors of a job carry task, machine and the words of service and provider", (t) => {
  const [error, ...rest] = jobFacts(failedJob("1")).errors;
  t.deepEqual(rest, [], "the job repeats its task's error, which counts once");
  t.deepEqual(error, {
    code: "28031",
    message: "The core quota is exceeded.",
    possibleCauses: "The subscription has too few cores.",
    recommendedAction: "Raise the quota.",
    providerCode: "95222",
    providerMessage: "QuotaExceeded",
    level: "Error",
    task: "Failover",
    machine: "web",
  });
});

test("tasks of a recovery plan's job stand in one list, each with its machine", (t) => {
  const job = jobFacts(planJob("9"));
  t.deepEqual(
    job.tasks.map((each) => [each.friendlyName, each.machine]),
    [
      ["Group 1", ""],
      ["Fail over", "web"],
      ["Fail over", "app"],
    ],
  );
});

test("jobs are listed newest first, one that has no start yet before all", (t) => {
  const job = (name: string, startTime?: string): ReturnType<typeof jobFacts> =>
    jobFacts({ name, properties: { startTime } });
  const sorted = newestFirst([
    job("b", "2026-01-01T00:00:00Z"),
    job("a", "2026-01-02T00:00:00Z"),
    job("new"),
  ]);
  t.deepEqual(
    sorted.map((each) => each.name),
    ["new", "a", "b"],
  );
});
