import type { Choice } from "../choices.ts";

/** Choices about what verbs do to the machines of regions, their replicas and points, and to recovery plans. */
export const MOVE_CHOICES: readonly Choice[] = [
  {
    id: "CH-BUSY",
    what: "While a job runs on an item its state stays, allowedOperations is [] and currentScenario is the job.",
    why: "Recorded for EnableProtection of Hyper-V only; reference 6.7.",
  },
  {
    id: "CH-ENABLING",
    what: "Between the PUT of an item and the end of its EnableDr job the item is readable as UnprotectedStatesBegin.",
    why: "Scripts wait on that state; clients that lost the operation can find the item.",
  },
  {
    id: "CH-ENABLE-FAILED",
    what: "An item whose EnableDr job fails disappears.",
    why: "State before the failed job: absent.",
  },
  {
    id: "CH-A2A-UPEND",
    what: "After an A2A failover: UnplannedFailoverCommitPendingStatesBegin, Recovery, [CompleteMigration, Commit, DisableProtection, ChangePit, SwitchProtection].",
    why: "Never read between failover and commit; as InMageRcm.",
  },
  {
    id: "CH-A2A-TFO",
    what: "A2A test failover behaves as recorded for Hyper-V: job Succeeded, item WaitingForCompletion, then MarkedForDeletion.",
    why: "No A2A test failover was recorded.",
  },
  {
    id: "CH-FAILED-JOB",
    what: "A failed job leaves the item in the state it had before, and allowedActions is [Restart].",
    why: "Reference 6.7: unchanged.",
  },
  {
    id: "CH-WRONG-STATE",
    what: "A verb the item does not offer: 202, then a job that fails with 25037 (25038 for reprotect).",
    why: "25037 and 25038 were recorded that way for two verbs.",
  },
  {
    id: "CH-DIRECTION",
    what: "A failover with RecoveryToPrimary on an A2A item, or on a machine of a site that is not on its way back: 400 InvalidFailoverDirection; a classic failback takes either direction, and a reprotect of a machine of a site any.",
    why: "A2A fails back with PrimaryToRecovery on the moved item; the error is recorded for Hyper-V.",
  },
  {
    id: "CH-A2A-REPROTECT",
    what: "item/reProtect with A2A input does what switchprotection does, if the item offers SwitchProtection.",
    why: "The input type exists in the swagger and `az site-recovery` sends it; never recorded.",
  },
  {
    id: "CH-A2A-PLANNED",
    what: "plannedFailover and failoverCancel of an item that offers neither: 202 and a failed job (25037).",
    why: "Only modernized machines on their way back do.",
  },
  {
    id: "CH-PLAN-PLANNED",
    what: "Plan verbs the plan does not offer: 202 and a failed job (25037).",
    why: "As for items.",
  },
  {
    id: "CH-OS-DISK",
    what: "A PUT of an item must name the operating system disk in vmManagedDisks: else 400 SIM-INVALID-INPUT.",
    why: "Without it no machine can be recovered; every recorded client names it.",
  },
  {
    id: "CH-PLAN-PARTLY",
    what: "If some machines of a plan fail the others go on; the job ends PartiallySucceeded (Failed if all failed), the operation Failed with the first machine's error.",
    why: "PartiallySucceeded is a recorded job state; its operation was never read.",
  },
  {
    id: "CH-PLAN-STOPPED",
    what: "If a step of a plan's job itself fails, its later groups do not begin; the jobs of its machines that waited for their turn go on by themselves.",
    why: "Never recorded; a machine's job is one of its own, and one that never ends would hold the machine for good.",
  },
  {
    id: "CH-PLAN-DIRECTION",
    what: "A plan's direction names the side its machines are on now: PrimaryToRecovery from the plan's primary fabric, RecoveryToPrimary from its recovery fabric; a machine on the other side fails the prerequisites check with 25037.",
    why: "A plan keeps its fabrics when its A2A items move; never recorded.",
  },
  {
    id: "CH-PLAN-ACTIONS",
    what: "Manual actions suspend the plan's job until it is resumed; scripts and runbooks succeed at once.",
    why: "No job with actions was recorded.",
  },
  {
    id: "CH-REPROTECT-FRESH",
    what: "Reprotect of an A2A item forgets lastSuccessfulFailoverTime, the test failover's state and time, and warns anew (161011).",
    why: "Recording A2A.121 has no failover time and another entityId; drills before a reprotect were not recorded.",
  },
  {
    id: "CH-ONE-FABRIC",
    what: "A second fabric for a region the vault has: 202 and a failed job (SIM-EXISTS).",
    why: "Documented for the portal and the cmdlets, answer not recorded.",
  },
  {
    id: "CH-PLAN-REPROTECT",
    what: "reProtect of a plan: 202 and a job ReverseReplication that fails with 25038.",
    why: "The newer API text calls it not working; the answer itself was never recorded.",
  },
  {
    id: "CH-SHUTDOWN-DEFAULT",
    what: "sourceSiteOperations absent means NotRequired: the shutdown task is skipped and the source keeps running.",
    why: "The field is optional and the recorded clients that want a shutdown say Required.",
  },
  {
    id: "CH-SHUTDOWN-FAILED",
    what: "If the source cannot be shut down its task is Failed, the job goes on and ends CompletedWithInformation, the operation Succeeded with a warning in `error`.",
    why: "The documents say that the failover goes on; CompletedWithInformation is a recorded job state.",
  },
  {
    id: "CH-SIM-CODES",
    what: "Error codes that begin with SIM are inventions of the simulator.",
    why: "No published code exists; an invented number could be taken for a real one.",
  },
  {
    id: "CH-LATEST-POINT",
    what: "A failover without recoveryPointId makes a new crash-consistent point at the moment of the failover and uses it.",
    why: "Latest processes all data first; which point the service then names was not recorded for A2A.",
  },
  {
    id: "CH-POINT-CONTAINER",
    what: "failoverRecoveryPointId names the container cloud_{fabric internalIdentifier}.",
    why: "Recorded for InMageRcm, not for A2A; clients must match points by name.",
  },
  {
    id: "CH-FAILED-OVER",
    what: "After a failover recoveryFabricObjectId is the id of the new VM; it is null again after reprotect.",
    why: "null before and after in the recordings; between never read.",
  },
  {
    id: "CH-NO-NETWORK",
    what: "Without a network mapping or a chosen network the failover fails with 28092 at VmFailover.",
    why: "28092 is the documented code for a NIC that cannot be created; the real service would first try to create a network.",
  },
  {
    id: "CH-VM-EXISTS",
    what: "A VM of the target name that is not the item's own original: warning 28061, and the new VM gets the suffix -asr (28175).",
    why: "28061 and 28175 are recorded as warnings.",
  },
  {
    id: "CH-REPLICA-DISKS",
    what: "Replica disks (-ASRReplica) exist in Compute from the end of EnableDr until disable, commit of a migration or reprotect.",
    why: "Their ids are recorded, their life is documented.",
  },
  {
    id: "CH-ORIGINAL-MACHINE",
    what: "Reprotect deletes the machine left behind with its NICs and keeps its disks as seed (knob originalMachineAtReprotect).",
    why: "The guides disagree; reference 15.",
  },
];
