/** Kinds of objects a job is about. */
export type TargetInstanceType =
  | "ProtectionEntity"
  | "ProtectionProfile"
  | "RecoveryPlan"
  | "Server"
  | "Network"
  | "Vault"
  | "VCenter"
  | "Other";

/** One task of a scenario: id (empty = a new GUID each time), name, friendly name, virtual seconds it takes. */
export type TaskRow = readonly [
  taskId: string,
  name: string,
  friendlyName: string,
  seconds: number,
];

/** A kind of job. */
export interface Scenario {
  readonly friendlyName: string;
  readonly target: TargetInstanceType;
  readonly customDetails: string;
  readonly tasks: readonly TaskRow[];
  /** The name shown in an item's currentScenario, if it is not the scenario's. */
  readonly shownAs?: string;
  /** The name shown in the job, if it is not the table's key. */
  readonly jobScenario?: string;
}

/** customDetails of most jobs. */
export const ASR = "AsrJobDetails";
