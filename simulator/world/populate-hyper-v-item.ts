import type { Simulation } from "../simulation.ts";
import type { HyperVMachine } from "../state/hyper-v-model.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import type { WorldItem } from "./world-document.ts";

/** What an item of a Hyper-V machine is made from, found in the world: to Azure, or to a second cloud. */
export interface HyperVItemParts {
  readonly source: Container;
  readonly machine: HyperVMachine;
  readonly policyName: string;
  readonly azure?: {
    readonly recoveryGroup: AzureResource;
    readonly cache: AzureResource;
    readonly network: AzureResource;
    readonly subnetName: string;
  };
  readonly target?: Container;
}

/** Makes the item of a Hyper-V machine that is protected from the start. */
export function populateHyperVItem(
  _simulation: Simulation,
  _vault: Vault,
  _world: WorldItem,
  { machine }: HyperVItemParts,
): void {
  throw new Error(`The item of '${machine.name}' cannot be made yet.`);
}
