import type { Simulation } from "../../simulation.ts";
import type { Vault } from "../../state/model.ts";
import { itemOfJob } from "../items/item-job.ts";
import { behaviourOf } from "./behaviours.ts";
import type { Job } from "./job.ts";

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
  // CH-CANCEL
  if (item && job.scenario === "UnplannedFailover") {
    item.replication.stoppedAt ??= simulation.now;
    item.replication.resyncRequired = true;
  }
}
