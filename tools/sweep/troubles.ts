import { interruptedEngineRunner, killedEngineRunner } from "./engine-run.ts";
import { providerRunner } from "./provider-run.ts";
import type { Runner } from "./runner.ts";
import {
  faultsOfAnswers,
  faultsOfJobs,
  type SimulatedFault,
  staleReads,
} from "./simulated-faults.ts";
import type { StepJob } from "./step-jobs.ts";
import type { StoryStep } from "./story.ts";
import {
  type Fault,
  faults,
  isDeed,
  type Moment,
  moments,
  type Place,
  placeOf,
  type Strike,
  type TappedRequest,
} from "./tap.ts";

/** Whom an interruption hits. */
export type Victim = "provider" | "engine" | "terminal";

/** What is done to runs: somebody is killed or interrupted, or the service and the way to it are bad. */
export type TroubleName = Victim | "fault";

/** Something that is done to one run of a step. */
export interface Disturbance {
  /** Such as `before` or `throttled`. */
  readonly name: string;
  /** True when the run cannot end well and a person runs it again. */
  readonly interrupts: boolean;
  /** What happens at the request, on the way to the service. */
  strike?(interrupt: () => Promise<void>): Strike;
  /** What is wrong in the simulator; absent for what happens on the way to it. */
  readonly simulated?: SimulatedFault;
}

/** What a disturbance can be chosen by. */
export interface Rehearsal {
  readonly step: StoryStep;
  readonly requests: readonly TappedRequest[];
  /** Jobs that began in the step. */
  readonly jobs: readonly StepJob[];
}

/** One kind of trouble. */
export interface Trouble {
  readonly name: TroubleName;
  readonly runner: Runner;
  /**
   * What is tried with one step of a story, each in a run of its own. `isStruck` tells which requests are;
   * of a job, `every` so manieth task and the last one.
   */
  disturbances(
    rehearsal: Rehearsal,
    isStruck: (request: number) => boolean,
    every: number,
  ): readonly Disturbance[];
}

const interruptionAt = (moment: Moment, place: Place, goesOn: boolean): Disturbance => ({
  name: moment,
  interrupts: true,
  strike: (interrupt) => ({ place, moment, deed: interrupt, goesOn }),
});

const faultAt = (fault: Fault, place: Place): Disturbance => ({
  name: fault,
  interrupts: false,
  strike: () => ({ place, fault }),
});

const simulated = (fault: SimulatedFault): Disturbance => ({
  name: fault.name,
  interrupts: false,
  simulated: fault,
});

const atEach = (
  { requests }: Rehearsal,
  isStruck: (request: number) => boolean,
  at: (place: Place) => readonly Disturbance[],
): readonly Disturbance[] =>
  [...requests.keys()].filter(isStruck).flatMap((request) => at(placeOf(requests, request)));

/**
 * `goesOn` tells whether the provider, and so its request, lives on for a while. The request right before
 * one for a deed is always struck too: it is where an orphan would go on to the deed.
 */
function interruption(name: Victim, runner: Runner, goesOn: boolean): Trouble {
  return {
    name,
    runner,
    disturbances(rehearsal, isStruck) {
      return atEach(
        rehearsal,
        (request) => isStruck(request) || isDeed(rehearsal.requests[request + 1]),
        (place) => moments.map((each) => interruptionAt(each, place, goesOn)),
      );
    },
  };
}

/** Every kind of trouble. */
export const troubles: Readonly<Record<TroubleName, Trouble>> = {
  provider: interruption("provider", providerRunner, false),
  engine: interruption("engine", killedEngineRunner, true),
  terminal: interruption("terminal", interruptedEngineRunner, true),
  fault: {
    name: "fault",
    runner: providerRunner,
    disturbances: (rehearsal, isStruck, every) => [
      ...atEach(rehearsal, isStruck, (place) => faults.map((each) => faultAt(each, place))),
      ...[
        ...faultsOfAnswers(rehearsal, isStruck),
        ...staleReads(rehearsal),
        ...faultsOfJobs(rehearsal, every),
      ].map(simulated),
    ],
  },
};
