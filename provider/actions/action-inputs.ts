import type { ActionPlan } from "../recovery/action-plan.ts";
import type { Finding } from "../recovery/findings.ts";

/** What the user expects of the machines that an action moves; anything else stops it before it begins. */
export interface ActionExpectation {
  /**
   * The items that may move, by identity, by name, or by their machine's name; more, fewer or other ones stop the
   * action.
   */
  readonly items?: readonly string[];
  /** The number of machines that may move. */
  readonly count?: number;
  /**
   * Greatest age of the recovery points, as an ISO 8601 duration such as `PT15M`;
   * an older point, or one whose age is not known, stops the action before its failover or drill. A point that is
   * changed to after the failover is as old as it was then; a commit is never stopped by it.
   */
  readonly recoveryPointMaximumAge?: string;
}

/** What every action takes. */
export interface ActionInputs {
  /**
   * The replicated item, by its identity (the `id` of a ReplicatedItem) or by its name in `vault`.
   * Exactly one of `item`, `items` and `recoveryPlan` is given.
   */
  readonly item?: string;
  /** Several replicated items, by identity or name; each is treated on its own. */
  readonly items?: readonly string[];
  /** The recovery plan, by ARM id (the `id` of a RecoveryPlan) or by its name in `vault`. */
  readonly recoveryPlan?: string;
  /**
   * Vault of items and plans that are given by name: a name or an ARM id.
   * Default: the vault that the ids name, else the setting `asr:vault`.
   */
  readonly vault?: string;
  /**
   * Generation of the action: a new value runs it again in place.
   * Any text; leave it alone and the action runs once, however often `pulumi up` does.
   */
  readonly trigger?: string;
  /**
   * How long the action waits for its jobs and for the machines' states, as an ISO 8601 duration.
   * When it has passed, the jobs run on and the next `pulumi up` follows them.
   */
  readonly timeout?: string;
  /**
   * Ids of rules whose findings may not block this action, such as `A2-TEST-NETWORK`.
   * Waivers are recorded in the state.
   */
  readonly waive?: readonly string[];
  /**
   * What one machine that fails means for the others: `continue` treats them all the same, `stop` begins nothing
   * more for any of them. Jobs that run are followed to their end either way. Inside the job of a recovery plan
   * the service decides; this is about what is left after it. Changing it moves nothing; the rest of an action
   * that has not ended goes as it says now.
   * @defaultValue "continue"
   */
  readonly onFailure?: "continue" | "stop";
  /** What the set of machines must be; checked at preview, when the action begins, and before each of its verbs. */
  readonly expect?: ActionExpectation;
  /**
   * What the action does to each machine, computed when it is previewed and kept with the record.
   * @computed
   */
  readonly plan?: ActionPlan;
  /**
   * What speaks against the action or should be known before it, computed when it is previewed.
   * @computed
   */
  readonly findings?: readonly Finding[];
}

/** What actions that fail machines over take beyond that. */
export interface FailoverActionInputs extends ActionInputs {
  /**
   * The point in time to go to: `latest` (all data in the service is processed first, least loss),
   * `latestProcessed`, `latestApplicationConsistent`, `latestCrashConsistent`, or a given point by
   * its name, its ARM id, or a time (ISO 8601: the newest point not after it).
   * A recovery plan takes the four words only. Changing it before the commit moves the machine to the
   * other point; after the commit it is refused. A drill is cleaned up and runs again from the other point.
   * @defaultValue "latest"
   */
  readonly recoveryPoint?: string;
  /**
   * Try to shut the source machines down first. The failover goes on when that fails, with a warning.
   * @defaultValue true
   */
  readonly shutdownSource?: boolean;
  /**
   * `manual` leaves the failover open, so that the recovery point can still be changed; `automatic`
   * commits it, which deletes all recovery points. Changing `manual` to `automatic` commits now.
   * @defaultValue "manual"
   */
  readonly commit?: "manual" | "automatic";
}

/** What happened to one machine. */
export interface MachineRecord {
  /** Identity of the item. */
  readonly item: string;
  /** The machine's name. */
  readonly machine: string;
  /** Region or site it ran at before. */
  readonly from: string;
  /** Region or site it went to. */
  readonly to: string;
  /**
   * `testing`, `cleanedUp`, `commitPending`, `committed`, `cancelled`, `protected`, `migrated`, `inProgress`, `failed`,
   * `notBegun`: nothing was started for the machine, because the action stopped before its turn; or `ended`: what was
   * open ended with the machine's protection, which somebody else ended.
   */
  readonly status: string;
  /** Names of its jobs in the vault, in order. */
  readonly jobs: readonly string[];
  /** Name of the recovery point it went to; empty when the service does not tell. */
  readonly recoveryPoint: string;
  /** Time of that point, ISO 8601; empty when the service does not tell. */
  readonly recoveryPointTime: string;
  /** From the start of the job to the running machine, ISO 8601 duration; empty when not measured. */
  readonly recoveryTime: string;
  /** From the recovery point to the start of the job, ISO 8601 duration; empty when not measured. */
  readonly dataLoss: string;
  /** ARM id of the machine in Azure that went away with the commit of a failback to its site; else empty. */
  readonly removed: string;
  /** Why it failed, in the service's words; empty when it did not. */
  readonly error: string;
}

/** The record of an action: what it did, when, and where it stands. */
export interface ActionRecord {
  /**
   * Where the action stands as a whole: `inProgress`, `testing`, `cleanedUp`, `commitPending`,
   * `committed`, `cancelled`, `protected`, `migrated`, `ended` or `failed`.
   */
  readonly status: string;
  /** False while something that the inputs ask for is not done yet; the next `pulumi up` goes on with it. */
  readonly finished: boolean;
  /** When the action first touched a machine, ISO 8601. */
  readonly startedAt: string;
  /** When it was done, ISO 8601; empty until then. */
  readonly finishedAt: string;
  /** Names of the jobs it started or followed, in order. */
  readonly jobs: readonly string[];
  /** The machines with their outcome. */
  readonly machines: readonly MachineRecord[];
  /** The longest recovery time of its machines, ISO 8601 duration; empty when not measured. */
  readonly recoveryTime: string;
  /** The greatest data loss of its machines, ISO 8601 duration; empty when not measured. */
  readonly dataLoss: string;
  /** Warnings that its jobs carried, such as a source that could not be shut down. */
  readonly warnings: readonly string[];
  /** Blockers that were waived when it ran, one text each. */
  readonly waivedFindings: readonly string[];
}
