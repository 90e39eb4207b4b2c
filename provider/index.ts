/**
 * Disaster recovery with Azure Site Recovery, as Pulumi resources.
 * @packageDocumentation
 */

export type { ActionExpectation, ActionRecord, MachineRecord } from "./actions/action-inputs.ts";
export type { Placement, ServerPlacement } from "./actions/placement.ts";
export type { ReprotectSettings } from "./actions/reprotect.ts";
export {
  BlockedError,
  CancelledError,
  DeadlineError,
  DisasterRecoveryError,
  type ErrorCode,
  InvalidConfigurationError,
  InvalidInputError,
  isDisasterRecoveryError,
  PartialFailureError,
  SiteError,
} from "./errors.ts";
export * from "./hosts/dynamic/action-classes.ts";
export * from "./hosts/dynamic/hyper-v-classes.ts";
export type { Args, DeepInput, Outputs } from "./hosts/dynamic/property-types.ts";
export * from "./hosts/dynamic/server-classes.ts";
export * from "./hosts/dynamic/set-up-classes.ts";
export type {
  ActionPlan,
  MachinePlace,
  MachinePlan,
  PlannedPoint,
  PlannedResource,
  PlannedScript,
} from "./recovery/action-plan.ts";
export type { Finding, Severity } from "./recovery/findings.ts";
export type { FailbackFix, ManagedFix } from "./recovery/managed-fixes.ts";
export type { JobError } from "./recovery/model.ts";
export type {
  PlannedServerFix,
  ServerChanges,
} from "./resources/on-premises/managed-server/types.ts";
