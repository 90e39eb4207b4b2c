import type { JsonObject } from "../state/json.ts";
import type { SimulatorState } from "../state/model.ts";

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

/** What somebody else does in the service, on an item by a verb or by any request. */
export interface OtherRequest {
  /** Who it was, as jobs and events then say. @defaultValue someone-else@simulator.invalid */
  readonly by?: string;
  /** ARM id of a protected item, or its name where only one has it. */
  readonly item?: string;
  /** Last path segment of the operation, for example `failoverCommit`; `delete` disables protection. */
  readonly verb?: string;
  /** Instead of item and verb. */
  readonly method?: string;
  readonly path?: string;
  /** @defaultValue for the verbs unplannedFailover, failoverCommit, testFailoverCleanup and delete, what they need */
  readonly body?: JsonObject;
}

/** How long, and for which reads, the state before a write is still shown. */
export interface StaleReads {
  /** So many reads. Either this or `seconds`, or the first of both to be over. */
  readonly reads?: number;
  /** So many virtual seconds. */
  readonly seconds?: number;
  /**
   * A regular expression for the paths of the reads. @defaultValue in a vault every object and list but
   * jobs and operations; elsewhere what was written and what it lies in
   */
  readonly of?: string;
}

/** A disturbance, and when it strikes. Exactly one effect is given. */
export interface FaultRule {
  /** Made up if left out; chances are drawn from it and the seed. */
  readonly id?: string;
  readonly match?: RequestMatch;
  /** Strike from the n-th fitting request or task on, counted from 1. @defaultValue 1 */
  readonly nth?: number;
  /** How often it strikes. @defaultValue 1, for `throttle` 0; 0 = always */
  readonly times?: number;
  /** Chance of a strike, 0 to 1, drawn from the world's seed. @defaultValue 1 */
  readonly probability?: number;
  /** Virtual time from which the rule is in force, ISO 8601. */
  readonly from?: string;
  /** Virtual time at which the rule is no longer in force, ISO 8601. */
  readonly until?: string;
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
  /** Effect: the body of the answer trickles, over so many real milliseconds. */
  readonly trickleMs?: number;
  /** Effect: the answer promises its whole body, and the connection breaks after so many bytes of it. */
  readonly truncateAt?: number;
  /** Effect: more than so many requests in so many virtual seconds get 429 with Retry-After. */
  readonly throttle?: { readonly requests: number; readonly seconds: number };
  /** Effect: after a write, reads still show the state before it. */
  readonly stale?: StaleReads;
  /** Effect: just before the service takes the request, somebody else makes another one. */
  readonly someoneElse?: OtherRequest;
  /** Effect: a task fails, and its job with it. */
  readonly failTask?: TaskMatch & {
    readonly serviceError: ServiceError;
    readonly providerError?: ProviderError;
  };
  /** Effect: a job stays in the task for ever, or until it is cancelled. */
  readonly hangJob?: TaskMatch;
  /** Effect: a job is cancelled by somebody else when it comes to the task. */
  readonly cancelJob?: TaskMatch;
  /** Effect: from the task on the service knows neither the job nor its operation any more; the work goes on. */
  readonly loseJob?: TaskMatch;
  /** Effect: the source machine cannot be shut down; the failover goes on. */
  readonly shutdownFails?: { readonly machine?: string };
}

/** A rule with how often it was met and how often it struck. */
export interface ActiveFault {
  readonly id: string;
  readonly rule: FaultRule;
  met: number;
  struck: number;
  /** For `throttle`: the requests of the running window, which began at a virtual time. */
  window?: { beganAt: number; requests: number };
}

/** What reads are still shown although it has changed. */
export interface StaleState {
  readonly rule: StaleReads;
  /** Path of the write, in lower case. */
  readonly written: string;
  readsLeft: number | null;
  /** Virtual milliseconds since 1970. */
  readonly untilMs: number | null;
  readonly before: Pick<SimulatorState, "resources" | "machines" | "vaults">;
}

/** The rules in force, kept with the world so that a restart goes on counting. */
export interface FaultState {
  rules: ActiveFault[];
  /** Number of rules ever added, for the names of those without one. */
  added: number;
  stale: StaleState[];
}
