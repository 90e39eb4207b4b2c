import type { Context } from "../context.ts";
import { itemIdentity } from "../recovery/identity.ts";
import { standingOf } from "../recovery/position.ts";
import { newCourse } from "./execution/course.ts";
import { emptyRecord } from "./execution/record.ts";
import { runAction } from "./execution/run.ts";
import { resolveTargets } from "./observation/targets.ts";
import type { AnyActionInputs } from "./settings.ts";

/**
 * Removes what a drill left behind: the copies of all machines that are still being tested.
 * What is not there any more counts as cleaned up.
 */
export async function cleanUpTest(context: Context, inputs: AnyActionInputs): Promise<void> {
  const { vault, items } = await resolveTargets(context, inputs);
  if (items.length === 0) return;
  vault.forget();
  const testing = (await vault.items(context)).filter(
    (item) =>
      items.some((each) => each.name === item.name) &&
      (standingOf(item) === "testing" || item.currentScenario !== undefined),
  );
  if (testing.length === 0) return;
  const { comments, vault: vaultName, recoveryPlan } = inputs;
  const whole = recoveryPlan !== undefined && testing.length === items.length;
  await runAction(
    {
      context,
      action: "TestFailoverCleanup",
      inputs: {
        ...(whole
          ? { recoveryPlan }
          : { items: testing.map((item) => itemIdentity(item.vaultId, item.name)) }),
        ...(vaultName === undefined ? {} : { vault: vaultName }),
        ...(comments === undefined ? {} : { comments }),
      },
      record: emptyRecord(),
      finishedVerbs: new Set(),
      course: newCourse(),
      placement: new Map(),
    },
    new Set(),
  );
}
