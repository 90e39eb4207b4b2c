import type { Choice } from "../choices.ts";

/** Choices about protected Hyper-V machines that replicate to Azure. */
export const HYPER_V_ITEM_CHOICES: readonly Choice[] = [
  {
    id: "CH-HV-ENABLE",
    what: "The protection of a Hyper-V machine whose host or VMM server does not answer, or that was deleted, is 202 and a failed job (SIM-NO-HEARTBEAT, SIM-MACHINE-GONE). A request without storage account is refused with 400 unless the policy has one; without resource group the machine is recovered in that of the storage account.",
    why: "No refusal was recorded; the published example gives the bare instanceType.",
  },
  {
    id: "CH-HV-NETMAP",
    what: "The protection of a machine of a VMM cloud whose VM network is not mapped to Azure (VmmToAzure) is 202 and a failed job (SIM-NETWORK-MAPPING), also if the request names a network in Azure; one that is connected to no network needs no mapping.",
    why: "Documented as required; other refusals were recorded as failed jobs.",
  },
  {
    id: "CH-HV-FINALIZE",
    what: "The job IrCompletion follows the first recovery point of every Hyper-V machine: Protected, no operations, currentScenario EnableProtection, vmProtectionState ReplicaConfigurationInProgress until its task ReplicaConfiguration ends; the first copy goes through InitialReplicationRecoveryCompletionPending.",
    why: "Recorded with VMM only; document 002 tells it of all.",
  },
  {
    id: "CH-HV-PROGRESS",
    what: "initialReplicationProgressPercentage tells the share as of the last report, every five minutes; the last one stays when the copy is over, 0 after a reverse replication. Disks are copied one after the other.",
    why: "Recording H2A_E2A.040 has 23 on a protected machine; document 002 for the order.",
  },
  {
    id: "CH-HV-LAG",
    what: "rpoInSeconds: from the newest replication, which the policy's interval spaces, to the last even minute or that replication if it is later; null unless the machine is protected.",
    why: "Recorded once: 4 seconds.",
  },
  {
    id: "CH-HV-LATEST",
    what: "A failover to the latest data goes to a point of that moment if the machine was shut down by it, and to the newest point otherwise; so does a test failover.",
    why: "Hyper-V hosts send changes at intervals; the last ones are sent after the shutdown.",
  },
  {
    id: "CH-HV-DISKS",
    what: "Machines in Azure get managed disks, whether useManagedDisks is true or false; seed disks are there only if it is true. Items of a world have it true.",
    why: "No storage accounts with page blobs are simulated.",
  },
  {
    id: "CH-HV-MANAGED",
    what: "protectedManagedDisks has the published fields except sectorSizeInBytes.",
    why: "Recorded as an empty list only.",
  },
  {
    id: "CH-HV-COMMITTED",
    what: "Hyper-V to Azure after the commit: PlannedFailoverStatesBegin or UnplannedFailoverCommitted, Recovery, [CompleteMigration, DisableProtection, Failback]. The commit of a failback removes the machine in Azure with disks and interfaces, and leaves RestoreFinalized.",
    why: "The first is a published example, the second was never read; RestoreFinalized was read once.",
  },
  {
    id: "CH-HV-FAILED-BACK",
    what: "A failback from Azure before its commit: PlannedFailoverCommitRequired, Primary, [Commit, DisableProtection]; the machine runs at its site, that in Azure is deallocated.",
    why: "Never read; reference 6.5.",
  },
  {
    id: "CH-HV-FAILBACK-JOB",
    what: "The job of a single machine's failback is called PlannedFailover and runs to its end by itself: prerequisites, preparing of the machine at the site, data synchronization (task DataSync; Azure's machine runs on with ForSynchronization and is stopped before it with ForDownTime), WaitForUserInputForFailback, shutdown, failover, start. With the knob failbackWaitsForUser and ForSynchronization it is Suspended with [Cancel, Resume] at WaitForUserInputForFailback; otherwise that task is skipped.",
    why: "Its operation was recorded to succeed without a resume; the wait was recorded in jobs of plans, and portals ask a person for it.",
  },
  {
    id: "CH-HV-FAILBACK-DEFAULTS",
    what: "A failback without dataSyncOption is ForSynchronization, without recoveryVmCreationOption NoAction; without failoverDirection the instanceType tells where it goes.",
    why: "All of them are optional in the published model.",
  },
  {
    id: "CH-HV-FAILBACK-REFUSED",
    what: "A failback fails at its prerequisites if the machine in Azure is gone (SIM-REPLICA-GONE), the machine at the site is gone or another host is given and nothing is to be created (SIM-MACHINE-GONE), or the host does not answer (SIM-NO-HEARTBEAT). providerIdForAlternateRecovery must lead to a server of the same fabric, or the request is refused with 400.",
    why: "Documented as impossible, answers not recorded.",
  },
  {
    id: "CH-HV-NEW-MACHINE",
    what: "A machine that a failback creates, on its own host or another one, is the old one under its old id. One that runs at the site when a failback begins is turned off.",
    why: "The item goes on under the same protectable item in every recording.",
  },
  {
    id: "CH-HV-CANCELLED",
    what: "A failback that is cancelled from the beginning of DataSync on, before the shutdown in Azure, leaves the machine at the site in pieces: it counts as deleted, and the next failback has to create it. The machine in Azure runs on, the item stays committed.",
    why: "Documented as corrupting the machine; what the service shows then was not recorded.",
  },
  {
    id: "CH-HV-PLANNED-FAILED",
    what: "A planned failover whose shutdown fails, or whose host does not answer, is a failed job (532) and changes nothing. One that fails or is cancelled later starts the machine at its site again.",
    why: "532 was recorded with the item unchanged; what follows a later failure was not.",
  },
  {
    id: "CH-HV-REPROTECTED",
    what: "Reverse replication never begins by itself. After that of a failed back machine the item is Protected as soon as the job ends, with recovery points from then on. Before the commit of the failback, and while the machine is away, it is 202 and a failed job (25038).",
    why: "Document 002 tells that it is automatic, the recorded [ReverseReplicate] that it is not; the published example is Protected at once; 25038 was recorded for PlannedFailoverCommitRequired, Recovery.",
  },
];
