import type { ActionRecord, MachineRecord } from "../../../provider/actions/action-inputs.ts";
import { PartialFailureError } from "../../../provider/errors.ts";
import type { TestBed } from "./test-bed.ts";

/** Lets the task of one machine's next job fail, in the words of a used-up quota. */
export function failTask(
  bed: TestBed,
  machine: string,
  task = "VmFailover",
  scenario = "UnplannedFailover",
): void {
  bed.simulator.addFault({
    failTask: {
      scenario,
      task,
      machine,
      serviceError: {
        code: "28031",
        message: `The quota of cores is used up for ${machine}.`,
        possibleCauses: "Too many cores are in use.",
        recommendedAction: "Ask for more cores.",
      },
    },
  });
}

/** A run that ended in a partial failure, as the engine keeps it. */
export interface Unfinished {
  readonly id: string;
  readonly message: string;
  // biome-ignore lint/suspicious/noExplicitAny: the state of whichever action it is
  readonly state: any;
}

/** What a run that fails in part leaves; throws when it does not. */
export async function unfinished(run: Promise<unknown>): Promise<Unfinished> {
  try {
    await run;
  } catch (error) {
    if (!(error instanceof PartialFailureError)) throw error;
    return { id: error.id, message: error.message, state: error.state };
  }
  throw new Error("the run did not fail");
}

/** Each machine's status, by its name. */
export function statuses({ machines }: Pick<ActionRecord, "machines">): Record<string, string> {
  return Object.fromEntries(
    machines
      .map((each: MachineRecord) => [each.machine, each.status] as const)
      .toSorted(([left], [right]) => left.localeCompare(right)),
  );
}

/** The machines that a verb was sent for, in the order of the requests; a recovery plan by its name. */
export function sentFor(bed: TestBed, verb: string): readonly string[] {
  return bed.simulator
    .journal({ writesOnly: true })
    .filter((each) => each.path.endsWith(`/${verb}`))
    .map(({ path }) => path.split("/").at(-2) ?? "");
}

/** A part of the own job of the plan `shop` fails, as when a script or a check of it does. */
export function failPlanTask(bed: TestBed, scenario: string, task: string): void {
  bed.simulator.addFault({
    failTask: {
      scenario,
      task,
      machine: "shop",
      serviceError: {
        code: "170001",
        message: "A step of the recovery plan failed.",
        possibleCauses: "The step.",
        recommendedAction: "Look at the step.",
      },
    },
  });
}

/** When the failover of a machine began and ended, as milliseconds. */
export async function failoverOf(
  bed: TestBed,
  machine: string,
): Promise<readonly [number, number]> {
  const jobs = await (await bed.vault()).jobs(bed.context());
  const job = jobs.find(
    (each) => each.scenarioName === "UnplannedFailover" && each.targetObjectName === machine,
  );
  return [Date.parse(job?.startTime ?? ""), Date.parse(job?.endTime ?? "")];
}
