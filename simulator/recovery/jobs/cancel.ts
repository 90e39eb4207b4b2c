import type { Simulation } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import { itemOfJob } from "../items/item-job.ts";
import { behaviourOf } from "./behaviours.ts";
import type { Job } from "./job.ts";
import { scenarioOf } from "./scenarios.ts";

/** Ends a job and what runs inside it as cancelled, wherever they are. */
export function cancelJob(simulation: Simulation, vault: Vault, job: Job): void {
  job.state = "Cancelled";
  job.endedAt = simulation.now;
  for (const task of job.tasks) if (task.state === "InProgress") task.endedAt = simulation.now;
  for (const task of job.tasks) {
    if (task.state === "InProgress") task.state = "Failed";
    for (const name of task.children) {
      const child = vault.jobs[name];
      if (child && child.endedAt === null) cancelJob(simulation, vault, child);
    }
  }
  behaviourOf(job.scenario).finished?.(simulation, vault, job, false);
  const item = itemOfJob(vault, job);
  const name = scenarioOf(job.scenario).jobScenario ?? job.scenario;
  // CH-CANCEL
  if (item && name === "UnplannedFailover") {
    item.replication.stoppedAt ??= simulation.now;
    item.replication.resyncRequired = true;
  }
}
