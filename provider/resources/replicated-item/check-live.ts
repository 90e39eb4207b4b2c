import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { knownElements } from "../../inputs/known-elements.ts";
import { isRetired } from "../../recovery/capabilities.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { azureProblems, referenceProblems } from "../references.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { retiredReason, scenarioOfPolicy } from "../scenario.ts";
import { missingTarget } from "./complete.ts";
import { asksAnew, hasEnded } from "./ended.ts";
import { type ItemKind, type ItemSurroundings, kindOf, surroundingsOf } from "./item-kind.ts";
import { type MachineForm, machineForm } from "./machine-reference.ts";
import { type Route, routeOf } from "./route.ts";
import { targetProblems } from "./target-problems.ts";

/** What is wrong with the things that the inputs refer to; an item that exists is not asked about its machine again. */
export async function checkItemReferences(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
  olds: ReplicatedItemInputs | undefined,
): Promise<readonly CheckFailure[]> {
  const fresh =
    olds === undefined ||
    !sameId(olds.machine, inputs.machine) ||
    (hasEnded(olds) && asksAnew(inputs, olds));
  if (hasUnknown(inputs.container)) {
    return [
      ...(await targetProblems(context, site, inputs, undefined)),
      ...(await cacheProblems(context, site, inputs)),
    ];
  }
  const at = await surroundingsOf(context, site, inputs);
  const retired = await retiredProblems(at);
  if (retired.length > 0) return retired;
  const way = await routeProblems(at);
  const kind = kindOf(inputs, at.container?.fabricType, way.route);
  const location = await kind?.recoveryLocation(at, way.route);
  return [
    ...way.failures,
    ...(await kindProblems(kind, at, fresh)),
    ...(await targetProblems(context, site, inputs, location)),
    ...(await cacheProblems(context, site, inputs)),
    ...(olds === undefined ? [] : diskChangeProblems(kind, inputs, olds)),
  ];
}

/** What is wrong with the machine, where the kind of item can be told, and with what only this kind has. */
async function kindProblems(
  kind: ItemKind | undefined,
  at: ItemSurroundings,
  fresh: boolean,
): Promise<readonly CheckFailure[]> {
  const { machine } = at.inputs;
  if (kind === undefined) return [];
  const fits = hasUnknown(machine) || formsOf[kind.scenario].includes(machineForm(machine));
  if (!fits) {
    const reason = `"${machine.slice(0, 300)}" is not ${kind.machineForms}, which the container ${nameOf(at.inputs.container)} (${kind.scenario}) needs. Give that, or the machine's own container.`;
    return [{ path: "machine", reason }];
  }
  return [
    ...targetNeeded(kind, at.inputs),
    ...(await kind.settingProblems(at)),
    ...(fresh && !hasUnknown(machine) ? await kind.machineProblems(at) : []),
  ];
}

const formsOf: Readonly<Record<ItemKind["scenario"], readonly MachineForm[]>> = {
  AzureToAzure: ["azure"],
  VmwareToAzure: ["discovered", "name"],
  VmwareToAzureClassic: ["protectable", "name"],
  HyperVToAzure: ["protectable", "name"],
  VmmToAzure: ["protectable", "name"],
  VmmToVmm: ["protectable", "name"],
};

/** Everything that goes to Azure needs to know where in Azure. */
function targetNeeded(kind: ItemKind, { target }: ReplicatedItemInputs): readonly CheckFailure[] {
  return target === undefined && kind.scenario !== "VmmToVmm" ? [missingTarget] : [];
}

/** The failure for an item of a retired scenario that somebody declares or changes. */
export function retiredItemProblem({ name, scenario }: ItemFacts): CheckFailure {
  const why = isRetired(scenario) ? retiredReason(scenario) : "";
  return { path: "machine", reason: `the item ${name} cannot be taken over or changed. ${why}` };
}

/** Items of scenarios that Azure has retired can be read; nothing can be begun with them. */
async function retiredProblems({
  context,
  vault,
  inputs,
}: ItemSurroundings): Promise<readonly CheckFailure[]> {
  const items = await vault.items(context);
  const item = items.find((each) => sameId(each.name, inputs.name));
  if (item !== undefined && isRetired(item.scenario)) return [retiredItemProblem(item)];
  const policies = await vault.policies(context);
  const policy = policies.find((each) => sameId(each.id, inputs.policy));
  const scenario = policy === undefined ? undefined : scenarioOfPolicy(policy.instanceType);
  return scenario !== undefined && isRetired(scenario)
    ? [{ path: "policy", reason: retiredReason(scenario) }]
    : [];
}

/** Disks of a site's machine are chosen once: the service neither adds nor removes one. */
function diskChangeProblems(
  kind: ItemKind | undefined,
  inputs: ReplicatedItemInputs,
  olds: ReplicatedItemInputs,
): readonly CheckFailure[] {
  if (kind === undefined || kind.scenario === "AzureToAzure") return [];
  const idsOf = ({ disks }: ReplicatedItemInputs): string =>
    (disks ?? [])
      .map((each) => each.disk.toLowerCase())
      .toSorted()
      .join();
  if (hasUnknown(inputs.disks) || idsOf(inputs) === idsOf(olds)) return [];
  return [
    {
      path: "disks",
      reason:
        "cannot change for a machine of a site once its protection has begun. Undo the change, or replace the item: its protection then begins anew.",
    },
  ];
}

interface RouteProblems {
  readonly failures: readonly CheckFailure[];
  readonly route?: Route;
}

async function routeProblems({ context, vault, inputs }: ItemSurroundings): Promise<RouteProblems> {
  const { container, recoveryContainer, policy } = inputs;
  if (hasUnknown([recoveryContainer, policy])) return { failures: [] };
  const [containers, policies, mappings] = await Promise.all([
    vault.containers(context),
    vault.policies(context),
    vault.containerMappings(context),
  ]);
  const missing = [
    ...referenceProblems(context, "container", "protection container", container, containers),
    ...referenceProblems(
      context,
      "recoveryContainer",
      "protection container",
      recoveryContainer === azureTarget ? undefined : recoveryContainer,
      containers,
    ),
    ...referenceProblems(context, "policy", "replication policy", policy, policies),
  ];
  const found = routeOf(inputs, mappings);
  // A mapping of this very run leads from the container as soon as it is made.
  const declared = [...context.declared].some((id) =>
    id.startsWith(`${container.toLowerCase()}/replicationprotectioncontainermappings/`),
  );
  const unmapped = "failure" in found && missing.length === 0 && !declared ? [found.failure] : [];
  return {
    failures: [...missing, ...unmapped],
    ...("route" in found ? { route: found.route } : {}),
  };
}

async function cacheProblems(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
): Promise<readonly CheckFailure[]> {
  const accounts = [
    ["cacheStorageAccount", inputs.cacheStorageAccount] as const,
    ...knownElements(inputs.disks).map(
      ([index, each]) => [`disks[${index}].cacheStorageAccount`, each.cacheStorageAccount] as const,
    ),
  ];
  const failures = await Promise.all(
    accounts.map(([path, id]) => azureProblems(context, site, path, "storage account", id)),
  );
  return failures.flat();
}
