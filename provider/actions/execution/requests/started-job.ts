import type { Context } from "../../../context.ts";
import { isJobOfPlan } from "../../../recovery/decision.ts";
import type { ItemFacts, JobFacts, RecoveryPlanFacts, Verb } from "../../../recovery/model.ts";
import { carriesOut, isJobOf } from "../../../recovery/verbs.ts";
import type { StartedOperation, VaultSite } from "../../../sites/azure/site.ts";
import { pause } from "../../../waiting.ts";

/** How often the vault's jobs are looked at before a verb counts as never received. */
const observations = 3;

/** What is known of a verb whose answer never came. */
export interface SentVerb {
  readonly items: readonly ItemFacts[];
  readonly verb: Verb;
  /** The vault's jobs before it was sent. */
  readonly before: readonly JobFacts[];
  /** The recovery plan that it was sent to; absent for an item's. */
  readonly plan?: RecoveryPlanFacts;
}

/**
 * Looks for the job of a verb whose answer never came (P-03): one that was not `before` it was sent. A recovery
 * plan's own job is looked for first: its machines' jobs wait for it, and end without it.
 * Undefined means that the service shows no trace of it, so that it may be sent again.
 */
export async function findStartedJob(
  context: Context,
  vault: VaultSite,
  { items, verb, before, plan }: SentVerb,
): Promise<StartedOperation | undefined> {
  let shown: string | undefined;
  for (let observation = 0; observation < observations; observation += 1) {
    await pause(context, `${items[0]?.friendlyName}: no answer came, looking for the job`);
    vault.forget();
    const [jobs, current] = await Promise.all([vault.jobs(context), vault.items(context)]);
    const job = jobs.find(
      (each) =>
        carriesOut(each.scenarioName, verb) &&
        (plan !== undefined
          ? isJobOfPlan(each, plan)
          : items.some((item) => isJobOf(each, item))) &&
        !before.some((earlier) => earlier.name === each.name),
    );
    if (job !== undefined) return { operationId: job.name };
    const held = current.find(
      (each) =>
        items.some((item) => item.name === each.name) &&
        each.currentScenario !== undefined &&
        carriesOut(each.currentScenario.name, verb) &&
        each.allowedOperations.length === 0,
    );
    shown = held?.currentScenario?.jobName ?? shown;
    if (shown !== undefined && plan === undefined) break;
  }
  return shown === undefined ? undefined : { operationId: shown };
}
