import type { JobFacts, JobTask } from "../../../recovery/model.ts";

/** Tasks shown side by side at most, when a recovery plan moves many machines. */
const shownTasks = 3;

/** What a job does now, such as `web: Start failover (3 of 5)`; empty while it does nothing yet. */
export function progressText(job: JobFacts): string {
  if (job.state === "Suspended" && waitsForDowntime(job)) {
    return `${subject(job)}: the data is at the site, "${job.friendlyName}" waits for the downtime (job ${job.name})`;
  }
  if (job.state === "Suspended") {
    return `${subject(job)}: "${job.friendlyName}" is suspended and waits for a person to resume job ${job.name}`;
  }
  const running = innermostRunning(job.tasks);
  const shown = running.slice(0, shownTasks).map(({ task, index }) => {
    const position = positionAmongPeers(job.tasks, task, index);
    return `${task.machine || subject(job)}: ${task.friendlyName} (${position})`;
  });
  const more = running.length - shown.length;
  return more > 0 ? `${shown.join(", ")}, and ${more} more` : shown.join(", ");
}

/** True while a failback of Hyper-V machines has sent its data and waits to be taken up again. */
function waitsForDowntime(job: JobFacts): boolean {
  return job.tasks.some(
    (task) => task.name === "WaitForUserInputForFailback" && task.state === "InProgress",
  );
}

function subject(job: JobFacts): string {
  return job.targetObjectName || job.friendlyName;
}

/** The running task of each machine: children stand behind their parent, so the last one says the most. */
function innermostRunning(
  tasks: readonly JobTask[],
): readonly { readonly task: JobTask; readonly index: number }[] {
  const ofMachine = new Map<string, { readonly task: JobTask; readonly index: number }>();
  for (const [index, task] of tasks.entries()) {
    if (task.state === "InProgress") ofMachine.set(task.machine, { task, index });
  }
  // A group of a recovery plan belongs to no machine; its machines say more.
  if (ofMachine.size > 1) ofMachine.delete("");
  return [...ofMachine.values()];
}

function positionAmongPeers(tasks: readonly JobTask[], task: JobTask, index: number): string {
  const peers = tasks.filter((each) => each.machine === task.machine);
  return `${tasks.slice(0, index + 1).filter((each) => each.machine === task.machine).length} of ${peers.length}`;
}
