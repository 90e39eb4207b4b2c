import type { Context } from "../context.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { type Finding, finding } from "../recovery/findings.ts";
import { itemIdentity } from "../recovery/identity.ts";
import type { ItemFacts } from "../recovery/model.ts";
import { standingOf } from "../recovery/position.ts";
import type { ActionRecord } from "./action-inputs.ts";
import { cleanUpTest } from "./clean-up.ts";
import { keptBy } from "./drills.ts";
import { isThrough } from "./execution/record/machine-record.ts";
import { endedAmong, speaksOf } from "./observation/migrated.ts";
import { resolveTargets } from "./observation/targets.ts";
import type { AnyActionInputs } from "./settings.ts";

const identityOf = (item: ItemFacts): string => itemIdentity(item.vaultId, item.name);

/**
 * Says at preview what becomes of machines that the action has treated and that it names no more: nothing, but for
 * the copies of a drill, which it has begun and nobody else would remove.
 */
export async function droppedFindings(
  context: Context,
  action: ActionKind,
  inputs: AnyActionInputs,
  olds: AnyActionInputs | undefined,
): Promise<readonly Finding[]> {
  const machines = olds?.plan?.machines ?? [];
  if (machines.length === 0) return [];
  const { items, vault } = await resolveTargets(context, inputs);
  const named = items.map(identityOf);
  const all = await vault.items(context);
  return machines
    .filter(({ item }) => !named.includes(item))
    .flatMap(({ item, machine }) => {
      const now = all.find((each) => identityOf(each) === item);
      const tested = now !== undefined && standingOf(now) === "testing";
      if (action === "TestFailover" && !tested) return [];
      return [
        finding({
          rule: "OP-DROPPED",
          severity: "warn",
          subject: machine,
          fact: `the ${actionWords[action].title.toLowerCase()} means it no more.`,
          remedy: tested ? "Its test is cleaned up." : "It stays where it is; its record goes.",
        }),
      ];
    });
}

/**
 * Cleans the tests up of machines that a drill has begun and means no more. Where what the inputs name is not all
 * found, nobody can tell which machines they mean no more: nothing is cleaned up then.
 */
export async function cleanUpDropped(
  context: Context,
  olds: AnyActionInputs & ActionRecord,
  inputs: AnyActionInputs,
): Promise<void> {
  const { items, problems } = await resolveTargets(context, inputs);
  const history = endedAmong(olds.machines.filter(isThrough), problems);
  if (problems.some((each) => !speaksOf(history, each))) return;
  const named = items.map(identityOf);
  const dropped = olds.machines.map((each) => each.item).filter((each) => !named.includes(each));
  if (dropped.length === 0) return;
  const { comments, vault } = inputs;
  const left = {
    items: dropped,
    ...(vault === undefined ? {} : { vault }),
    ...(comments === undefined ? {} : { comments }),
  };
  const state = { ...left, jobs: olds.jobs };
  await cleanUpTest(context, left, (item, jobs) => keptBy(context, state, item, jobs));
}
