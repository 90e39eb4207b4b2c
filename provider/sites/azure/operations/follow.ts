import type { OperationContext } from "../../../context.ts";
import { CancelledError, DeadlineError } from "../../../errors.ts";
import type { JobFacts } from "../../../recovery/model.ts";
import type { OperationOutcome, StartedOperation } from "../site.ts";
import type { Connection } from "../transport/connection.ts";
import { defaultOperationMilliseconds, pause, withDeadline } from "../transport/waiting.ts";
import { jobEnd, outcomeOf } from "./outcome.ts";
import { progressText } from "./progress.ts";
import { type OperationStatus, pollStatus } from "./status.ts";

/** What following needs besides the operation. */
export interface Following {
  readonly connection: Connection;
  /** Reads the job of an operation; a recovery plan's answers under a name of its own. Absent where jobs do not exist. */
  readonly readJob?: (context: OperationContext, name: string) => Promise<JobFacts | undefined>;
  /** What is done, completing "while following …": `the failover of web`. */
  readonly what: string;
  /** Called at every look that finds the job suspended, so that it may be taken up again. */
  readonly attend?: (job: JobFacts) => Promise<void>;
}

/** Waits between polls grow from this to the configured interval when the service does not ask. */
const firstPollMilliseconds = 2_000;

/** Polls in a row that find nothing before the operation counts as gone: a new job may show up late. */
const patienceWithAbsence = 4;

/**
 * Follows an operation to its end by its status and its job, telling of the tasks on the way.
 * Throws DeadlineError and CancelledError; the job itself runs on.
 */
export async function followOperation(
  context: OperationContext,
  operation: StartedOperation,
  following: Following,
): Promise<OperationOutcome> {
  const timed = withDeadline(context, defaultOperationMilliseconds);
  try {
    return await pollUntilEnd(timed, operation, following);
  } catch (error) {
    const job = `The job ${operation.operationId} runs on in Azure.`;
    const hint = `${job} Run again: it will be found and followed.`;
    if (error instanceof DeadlineError) {
      throw new DeadlineError(
        `The deadline ${timed.deadline.toISOString()} came while following ${following.what}.`,
        { hint, cause: error },
      );
    }
    if (error instanceof CancelledError) {
      throw new CancelledError(`Cancelled while following ${following.what}.`, {
        hint,
        cause: error,
      });
    }
    throw error;
  }
}

async function pollUntilEnd(
  context: OperationContext & { readonly deadline: Date },
  operation: StartedOperation,
  following: Following,
): Promise<OperationOutcome> {
  const { connection, what } = following;
  const warnings = new Set<string>();
  let statusUrl = operation.statusUrl;
  let told = "";
  let absences = 0;
  const longest = connection.pollingMilliseconds;
  for (let pollMilliseconds = Math.min(firstPollMilliseconds, longest); ; ) {
    const status =
      statusUrl === undefined
        ? undefined
        : await pollStatus(context, connection, statusUrl, `tell how ${what} goes`);
    const job = await following.readJob?.(context, operation.operationId);
    if (status?.state === "lost") statusUrl = undefined;
    const running = status?.state === "running" || status?.state === "succeeded";
    if (running && status.text !== "") warnings.add(connection.sanitize(status.text));
    const end = endOf(status, job);
    if (end !== undefined) {
      const outcome = outcomeOf(end === "succeeded", job, status?.text ?? "", [...warnings]);
      return { ...outcome, failure: connection.sanitize(outcome.failure) };
    }
    absences = statusUrl === undefined && job === undefined ? absences + 1 : 0;
    if (absences >= patienceWithAbsence) return gone(operation);
    told = tell(context, job, told);
    if (job?.state === "Suspended") await following.attend?.(job);
    const wait = status?.askedMilliseconds ?? pollMilliseconds;
    const left = context.deadline.getTime() - context.clock.now().getTime();
    // One last look at the deadline itself.
    await pause(context, left > 0 ? Math.min(wait, left) : wait, `following ${what}`);
    pollMilliseconds = Math.min(longest, pollMilliseconds * 1.5);
  }
}

/** The status decides; without one the job does. A drill of a recovery plan rests in its job until it is cleaned up. */
function endOf(
  status: OperationStatus | undefined,
  job: JobFacts | undefined,
): "succeeded" | "failed" | undefined {
  if (status?.state === "succeeded" || status?.state === "failed") return status.state;
  if (job?.state === "Suspended" && /^TestFailover$/i.test(job.scenarioName)) {
    const open = job.tasks.some((task) => task.state === "InProgress");
    return open ? undefined : "succeeded";
  }
  const running = status?.state === "running";
  return job === undefined || running ? undefined : jobEnd(job);
}

function tell(context: OperationContext, job: JobFacts | undefined, told: string): string {
  const text = job === undefined ? "" : progressText(job);
  if (text !== "" && text !== told) context.log.progress(text);
  return text === "" ? told : text;
}

function gone(operation: StartedOperation): OperationOutcome {
  return {
    succeeded: false,
    lost: true,
    warnings: [],
    failure: `The service no longer knows the job ${operation.operationId}. Look at the state of what it worked on before anything is begun again.`,
  };
}
