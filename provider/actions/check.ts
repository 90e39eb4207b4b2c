import type { Context } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import type { Checked } from "../handler.ts";
import { differences } from "../inputs/difference.ts";
import { failureOf } from "../inputs/failures.ts";
import { validateInputs } from "../inputs/validate.ts";
import type { ActionKind } from "../recovery/action-kinds.ts";
import { type ActionPlan, unknownPlan, verbsOf } from "../recovery/action-plan.ts";
import { blockers, type Finding } from "../recovery/findings.ts";
import { itemIdentity } from "../recovery/identity.ts";
import { planText } from "../recovery/plan-text.ts";
import { projectItem } from "../recovery/projection.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import { unknownPaths } from "../unknown.ts";
import { againFindings } from "./again.ts";
import { noteDrill } from "./drills.ts";
import { droppedFindings } from "./dropped.ts";
import { type Evaluation, type EvaluationOptions, evaluate } from "./observation/evaluation.ts";
import { spentByHistory } from "./observation/spent.ts";
import { resolveTargets } from "./observation/targets.ts";
import { noteCheck, replacementFindings } from "./replacement.ts";
import { type AnyActionInputs, isRecordedOnly, runsAgain, settingFailures } from "./settings.ts";

/**
 * Checks an action: malformed inputs are failures; plan and findings become computed inputs.
 * At preview the plan's text is logged and findings are told. Once the action has run, the recorded plan is answered,
 * so that an unchanged program shows no difference and asks the site nothing.
 */
export async function checkAction(
  context: Context,
  action: ActionKind,
  schema: ResourceSchema,
  news: AnyActionInputs,
  olds: AnyActionInputs | undefined,
): Promise<Checked<AnyActionInputs>> {
  const { plan: _plan, findings: _findings, ...given } = news;
  const malformed = validateInputs(schema, given);
  if (malformed.length > 0) return { inputs: news, failures: malformed };
  const failures = settingFailures(action, given);
  if (failures.length > 0) return { inputs: news, failures };
  const inputs: AnyActionInputs = { ...defaultsOf(schema), ...given };
  const changed =
    olds === undefined ? undefined : Object.keys(differences(schema, { ...olds }, { ...inputs }));
  const idle = changed !== undefined && isRecordedOnly(changed);
  const replaced = noteCheck(context, olds !== undefined);
  if (idle && olds?.plan !== undefined) {
    if (action === "TestFailover") noteDrill(context, inputs, [], olds.plan);
    return { inputs: { ...inputs, plan: olds.plan, findings: [] }, failures: [] };
  }
  // Where servers lay is told by a reprotect that has not run yet: the plan does without it.
  const { placement, ...planned } = inputs;
  const known = unknownPaths({ placement }).length > 0 ? planned : inputs;
  const unknown = unknownPaths(known);
  if (unknown.length > 0)
    return answer(context, inputs, unknownPlan(action, unknown), [], context.clock.now());
  try {
    const again = changed === undefined || runsAgain(action, changed);
    const evaluation = await evaluate(
      context,
      action,
      known,
      again ? {} : await continuation(context, action, known, olds),
    );
    if (action === "TestFailover") noteDrill(context, inputs, evaluation.targets.items);
    const replacing = replaced ? replacementFindings(action, evaluation.situations) : [];
    if (!context.preview && replacing.length > 0) {
      // Before the engine deletes what is replaced, and its record with it.
      return { inputs, failures: replacing.map(({ text }) => ({ path: "", reason: text })) };
    }
    project(context, evaluation);
    const now = evaluation.targets.site.now(context);
    const findings = [
      ...evaluation.findings,
      ...replacing,
      ...(olds === undefined && !replaced ? againFindings(action, evaluation) : []),
      ...(context.preview ? await droppedFindings(context, action, known, olds) : []),
    ];
    return answer(context, inputs, evaluation.plan, findings, now);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { inputs, failures: [failureOf(error)] };
  }
}

function answer(
  context: Context,
  inputs: AnyActionInputs,
  plan: ActionPlan,
  findings: readonly Finding[],
  now: Date,
): Checked<AnyActionInputs> {
  if (context.preview) context.log.info(planText(plan, now));
  // Told at preview alone: kept in the state, they would be told again at every preview that follows.
  const told = context.preview ? findings : [];
  return { inputs: { ...inputs, plan, findings: told }, failures: [] };
}

function defaultsOf(schema: ResourceSchema): AnyActionInputs {
  return Object.fromEntries(
    Object.entries(schema.inputProperties)
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name, property.default]),
  );
}

/** What a change of an action that has run may still do: nothing that it has done already. */
async function continuation(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  olds: AnyActionInputs | undefined,
): Promise<EvaluationOptions> {
  const { vault, items } = await resolveTargets(context, inputs);
  const spent = spentByHistory(action, olds?.plan, items, await vault.jobs(context));
  return { spent, ...(olds === undefined ? {} : { olds }) };
}

/** Notes where this action will leave its machines, for the actions of the same program that follow it. */
export function project(context: Context, { situations, findings }: Evaluation): void {
  if (!context.preview || blockers(findings).length > 0) return;
  for (const { item, decision } of situations) {
    const verbs = verbsOf(decision);
    if (verbs.length === 0) continue;
    context.projections?.set(itemIdentity(item.vaultId, item.name), projectItem(item, verbs));
  }
}
