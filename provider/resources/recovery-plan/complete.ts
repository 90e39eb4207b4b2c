import type { Context } from "../../context.ts";
import { InvalidInputError } from "../../errors.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { completeName, completeReference, completeVault } from "../../inputs/vault-object.ts";
import {
  formatVaultId,
  itemIdentity,
  nameOf,
  parseItemIdentity,
  parseVaultId,
  sameId,
} from "../../recovery/identity.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { hasUnknown, isUnknown } from "../../unknown.ts";
import type {
  RecoveryPlanActions,
  RecoveryPlanGroup,
  RecoveryPlanInputs,
} from "../recovery-plan.ts";
import { actionProblems, completeActions } from "./actions.ts";

/** The service's limits of one plan (site-recovery reference, 12.1). */
const maximumGroups = 7;
const maximumItems = 100;

/** Fills the vault, the name, full ids and item identities; values that are not known yet pass. Throws InvalidInputError. */
export function completePlan(context: Context, inputs: RecoveryPlanInputs): RecoveryPlanInputs {
  const groups = Array.isArray(inputs.groups)
    ? inputs.groups.map((group, index) => completeGroup(group, index))
    : inputs.groups;
  const vault = planVault(context, inputs, groups);
  const fabrics = (["primaryFabric", "recoveryFabric"] as const)
    .map((path) => [path, inputs[path]] as const)
    .filter(([, id]) => id !== undefined && id !== "")
    .map(([path, id = ""]) => [
      path,
      sameId(id, azureTarget)
        ? azureTarget
        : completeReference(path, id, vault, "replicationFabrics"),
    ]);
  return {
    ...inputs,
    vault,
    name: completeName(context, inputs.name),
    groups,
    ...Object.fromEntries(fabrics),
    ...(inputs.shutdown === undefined ? {} : { shutdown: completeStep(inputs.shutdown) }),
    ...(inputs.failover === undefined ? {} : { failover: completeStep(inputs.failover) }),
  };
}

/** The vault given, or else that of the first known item, or else the configured one. */
function planVault(
  context: Context,
  inputs: RecoveryPlanInputs,
  groups: readonly RecoveryPlanGroup[],
): string {
  if (inputs.vault !== undefined) return completeVault(context, inputs.vault);
  const ids = itemsOf(groups).map(({ id }) => id);
  const item = ids.find((id) => !isUnknown(id));
  // Items that are not known yet will name the vault.
  if (item === undefined && ids[0] !== undefined) return ids[0];
  const parts = parseVaultId(item ?? "");
  // Identities are in lower case; the configured spelling is nicer where it means the same vault.
  const { configuration } = context;
  if (parts === undefined) return completeVault(context, undefined);
  const named = formatVaultId(parts);
  const configured = configuration.vault ? completeVault(context, undefined) : named;
  return sameId(configured, named) ? configured : named;
}

function completeGroup(group: RecoveryPlanGroup, index: number): RecoveryPlanGroup {
  if (isUnknown(group)) return group;
  const items = Array.isArray(group.items)
    ? group.items.map((id: string, place: number) =>
        completeItemId(`groups[${index}].items[${place}]`, id),
      )
    : group.items;
  return { ...group, ...completeStep(group), items };
}

function completeStep(step: RecoveryPlanActions): RecoveryPlanActions {
  if (isUnknown(step)) return step;
  const { startActions, endActions } = step;
  return {
    ...(startActions === undefined ? {} : { startActions: completeActions(startActions) ?? [] }),
    ...(endActions === undefined ? {} : { endActions: completeActions(endActions) ?? [] }),
  };
}

/** An item's identity from its identity or its ARM id. */
function completeItemId(path: string, id: string): string {
  if (isUnknown(id) || parseItemIdentity(id) !== undefined) return id.toLowerCase();
  const vault = parseVaultId(id);
  if (vault === undefined || !/\/replicationProtectedItems\/[^/]+$/i.test(id)) {
    throw new InvalidInputError(path, `${path}: "${id.slice(0, 300)}" is no replicated item.`, {
      hint: "Give the `itemId` output of a ReplicatedItem.",
    });
  }
  return itemIdentity(formatVaultId(vault), nameOf(id));
}

/** Every item of the groups with its property path; an item that is not known yet is among them. */
export function itemsOf(
  groups: readonly RecoveryPlanGroup[],
): readonly { readonly id: string; readonly path: string }[] {
  return knownElements(groups).flatMap(([index, { items }]) =>
    (Array.isArray(items) ? (items as readonly string[]) : []).map((id, place) => ({
      id,
      path: `groups[${index}].items[${place}]`,
    })),
  );
}

/** What is wrong with complete inputs in themselves. */
export function planProblems(inputs: RecoveryPlanInputs): readonly CheckFailure[] {
  const items = itemsOf(inputs.groups);
  const groups = Array.isArray(inputs.groups) ? inputs.groups : [];
  const sized =
    isUnknown(inputs.groups) || groups.length > 0
      ? []
      : [{ path: "groups", reason: "is empty: give at least one group with an item." }];
  const many = groups.length > maximumGroups;
  return [
    ...sized,
    ...(many
      ? [
          {
            path: "groups",
            reason: `has ${groups.length} groups; a plan has at most ${maximumGroups}.`,
          },
        ]
      : []),
    ...(items.length > maximumItems
      ? [
          {
            path: "groups",
            reason: `has ${items.length} items; a plan has at most ${maximumItems}.`,
          },
        ]
      : []),
    ...items.flatMap(({ id, path }, index) => itemProblems(inputs, items, id, path, index)),
    ...knownElements(inputs.groups).flatMap(([index, group]) => [
      ...(Array.isArray(group.items) && group.items.length === 0
        ? [
            {
              path: `groups[${index}].items`,
              reason: "is empty. Name an item, or remove the group.",
            },
          ]
        : []),
      ...actionProblems(`groups[${index}].startActions`, group.startActions),
      ...actionProblems(`groups[${index}].endActions`, group.endActions),
    ]),
    ...(["shutdown", "failover"] as const).flatMap((step) => [
      ...actionProblems(`${step}.startActions`, inputs[step]?.startActions),
      ...actionProblems(`${step}.endActions`, inputs[step]?.endActions),
    ]),
  ];
}

function itemProblems(
  inputs: RecoveryPlanInputs,
  items: readonly { readonly id: string; readonly path: string }[],
  id: string,
  path: string,
  index: number,
): readonly CheckFailure[] {
  if (isUnknown(id)) return [];
  const first = items.findIndex((each) => sameId(each.id, id));
  if (first < index) {
    return [{ path, reason: `${nameOf(id)} stands in ${items[first]?.path} already. Remove one.` }];
  }
  const vault = parseItemIdentity(id)?.vaultId;
  if (hasUnknown(inputs.vault) || sameId(vault, inputs.vault)) return [];
  return [
    { path, reason: `${nameOf(id)} lies in the vault ${vault}, the plan in ${inputs.vault}.` },
  ];
}
