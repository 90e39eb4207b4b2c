import { nameOf } from "../../../recovery/identity.ts";
import type { JobError, JobFacts, JobMachine, JobTask } from "../../../recovery/model.ts";
import { optional, textOf, timeOf, type Wire, wireOf, wiresOf } from "./wire.ts";

/** A task as it was sent, with the machine that it is known to belong to. */
interface TaskAt {
  readonly wire: Wire;
  readonly machine: string;
  /** The job that the task stands for; empty when it stands for none. */
  readonly jobName: string;
  /** What that job does; the task itself is called like its machine. */
  readonly jobTitle?: string;
}

/** A job as the service sent it: its tasks in one list, children behind their parent, and all errors. */
export function jobFacts(wire: Wire): JobFacts {
  const job = wireOf(wire, "properties");
  const own =
    textOf(job, "targetInstanceType") === "ProtectionEntity" ? textOf(job, "targetObjectName") : "";
  const tasks = flatten(wiresOf(job, "tasks"), own);
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    scenarioName: textOf(job, "scenarioName"),
    friendlyName: textOf(job, "friendlyName") || textOf(job, "scenarioName"),
    state: textOf(job, "state"),
    ...optional("startTime", timeOf(job, "startTime")),
    ...optional("endTime", timeOf(job, "endTime")),
    targetObjectId: textOf(job, "targetObjectId"),
    targetObjectName: textOf(job, "targetObjectName"),
    targetInstanceType: textOf(job, "targetInstanceType"),
    tasks: tasks.map(taskFacts),
    errors: jobErrors(wiresOf(job, "errors"), tasks, own),
    machines: wiresOf(wireOf(job, "customDetails"), "protectedItemDetails").map(machineFacts),
    ...azureMachineIds(wireOf(wireOf(job, "customDetails"), "affectedObjectDetails")),
  };
}

/** Machines among what a job affected; for machines of a site the ids are the site's own. */
function azureMachineIds(affected: Wire): Pick<JobFacts, "azureMachineIds"> {
  const ids = [textOf(affected, "recoveryvmid"), textOf(affected, "primaryvmid")].filter((id) =>
    /\/providers\/Microsoft\.Compute\/virtualMachines\/[^/]+$/i.test(id),
  );
  return ids.length === 0 ? {} : { azureMachineIds: ids };
}

/** Jobs of a list, newest first. */
export function newestFirst(jobs: readonly JobFacts[]): readonly JobFacts[] {
  const started = (job: JobFacts): number =>
    job.startTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(job.startTime);
  return [...jobs].sort((left, right) => {
    const [first, second] = [started(right), started(left)];
    return first === second ? 0 : first - second;
  });
}

function flatten(tasks: readonly Wire[], machine: string): readonly TaskAt[] {
  return tasks.flatMap((wire) => {
    const jobTask = wireOf(wireOf(wire, "customDetails"), "jobTask");
    const own = textOf(jobTask, "targetObjectName") || machine;
    const jobName = nameOf(textOf(jobTask, "jobId"));
    const children = wiresOf(wireOf(wire, "groupTaskCustomDetails"), "childTasks");
    const jobTitle = textOf(jobTask, "jobFriendlyName");
    return [{ wire, machine: own, jobName, jobTitle }, ...flatten(children, own)];
  });
}

function taskFacts({ wire, machine, jobName, jobTitle }: TaskAt): JobTask {
  return {
    name: textOf(wire, "name"),
    friendlyName: jobTitle || textOf(wire, "friendlyName") || textOf(wire, "name"),
    state: textOf(wire, "state"),
    ...optional("startTime", timeOf(wire, "startTime")),
    ...optional("endTime", timeOf(wire, "endTime")),
    machine,
    ...(jobName === "" ? {} : { jobName }),
  };
}

/** Errors of the job and of its tasks; the service repeats a task's error at the job, it counts once. */
function jobErrors(
  own: readonly Wire[],
  tasks: readonly TaskAt[],
  machine: string,
): readonly JobError[] {
  const ofTasks = tasks.flatMap((task) =>
    wiresOf(task.wire, "errors").map((error) => errorFacts(error, task)),
  );
  const ofJob = own.map((error) => {
    const taskId = textOf(error, "taskId");
    const task = tasks.find((each) => taskId !== "" && textOf(each.wire, "taskId") === taskId);
    return errorFacts(error, task ?? { wire: {}, machine, jobName: "" });
  });
  const key = (error: JobError): string =>
    [error.code, error.message, error.providerCode, error.providerMessage].join("\n");
  const known = new Set(ofTasks.map(key));
  return [...ofTasks, ...ofJob.filter((each) => !known.has(key(each)))];
}

function errorFacts(error: Wire, task: TaskAt): JobError {
  const service = wireOf(error, "serviceErrorDetails");
  const provider = wireOf(error, "providerErrorDetails");
  return {
    code: textOf(service, "code"),
    message: textOf(service, "message"),
    possibleCauses: textOf(service, "possibleCauses") || textOf(provider, "possibleCauses"),
    recommendedAction:
      textOf(service, "recommendedAction") || textOf(provider, "recommendedAction"),
    providerCode: textOf(provider, "errorCode"),
    providerMessage: textOf(provider, "errorMessage"),
    level: textOf(error, "errorLevel"),
    task: textOf(task.wire, "friendlyName", "name"),
    machine: task.machine,
  };
}

function machineFacts(wire: Wire): JobMachine {
  return {
    itemName: textOf(wire, "name"),
    friendlyName: textOf(wire, "friendlyName"),
    testMachineName: textOf(wire, "testVmName", "testVmFriendlyName"),
    recoveryPointId: textOf(wire, "recoveryPointId"),
    ...optional("recoveryPointTime", timeOf(wire, "recoveryPointTime")),
  };
}
