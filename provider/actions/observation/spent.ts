import { mapAtMost } from "../../concurrency.ts";
import type { Context } from "../../context.ts";
import { type ActionKind, actionWords } from "../../recovery/action-kinds.ts";
import type { ActionPlan, MachinePlan } from "../../recovery/action-plan.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts, Verb } from "../../recovery/model.ts";
import {
  failsOver,
  hasSucceeded,
  hasWhollySucceeded,
  isRunning,
  verbJobsOf,
  verbOfScenario,
} from "../../recovery/verbs.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type { ActionRecord } from "../action-inputs.ts";

/** Jobs that are read at the same time. */
const maximumReads = 20;

/** Verbs by item identity that an action has brought to a good end before. */
export type SpentVerbs = ReadonlyMap<string, readonly Verb[]>;

/** The verbs whose recorded jobs succeeded, so that a continued run never starts them again (P-03). */
export async function spentByRecord(
  context: Context,
  vault: VaultSite,
  record: ActionRecord,
): Promise<SpentVerbs> {
  const names = [...new Set(record.machines.flatMap((each) => each.jobs))];
  // What has ended stays so, and hundreds of machines need no request each; a list may lag behind for the others.
  const ended =
    names.length === 0 ? [] : (await vault.jobs(context)).filter((job) => !isRunning(job));
  const listed = new Map(ended.map((job) => [job.name, job]));
  const jobs = await mapAtMost(
    maximumReads,
    names,
    async (name) => [name, listed.get(name) ?? (await vault.job(context, name))] as const,
  );
  const verbs = new Map<string, Verb>();
  for (const [name, job] of jobs) {
    const verb =
      job !== undefined && hasWhollySucceeded(job) ? verbOfScenario(job.scenarioName) : undefined;
    if (verb !== undefined) verbs.set(name, verb);
  }
  return new Map(
    record.machines.map((machine) => [
      machine.item,
      machine.jobs.flatMap((name) => verbs.get(name) ?? []),
    ]),
  );
}

/** Verbs that end what a failover began: those before the newest failover belong to another one. */
const endings: readonly Verb[] = ["commit", "reprotect"];

/**
 * The same as far as preview can tell, which sees no record: by the vault's newest jobs of the planned items.
 * For a machine that the action had something to do for, jobs from before its plan was made are of another action.
 * Of an action that fails machines over, a commit or reprotect counts only when it came after the failover.
 */
export function spentByHistory(
  action: ActionKind,
  plan: ActionPlan | undefined,
  items: readonly ItemFacts[],
  jobs: readonly JobFacts[],
): SpentVerbs {
  const movesOver = failsOver(actionWords[action].verbs);
  return new Map(
    items
      .map((item) => [itemIdentity(item.vaultId, item.name), item] as const)
      .flatMap(([identity, item]) => {
        const planned = plan?.machines.find((each) => each.item === identity);
        if (planned === undefined) return [];
        const newest = new Map<Verb, JobFacts>();
        for (const { verb, job } of verbJobsOf(item, jobs)) {
          if (isFromBefore(job, planned, plan?.madeAt)) continue;
          const earlier = movesOver && endings.includes(verb) && failsOver([...newest.keys()]);
          if (!earlier && !newest.has(verb)) newest.set(verb, job);
        }
        const verbs = [...newest].filter(([, job]) => hasSucceeded(job)).map(([verb]) => verb);
        return [[identity, verbs] as const];
      }),
  );
}

/** True for a job that was there before the plan that found something to be done, and no job to follow. */
function isFromBefore(
  { startTime }: JobFacts,
  { steps, follows }: MachinePlan,
  madeAt: string | undefined,
): boolean {
  if (madeAt === undefined || startTime === undefined) return false;
  return steps.length > 0 && follows === "" && Date.parse(startTime) < Date.parse(madeAt);
}
