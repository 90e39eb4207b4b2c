import type { Answer } from "../../http/answer.ts";
import { ArmError, missingObject } from "../../http/answer.ts";
import { type Call, urlOf } from "../../http/route.ts";
import { guidOf, newGuid, type Simulation } from "../../simulation.ts";
import { recoveryId, vaultId } from "../../state/identifiers.ts";
import type { Vault } from "../../state/model.ts";
import { formatOperationEnd, formatTime } from "../../state/times.ts";
import { param, vaultOf } from "../vault/find.ts";
import type { Job, Operation } from "./job.ts";

/**
 * Answers a write: 202 without a body, with the two addresses to poll. The operation has the job's
 * name, except for plan actions, whose job has a name of its own.
 */
export function accepted(
  call: Call,
  vault: Vault,
  job: Job,
  resource: string,
  ownName = false,
): Answer {
  const name = ownName ? newGuid(call.simulation) : job.name;
  vault.operations[name] = { name, job: job.name, resource };
  call.simulation.changed = true;
  const query = pollQuery(call, name);
  return {
    status: 202,
    headers: {
      "Azure-AsyncOperation": `${urlOf(call, recoveryId(vault, "replicationOperationStatus", name))}?${query}`,
      Location: `${urlOf(call, resource)}/operationresults/${name}?${query}`,
      ...pollDelay(call.simulation),
    },
  };
}

function pollQuery(call: Call, operation: string): string {
  // CH-POLL-ANY
  const signature = guidOf(call.simulation, "signature", operation).replaceAll("-", "");
  return `api-version=${call.apiVersion}&t=${call.simulation.now}&c=SIMULATED&s=${signature}&h=${signature.slice(0, 16)}`;
}

/** The headers that say when to ask again (CH-RETRY-AFTER). */
export function pollDelay(simulation: Simulation): Record<string, string> {
  const { pollSeconds } = simulation.state.knobs;
  const { mode, factor } = simulation.clock;
  if (mode === "stepped") return { "Retry-After": "1" };
  const seconds = String(Math.max(1, Math.ceil(pollSeconds / factor)));
  if (mode === "real") return { "Retry-After": seconds };
  const scaled = Math.max(1, Math.ceil((pollSeconds * 1000) / factor));
  return { "Retry-After": seconds, "retry-after-ms": String(scaled) };
}

function operationOf(vault: Vault, name: string): { operation: Operation; job: Job } {
  const operation = vault.operations[name.toLowerCase()];
  const job = operation && vault.jobs[operation.job];
  if (!operation || !job || job.lost) throw missingObject(name);
  return { operation, job };
}

function statusOf(job: Job): string {
  if (job.state === "NotStarted") return "NotStarted";
  if (job.endedAt === null) return "InProgress";
  if (job.state === "Failed" || job.state === "PartiallySucceeded") return "Failed";
  return job.state === "Cancelled" ? "Canceled" : "Succeeded";
}

/** Answers `replicationOperationStatus/{id}`: always 200, with a warning in `error` while there is one. */
export function operationStatus(call: Call): Answer {
  const { operation, job } = operationOf(vaultOf(call), param(call, "operation"));
  const status = statusOf(job);
  const failure = job.errors[0]?.service;
  const trouble = status === "Failed" && failure ? failure : job.warning;
  return {
    status: 200,
    body: {
      error: trouble ? { code: trouble.code, message: trouble.message, details: null } : null,
      id: null,
      name: operation.name,
      properties: null,
      status,
      startTime: job.startedAt === null ? null : formatTime(job.startedAt),
      endTime: job.endedAt === null ? null : formatOperationEnd(job.endedAt),
      percentComplete: null,
    },
    headers: job.endedAt === null ? pollDelay(call.simulation) : {},
  };
}

/** Answers `…/operationresults/{id}`: 202 while it runs, then the resource, or 204 if it is gone. */
export function operationResult(call: Call): Answer {
  const vault = vaultOf(call);
  const { operation, job } = operationOf(vault, param(call, "operation"));
  const query = pollQuery(call, operation.name);
  if (job.endedAt === null) {
    return {
      status: 202,
      headers: {
        "Azure-AsyncOperation": `${urlOf(call, recoveryId(vault, "replicationOperationStatus", operation.name))}?${query}`,
        Location: `${urlOf(call, operation.resource)}/operationresults/${operation.name}?${query}`,
        ...pollDelay(call.simulation),
      },
    };
  }
  const failure = job.errors[0]?.service;
  // CH-FAILED-RESULT
  if (statusOf(job) === "Failed" && failure) {
    throw new ArmError(400, failure.code, failure.message, [failure]);
  }
  if (operation.resource === vaultId(vault)) return { status: 204 };
  try {
    return call.ask("GET", operation.resource);
  } catch (error) {
    if (error instanceof ArmError && error.status === 404) return { status: 204 };
    throw error;
  }
}
