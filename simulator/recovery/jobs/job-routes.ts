import { type Answer, badRequest, missingObject, ok } from "../../http/answer.ts";
import { applyFilter } from "../../http/filter.ts";
import { pagedListOf } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { type Simulation, schedule } from "../../simulation.ts";
import { recoveryId } from "../../state/identifiers.ts";
import { textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime } from "../../state/times.ts";
import { itemOfJob } from "../items/item-job.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { param, vaultOf } from "../vault/find.ts";
import { allowedActions, jobBody } from "./body.ts";
import { cancelJob } from "./cancel.ts";
import type { Job } from "./job.ts";
import { accepted } from "./operation.ts";
import { startJob } from "./run.ts";
import { scenarioOf } from "./scenarios.ts";

const JOBS = "replicationJobs";

/** Jobs and what can be done with them. Paths are relative to the vault. */
export const JOB_ROUTES: readonly Route[] = [
  ["GET", JOBS, listJobs],
  ["POST", `${JOBS}/export`, exportJobs],
  ["GET", `${JOBS}/{job}`, (call) => ok(jobBody(vaultOf(call), jobOf(call, vaultOf(call)), "get"))],
  ["POST", `${JOBS}/{job}/cancel`, (call) => act(call, "Cancel", cancelJob)],
  ["POST", `${JOBS}/{job}/restart`, (call) => act(call, "Restart", restart)],
  [
    "POST",
    `${JOBS}/{job}/resume`,
    (call) => {
      checkBody(call.body, BODIES.jobResume);
      return act(call, "Resume", resume);
    },
  ],
];

/** A job by its name; the id of an operation leads to its job, which may have another name. */
function jobOf(call: Call, vault: Vault): Job {
  const name = param(call, "job").toLowerCase();
  const job = vault.jobs[name] ?? vault.jobs[vault.operations[name]?.job ?? ""];
  if (!job || job.lost) throw missingObject(param(call, "job"));
  return job;
}

function listJobs(call: Call): Answer {
  const vault = vaultOf(call);
  const newestFirst = Object.values(vault.jobs)
    .filter((job) => !job.lost)
    .sort((first, second) => second.createdAt - first.createdAt);
  const found = applyFilter(newestFirst, call.query.get("$filter"), {
    JobStatus: (job) => job.state,
    State: (job) => job.state,
    JobName: (job) => [job.name, scenarioOf(job.scenario).friendlyName],
    ScenarioName: (job) => scenarioOf(job.scenario).jobScenario ?? job.scenario,
    AffectedObjectTypes: (job) => scenarioOf(job.scenario).target,
    TargetInstanceType: (job) => scenarioOf(job.scenario).target,
    TargetObjectId: (job) => job.targetObjectId,
    TargetObjectName: (job) => job.targetObjectName,
    FabricId: (job) => job.affectedObjects.primaryvmmid ?? "",
    StartTime: (job) => ({ from: formatTime(job.startedAt ?? job.createdAt) }),
    EndTime: (job) => ({ until: formatTime(job.endedAt ?? call.simulation.now) }),
  });
  return pagedListOf(call, found, (job) => jobBody(vault, job, "list"));
}

function act(
  call: Call,
  action: string,
  work: (simulation: Simulation, vault: Vault, job: Job) => void,
): Answer {
  const vault = vaultOf(call);
  const job = jobOf(call, vault);
  if (!allowedActions(job).includes(action)) {
    throw badRequest({
      code: "SIM-ACTION-NOT-ALLOWED",
      message: `The action '${action}' is not allowed on the job '${job.name}' in its state '${job.state}'.`,
      recommendedAction: `Actions allowed at present: ${allowedActions(job).join(", ") || "none"}.`,
    });
  }
  work(call.simulation, vault, job);
  call.simulation.changed = true;
  return accepted(call, vault, job, recoveryId(vault, JOBS, job.name));
}

/** CH-RESTART */
function restart(simulation: Simulation, vault: Vault, job: Job): void {
  job.state = "NotStarted";
  job.startedAt = null;
  job.endedAt = null;
  job.errors = [];
  job.refusal = null;
  for (const task of job.tasks) {
    if (task.state === "Succeeded" || task.state === "Other") continue;
    task.state = "NotStarted";
    task.startedAt = null;
    task.endedAt = null;
    task.dueAt = null;
    task.errors = [];
    task.children = [];
  }
  const item = itemOfJob(vault, job);
  const { shownAs, jobScenario } = scenarioOf(job.scenario);
  if (item)
    item.scenario = {
      name: shownAs ?? jobScenario ?? job.scenario,
      job: job.name,
      at: simulation.now,
    };
  schedule(simulation, vault, "jobStep", job.name, 500);
}

function resume(simulation: Simulation, vault: Vault, job: Job): void {
  job.state = "InProgress";
  schedule(simulation, vault, "jobStep", job.name, 0);
}

function exportJobs(call: Call): Answer {
  const vault = vaultOf(call);
  // CH-EXPORT
  checkBody(call.body, BODIES.jobQuery);
  const job = startJob(call.simulation, vault, {
    scenario: "ExportJobs",
    subject: { kind: "object", path: [] },
    targetObjectId: "",
    targetObjectName: "",
    input: call.body,
    details: {
      blobUri: `https://export.blob.storage.invalid/jobs/${textAt(call.body, "jobOutputType") ?? "Json"}`,
      sasToken: "sig=SIMULATED",
    },
  });
  return accepted(call, vault, job, recoveryId(vault, JOBS, job.name));
}
