/** What an item of a VMware site or physical server has besides the common part. */
export interface OnPremisesPart {
  /** Key of its machine in the estate; another one after a failback to a new machine. */
  machine: string;
  /** What its site calls the machine: an id of Microsoft.OffAzure, or of a protectable item. */
  discoveryId: string;
  /** Modernized: the id plans call it by; another one after each reprotect. */
  internalIdentifier: string;
  processServerId: string;
  runAsAccountId: string | null;
  masterTargetId: string | null;
  reprotectAgentId: string | null;
  /** Where changes wait on their way. */
  logStorageAccountId: string;
  storageAccountId: string | null;
  datastoreName: string | null;
  retentionVolume: string | null;
  /** Region of the machine in Azure. */
  readonly targetLocation: string;
  licenseType: string;
  enableRdpOnTargetOption: string;
  /** The policy before the reprotect that turned the item round. */
  lastUsedPolicyName: string | null;
  /** When the machine was booted that a failover ended with; null = no failover since it was protected. */
  bootedAt: number | null;
  lastPlannedFailover: {
    readonly at: number;
    readonly status: "Succeeded" | "Failed" | "Cancelled";
  } | null;
  /** Such machines never come back (reference 1.3; failback-rules IT-2008R2): no reprotect is offered. */
  readonly isOneWay: boolean;
  /** The failover point was forgotten by a reprotect, which the service shows as an empty text. */
  pointForgotten: boolean;
}
