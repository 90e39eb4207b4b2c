import type { CheckFailure } from "../handler.ts";
import { regionName } from "../inputs/location.ts";
import { completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { FabricFacts } from "../recovery/model.ts";
import { regionProblems } from "./references.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A fabric: one site that machines are replicated from or to; here an Azure region.
 *
 * @example
 * ```ts
 * const west = new asr.Fabric("west", { vault: vault.id, location: "westeurope" });
 * const north = new asr.Fabric("north", { vault: vault.id, location: "northeurope" });
 * ```
 */
export interface FabricInputs extends VaultObjectInputs {
  /**
   * Azure region, such as `westeurope`. Changing it replaces the fabric.
   * @replaceOnChanges
   */
  readonly location: string;
}

/** What is recorded of a fabric. */
export interface FabricState extends FabricInputs, SetUpState {
  /** ARM id of the fabric. */
  readonly fabricId: string;
  /** The region's display name, such as `West Europe`. */
  readonly friendlyName: string;
}

/** The handler of `Fabric`. */
export const fabricHandler: SetUpHandler<FabricInputs, FabricState, FabricFacts> = new SetUpHandler<
  FabricInputs,
  FabricState,
  FabricFacts
>({
  token: "asr:index:Fabric",
  noun: "fabric",

  complete: (context, inputs) => ({
    ...inputs,
    vault: completeVault(context, inputs.vault),
    name: completeName(context, inputs.name),
    location: regionName(inputs.location),
  }),

  id: (_context, inputs) => `${inputs.vault}/replicationFabrics/${inputs.name}`,

  async checkReferences(context, site, inputs) {
    const fabrics = await site.vault(vaultIdOf(inputs.vault ?? "")).fabrics(context);
    return [
      ...(await regionProblems(context, site, "location", inputs.location)),
      ...twinProblems(inputs, fabrics),
    ];
  },

  async observe(context, site, id) {
    const fabrics = await site.vault(vaultIdOf(id)).fabrics(context);
    return fabrics.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    location: regionName(facts.location),
    fabricId: id,
    friendlyName: facts.friendlyName,
  }),

  create: (context, site, id, inputs) =>
    site.vault(vaultIdOf(id)).putFabric(context, nameOf(id), inputs.location),
  remove: (context, site, id) => site.vault(vaultIdOf(id)).removeFabric(context, nameOf(id)),
});

/** A vault has one fabric for a region, whatever it is called. */
function twinProblems(
  inputs: FabricInputs,
  fabrics: readonly FabricFacts[],
): readonly CheckFailure[] {
  const twin = fabrics.find((each) => regionName(each.location) === inputs.location);
  if (twin === undefined || sameId(twin.name, inputs.name)) return [];
  return [
    {
      path: "location",
      reason: `the vault has the fabric ${twin.name} for ${inputs.location} already, and there is one for each region. Refer to it by its name, or give this resource its name and import it.`,
    },
  ];
}
