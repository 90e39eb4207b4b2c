import type { Context } from "../context.ts";
import { BlockedError, InvalidInputError, PartialFailureError } from "../errors.ts";
import type { Created, Handler, ReadResult } from "../handler.ts";
import { durationMilliseconds } from "../inputs/duration.ts";
import type { ActionKind } from "../recovery/action-kinds.ts";
import { listed } from "../recovery/rules/words.ts";
import { resourceSchema } from "../schema/schema.ts";
import type { ActionInputs, ActionRecord, MachineRecord } from "./action-inputs.ts";
import { checkAction } from "./check.ts";
import { cleanUpTest } from "./clean-up.ts";
import { changedInputs, continueRun, openAgain, placementOf } from "./continuation.ts";
import { diffAction } from "./diff.ts";
import { keptBy } from "./drills.ts";
import { cleanUpDropped } from "./dropped.ts";
import { closeRecord, jobWords, type OpenRecord } from "./execution/record/record.ts";
import { requireWhole } from "./execution/record/whole-record.ts";
import { newRun, type Run } from "./execution/run.ts";
import { runAction } from "./execution/run-action.ts";
import { vaultIdOfAction } from "./observation/targets.ts";
import type { Placement } from "./placement.ts";
import { askedPoint, type PointsReached, pointsLeft } from "./points-reached.ts";
import { refreshRecord } from "./refresh.ts";
import { isReplacement } from "./replacement.ts";
import {
  type AnyActionInputs,
  defaultTimeouts,
  recordedOnly,
  runsAgain,
  waysOfGoing,
} from "./settings.ts";

/** Makes the handler of an action: the life of an action (architecture, section 4) is the same for all of them. */
export function createActionHandler<
  Inputs extends ActionInputs,
  State extends Inputs & ActionRecord,
>(action: Exclude<ActionKind, "TestFailoverCleanup">): Handler<Inputs, State> {
  const token = `asr:index:${action}`;
  const stateOf = (
    inputs: AnyActionInputs,
    record: ActionRecord,
    placement: Placement,
    points: PointsReached = new Map(),
  ): State =>
    ({
      ...inputs,
      ...record,
      ...pointsLeft(points, inputs),
      ...(action === "Reprotect" ? { placement } : {}),
    }) as unknown as State;

  /** Runs and closes the record; what began and did not end becomes a partial failure that keeps it. */
  const perform = async (id: string, run: Run): Promise<State> => {
    const { context, inputs, record } = run;
    const close = (left: AnyActionInputs, changes: Partial<ActionRecord> = {}): State => {
      const closed = { ...closeRecord(record, context.clock.now()), ...changes };
      return stateOf(left, closed, Object.fromEntries(run.placement), run.points);
    };
    try {
      await runAction({ ...run, context: withDeadline(context, action, inputs) });
    } catch (error) {
      // What was refused before anything began leaves the record as it was.
      const begun = run.course.begun.size > 0;
      if (record.jobs.length === 0 || (error instanceof BlockedError && !begun)) throw error;
      const state = close(inputsLeft(token, run), { finished: false });
      throw new PartialFailureError(id, state, reasonsOf(error, record), { cause: error });
    }
    run.points.clear();
    return close(inputs);
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
    diff: (context, _id, olds, news) => diffAction(context, action, olds, news),
    create: async (context, news): Promise<Created<State>> => {
      const inputs: AnyActionInputs = news;
      const id = actionId(context, action, inputs);
      const run = { ...newRun(context, action, inputs), replaces: isReplacement(context) };
      return { id, state: await perform(id, run) };
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
      requireWhole(id, olds);
      const changed = changedInputs(token, olds, news);
      if (runsAgain(action, [...changed])) {
        if (action === "TestFailover") await cleanUpTest(withDeadline(context, action, olds), olds);
        return perform(id, newRun(context, action, inputs));
      }
      const recorded: readonly string[] = [...recordedOnly, ...waysOfGoing];
      if (olds.finished && [...changed].every((name) => recorded.includes(name))) {
        return stateOf(inputs, await openAgain(context, olds, inputs), placementOf(olds));
      }
      if (action === "TestFailover") {
        await cleanUpDropped(withDeadline(context, action, inputs), olds, inputs);
      }
      return perform(id, await continueRun(context, action, olds, inputs));
    },
    delete: async (context, _id, state) => {
      if (action !== "TestFailover") return;
      await cleanUpTest(withDeadline(context, action, state), state, (item, jobs) =>
        keptBy(context, state, item, jobs),
      );
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

/**
 * The inputs that a run which failed has seen to: none that are new while nothing was begun for them, and no other
 * recovery point while any machine is not there, so that the next run knows what it has to do still.
 */
function inputsLeft(token: string, { inputs, olds, points, course, record }: Run): AnyActionInputs {
  if (olds === undefined) return inputs;
  if (course.begun.size === 0) return inputsOf(token, olds);
  const reached = ({ item }: MachineRecord): boolean =>
    (points.get(item) ?? askedPoint(olds)) === askedPoint(inputs);
  if (record.machines.every(reached)) return inputs;
  const { recoveryPoint: _, ...others } = inputs;
  const { recoveryPoint } = olds;
  return { ...others, ...(recoveryPoint === undefined ? {} : { recoveryPoint }) };
}

function inputsOf<Inputs>(token: string, state: object): Inputs {
  const names = [...Object.keys(resourceSchema(token).inputProperties), "plan", "findings"];
  return Object.fromEntries(
    Object.entries(state).filter(([name]) => names.includes(name)),
  ) as Inputs;
}

/** Why the action did not end, and where it stands: per failure, then what was not begun, then the jobs. */
function reasonsOf(error: unknown, record: OpenRecord): readonly string[] {
  const errors = error instanceof AggregateError ? error.errors : [error];
  const texts = errors.map((each: unknown) =>
    each instanceof Error ? each.message : String(each),
  );
  const waiting = record.machines.filter((each) => each.status === "notBegun");
  const names = listed(waiting.map((each) => each.machine));
  return [
    ...texts,
    ...(names === "" ? [] : [`Not begun: ${names}.`]),
    `Jobs of this action: ${jobWords(record.jobs)}.`,
  ];
}
