import type { ClockSetting, Simulator } from "../../simulator/index.ts";
import type { Story } from "./story.ts";

/** One step of a story that is to be run. */
export interface Work {
  readonly story: Story;
  /** Number of the step among the story's. */
  readonly index: number;
  /** Folder in which the runner keeps what Pulumi would: its state after the steps before. */
  readonly folder: string;
  /** Where the provider finds the service. */
  readonly url: string;
  /** The service's time. */
  readonly clock: Simulator["clock"];
}

/** A step that is being run. */
export interface Run {
  /**
   * Resolves when nothing of the run is left, with what it failed with: empty when it ended well.
   * A run that is interrupted fails with something or other.
   */
  readonly ended: Promise<string>;
  /** Kills or interrupts whom this runner is about. */
  interrupt(): Promise<void>;
  /** Processes that were ended by force, because they outlived the one that was interrupted for too long. */
  survivors(): readonly string[];
}

/** How a run that did not end well was brought to its end. */
export interface Finish {
  /** What the last `pulumi up` failed with, so that a person would have to do more; empty when it ended well. */
  readonly stuck: string;
  /** Commands that were needed before that `pulumi up`, such as `pulumi cancel`. */
  readonly commands: readonly string[];
}

/** Runs steps of a story as `pulumi up` does. */
export interface Runner {
  /** How the service's time runs. @defaultValue as the story's world has it */
  readonly clock?: ClockSetting;
  /** Begins to run a step on the state in the folder. */
  start(work: Work): Promise<Run>;
  /** Runs the step again after a run that failed or was interrupted. */
  finish(work: Work): Promise<Finish>;
}

/** Runs a step to its end and tells what it failed with: empty when it ended well. */
export async function runThrough(runner: Runner, work: Work): Promise<string> {
  const run = await runner.start(work);
  return await run.ended;
}

/** The step that is to be run. Throws when the story has no such step. */
export function stepOf({ story, index }: Pick<Work, "story" | "index">): Story["steps"][number] {
  const step = story.steps[index];
  if (step === undefined) throw new Error(`${story.site} has no step ${index}.`);
  return step;
}
