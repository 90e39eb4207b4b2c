import type { JsonObject } from "../state/json.ts";

/** An error of the service, with cause and remedy, as job errors carry it. */
export interface ServiceError {
  // CH-SIM-CODES: codes of the simulator's own begin with SIM.
  readonly code: string;
  readonly message: string;
  readonly possibleCauses?: string;
  readonly recommendedAction?: string;
}

/** An error of the replication provider behind the service. */
export interface ProviderError {
  readonly errorCode: number;
  readonly errorMessage: string;
  readonly errorId?: string;
  readonly possibleCauses?: string;
  readonly recommendedAction?: string;
}

/** Which requests a rule touches; without fields, all of them but the admin ones. */
export interface RequestMatch {
  readonly method?: string;
  /** A regular expression, tried on the path without regard to letter case. */
  readonly path?: string;
}

/** Which tasks a rule touches. */
export interface TaskMatch {
  /** Scenario of the job, for example `UnplannedFailover`. */
  readonly scenario?: string;
  /** Name of the task, for example `VmFailover`. */
  readonly task?: string;
  /** Name of the protected item or of its machine. */
  readonly machine?: string;
}

/** A disturbance, and when it strikes. Exactly one effect is given. */
export interface FaultRule {
  /** Made up if left out. */
  readonly id?: string;
  readonly match?: RequestMatch;
  /** Strike from the n-th fitting request or task on, counted from 1. @defaultValue 1 */
  readonly nth?: number;
  /** How often it strikes. @defaultValue 1; 0 = always */
  readonly times?: number;
  /** Chance of a strike, 0 to 1, drawn from the world's seed. @defaultValue 1 */
  readonly probability?: number;
  /** Effect: this answer instead of the real one; nothing happens in the service. */
  readonly respond?: {
    readonly status: number;
    /** Seconds. */
    readonly retryAfter?: number;
    readonly body?: JsonObject;
  };
  /** Effect: the connection breaks, before or after the service did its work. */
  readonly reset?: "before" | "after";
  /** Effect: the answer comes late, by real milliseconds. */
  readonly delayMs?: number;
  /** Effect: a task fails, and its job with it. */
  readonly failTask?: TaskMatch & {
    readonly serviceError: ServiceError;
    readonly providerError?: ProviderError;
  };
  /** Effect: a job stays in the task for ever, or until it is cancelled. */
  readonly hangJob?: TaskMatch;
  /** Effect: the source machine cannot be shut down; the failover goes on. */
  readonly shutdownFails?: { readonly machine?: string };
}

/** A rule with how often it was met and how often it struck. */
export interface ActiveFault {
  readonly id: string;
  readonly rule: FaultRule;
  met: number;
  struck: number;
}

/** The rules in force, kept with the world so that a restart goes on counting. */
export interface FaultState {
  rules: ActiveFault[];
  drawn: number;
}
