import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import type { Session, VsphereClient } from "../transport/client.ts";
import { textAt } from "../wire/parse.ts";
import type { Call, ManagedObject } from "../wire/serialize.ts";
import { awaitRecentTasks, followTask } from "./task.ts";

/** Times that a change is sent at most, after answers that never came. */
const maximumSends = 3;

/** A change that is made once, whatever becomes of the connection. */
export interface Change<State> {
  /** Method of the API, for errors. */
  readonly operation: string;
  readonly target: ManagedObject;
  /** What is asked for, completing "refused to …": `power on web`. */
  purpose(state: State): string;
  /** What is being looked at, completing "refused to …". */
  readonly reading: string;
  observe(session: Session): Promise<State>;
  /** True when nothing is left to do. */
  isDone(state: State): boolean;
  /** The call that changes; it answers with a task. Throws what stands against it. */
  call(state: State, session: Session): Call;
}

/**
 * Observes, changes, follows the task and observes again; does nothing when nothing is left to do.
 * After a lost answer it looks whether the change was made before it asks again.
 *
 * Answers what was observed at the end. Throws SiteError, DeadlineError, CancelledError.
 */
export async function applyChange<State>(
  context: OperationContext,
  client: VsphereClient,
  change: Change<State>,
): Promise<State> {
  const observe = (): Promise<State> =>
    client.withSession(context, change.reading, (session) => change.observe(session));
  for (let sends = 1; ; sends += 1) {
    const state = await observe();
    if (change.isDone(state)) return state;
    const about = { operation: change.operation, purpose: change.purpose(state) };
    try {
      const answer = await client.withSession(context, about.purpose, (session) =>
        session.invoke(about.purpose, change.call(state, session), true),
      );
      const task = textAt(answer, "returnval");
      if (task !== "") await followTask(context, client, about, task);
      return await observe();
    } catch (error) {
      const lost = error instanceof SiteError && error.effectUnknown;
      if (!lost || sends >= maximumSends) throw error;
      await awaitRecentTasks(context, client, about, change.target);
    }
  }
}
