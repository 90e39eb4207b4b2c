import { recoveryId, recoveryType } from "../../state/identifiers.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { formatTime, formatWholeSeconds, UNSET_TIME } from "../../state/times.ts";
import {
  isFinished,
  type Job,
  type JobError,
  type JobState,
  type JobTask,
  type TaskState,
} from "./job.ts";
import { scenarioOf } from "./scenarios.ts";

const STATE_DESCRIPTIONS: Readonly<Record<JobState, string>> = {
  NotStarted: "NotStarted",
  InProgress: "InProgress",
  Succeeded: "Completed",
  CompletedWithInformation: "CompletedWithInformation",
  PartiallySucceeded: "PartiallySucceeded",
  Failed: "Failed",
  Cancelled: "Cancelled",
  Suspended: "Suspended",
};

const TASK_DESCRIPTIONS: Readonly<Record<TaskState, string>> = {
  NotStarted: "NotStarted",
  InProgress: "InProgress",
  Succeeded: "Completed",
  Failed: "Failed",
  Other: "Skipped",
};

/** What may be done with a job in its present state (reference 9). */
export function allowedActions(job: Job): readonly string[] {
  switch (job.state) {
    case "InProgress":
      return job.parent === null ? ["Cancel"] : [];
    // CH-FAILED-JOB
    case "Failed":
    case "PartiallySucceeded":
    case "Cancelled":
      return ["Restart"];
    case "Suspended":
      return ["Cancel", "Resume"];
    default:
      return [];
  }
}

/** A job as it is read: in a list without tasks, activity and details. */
export function jobBody(vault: Vault, job: Job, form: "list" | "get"): JsonObject {
  const scenario = scenarioOf(job.scenario);
  const whole = form === "get";
  return {
    id: recoveryId(vault, "replicationJobs", job.name),
    name: job.name,
    type: recoveryType("replicationJobs"),
    properties: {
      activityId: whole ? `${job.activityId} ActivityId: ${job.activityId}` : null,
      scenarioName: scenario.jobScenario ?? job.scenario,
      friendlyName: scenario.friendlyName,
      state: job.state,
      stateDescription: STATE_DESCRIPTIONS[job.state],
      tasks: whole ? job.tasks.map((task) => taskBody(vault, task)) : [],
      errors: job.errors.map(errorBody),
      startTime: formatTime(job.startedAt ?? job.createdAt),
      endTime: isFinished(job) ? formatWholeSeconds(job.endedAt ?? 0) : null,
      allowedActions: allowedActions(job),
      targetObjectId: job.targetObjectId,
      targetObjectName: job.targetObjectName,
      targetInstanceType: scenario.target,
      customDetails: whole
        ? {
            instanceType: scenario.customDetails,
            affectedObjectDetails: { ...job.affectedObjects },
            ...job.details,
          }
        : null,
    },
  };
}

/** Tasks of a plan's own actions are told by the name they were given. */
function isAction({ taskType }: JobTask): boolean {
  return taskType !== "TaskDetails";
}

function taskBody(vault: Vault, task: JobTask): JsonObject {
  const isGroup = task.taskType.endsWith("GroupTaskDetails");
  return {
    taskId: task.taskId,
    name: task.name,
    startTime: task.startedAt === null ? UNSET_TIME : formatTime(task.startedAt),
    endTime: task.endedAt === null ? UNSET_TIME : formatTime(task.endedAt),
    allowedActions: [],
    friendlyName: task.friendlyName,
    state: task.state,
    stateDescription: TASK_DESCRIPTIONS[task.state],
    taskType: task.taskType,
    customDetails: isGroup
      ? { instanceType: "TaskDetails" }
      : { instanceType: task.taskType, ...(isAction(task) && { name: task.friendlyName }) },
    groupTaskCustomDetails: isGroup
      ? {
          instanceType: task.taskType,
          childTasks: task.children.flatMap((name) => childTask(vault, name)),
          name: task.friendlyName,
          groupId: task.taskId,
          rpGroupType: task.groupType,
        }
      : null,
    errors: task.errors.map(errorBody),
  };
}

function childTask(vault: Vault, jobName: string): readonly JsonObject[] {
  const job = vault.jobs[jobName];
  if (!job) return [];
  const state: TaskState =
    job.state === "Failed" || job.state === "Cancelled"
      ? "Failed"
      : isFinished(job)
        ? "Succeeded"
        : job.state === "NotStarted"
          ? "NotStarted"
          : "InProgress";
  const scenario = scenarioOf(job.scenario);
  return [
    {
      taskId: job.name,
      name: job.targetObjectName,
      startTime: job.startedAt === null ? UNSET_TIME : formatTime(job.startedAt),
      endTime: job.endedAt === null ? UNSET_TIME : formatTime(job.endedAt),
      allowedActions: [],
      friendlyName: job.targetObjectName,
      state,
      stateDescription: TASK_DESCRIPTIONS[state],
      taskType: "VirtualMachineTaskDetails",
      customDetails: {
        instanceType: "VirtualMachineTaskDetails",
        skippedReason: null,
        skippedReasonString: null,
        jobTask: {
          jobId: recoveryId(vault, "replicationJobs", job.name),
          jobFriendlyName: scenario.friendlyName,
          targetObjectId: job.targetObjectId,
          targetObjectName: job.targetObjectName,
          targetInstanceType: scenario.target,
          jobScenarioName: scenario.jobScenario ?? job.scenario,
        },
      },
      groupTaskCustomDetails: null,
      errors: job.errors.map(errorBody),
    },
  ];
}

function errorBody(error: JobError): JsonObject {
  const { service, provider } = error;
  return {
    serviceErrorDetails: {
      code: service.code,
      message: service.message,
      possibleCauses: service.possibleCauses ?? "",
      recommendedAction: service.recommendedAction ?? "",
      activityId: null,
    },
    providerErrorDetails: provider
      ? {
          errorCode: provider.errorCode,
          errorMessage: provider.errorMessage,
          errorId: provider.errorId ?? "",
          possibleCauses: provider.possibleCauses ?? "",
          recommendedAction: provider.recommendedAction ?? "",
        }
      : null,
    errorLevel: "Error",
    creationTime: formatTime(error.at),
    taskId: error.taskId,
  };
}
