import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { parentOf, vaultIdOf } from "../../inputs/vault-object.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ContainerFacts, FabricFacts } from "../../recovery/model.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type {
  HyperVItemSpecification,
  ItemSpecification,
  OnPremisesItemSpecification,
} from "../../sites/azure/specifications.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { type SetUpScenario, scenarioOfFabric } from "../scenario.ts";
import { azureKind } from "./azure-kind.ts";
import { classicKind } from "./classic-kind.ts";
import { hyperVKind, vmmKind, vmmToAzureKind } from "./hyper-v-kind.ts";
import { machineForm } from "./machine-reference.ts";
import { modernizedKind } from "./modernized-kind.ts";
import type { Route } from "./route.ts";

/** What a kind of item looks at: its inputs and the vault's set-up around it. */
export interface ItemSurroundings {
  readonly context: Context;
  readonly site: AzureSite;
  readonly vault: VaultSite;
  readonly inputs: ReplicatedItemInputs;
  /** The fabric of the container; absent when the vault does not show it yet. */
  readonly fabric?: FabricFacts;
}

/** What differs between replicating Azure VMs, machines of the two generations of VMware sites, and Hyper-V machines. */
export interface ItemKind {
  readonly scenario: SetUpScenario;
  /** Form in which the machine has to be given, for messages. */
  readonly machineForms: string;
  /** What speaks against the machine itself; asked when the item is new. `twin` is an item that has it already. */
  machineProblems(at: ItemSurroundings): Promise<readonly CheckFailure[]>;
  /** What is wrong with the rest of what only this kind has. */
  settingProblems(at: ItemSurroundings): Promise<readonly CheckFailure[]>;
  /** Region that the machine is recovered in; undefined while it cannot be told. */
  recoveryLocation(at: ItemSurroundings, route: Route | undefined): Promise<string | undefined>;
  /** What protection begins with. Throws InvalidInputError for what the site does not have. */
  specify(
    at: ItemSurroundings,
    route: Route,
  ): Promise<ItemSpecification | OnPremisesItemSpecification | HyperVItemSpecification>;
}

/** Every kind of item by its scenario. */
const kinds: Readonly<Record<SetUpScenario, ItemKind>> = {
  AzureToAzure: azureKind,
  VmwareToAzure: modernizedKind,
  VmwareToAzureClassic: classicKind,
  HyperVToAzure: hyperVKind,
  VmmToAzure: vmmToAzureKind,
  VmmToVmm: vmmKind,
};

/**
 * The kind of an item: the container's site decides, for a VMM cloud together with where its mapping leads;
 * without it the form of the machine does. Undefined while neither is known.
 */
export function kindOf(
  inputs: Pick<ReplicatedItemInputs, "machine" | "recoveryContainer" | "target">,
  fabricType: string | undefined,
  route: Route | undefined,
): ItemKind | undefined {
  const ofFabric = scenarioOfFabric(fabricType ?? "", goalOf(inputs, route));
  if (ofFabric !== undefined) return kinds[ofFabric];
  if (hasUnknown(inputs.machine)) return undefined;
  const scenarios: Readonly<Partial<Record<string, SetUpScenario>>> = {
    azure: "AzureToAzure",
    discovered: "VmwareToAzure",
    protectable: "VmwareToAzureClassic",
  };
  const scenario = scenarios[machineForm(inputs.machine)];
  return scenario === undefined ? undefined : kinds[scenario];
}

/** Where an item goes. Before there is a mapping its `target` tells: only Azure takes one. */
function goalOf(
  { recoveryContainer, target }: Pick<ReplicatedItemInputs, "recoveryContainer" | "target">,
  route: Route | undefined,
): string {
  if (recoveryContainer && !hasUnknown(recoveryContainer)) return recoveryContainer;
  return route?.recoveryContainerId ?? (target === undefined ? "a second site" : azureTarget);
}

/** Looks at the vault around an item. */
export async function surroundingsOf(
  context: Context,
  site: AzureSite,
  inputs: ReplicatedItemInputs,
): Promise<ItemSurroundings & { readonly container?: ContainerFacts }> {
  const vault = site.vault(vaultIdOf(inputs.container));
  const [containers, fabrics] = await Promise.all([
    vault.containers(context),
    vault.fabrics(context),
  ]);
  const container = containers.find((each) => sameId(each.id, inputs.container));
  const fabricId = parentOf(inputs.container);
  const fabric = fabrics.find((each) => sameId(each.id, fabricId));
  return {
    context,
    site,
    vault,
    inputs,
    ...(container === undefined ? {} : { container }),
    ...(fabric === undefined ? {} : { fabric }),
  };
}
