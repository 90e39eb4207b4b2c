import { COVERAGE_CHOICES } from "./choices/coverage.ts";
import { ESTATE_CHOICES } from "./choices/estate.ts";
import { HYPER_V_ITEM_CHOICES } from "./choices/hyper-v-items.ts";
import { HYPER_V_REPLICATION_CHOICES } from "./choices/hyper-v-replication.ts";
import { HYPER_V_SITE_CHOICES } from "./choices/hyper-v-sites.ts";
import { MOVE_CHOICES } from "./choices/moves.ts";
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
  ...MOVE_CHOICES,
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
