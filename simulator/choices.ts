import { COVERAGE_CHOICES } from "./choices/coverage.ts";
import { ESTATE_CHOICES } from "./choices/estate.ts";
import { HYPER_V_ITEM_CHOICES } from "./choices/hyper-v-items.ts";
import { HYPER_V_REPLICATION_CHOICES } from "./choices/hyper-v-replication.ts";
import { HYPER_V_SITE_CHOICES } from "./choices/hyper-v-sites.ts";
import { SITE_ITEM_CHOICES } from "./choices/site-items.ts";
import { SIGN_IN_CHOICES } from "./sign-in/choices.ts";

/** A behaviour of the real service that nobody has recorded, and what the simulator does instead. */
export interface Choice {
  readonly id: string;
  /** What the simulator does. */
  readonly what: string;
  /** Why this and not something else. */
  readonly why: string;
}

/**
 * Every place where the simulator had to choose. Code that acts on a choice names its id in a comment;
 * an observation of the real service replaces the line.
 */
export const CHOICES: readonly Choice[] = [
  ...SIGN_IN_CHOICES,
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
  {
    id: "CH-ALREADY-PROTECTED",
    what: "PUT of an existing item with the same VM: job Succeeded with warning 45031; another item for a protected VM: job fails with 45031.",
    why: "45031 is recorded as a warning; the other case never.",
  },
  {
    id: "CH-IN-USE",
    what: "Deleting a policy, container, fabric or network mapping in use: 202 and a failed job (SIM-IN-USE).",
    why: "Other refusals came that way.",
  },
  {
    id: "CH-VAULT-NOT-EMPTY",
    what: "Deleting a vault that holds items: 409 ServiceResourceNotEmptyWithContainerDetails.",
    why: "Not recorded; the name is the one the portal shows.",
  },
  {
    id: "CH-CONFLICT",
    what: "PUT of an existing fabric, container or mapping with other contents: 202 and a failed job (SIM-EXISTS).",
    why: "As 15035 for policies.",
  },
  {
    id: "CH-MISSING-REFERENCE",
    what: "An id in a body that leads nowhere: 400 BadRequest with code SIM-MISSING-REFERENCE.",
    why: "Never recorded; a refusal at once is easier to read than a failed job.",
  },
  {
    id: "CH-INPUT",
    what: "A malformed body: 400 BadRequest with code SIM-INVALID-INPUT, and the path of the field in the message.",
    why: "Never recorded.",
  },
  {
    id: "CH-POLICY-RANGES",
    what: "A2A policies: history 0 to 21600 minutes, app-consistent 0 or 60 to 720 and not above a history that is not 0, crash-consistent 5.",
    why: "Documented limits; the form of the refusal is CH-INPUT.",
  },
  {
    id: "CH-GROUP",
    what: "A failover of one member of a multi-VM group of several items: 202 and a failed job (25037).",
    why: "Documented as impossible, answer not recorded.",
  },
  {
    id: "CH-SCENARIO-NAMES",
    what: "Scenario names CreateProtectionContainer, RemoveProtectionContainer, UpdateProtectionContainerMapping, AddDisks, RemoveDisks, ResolveHealthErrors, RemoveInfra, and CreateSite for Azure fabrics.",
    why: "No job of these was recorded.",
  },
  {
    id: "CH-DURATIONS",
    what: "How long each task takes (table of scenarios).",
    why: "Totals lie in the recorded ranges, the shares of the tasks are ours.",
  },
  {
    id: "CH-RETRY-AFTER",
    what: "Retry-After on every 202 and unfinished status: knob pollSeconds, 10 virtual seconds, scaled by an accelerated clock and at least 1; 1 for a stepped clock.",
    why: "30 was recorded until 2021, none in 2023; clients do best with one.",
  },
  {
    id: "CH-FAILED-RESULT",
    what: "operationresults of a failed operation: 400 with the error.",
    why: "Never recorded.",
  },
  {
    id: "CH-CANCEL",
    what: "Cancelling a running failover leaves the item's replication stopped: health Critical, RepairReplication offered.",
    why: "Documented: replication stops and does not resume.",
  },
  {
    id: "CH-RESTART",
    what: "restart runs the same job again from its failed task; resume goes on with a Suspended one.",
    why: "Only the name RestartJob was recorded.",
  },
  {
    id: "CH-EXPORT",
    what: "Export of jobs succeeds at once with a blob address that leads nowhere.",
    why: "No storage service is simulated.",
  },
  {
    id: "CH-OUTAGE",
    what: "While a region is unavailable its machines do not run as sources (replication stops, 153007 after an hour), shutdowns fail, failovers and reprotects into it fail with 170010 or SIM-REGION, Compute writes to it get 503.",
    why: "Nothing of a real outage was recorded.",
  },
  {
    id: "CH-COMPUTE-SYNC",
    what: "Writes to Compute, Network and Storage are finished at once; power actions answer 200 without an operation.",
    why: "They are surroundings, not the service rehearsed.",
  },
  {
    id: "CH-FILTER",
    what: "An unknown $filter field is refused with 400.",
    why: "Silently ignoring it would return everything.",
  },
  {
    id: "CH-PAGE",
    what: "Pages of 100 objects (knob pageSize) for every list of a vault; $take and takeToken make them smaller, never larger; $skipToken and skipToken are the same, and go on behind the last object though the list has changed.",
    why: "Page sizes were not recorded; the published API says page size and pagination token.",
  },
  {
    id: "CH-POLL-ANY",
    what: "Signature parameters are added to poll URLs and not verified.",
    why: "What the service answers to a changed one is unknown.",
  },
  {
    id: "CH-RESTARTED-CLOCK",
    what: "After a restart from a snapshot virtual time goes on where it stopped; a real clock has moved on meanwhile.",
    why: "A rehearsal that was put away should not age.",
  },
  {
    id: "CH-RESOLVE",
    what: "resolveHealthErrors removes errors whose customerResolvability is Allowed and fails its job otherwise (SIM-NOT-RESOLVABLE).",
    why: "Only the swagger's example exists.",
  },
  {
    id: "CH-GATEWAY",
    what: "A gateway's connection is Connected until a PUT or PATCH gives another connectionStatus, which it then keeps; lists tell it, too. No verb of Site Recovery looks at it.",
    why: "Azure measures it and takes it from nobody; a rehearsal has to be able to cut the way to the site.",
  },
  ...COVERAGE_CHOICES,
  ...ESTATE_CHOICES,
  ...SITE_ITEM_CHOICES,
  ...HYPER_V_SITE_CHOICES,
  ...HYPER_V_ITEM_CHOICES,
  ...HYPER_V_REPLICATION_CHOICES,
  {
    id: "CH-SOMEONE-ELSE",
    what: "A job that somebody else started carries their name as affectedObjectDetails.startedby, and an event of the item tells it.",
    why: "The service names the caller in the activity log only, which Site Recovery clients do not read.",
  },
  {
    id: "CH-LIMIT",
    what: "A request body of more than 4 MiB is refused with 413 RequestContentTooLarge.",
    why: "Resource Manager documents the limit; its error was not recorded.",
  },
  {
    id: "CH-NAMES",
    what: "A path with a slash or control character inside a name, a broken percent code, or the names __proto__ and constructor gets 400 InvalidResourceName.",
    why: "No such name was recorded; the last two would be mistaken for something that exists.",
  },
];
