import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

export { recoveryPlanHandler } from "./recovery-plan/handler.ts";

/** Kinds of failover that an action runs in. */
export type RecoveryPlanFailoverType = "TestFailover" | "PlannedFailover" | "UnplannedFailover";

/** Directions of a failover that an action runs in. */
export type RecoveryPlanDirection = "PrimaryToRecovery" | "RecoveryToPrimary";

/** Something to be done at the beginning or the end of a group, in the order of the list. */
export interface RecoveryPlanAction {
  /** Name, unique in its list. */
  readonly name: string;
  /** `manual` waits for a person, `script` runs a script of a VMM library, `runbook` an automation runbook. */
  readonly kind: "manual" | "script" | "runbook";
  /** What the person has to do; `manual` only. */
  readonly description?: string;
  /** Path of the script; `script` only, and needed there. */
  readonly script?: string;
  /** ARM id of the runbook; `runbook` only, and needed there. */
  readonly runbook?: string;
  /**
   * Side on which the script or runbook runs.
   * @defaultValue Recovery
   */
  readonly fabricLocation?: "Primary" | "Recovery";
  /** Longest time that the script or runbook may take, as the service writes it. */
  readonly timeout?: string;
  /**
   * Kinds of failover that it runs in, in any order.
   * @defaultValue all kinds
   */
  readonly failoverTypes?: readonly RecoveryPlanFailoverType[];
  /**
   * Directions that it runs in, in any order.
   * @defaultValue both directions
   */
  readonly failoverDirections?: readonly RecoveryPlanDirection[];
}

/** Actions around a step that all machines of the plan take together. */
export interface RecoveryPlanActions {
  /** Actions before it. */
  readonly startActions?: readonly RecoveryPlanAction[];
  /** Actions after it. */
  readonly endActions?: readonly RecoveryPlanAction[];
}

/** Machines that start together, after those of the group before. */
export interface RecoveryPlanGroup {
  /** Replicated items, in any order: the `itemId` of each. */
  readonly items: readonly string[];
  /** Actions before the machines start. */
  readonly startActions?: readonly RecoveryPlanAction[];
  /** Actions after the machines have started. */
  readonly endActions?: readonly RecoveryPlanAction[];
}

/**
 * A recovery plan: machines that fail over together and start in groups, one group after the other,
 * with actions around them. At most 7 groups and 100 items.
 *
 * @example
 * ```ts
 * const plan = new asr.RecoveryPlan("shop", {
 *     groups: [{ items: [database.id] }, { items: [app.id] }, { items: [web.id] }],
 * });
 * ```
 */
export interface RecoveryPlanInputs extends VaultObjectInputs {
  /**
   * ARM id or name of the fabric that the machines come from. Changing it replaces the plan.
   * @defaultValue the fabric of the items
   * @replaceOnChanges
   */
  readonly primaryFabric?: string;
  /**
   * ARM id or name of the fabric that the machines go to: the other region, or the second VMM server;
   * `Microsoft Azure` for machines of a VMware or Hyper-V site. Changing it replaces the plan.
   * @defaultValue the recovery fabric of the items
   * @replaceOnChanges
   */
  readonly recoveryFabric?: string;
  /**
   * Zone that the machines come from, for replication between zones. Changing it replaces the plan.
   * @replaceOnChanges
   */
  readonly primaryZone?: string;
  /**
   * Zone that the machines go to, for replication between zones. Changing it replaces the plan.
   * @replaceOnChanges
   */
  readonly recoveryZone?: string;
  /** Groups in the order in which they start. Changing them updates in place. */
  readonly groups: readonly RecoveryPlanGroup[];
  /** Actions around the shutdown of all machines. Changing them updates in place. */
  readonly shutdown?: RecoveryPlanActions;
  /** Actions around the failover of all machines. Changing them updates in place. */
  readonly failover?: RecoveryPlanActions;
}

/** What is recorded of a recovery plan. */
export interface RecoveryPlanState extends RecoveryPlanInputs, SetUpState {
  /** ARM id of the plan: what failovers and drills take. */
  readonly planId: string;
}
