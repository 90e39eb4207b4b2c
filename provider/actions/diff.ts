import type { Context } from "../context.ts";
import { isDisasterRecoveryError } from "../errors.ts";
import type { DetailedDiff } from "../handler.ts";
import { differences } from "../inputs/difference.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { planText } from "../recovery/plan-text.ts";
import { listed } from "../recovery/rules/words.ts";
import { resourceSchema } from "../schema/schema.ts";
import { unknownPaths } from "../unknown.ts";
import type { ActionRecord, MachineRecord } from "./action-inputs.ts";
import { project } from "./check.ts";
import { continueRun } from "./continuation.ts";
import { isThrough } from "./execution/record/machine-record.ts";
import { jobWords } from "./execution/record/record.ts";
import { isWhole } from "./execution/record/whole-record.ts";
import { lookOf } from "./execution/run.ts";
import { evaluate } from "./observation/evaluation.ts";
import { type AnyActionInputs, isRecordedOnly } from "./settings.ts";

/** What a machine's status means to somebody who reads why an update is due. */
const leftWords: Readonly<Record<string, string>> = {
  failed: "failed",
  notBegun: "not begun",
};

/**
 * Compares an action's record with its inputs. One that has not ended is due again whatever its inputs; at preview
 * the vault is looked at then, because check sees no record, and what is left is shown: exactly what
 * `pulumi up` would do.
 */
export async function diffAction(
  context: Context,
  action: ActionKind,
  olds: AnyActionInputs & ActionRecord,
  news: AnyActionInputs,
): Promise<DetailedDiff> {
  const schema = resourceSchema(`asr:index:${action}`);
  const properties = differences(schema, { ...olds }, { ...news });
  if (olds.finished) return { changes: Object.keys(properties).length > 0, properties };
  if (!isWhole(olds)) return { changes: true, properties, reason: "its record is not whole" };
  // Whatever else has changed, check has shown the plan.
  if (context.preview && isRecordedOnly(Object.keys(properties))) {
    await showRest(context, action, olds, news);
  }
  return { changes: true, properties, reason: reasonOf(action, olds) };
}

function reasonOf(action: ActionKind, { jobs, machines, status }: ActionRecord): string {
  const left = machines.filter((each) => !isThrough(each));
  const by = jobs.length === 0 ? "" : ` (job ${jobWords(jobs)})`;
  const count =
    left.length < machines.length ? `, ${left.length} of ${machines.length} machines left` : "";
  const names = listed(left.map(called));
  const next = status === "failed" ? "failed and is tried again" : "is followed";
  return `${actionWords[action].title} of ${names} is not finished${count}${by}: it ${next}, nothing is done twice.`;
}

function called({ machine, status }: MachineRecord): string {
  const words = leftWords[status];
  return words === undefined ? machine : `${machine} (${words})`;
}

/** Prints what is left of an action, and foresees it for the actions that follow in the same program. */
async function showRest(
  context: Context,
  action: ActionKind,
  olds: AnyActionInputs & ActionRecord,
  { placement, ...others }: AnyActionInputs,
): Promise<void> {
  const isPlaced = placement !== undefined && unknownPaths({ placement }).length === 0;
  const inputs: AnyActionInputs = isPlaced ? { ...others, placement } : others;
  if (unknownPaths(inputs).length > 0) return;
  try {
    const run = await continueRun(context, action, olds, inputs);
    const { through, record } = run;
    const rest = await evaluate(context, action, inputs, { ...lookOf(run), through });
    context.log.info(planText(rest.plan, rest.targets.site.now(context)));
    for (const { severity, text } of rest.findings) {
      context.log.warn(severity === "block" ? `pulumi up would be refused: ${text}` : text);
    }
    for (const { status, error } of record.machines) {
      if (status === "failed") context.log.info(`In the run before: ${error}`);
    }
    project(context, rest);
  } catch (error) {
    if (!isDisasterRecoveryError(error)) throw error;
    context.log.warn(`What is left could not be looked at: ${error.message}`);
  }
}
