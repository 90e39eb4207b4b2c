import type { Simulator } from "../../simulator/index.ts";
import { providerRunner } from "./provider-run.ts";
import type { Runner } from "./runner.ts";
import type { StoryStep } from "./story.ts";
import {
  type Fault,
  faults,
  type Moment,
  moments,
  type Strike,
  type TappedRequest,
} from "./tap.ts";

/** Whom an interruption hits. */
export type Victim = "provider";

/** What is done to runs: somebody is killed or interrupted, or the service and the way to it are bad. */
export type TroubleName = Victim | "fault";

/** Something that is done to one run of a step. */
export interface Disturbance {
  /** Such as `before` or `throttled`. */
  readonly name: string;
  /** Number of the request that it is about, from 0. */
  readonly request: number;
  /** True when the run cannot end well and a person runs it again. */
  readonly interrupts: boolean;
  /** What happens at the request, on the way to the service. */
  strike?(interrupt: () => Promise<void>): Strike;
  /** What the simulator is told before the run. */
  prepare?(simulator: Simulator): void;
}

/** What a disturbance can be chosen by. */
export interface Rehearsal {
  readonly step: StoryStep;
  readonly requests: readonly TappedRequest[];
}

/** One kind of trouble. */
export interface Trouble {
  readonly name: TroubleName;
  readonly runner: Runner;
  /** What is tried with one step of a story, each in a run of its own. `isStruck` tells which requests are. */
  disturbances(
    rehearsal: Rehearsal,
    isStruck: (request: number) => boolean,
  ): readonly Disturbance[];
}

const interruptionAt = (moment: Moment, request: number): Disturbance => ({
  name: moment,
  request,
  interrupts: true,
  strike: (interrupt) => ({ request, moment, deed: interrupt }),
});

const faultAt = (fault: Fault, request: number): Disturbance => ({
  name: fault,
  request,
  interrupts: false,
  strike: () => ({ request, fault }),
});

const atEach = (
  { requests }: Rehearsal,
  isStruck: (request: number) => boolean,
  at: (request: number) => readonly Disturbance[],
): readonly Disturbance[] => [...requests.keys()].filter(isStruck).flatMap(at);

const interruptions: Trouble["disturbances"] = (rehearsal, isStruck) =>
  atEach(rehearsal, isStruck, (request) => moments.map((each) => interruptionAt(each, request)));

/** Every kind of trouble. */
export const troubles: Readonly<Record<TroubleName, Trouble>> = {
  provider: { name: "provider", runner: providerRunner, disturbances: interruptions },
  fault: {
    name: "fault",
    runner: providerRunner,
    disturbances: (rehearsal, isStruck) =>
      atEach(rehearsal, isStruck, (request) => faults.map((each) => faultAt(each, request))),
  },
};
