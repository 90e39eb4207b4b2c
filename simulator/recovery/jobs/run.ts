import type { ServiceError } from "../../faults/fault-rule.ts";
import { faultOfTask } from "../../faults/strike.ts";
import { newGuid, type Simulation, schedule } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { SECOND } from "../../state/times.ts";
import type { Failure, TaskOutcome } from "./behaviour.ts";
import { behaviourOf } from "./behaviours.ts";
import { cancelJob } from "./cancel.ts";
import { isFinished, type Job, type JobSubject, type JobTask } from "./job.ts";
import { type ScenarioName, scenarioOf } from "./scenarios.ts";

/** What is needed to start a job. */
export interface JobRequest {
  readonly scenario: ScenarioName;
  readonly subject: JobSubject;
  readonly targetObjectId: string;
  readonly targetObjectName: string;
  readonly affectedObjects?: Readonly<Record<string, string>>;
  readonly input?: JsonObject;
  readonly refusal?: ServiceError | undefined;
  readonly warning?: { code: string; message: string };
  readonly parent?: string;
  readonly holdBefore?: string;
  readonly details?: JsonObject;
  /** Tasks instead of the scenario's, for jobs whose groups depend on their subject. */
  readonly tasks?: readonly JobTask[];
}

/** Virtual milliseconds a job waits in `NotStarted`. */
const QUEUE_MS = 500;

/** Puts a job into the vault; it starts by itself. */
export function startJob(simulation: Simulation, vault: Vault, request: JobRequest): Job {
  const name = newGuid(simulation);
  const job: Job = {
    name,
    activityId: newGuid(simulation),
    scenario: request.scenario,
    subject: request.subject,
    targetObjectId: request.targetObjectId,
    targetObjectName: request.targetObjectName,
    affectedObjects: request.affectedObjects ?? {},
    input: request.input ?? {},
    state: "NotStarted",
    tasks: [...(request.tasks ?? newTasks(simulation, request.scenario))],
    errors: [],
    createdAt: simulation.now,
    startedAt: null,
    endedAt: null,
    refusal: request.refusal ?? null,
    warning: request.warning ?? null,
    parent: request.parent ?? null,
    holdBefore: request.holdBefore ?? null,
    details: request.details ?? {},
  };
  vault.jobs[name] = job;
  schedule(simulation, vault, "jobStep", name, QUEUE_MS, { started: simulation.now });
  return job;
}

/** Makes the tasks of a scenario, none of them begun. */
export function newTasks(simulation: Simulation, scenario: ScenarioName): JobTask[] {
  return scenarioOf(scenario).tasks.map(([taskId, taskName, friendlyName]) => ({
    taskId: taskId === "" ? newGuid(simulation) : taskId,
    name: taskName,
    friendlyName,
    taskType: "TaskDetails",
    state: "NotStarted",
    startedAt: null,
    dueAt: null,
    endedAt: null,
    errors: [],
    children: [],
    members: [],
    groupType: "",
  }));
}

/** Does the next thing a job has to do: end its task, begin the following one, or finish. */
export function stepJob(simulation: Simulation, vault: Vault, job: Job): void {
  if (isFinished(job) || job.state === "Suspended") return;
  simulation.changed = true;
  if (job.state === "NotStarted") {
    job.state = "InProgress";
    job.startedAt = simulation.now;
  }
  if (job.refusal) {
    failJob(simulation, vault, job, job.tasks[0], { failed: job.refusal });
    return;
  }
  const running = job.tasks.find((task) => task.state === "InProgress");
  if (running && !endTask(simulation, vault, job, running)) return;
  beginNext(simulation, vault, job);
}

function endTask(simulation: Simulation, vault: Vault, job: Job, task: JobTask): boolean {
  const isGroup = task.children.length > 0;
  if (!isGroup && (task.dueAt === null || simulation.now < task.dueAt)) return false;
  if (task.children.some((name) => vault.jobs[name] && !isSettled(vault.jobs[name], job)))
    return false;
  const outcome = outcomeOf(simulation, vault, job, task);
  if (outcome === "wait") return false;
  task.endedAt = simulation.now;
  if (outcome === undefined) {
    task.state = "Succeeded";
    return true;
  }
  // CH-SHUTDOWN-FAILED
  if (outcome.goOn) {
    task.state = "Failed";
    task.errors.push({ service: outcome.failed, at: simulation.now, taskId: task.taskId });
    job.warning ??= { code: outcome.failed.code, message: outcome.failed.message };
    return true;
  }
  failJob(simulation, vault, job, task, outcome);
  return false;
}

/** A child that waits for its parent's next group counts as done for the group it has left. */
function isSettled(child: Job, parent: Job): boolean {
  if (isFinished(child)) return true;
  const waiting = child.tasks.find((task) => task.state === "NotStarted");
  return (
    child.parent === parent.name &&
    child.holdBefore !== null &&
    waiting?.name === child.holdBefore &&
    !child.tasks.some((task) => task.state === "InProgress")
  );
}

function outcomeOf(simulation: Simulation, vault: Vault, job: Job, task: JobTask): TaskOutcome {
  const fault = faultOfTask(simulation, "failTask", taskSubject(job, task))?.failTask;
  if (fault) {
    return {
      failed: fault.serviceError,
      ...(fault.providerError && { provider: fault.providerError }),
    };
  }
  return behaviourOf(job.scenario).end?.[task.name]?.(simulation, vault, job, task);
}

/** What fault rules compare with: scenario, task, and the names the machine is known by. */
function taskSubject(
  job: Job,
  task: JobTask,
): {
  scenario: string;
  task: string;
  machines: readonly string[];
} {
  return {
    scenario: scenarioOf(job.scenario).jobScenario ?? job.scenario,
    task: task.name,
    machines: [job.targetObjectId, job.targetObjectName],
  };
}

function beginNext(simulation: Simulation, vault: Vault, job: Job): void {
  const next = job.tasks.find((task) => task.state === "NotStarted");
  if (!next) {
    finishJob(simulation, vault, job);
    return;
  }
  if (job.holdBefore === next.name) {
    wakeParent(simulation, vault, job);
    return;
  }
  const skip = behaviourOf(job.scenario).skip?.[next.name]?.(simulation, vault, job, next);
  next.startedAt = simulation.now;
  if (skip) {
    next.state = "Other";
    next.endedAt = simulation.now;
    beginNext(simulation, vault, job);
    return;
  }
  next.state = "InProgress";
  behaviourOf(job.scenario).begin?.[next.name]?.(simulation, vault, job, next);
  const subject = taskSubject(job, next);
  if (faultOfTask(simulation, "loseJob", subject)) job.lost = true;
  if (faultOfTask(simulation, "cancelJob", subject)) {
    cancelJob(simulation, vault, job);
    wakeParent(simulation, vault, job);
    return;
  }
  if (faultOfTask(simulation, "hangJob", subject)) return;
  if (next.children.length > 0) {
    // Nobody wakes it whose machines have all ended before their group's turn.
    const isOver = (name: string) => vault.jobs[name] && isFinished(vault.jobs[name]);
    if (next.children.every(isOver)) schedule(simulation, vault, "jobStep", job.name, 0);
    return;
  }
  const row = scenarioOf(job.scenario).tasks.find(([, name]) => name === next.name);
  const lengthMs = (row?.[3] ?? 0) * SECOND;
  next.dueAt = simulation.now + lengthMs;
  schedule(simulation, vault, "jobStep", job.name, lengthMs);
}

function finishJob(simulation: Simulation, vault: Vault, job: Job): void {
  const partly = job.tasks.some((task) => task.state === "Failed");
  const { verdict, finished } = behaviourOf(job.scenario);
  const { state, error } = verdict?.(simulation, vault, job) ?? {
    state: partly ? "CompletedWithInformation" : "Succeeded",
    error: undefined,
  };
  job.state = state;
  if (error) job.errors.push(error);
  job.endedAt = simulation.now;
  finished?.(simulation, vault, job, state !== "Failed" && state !== "PartiallySucceeded");
  wakeParent(simulation, vault, job);
}

/** Ends a job as failed; the tasks after the failing one stay unstarted. */
function failJob(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  task: JobTask | undefined,
  outcome: Failure,
): void {
  const error = {
    service: outcome.failed,
    ...(outcome.provider && { provider: outcome.provider }),
    at: simulation.now,
    taskId: task?.taskId ?? "",
  };
  if (task) {
    task.state = "Failed";
    task.startedAt ??= simulation.now;
    task.endedAt = simulation.now;
    task.errors.push(error);
  }
  job.errors.push(error);
  job.state = "Failed";
  job.endedAt = simulation.now;
  behaviourOf(job.scenario).finished?.(simulation, vault, job, false);
  wakeParent(simulation, vault, job);
}

function wakeParent(simulation: Simulation, vault: Vault, job: Job): void {
  if (job.parent !== null) schedule(simulation, vault, "jobStep", job.parent, 0);
}

/** Lets a job go on that waits for its parent, to its end or to the task before which it waits again. */
export function releaseJob(
  simulation: Simulation,
  vault: Vault,
  job: Job,
  holdBefore: string | null = null,
): void {
  job.holdBefore = holdBefore;
  if (!isFinished(job)) schedule(simulation, vault, "jobStep", job.name, 0);
}
