import { verbOfScenario } from "../../provider/recovery/verbs.ts";
import type { Simulator } from "../../simulator/index.ts";
import type { Job } from "../../simulator/recovery/jobs/job.ts";
import { scenarioOf } from "../../simulator/recovery/jobs/scenarios.ts";

/** A job of the vault as fault rules name it, also when the service has lost it. */
export interface StepJob {
  readonly name: string;
  /** Path of its vault. */
  readonly vault: string;
  /** Such as `UnplannedFailover`; plans and items use the same names. */
  readonly scenario: string;
  readonly subject: Job["subject"]["kind"];
  /** Name of the item or plan. */
  readonly target: string;
  readonly state: Job["state"];
  /** Names of its tasks, in order; those that were skipped are left out. */
  readonly tasks: readonly string[];
  /** Name of the job of a recovery plan that it is a part of. */
  readonly parent?: string;
  /** Virtual milliseconds since 1970. */
  readonly createdAt: number;
}

/** Every job of the simulated vaults, oldest first. */
export async function jobsOf(simulator: Simulator): Promise<readonly StepJob[]> {
  const answer = await fetch(`${simulator.url}/_simulator/state`);
  const { vaults } = (await answer.json()) as {
    readonly vaults: Readonly<Record<string, { readonly jobs: Readonly<Record<string, Job>> }>>;
  };
  return Object.entries(vaults)
    .flatMap(([vault, { jobs }]) => Object.values(jobs).map((job) => ({ vault, job })))
    .map(({ vault, job }) => ({
      name: job.name,
      vault,
      scenario: scenarioOf(job.scenario).jobScenario ?? job.scenario,
      subject: job.subject.kind,
      target: job.subject.kind === "plan" ? job.targetObjectName : job.targetObjectId,
      state: job.state,
      tasks: job.tasks.filter(({ state }) => state !== "Other").map(({ name }) => name),
      ...(job.parent === null ? {} : { parent: job.parent }),
      createdAt: job.createdAt,
    }))
    .toSorted((left, right) => left.createdAt - right.createdAt);
}

/** True for a job that carries out a verb, for an item or a plan. */
export function isVerbJob({ scenario, subject }: StepJob): boolean {
  return subject !== "object" && verbOfScenario(scenario) !== undefined;
}

const unsuccessful: readonly string[] = ["Failed", "Cancelled"];

/**
 * What was done to machines, each deed as often as it was begun, apart from what a fault spoilt: the first job
 * of `spoilt`'s scenario and target, with the machines' jobs inside it, when they did not succeed. Where a person
 * has `repaired` the copies, neither that nor what was refused before counts.
 */
export function deedsOf(
  jobs: readonly StepJob[],
  spoilt?: Pick<StepJob, "scenario" | "target">,
  repaired = false,
): readonly string[] {
  const struck = jobs.find(
    ({ scenario, target }) => scenario === spoilt?.scenario && target === spoilt.target,
  );
  const excused = (job: StepJob): boolean =>
    struck !== undefined &&
    unsuccessful.includes(job.state) &&
    (repaired || job === struck || job.parent === struck.name);
  return jobs
    .filter((job) => job.subject === "item" && isVerbJob(job) && !excused(job))
    .filter(({ scenario }) => !repaired || verbOfScenario(scenario) !== "resynchronize")
    .map(({ scenario, target }) => `${target}/${verbOfScenario(scenario)}`)
    .toSorted();
}
