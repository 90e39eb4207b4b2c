import type { Context } from "../context.ts";
import { itemIdentity } from "../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../recovery/model.ts";
import { standingOf } from "../recovery/position.ts";
import type { ActionRecord } from "./action-inputs.ts";
import { newRun } from "./execution/run.ts";
import { runAction } from "./execution/run-action.ts";
import { resolveTargets } from "./observation/targets.ts";
import type { AnyActionInputs } from "./settings.ts";

/** Why the test of a machine is not cleaned up; undefined when it is. */
export type Keeps = (item: ItemFacts, jobs: readonly JobFacts[]) => string | undefined;

/**
 * Removes what a drill left behind: the copies of all machines that are still being tested, but for those that
 * `keeps` gives a reason for. What is not there any more counts as cleaned up; where the recovery plan is not, its
 * machines are by the record.
 */
export async function cleanUpTest(
  context: Context,
  inputs: AnyActionInputs & Partial<Pick<ActionRecord, "machines">>,
  keeps: Keeps = () => undefined,
): Promise<void> {
  const targets = await resolveTargets(context, inputs);
  const { vault } = targets;
  const isPlanGone = targets.problems.some(({ rule }) => rule === "PL-UNKNOWN");
  const recorded = (item: ItemFacts): boolean =>
    inputs.machines?.some((each) => each.item === itemIdentity(item.vaultId, item.name)) ?? false;
  const items = isPlanGone ? (await vault.items(context)).filter(recorded) : targets.items;
  if (items.length === 0) return;
  vault.forget();
  const tested = (await vault.items(context)).filter(
    (item) =>
      items.some((each) => each.name === item.name) &&
      (standingOf(item) === "testing" || item.currentScenario !== undefined),
  );
  const jobs = await vault.jobs(context);
  const testing = tested.filter((item) => {
    const reason = keeps(item, jobs);
    if (reason !== undefined) context.log.warn(reason);
    return reason === undefined;
  });
  if (testing.length === 0) return;
  const { comments, vault: vaultName, recoveryPlan } = inputs;
  const whole = targets.plan !== undefined && testing.length === items.length;
  const cleanUp: AnyActionInputs = {
    ...(whole && recoveryPlan !== undefined
      ? { recoveryPlan }
      : { items: testing.map((item) => itemIdentity(item.vaultId, item.name)) }),
    ...(vaultName === undefined ? {} : { vault: vaultName }),
    ...(comments === undefined ? {} : { comments }),
  };
  await runAction(newRun(context, "TestFailoverCleanup", cleanUp));
}
