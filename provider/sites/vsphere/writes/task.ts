import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { listProperty, numberProperty, textProperty } from "../reads/property-values.ts";
import { retrieve } from "../reads/retrieve.ts";
import type { VsphereClient } from "../transport/client.ts";
import { refusal } from "../transport/failure.ts";
import { localizedFault } from "../transport/fault.ts";
import { defaultTaskMilliseconds, pause } from "../transport/waiting.ts";
import { textOf } from "../wire/parse.ts";
import type { ManagedObject } from "../wire/serialize.ts";

/** Waits between two looks at a task, in milliseconds; the last one repeats. */
const lookMilliseconds = [250, 500, 1_000, 2_000] as const;

/** How long the vCenter may be away, in milliseconds; a task goes on without being watched. */
const awayMilliseconds = 300_000;

/** Follows a task to its end. Throws SiteError with the fault of a failed one, DeadlineError, CancelledError. */
export async function followTask(
  context: OperationContext,
  client: VsphereClient,
  about: { readonly operation: string; readonly purpose: string },
  taskId: string,
): Promise<void> {
  const deadline =
    context.deadline ?? new Date(context.clock.now().getTime() + defaultTaskMilliseconds);
  const timed = { ...context, deadline };
  const waitingFor = `waiting for vCenter ${client.party.name} to ${about.purpose}`;
  let awaySince: number | undefined;
  for (let look = 0; ; look += 1) {
    try {
      const task = await readTask(timed, client, about.purpose, taskId);
      awaySince = undefined;
      if (task === undefined) return;
      if (task.fault !== undefined) throw refusal(client.party, about, task.fault);
      const { percent } = task;
      context.log.progress(percent > 0 ? `${about.purpose}: ${percent} %` : `${about.purpose} …`);
    } catch (error) {
      const away = error instanceof SiteError && error.retryable && error.serviceCode === undefined;
      const now = context.clock.now().getTime();
      awaySince ??= now;
      if (!away || now - awaySince > awayMilliseconds) throw error;
    }
    await pause(timed, lookMilliseconds[Math.min(look, 3)] ?? 2_000, waitingFor);
  }
}

/** How a task that runs or has failed stands; undefined when it has ended well. */
async function readTask(
  context: OperationContext,
  client: VsphereClient,
  purpose: string,
  taskId: string,
): Promise<
  { readonly percent: number; readonly fault?: ReturnType<typeof localizedFault> } | undefined
> {
  const paths = ["info.state", "info.progress", "info.error"];
  const [task] = await client.withSession(context, purpose, (session) =>
    retrieve(session, purpose, { type: "Task", paths }, [taskId]),
  );
  if (task === undefined) return undefined;
  const state = textProperty(task, "info.state");
  if (state === "success") return undefined;
  if (state === "error") {
    return { percent: 0, fault: localizedFault(task.properties.get("info.error")) };
  }
  return { percent: numberProperty(task, "info.progress") };
}

/** Waits for tasks of an object that were begun by calls whose answer was lost; how they ended shows in the object. */
export async function awaitRecentTasks(
  context: OperationContext,
  client: VsphereClient,
  about: { readonly operation: string; readonly purpose: string },
  target: ManagedObject,
): Promise<void> {
  const [object] = await client.withSession(context, about.purpose, (session) =>
    retrieve(session, about.purpose, { type: target.type, paths: ["recentTask"] }, [target.id]),
  );
  const tasks = object === undefined ? [] : listProperty(object, "recentTask").map(textOf);
  for (const task of tasks) {
    try {
      await followTask(context, client, about, task);
    } catch (error) {
      if (!(error instanceof SiteError) || error.serviceCode === undefined) throw error;
    }
  }
}
