import type { Context } from "../context.ts";
import { BlockedError, InvalidInputError, PartialFailureError } from "../errors.ts";
import type { Created, DetailedDiff, Handler, ReadResult } from "../handler.ts";
import { differences } from "../inputs/difference.ts";
import { durationMilliseconds } from "../inputs/duration.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { resourceSchema } from "../schema/schema.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { checkAction } from "./check.ts";
import { cleanUpTest } from "./clean-up.ts";
import { closeRecord, emptyRecord, isThrough, type OpenRecord } from "./execution/record.ts";
import { type Run, runAction } from "./execution/run.ts";
import { spentByRecord } from "./observation/spent.ts";
import { resolveTargets, vaultIdOfAction } from "./observation/targets.ts";
import type { Placement } from "./placement.ts";
import { refreshRecord } from "./refresh.ts";
import {
  type AnyActionInputs,
  defaultTimeouts,
  recordedOnly,
  rerunning,
  waysOfGoing,
} from "./settings.ts";

/** Makes the handler of an action: the life of an action (architecture, section 4) is the same for all of them. */
export function createActionHandler<
  Inputs extends ActionInputs,
  State extends Inputs & ActionRecord,
>(action: Exclude<ActionKind, "TestFailoverCleanup">): Handler<Inputs, State> {
  const token = `asr:index:${action}`;
  const stateOf = (inputs: AnyActionInputs, record: ActionRecord, placement: Placement): State =>
    ({
      ...inputs,
      ...record,
      ...(action === "Reprotect" ? { placement } : {}),
    }) as unknown as State;

  /** Runs and closes the record; what began and did not end becomes a partial failure that keeps it. */
  const perform = async (id: string, run: Run, through: ReadonlySet<string>): Promise<State> => {
    const { context, inputs, record } = run;
    const close = (changes: Partial<ActionRecord> = {}): State => {
      const closed = { ...closeRecord(record, context.clock.now()), ...changes };
      return stateOf(inputs, closed, Object.fromEntries(run.placement));
    };
    try {
      await runAction({ ...run, context: withDeadline(context, action, inputs) }, through);
    } catch (error) {
      // What was refused before anything began leaves the record as it was.
      if (record.jobs.length === 0 || error instanceof BlockedError) throw error;
      throw new PartialFailureError(id, close({ finished: false }), reasonsOf(error, record), {
        cause: error,
      });
    }
    return close();
  };

  return {
    token,
    get schema() {
      return resourceSchema(token);
    },
    check: (context, news, olds) =>
      checkAction(context, action, resourceSchema(token), news, olds) as ReturnType<
        Handler<Inputs, State>["check"]
      >,
    diff: async (_context, _id, olds, news) => diffAction(action, token, olds, news),
    create: async (context, news): Promise<Created<State>> => {
      const inputs: AnyActionInputs = news;
      const id = actionId(context, action, inputs);
      return { id, state: await perform(id, newRun(context, action, inputs), new Set()) };
    },
    read: async (context, id, state): Promise<ReadResult<Inputs, State>> => {
      if (state === undefined) {
        throw new InvalidInputError(
          "id",
          `${action} ${id} cannot be imported: it is the record of a run.`,
          {
            hint: "Declare it; a failover that is already done is recognised and followed.",
          },
        );
      }
      const record = await refreshRecord(context, action, state, state);
      return { id, inputs: inputsOf(token, state), state: { ...state, ...record } };
    },
    update: async (context, id, olds, news) => {
      const inputs: AnyActionInputs = news;
      const changed = changedInputs(token, olds, news);
      if (rerunning.some((name) => changed.has(name))) {
        if (action === "TestFailover") await cleanUpTest(withDeadline(context, action, olds), olds);
        return perform(id, newRun(context, action, inputs), new Set());
      }
      const record = await openAgain(context, olds, inputs);
      const through = machinesThrough(record, inputs, changed);
      const recorded: readonly string[] = [...recordedOnly, ...waysOfGoing];
      const untouched = [...changed].every((name) => recorded.includes(name));
      const placement = placementOf(olds);
      if (untouched && olds.finished) return stateOf(inputs, record, placement);
      const targets = await resolveTargets(context, inputs);
      targets.vault.forget();
      const spent = await spentByRecord(context, targets.vault, record);
      const kept = new Map(Object.entries(placement));
      const run = { ...newRun(context, action, inputs), record, spent, olds, placement: kept };
      return perform(id, run, through);
    },
    delete: async (context, _id, state) => {
      if (action === "TestFailover") await cleanUpTest(withDeadline(context, action, state), state);
    },
  };
}

function withDeadline(context: Context, action: ActionKind, inputs: AnyActionInputs): Context {
  const timeout = inputs.timeout ?? defaultTimeouts[action];
  const milliseconds = durationMilliseconds(timeout) ?? 0;
  return { ...context, deadline: new Date(context.clock.now().getTime() + milliseconds) };
}

/** An action's id: its vault, kind and name; the name of its target where the host knows no name. */
function actionId(context: Context, action: ActionKind, inputs: AnyActionInputs): string {
  const vaultId = vaultIdOfAction(context, inputs);
  const name = context.name ?? inputs.recoveryPlan ?? inputs.item ?? inputs.items?.[0] ?? "";
  return `${vaultId}/actions/${action}/${name.slice(name.lastIndexOf("/") + 1)}`.toLowerCase();
}

function changedInputs(token: string, olds: object, news: object): ReadonlySet<string> {
  const changes = differences(resourceSchema(token), { ...olds }, { ...news });
  return new Set(Object.keys(changes).map((path) => path.replace(/[.[].*$/, "")));
}

function inputsOf<Inputs>(token: string, state: object): Inputs {
  const names = [...Object.keys(resourceSchema(token).inputProperties), "plan", "findings"];
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => names.includes(name)),
  ) as Inputs;
}

function diffAction(
  action: ActionKind,
  token: string,
  olds: ActionRecord,
  news: object,
): DetailedDiff {
  const properties = differences(resourceSchema(token), { ...olds }, { ...news });
  if (olds.finished) return { changes: Object.keys(properties).length > 0, properties };
  const jobs = olds.jobs.length === 0 ? "" : ` (job ${olds.jobs.join(", ")})`;
  const names = olds.machines.filter((each) => !isThrough(each)).map((each) => each.machine);
  return {
    changes: true,
    properties,
    reason: `${actionWords[action].title} of ${names.join(", ")} is not finished${jobs}: it ${olds.status === "failed" ? "failed and is tried again" : "is followed"}, nothing is done twice.`,
  };
}

/** The record of the run before, without machines that the inputs name no more. */
async function openAgain(
  context: Context,
  olds: ActionRecord,
  inputs: AnyActionInputs,
): Promise<OpenRecord> {
  const { status, finished, startedAt, finishedAt, jobs, recoveryTime, dataLoss, warnings } = olds;
  const { items } = await resolveTargets(context, inputs);
  const names = items.map((item) => item.name.toLowerCase());
  const machines = olds.machines.filter(
    (each) =>
      // What is migrated is in no vault any more.
      each.status === "migrated" || names.includes(each.item.slice(each.item.lastIndexOf("/") + 1)),
  );
  const record = { status, finished, startedAt, finishedAt, recoveryTime, dataLoss };
  return { ...emptyRecord(), ...record, jobs: [...jobs], warnings: [...warnings], machines };
}

function newRun(context: Context, action: ActionKind, inputs: AnyActionInputs): Run {
  const record = emptyRecord();
  return { context, action, inputs, record, finishedVerbs: new Set(), placement: new Map() };
}

/** What the run before has recorded of where servers lie. */
function placementOf(olds: object): Placement {
  return (olds as { readonly placement?: Placement }).placement ?? {};
}

/** The machines that are through and not touched by the change of inputs. */
function machinesThrough(
  record: OpenRecord,
  inputs: AnyActionInputs,
  changed: ReadonlySet<string>,
): ReadonlySet<string> {
  const reopened = (status: string): boolean =>
    (status === "commitPending" &&
      (inputs.commit === "automatic" || changed.has("recoveryPoint"))) ||
    (status === "committed" && changed.has("reverseReplicate"));
  return new Set(
    record.machines
      .filter((each) => isThrough(each) && !reopened(each.status) && !changed.has("recoveryPoint"))
      .map((each) => each.item),
  );
}

/** Why the action did not end, and where it stands: per failure, then the jobs that go on. */
function reasonsOf(error: unknown, record: OpenRecord): readonly string[] {
  const errors = error instanceof AggregateError ? error.errors : [error];
  const texts = errors.map((each: unknown) =>
    each instanceof Error ? each.message : String(each),
  );
  return [...texts, `Jobs of this action: ${record.jobs.join(", ")}.`];
}
