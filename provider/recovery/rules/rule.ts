import type { ActionKind } from "../action-kinds.ts";
import type { Severity } from "../findings.ts";
import type { Situation } from "../situation.ts";

/** What a rule has found for one machine. */
export interface Violation {
  readonly fact: string;
  readonly remedy: string;
  /** Input path that brought it about. */
  readonly path?: string;
  /** Weighs other than the rule does in general. */
  readonly severity?: Severity;
}

/** One condition of failover, reprotect or failback. */
export interface Rule {
  /** Stable id; findings carry it, `waive` takes it. */
  readonly id: string;
  /** Where it comes from: a source document's section, or this product's own demand. */
  readonly source: string;
  /** The rule in one sentence, for the documentation's table. */
  readonly summary: string;
  readonly severity: Severity;
  readonly actions: readonly ActionKind[];
  /** What is wrong with this machine; empty when nothing is. */
  check(situation: Situation): readonly Violation[];
}
