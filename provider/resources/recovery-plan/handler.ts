import type { Context } from "../../context.ts";
import { InvalidInputError } from "../../errors.ts";
import { sameIfWanted } from "../../inputs/difference.ts";
import { canonicalId, vaultIdOf } from "../../inputs/vault-object.ts";
import { itemIdentity, nameOf, sameId } from "../../recovery/identity.ts";
import type { RecoveryPlanFacts, RecoveryPlanGroupFacts } from "../../recovery/model.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import type {
  RecoveryPlanGroupSpecification,
  RecoveryPlanSpecification,
} from "../../sites/azure/specifications.ts";
import type {
  RecoveryPlanActions,
  RecoveryPlanGroup,
  RecoveryPlanInputs,
  RecoveryPlanState,
} from "../recovery-plan.ts";
import { referenceProblems } from "../references.ts";
import { SetUpHandler } from "../set-up-handler.ts";
import { actionSpecification, describeAction } from "./actions.ts";
import { completePlan, itemsOf, planProblems } from "./complete.ts";
import { hasItems, withoutEnded } from "./ended-items.ts";
import { fabricsOf, itemOf, planItemProblems, planMachineId } from "./items.ts";
import { renamedPlanProblems, successorWords } from "./renamed.ts";

/** The handler of `RecoveryPlan`. */
export const recoveryPlanHandler: SetUpHandler<
  RecoveryPlanInputs,
  RecoveryPlanState,
  RecoveryPlanFacts
> = new SetUpHandler<RecoveryPlanInputs, RecoveryPlanState, RecoveryPlanFacts>({
  token: "asr:index:RecoveryPlan",
  noun: "recovery plan",
  comparison: {
    same: { groups: sameGroups, primaryFabric: sameIfWanted, recoveryFabric: sameIfWanted },
  },

  complete: completePlan,
  id: (_context, inputs) => `${inputs.vault}/replicationRecoveryPlans/${inputs.name}`,
  problems: planProblems,

  async checkReferences(context, site, inputs, olds) {
    const vault = site.vault(inputs.vault ?? "");
    const fabrics = await vault.fabrics(context);
    const fabric = (path: "primaryFabric" | "recoveryFabric") =>
      inputs[path] === azureTarget
        ? []
        : referenceProblems(context, path, "fabric", inputs[path] || undefined, fabrics);
    return [
      ...fabric("primaryFabric"),
      ...fabric("recoveryFabric"),
      ...planItemProblems(inputs, await vault.items(context), context),
      ...(olds === undefined ? await renamedPlanProblems(context, vault, inputs) : []),
    ];
  },

  async observe(context, site, id) {
    const plans = await site.vault(vaultIdOf(id)).recoveryPlans(context);
    return plans.find((each) => sameId(each.id, id));
  },

  settle: withoutEnded,
  describe: describePlan,
  async gone(context, site, id, recorded) {
    return await successorWords(context, site.vault(vaultIdOf(id)), recorded);
  },

  async create(context, site, id, inputs) {
    const vault = site.vault(vaultIdOf(id));
    const specification = await specificationOf(context, vault, inputs);
    return await vault.putRecoveryPlan(context, nameOf(id), specification);
  },
  async change(context, site, id, _facts, inputs) {
    const vault = site.vault(vaultIdOf(id));
    const specification = await specificationOf(context, vault, inputs);
    return await vault.updateRecoveryPlan(context, nameOf(id), specification);
  },
  remove: (context, site, id) => site.vault(vaultIdOf(id)).removeRecoveryPlan(context, nameOf(id)),
});

function describePlan(facts: RecoveryPlanFacts, id: string): RecoveryPlanState {
  const vault = vaultIdOf(id);
  const step = (type: "Shutdown" | "Failover"): RecoveryPlanActions =>
    describeStep(facts.groups.find((each) => each.type === type));
  return {
    vault,
    name: nameOf(id),
    primaryFabric: canonicalId(facts.primaryFabricId) ?? facts.primaryFabricId,
    recoveryFabric: canonicalId(facts.recoveryFabricId) ?? facts.recoveryFabricId,
    primaryZone: facts.primaryZone,
    recoveryZone: facts.recoveryZone,
    groups: facts.groups
      .filter((each) => each.type === "Boot")
      .map((each) => ({
        items: each.itemNames.map((name) => itemIdentity(vault, name)),
        ...describeStep(each),
      })),
    shutdown: step("Shutdown"),
    failover: step("Failover"),
    planId: id,
  };
}

/** Actions of a group; lists that are empty are left out, as the service adds them by itself. */
function describeStep(group: RecoveryPlanGroupFacts | undefined): RecoveryPlanActions {
  const { startActions = [], endActions = [] } = group ?? {};
  return {
    ...(startActions.length === 0 ? {} : { startActions: startActions.map(describeAction) }),
    ...(endActions.length === 0 ? {} : { endActions: endActions.map(describeAction) }),
  };
}

/** What the service is sent: every item by the ARM id that it has now. Throws InvalidInputError for one that is gone. */
async function specificationOf(
  context: Context,
  vault: VaultSite,
  inputs: RecoveryPlanInputs,
): Promise<RecoveryPlanSpecification> {
  const items = await vault.items(context);
  const named = itemsOf(inputs.groups).map(({ id, path }) => {
    const item = itemOf(items, id);
    if (item !== undefined) return [id, item] as const;
    throw new InvalidInputError(path, `${path}: there is no replicated item ${nameOf(id)}.`, {
      hint: "Run `pulumi refresh` to see what became of it, or take it out of the plan.",
    });
  });
  const found = new Map(named);
  const first = named[0]?.[1];
  const fabrics = first === undefined ? { primary: "", recovery: "" } : fabricsOf(first);
  const fabricId = (name: string): string =>
    name === azureTarget
      ? azureTarget
      : `${vaultIdOf(inputs.vault ?? vault.id)}/replicationFabrics/${name}`;
  const bootGroup = (group: RecoveryPlanGroup): RecoveryPlanGroupSpecification => ({
    ...stepSpecification("Boot", group),
    items: group.items.flatMap((id) => {
      const item = found.get(id);
      return item === undefined ? [] : [{ armId: item.armId, machineId: planMachineId(item) }];
    }),
  });
  return {
    primaryFabricId: inputs.primaryFabric || fabricId(fabrics.primary),
    recoveryFabricId: inputs.recoveryFabric || fabricId(fabrics.recovery),
    ...(inputs.primaryZone ? { primaryZone: inputs.primaryZone } : {}),
    ...(inputs.recoveryZone ? { recoveryZone: inputs.recoveryZone } : {}),
    ...(first?.scenario === "VmmToVmm" ? { betweenSites: true } : {}),
    groups: [
      ...(inputs.shutdown ? [stepSpecification("Shutdown", inputs.shutdown)] : []),
      ...(inputs.failover ? [stepSpecification("Failover", inputs.failover)] : []),
      ...inputs.groups.map(bootGroup),
    ],
  };
}

function stepSpecification(
  type: RecoveryPlanGroupSpecification["type"],
  step: RecoveryPlanActions,
): RecoveryPlanGroupSpecification {
  return {
    type,
    items: [],
    startActions: (step.startActions ?? []).map(actionSpecification),
    endActions: (step.endActions ?? []).map(actionSpecification),
  };
}

/**
 * Groups are the same when each has the same items, in any order, and the same actions. A group without items is one
 * that the service has emptied, when the protection of its machines ended.
 */
function sameGroups(old: unknown, wanted: unknown): boolean {
  return Array.isArray(old) && Array.isArray(wanted) && sortedText(old) === sortedText(wanted);
}

function sortedText(groups: readonly RecoveryPlanGroup[]): string {
  return JSON.stringify(
    groups
      .filter(hasItems)
      .map(({ items, startActions = [], endActions = [] }) => [
        Array.isArray(items) ? items.map((id: string) => id.toLowerCase()).toSorted() : items,
        startActions.map(entriesInOrder),
        endActions.map(entriesInOrder),
      ]),
  );
}

function entriesInOrder(action: object): readonly unknown[] {
  return Object.entries(action).toSorted(([left], [right]) => (left < right ? -1 : 1));
}
