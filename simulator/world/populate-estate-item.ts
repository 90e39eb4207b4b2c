import type { Simulation } from "../simulation.ts";
import type { EstateMachine } from "../state/estate-model.ts";
import type { AzureResource, Container, Vault } from "../state/model.ts";
import { WorldError } from "./read-world.ts";
import type { WorldItem } from "./world-document.ts";

/** What an item of an on-premises machine is made from, found in the world. */
export interface EstateItemParts {
  readonly source: Container;
  readonly machine: EstateMachine;
  readonly policyName: string;
  readonly recoveryGroup: AzureResource;
  readonly cache: AzureResource;
  readonly network: AzureResource;
  readonly subnetName: string;
}

/** Makes the item of an on-premises machine that is protected from the start. */
export function populateEstateItem(
  _simulation: Simulation,
  _vault: Vault,
  world: WorldItem,
  _parts: EstateItemParts,
): void {
  throw new WorldError(
    `The item of the on-premises machine '${world.machine}' cannot be made yet.`,
  );
}
