import { healthOf } from "../recovery/items/health.ts";
import { reportedPercentage } from "../recovery/items/replication.ts";
import { isFinished, type Job } from "../recovery/jobs/job.ts";
import { scenarioOf } from "../recovery/jobs/scenarios.ts";
import type { Simulation } from "../simulation.ts";
import type { Json, JsonObject } from "../state/json.ts";
import type { Vault } from "../state/model.ts";

/** Rows of each table that the page shows at most. */
const MOST = 500;

/** What the status page shows: clock, items, jobs and fault rules. */
export function statusData(simulation: Simulation): JsonObject {
  const { state, clock, now } = simulation;
  const vaults = Object.values(state.vaults);
  const items = vaults.flatMap((vault) =>
    Object.values(vault.items).map((item) => ({ vault, item })),
  );
  const jobs = vaults
    .flatMap((vault) => Object.values(vault.jobs).map((job) => ({ vault, job })))
    .sort((first, second) => second.job.createdAt - first.job.createdAt);
  return {
    clock: { now: new Date(now).toISOString(), mode: clock.mode, factor: clock.factor },
    outages: state.unavailableRegions,
    items: {
      total: items.length,
      rows: items.slice(0, MOST).map(({ vault, item }) => ({
        vault: vault.name,
        item: item.name,
        machine: item.friendlyName,
        from: locationOf(vault, item.fabricName),
        to: locationOf(vault, item.recoveryFabricName),
        state: item.protectionState,
        progress:
          item.protectionState === "InitialReplicationInProgress"
            ? reportedPercentage(simulation, item)
            : null,
        active: item.activeLocation,
        health: healthOf(simulation, vault, item).replication,
        doing: item.scenario?.name ?? null,
      })),
    },
    jobs: {
      total: jobs.length,
      rows: jobs.slice(0, MOST).map(({ vault, job }) => jobRow(vault, job)),
    },
    faults: state.faults.rules.map(({ id, rule, met, struck }) => ({
      id,
      rule: rule as unknown as Json,
      met,
      struck,
    })),
  };
}

function locationOf(vault: Vault, fabric: string): string {
  return vault.fabrics[fabric.toLowerCase()]?.location || fabric;
}

function jobRow(vault: Vault, job: Job): JsonObject {
  const done = job.tasks.filter(({ state }) => state === "Succeeded" || state === "Other").length;
  const hasSucceeded = isFinished(job) && !["Failed", "Cancelled"].includes(job.state);
  const [error] = job.errors;
  return {
    vault: vault.name,
    job: job.name,
    scenario: scenarioOf(job.scenario).friendlyName,
    on: job.targetObjectName,
    state: job.state,
    progress: hasSucceeded ? 100 : Math.floor((done / Math.max(1, job.tasks.length)) * 100),
    task: job.tasks.find(({ state }) => state === "InProgress")?.friendlyName ?? null,
    began: new Date(job.startedAt ?? job.createdAt).toISOString(),
    ended: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
    error: error ? `${error.service.code}: ${error.service.message}` : null,
  };
}
