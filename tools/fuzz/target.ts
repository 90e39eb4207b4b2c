import type fc from "fast-check";

/** How an input was answered: it was refused in words, or taken. */
export type Answer = "failures" | "result";

/** What answers inputs, made ready. */
export interface Bench<Case> {
  readonly cases: fc.Arbitrary<Case>;
  /**
   * Feeds one input. Throws {@link WrongAnswerError} for an answer that breaks the promise; whatever else it throws is
   * an exception of the code under test.
   */
  answer(input: Case): Promise<Answer>;
  close(): Promise<void>;
}

/** Something that is fed with generated input. */
export interface Target<Case = unknown> {
  readonly name: string;
  /** What is promised of it. */
  readonly promise: string;
  /** Requirement that the promise belongs to. */
  readonly requirement: "Q-10" | "Q-11";
  open(): Promise<Bench<Case>>;
}

/** An answer came, and it is not what is promised. */
export class WrongAnswerError extends Error {
  static {
    WrongAnswerError.prototype.name = "WrongAnswerError";
  }
}

/** What was wrong with the answer to an input, and how to see it again. */
export interface Trouble {
  readonly kind: "exception" | "hang" | "wrong";
  readonly text: string;
  /** The smallest input found that shows it, shortened. */
  readonly input: string;
  readonly seed: number;
  /** Path of fast-check to the input. */
  readonly path: string;
}

/** What became of the inputs of one target. */
export interface TargetCounts {
  readonly target: string;
  readonly seed: number;
  readonly runs: number;
  /** Inputs that were refused in words. */
  readonly failures: number;
  /** Inputs that were taken. */
  readonly results: number;
  readonly exceptions: number;
  readonly hangs: number;
  readonly wrong: number;
  readonly troubles: readonly Trouble[];
}
