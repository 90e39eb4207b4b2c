import type { ActionKind } from "../action-kinds.ts";
import type { Severity } from "../findings.ts";
import type { Scenario } from "../model.ts";
import type { FixName } from "../on-premises-situation.ts";
import type { Situation } from "../situation.ts";

/** What a rule has found for one machine. */
export interface Violation {
  readonly fact: string;
  readonly remedy: string;
  /** Input path that brought it about. */
  readonly path?: string;
  /** Weighs other than the rule does in general. */
  readonly severity?: Severity;
  /** Speaks of this instead of the machine, such as a server that several machines share. */
  readonly subject?: string;
}

/**
 * The moment at which a rule about a VMware site is asked: when a server is created or changed, before a
 * failover to Azure, before a reprotect to the site, before one to Azure again, between reprotect and
 * failback, before the failback, and before its commit.
 */
export type RulePhase =
  | "server"
  | "failover"
  | "reprotect"
  | "protectAgain"
  | "replicating"
  | "failback"
  | "commit";

/** Which sites a rule is about: `classic`, `modernized`, or both. */
export type RuleGeneration = "classic" | "modernized" | "both";

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
  /** Scenarios that it is about; absent means each that the service still has. */
  readonly scenarios?: readonly Scenario[];
  /** Kinds of VMware site; absent for a rule that is about other scenarios, or about all of them. */
  readonly generation?: RuleGeneration;
  /** When a rule about a VMware site is asked; absent for the others, which are asked before their actions. */
  readonly phases?: readonly RulePhase[];
  /** What is done about it automatically when the inputs allow it. */
  readonly fix?: FixName;
  /** True when it can be checked with a look at the vCenter only, or at least not in full without. */
  readonly vsphere?: boolean;
  /** What is wrong with this machine; empty when nothing is. */
  check(situation: Situation): readonly Violation[];
}
