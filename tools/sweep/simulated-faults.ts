import { setTimeout } from "node:timers/promises";
import type { FaultRule, Simulator } from "../../simulator/index.ts";
import { isVerbJob, jobsOf, type StepJob } from "./step-jobs.ts";
import type { StoryStep } from "./story.ts";
import { isDeed, type TappedRequest } from "./tap.ts";

/** A fault of the simulated service, and what is to be expected of a run that meets it. */
export interface SimulatedFault {
  /** Such as `stale reads`. */
  readonly name: string;
  /** Number of the request that it is about, from 0; absent when it is about a job. */
  readonly request?: number;
  /** The job and task that it is about. */
  readonly place?: string;
  readonly rule: FaultRule;
  /** The job that it spoils: what it did not do is legitimately done once more. */
  readonly spoilt?: Pick<StepJob, "scenario" | "target">;
  /** The service's word that an error of the run has to pass on. */
  readonly cause?: string;
  /** What happens in the service once the rule has struck. */
  afterwards?(simulator: Simulator): Promise<void>;
}

/** What a step did undisturbed. */
export interface StepHistory {
  readonly step: StoryStep;
  readonly requests: readonly TappedRequest[];
  /** Jobs that began in it. */
  readonly jobs: readonly StepJob[];
}

/** What may be wrong with an answer. */
const spoiltAnswers: Readonly<Record<string, Partial<FaultRule>>> = {
  truncated: { truncateAt: 20 },
  // Longer than several looks at a job.
  trickled: { trickleMs: 1_000 },
};

/** How long reads may lag behind a write. With 600-fold time, four virtual minutes are several looks. */
const staleness: Readonly<Record<string, FaultRule["stale"]>> = {
  "three stale reads": { reads: 3 },
  "stale for four minutes": { seconds: 240 },
  // Jobs and operations as well: who looks for what it has just begun finds nothing.
  "stale in everything": { reads: 3, of: "." },
};

/** Task in which a failback of Hyper-V machines waits for its downtime. */
const waitingTask = "WaitForUserInputForFailback";

/** A job error with all that the service can say. */
const failure = {
  serviceError: {
    code: "539",
    message: "The operation failed in the service.",
    possibleCauses: "The quota of cores is used up.",
    recommendedAction: "Raise the quota.",
  },
  providerError: { errorCode: 28031, errorMessage: "The quota of cores is exceeded." },
} as const;

/** Faults of single answers, at each request that is chosen by `isStruck`. */
export function faultsOfAnswers(
  { requests }: StepHistory,
  isStruck: (request: number) => boolean,
): readonly SimulatedFault[] {
  return [...requests.keys()].filter(isStruck).flatMap((request) =>
    Object.entries(spoiltAnswers).map(([name, effect]) => ({
      ...{ name, request },
      rule: { ...effect, nth: request + 1 },
    })),
  );
}

/** Reads that lag behind each of the step's writes. */
export function staleReads({ requests }: StepHistory): readonly SimulatedFault[] {
  const writes = [...requests.keys()].filter((each) => isDeed(requests[each]));
  return writes.flatMap((request, index) =>
    Object.entries(staleness).map(([name, stale]) => ({
      ...{ name, request },
      rule: { ...(stale === undefined ? {} : { stale }), nth: index + 1 },
    })),
  );
}

/** Each of the step's verb jobs lost, failed, cancelled, or hung and then cancelled, at `every` so manieth task and the last. */
export function faultsOfJobs(
  { jobs, requests }: StepHistory,
  every: number,
): readonly SimulatedFault[] {
  return jobs.filter(isVerbJob).flatMap((job) => {
    const tasks = [...new Set(job.tasks)];
    const struck = tasks.filter((_, index) => index % every === 0 || index === tasks.length - 1);
    return struck.flatMap((task) => {
      const { scenario, target } = job;
      const match = { scenario, task, machine: target };
      const place = `task ${task} of ${scenario} of ${target}`;
      const spoilt = { scenario, target };
      const hung = {
        ...{ name: "hung, then cancelled", place, spoilt, rule: { hangJob: match } },
        afterwards: (simulator: Simulator) => cancelJob(simulator, job),
      };
      // Nobody can resume a job that the service does not know: it would wait for ever.
      const resumed = requests.some(({ path }) => path.includes(`/${job.name}/resume`));
      const waits = resumed && tasks.indexOf(task) <= tasks.indexOf(waitingTask);
      return [
        ...(waits ? [] : [{ name: "lost", place, rule: { loseJob: match } }]),
        {
          name: "failed",
          place,
          spoilt,
          cause: "539",
          rule: { failTask: { ...match, ...failure } },
        },
        { name: "cancelled", place, spoilt, rule: { cancelJob: match } },
        // Only a job by itself can be cancelled in the service, and hanging is the same in every task.
        ...(job.parent === undefined && task === job.tasks[0] ? [hung] : []),
      ];
    });
  });
}

/** Somebody else cancels the job by the service's own operation. */
async function cancelJob(simulator: Simulator, like: StepJob): Promise<void> {
  const job = (await jobsOf(simulator)).findLast(
    ({ scenario, target }) => scenario === like.scenario && target === like.target,
  );
  if (job === undefined) throw new Error(`There is no ${like.scenario} of ${like.target}.`);
  const path = `${job.vault}/replicationJobs/${job.name}/cancel?api-version=2024-04-01`;
  const answer = await fetch(`${simulator.url}${path}`, { method: "POST" });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** A fault in force. */
export interface BegunFault {
  /** Resolves when the fault has struck and what comes afterwards is done, or when the run has ended: whether it struck. */
  attend(runEnds: Promise<unknown>): Promise<boolean>;
}

const ruleName = "sweep";

/** Time between two looks whether a fault has struck, in milliseconds. */
const lookMilliseconds = 5;

/** Puts a fault in force. */
export function beginFault(simulator: Simulator, fault: SimulatedFault): BegunFault {
  simulator.addFault({ ...fault.rule, id: ruleName });
  return {
    async attend(runEnds) {
      let running = true;
      void runEnds.then(() => {
        running = false;
      });
      if (fault.afterwards === undefined) await runEnds;
      while (running && !(await hasStruck(simulator))) await setTimeout(lookMilliseconds);
      if (!(await hasStruck(simulator))) return false;
      await fault.afterwards?.(simulator);
      return true;
    },
  };
}

async function hasStruck(simulator: Simulator): Promise<boolean> {
  const answer = await fetch(`${simulator.url}/_simulator/faults`);
  const { value } = (await answer.json()) as {
    readonly value: readonly { readonly id: string; readonly struck: number }[];
  };
  return value.some(({ id, struck }) => id === ruleName && struck > 0);
}
