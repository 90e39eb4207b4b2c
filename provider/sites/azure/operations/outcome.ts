import type { JobError, JobFacts } from "../../../recovery/model.ts";
import type { OperationOutcome } from "../site.ts";
import { errorText } from "../transport/service-error.ts";

const failedStates = new Set(["Failed", "Cancelled", "PartiallySucceeded"]);
const succeededStates = new Set(["Succeeded", "CompletedWithInformation"]);

/** Whether a job has ended, and how; undefined while it runs or waits. */
export function jobEnd(job: JobFacts): "succeeded" | "failed" | undefined {
  if (succeededStates.has(job.state)) return "succeeded";
  return failedStates.has(job.state) ? "failed" : undefined;
}

/** The outcome of an ended operation; what its job reports besides a success are warnings. */
export function outcomeOf(
  succeeded: boolean,
  job: JobFacts | undefined,
  statusText: string,
  warnings: readonly string[],
): OperationOutcome {
  const failed = !succeeded || (job !== undefined && jobEnd(job) === "failed");
  const known = { ...(job === undefined ? {} : { job }) };
  if (failed)
    return { succeeded: false, ...known, warnings, failure: failureText(job, statusText) };
  const ofJob = (job?.errors ?? []).map((each) => jobErrorText(each, job));
  return {
    succeeded: true,
    ...known,
    warnings: [...new Set([...warnings, ...ofJob])],
    failure: "",
  };
}

/** Why a job failed: one line per error, each with its machine and task; warnings only when nothing else speaks. */
export function failureText(job: JobFacts | undefined, statusText: string): string {
  const errors = job?.errors ?? [];
  const grave = errors.filter((each) => each.level === "" || each.level === "Error");
  const lines = (grave.length > 0 ? grave : errors).map((each) => jobErrorText(each, job));
  if (lines.length > 0) return [...new Set(lines)].join("\n");
  if (statusText !== "") return statusText;
  if (job === undefined) return "The service does not say why.";
  if (job.state === "Cancelled") {
    return `${subject(job)}somebody cancelled "${job.friendlyName}" (job ${job.name}).`;
  }
  return `${subject(job)}"${job.friendlyName}" ended as ${job.state}; the service does not say why (job ${job.name}).`;
}

/** One error of a job: machine, task, the service's code, cause and recommended action, and the provider's words. */
export function jobErrorText(error: JobError, job: JobFacts | undefined): string {
  const machine = error.machine || job?.targetObjectName || "";
  const task = error.task === "" ? "" : `task "${error.task}"`;
  const place = [machine, task].filter((each) => each !== "").join(", ");
  const provider = [error.providerCode, error.providerMessage].filter(
    (each) => each !== "" && each !== "0",
  );
  const words = [
    errorText({ ...error }),
    provider.length === 0 ? "" : `Provider error ${provider.join(": ")}`,
  ].filter((each) => each !== "");
  return `${place === "" ? "" : `${place}: `}${words.join(" ")}`;
}

function subject(job: JobFacts): string {
  return job.targetObjectName === "" ? "" : `${job.targetObjectName}: `;
}
