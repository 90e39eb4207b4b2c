import type { ServiceError } from "../../faults/fault-rule.ts";
import type { Answer } from "../../http/answer.ts";
import type { Call } from "../../http/route.ts";
import type { Simulation } from "../../simulation.ts";
import { guidOf } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import type { Job } from "../jobs/job.ts";
import { accepted } from "../jobs/operation.ts";
import { startJob } from "../jobs/run.ts";
import { type ScenarioName, scenarioOf } from "../jobs/scenarios.ts";
import { fabricFriendlyName } from "../setup/bodies.ts";
import { noteEvent } from "../vault/events.ts";
import { containerId, fabricId, itemId, itemWithLifecycle } from "../vault/find.ts";
import type { ProtectedItem } from "./item.ts";
import { KINDS } from "./kinds.ts";
import { fabricProviderOf } from "./places.ts";
import { scenarioOfKind } from "./scenario-of-kind.ts";
import { allowedOperations } from "./states.ts";
import { isBetweenVmmSites } from "./vmm/vmm-kind.ts";

/** What a verb asks of an item. */
export interface ItemRequest {
  readonly scenario: ScenarioName;
  /** The operation that must be among the allowed ones; none = always possible. */
  readonly operation?: string;
  readonly input?: JsonObject;
  readonly refusal?: ServiceError | undefined;
  readonly warning?: { code: string; message: string };
  readonly parent?: string;
  readonly holdBefore?: string;
  readonly details?: JsonObject;
}

/** Starts a job on an item; a refused one fails by itself and leaves the item alone. */
export function startItemJob(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  request: ItemRequest,
): Job {
  const refusal = request.refusal ?? notAllowed(item, request);
  const key = scenarioOfKind(item.kind, request.scenario);
  const job = startJob(simulation, vault, {
    ...request,
    scenario: key,
    refusal,
    subject: { kind: "item", lifecycleId: item.lifecycleId },
    targetObjectId: item.name,
    targetObjectName: item.friendlyName,
    affectedObjects: affectedObjects(simulation, vault, item),
  });
  if (!refusal) {
    const scenario = scenarioOf(key);
    item.scenario = {
      name: scenario.shownAs ?? scenario.jobScenario ?? key,
      job: job.name,
      at: simulation.now,
    };
  }
  return job;
}

/** Starts a job on an item and answers with the operation to poll. */
export function itemJob(
  call: Call,
  vault: Vault,
  item: ProtectedItem,
  request: ItemRequest,
  resource?: string,
): Answer {
  const job = startItemJob(call.simulation, vault, item, request);
  return accepted(call, vault, job, resource ?? itemId(vault, item));
}

/** Operations that turn the replication round. */
const REVERSING = ["SwitchProtection", "ReverseReplicate"];

/** CH-WRONG-STATE */
function notAllowed(item: ProtectedItem, request: ItemRequest): ServiceError | undefined {
  if (request.operation === undefined || allowedOperations(item).includes(request.operation))
    return undefined;
  const busy = item.scenario === null ? "" : ` while '${item.scenario.name}' is in progress`;
  return {
    code: REVERSING.includes(request.operation) ? "25038" : "25037",
    message: `The operation '${request.operation}' is not allowed on the protected item '${item.friendlyName}' in its current state '${item.protectionState}'${busy}.`,
    possibleCauses: `The item allows ${allowedOperations(item).join(", ") || "no operation"} at present.`,
    recommendedAction:
      "Wait for a running job to end, bring the item to the required state and retry the operation.",
  };
}

function affectedObjects(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Record<string, string> {
  const id = (id: string) => guidOf(simulation, "target", id);
  return {
    primarycloudid: id(containerId(vault, item.fabricName, item.containerName)),
    primarycloudname: item.containerName,
    primaryfabricproviderid: fabricProviderOf(vault, item),
    primaryvmid: item.machineId.toLowerCase(),
    primaryvmname: item.friendlyName,
    primaryvmmid: id(fabricId(vault, item.fabricName)),
    primaryvmmname: fabricFriendlyName(vault, item.fabricName),
    protectionprofileid: id(item.policyName),
    recoverycloudid: id(containerId(vault, item.recoveryFabricName, item.recoveryContainerName)),
    recoverycloudname: item.recoveryContainerName,
    recoveryfabricproviderid:
      KINDS[item.kind].isReversed || isBetweenVmmSites(item)
        ? fabricProviderOf(vault, item)
        : "AzureFabric",
    recoveryvmid: item.recoveredMachineId?.toLowerCase() ?? "",
    recoveryvmname: item.recovery.vmName,
    recoveryvmmid: id(fabricId(vault, item.recoveryFabricName)),
    recoveryvmmname: fabricFriendlyName(vault, item.recoveryFabricName),
  };
}

/** The item a job is about; gone if it was removed meanwhile. */
export function itemOfJob(vault: Vault, job: Job): ProtectedItem | undefined {
  return job.subject.kind === "item"
    ? itemWithLifecycle(vault, job.subject.lifecycleId)
    : undefined;
}

/** Takes the job off the item when it is over, and writes the event. */
export function endItemJob(
  simulation: Simulation,
  vault: Vault,
  job: Job,
): ProtectedItem | undefined {
  const item = itemOfJob(vault, job);
  if (!item || item.scenario?.job !== job.name) return undefined;
  item.scenario = null;
  const failed = job.state === "Failed" || job.state === "Cancelled";
  noteEvent(simulation, vault, item, {
    eventType: "JobStatus",
    description: `${scenarioOf(job.scenario).jobScenario ?? job.scenario} - ${job.state}`,
    severity: failed ? "Critical" : job.state === "Succeeded" ? "OK" : "Warning",
  });
  return item;
}
