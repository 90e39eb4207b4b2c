import { SiteError } from "../../../errors.ts";
import type { Verb } from "../../../recovery/model.ts";
import { standingOf } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { isRunning, verbWords } from "../../../recovery/verbs.ts";
import type { OperationOutcome } from "../../../sites/azure/site.ts";
import { pause } from "../../../waiting.ts";
import type { Evaluation } from "../../observation/evaluation.ts";
import type { Run } from "../run.ts";
import type { Lane } from "./lane.ts";
import { observeLane } from "./observe-lane.ts";

/** How often a lane lets somebody else go first before a refusal is an error after all. */
const maximumRaces = 3;

/** Looks after a request that was refused, because the job of whoever was quicker may show up late. */
export const looksAfterRefusal = 3;

/** True for an answer by which the service refuses a verb that something else on the machine excludes. */
export function isRefusal(error: unknown): error is SiteError {
  if (!(error instanceof SiteError) || error.effectUnknown) return false;
  const { status = 0 } = error;
  return status === 400 || status === 409 || status === 412;
}

/** The jobs of a verb that was sent: its own, and those of a recovery plan's machines inside it. */
export function ownJobs(operationId: string, { job }: OperationOutcome): ReadonlySet<string> {
  const members = job?.tasks.flatMap(({ jobName }) => jobName ?? []) ?? [];
  return new Set([operationId, ...(job === undefined ? [] : [job.name]), ...members]);
}

/**
 * True when the service refused the verb because somebody else's job was quicker; the lane then looks anew.
 * `own` are the jobs of the verb itself, `looks` how often is looked for the other one.
 */
export async function lostRace(
  run: Run,
  lane: Lane,
  before: Evaluation,
  verb: Verb,
  own: ReadonlySet<string>,
  looks: number,
): Promise<boolean> {
  if (lane.readiness.races >= maximumRaces) return false;
  for (let look = 1; ; look += 1) {
    before.targets.vault.forget();
    const now = await observeLane(run, lane).catch(unlessTold);
    // Nobody tells who was quicker: why the verb failed must not be lost for that.
    if (now === undefined) return false;
    const jobName = quickerJob(now, before, verb, own);
    if (jobName !== undefined) {
      lane.readiness.races += 1;
      run.context.log.warn(raceWords(lane.name, verb, jobName));
      return true;
    }
    if (look >= looks) return false;
    await pause(run.context, `${lane.name}: was refused, looks for the job that holds it`);
  }
}

/** Nothing where the service does not tell; throws every other error again. */
function unlessTold(error: unknown): undefined {
  if (!(error instanceof SiteError)) throw error;
}

/**
 * The job of somebody else that got hold of one of the machines just before a verb arrived that the service then
 * refused; undefined when nobody was quicker. Two runs may look at an idle machine at the same time, and
 * only the service says who was first. `before` is what the vault showed when the verb was decided on.
 */
function quickerJob(
  { situations }: Evaluation,
  before: Evaluation,
  verb: Verb,
  own: ReadonlySet<string>,
): string | undefined {
  return situations
    .filter((each) => {
      const name = jobBehind(each);
      return name !== undefined && !own.has(name) && isNews(name, each, before, verb);
    })
    .map(jobBehind)[0];
}

/**
 * True for a job that was not over when the verb was decided on. The vault's lists are not of one moment: a job
 * may have stood in one while the machine in the other did not show it yet.
 */
function isNews(
  name: string,
  { item }: Situation,
  { jobs, situations }: Evaluation,
  verb: Verb,
): boolean {
  const known = jobs.find((each) => each.name === name);
  if (known === undefined || isRunning(known)) return true;
  // A drill that failed may leave its machine tested, as an old drill did.
  if (verb === "testFailover") return false;
  const then = situations.find((each) => each.item.name === item.name)?.item;
  return then !== undefined && standingOf(then) !== standingOf(item);
}

/** The job that holds the machine or has brought the action's effect about. */
function jobBehind({ decision }: Situation): string | undefined {
  return decision.kind === "follow" || decision.kind === "busy" || decision.kind === "done"
    ? decision.jobName
    : undefined;
}

/** How it is told that somebody else was quicker. */
function raceWords(name: string, verb: Verb, jobName: string): string {
  return `${name}: its ${verbWords[verb].noun} was refused, because job ${jobName} of somebody else was quicker; it is seen what that one does.`;
}
