import type { Context } from "../context.ts";
import type { CheckFailure } from "../handler.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { FabricFacts, NetworkMappingFacts } from "../recovery/model.ts";
import type { AzureSite, NetworkMappingSpecification } from "../sites/azure/site.ts";
import { hasUnknown } from "../unknown.ts";
import { azureProblems, referenceProblems } from "./references.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * Which virtual network of the recovery side stands for one of the primary side. Reprotect and
 * failback follow the mapping in the other direction.
 *
 * @example
 * ```ts
 * new asr.NetworkMapping("west-to-north", {
 *     primaryFabric: west.id,
 *     recoveryFabric: north.id,
 *     primaryNetwork: westNetwork.id,
 *     recoveryNetwork: northNetwork.id,
 * });
 * ```
 */
export interface NetworkMappingInputs extends VaultObjectInputs {
  /**
   * Fabric of the primary network: its ARM id or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly primaryFabric: string;
  /**
   * Fabric of the recovery network: its ARM id or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly recoveryFabric: string;
  /**
   * ARM id of the virtual network on the primary side. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly primaryNetwork: string;
  /** ARM id of the virtual network on the recovery side. Changing it updates in place. */
  readonly recoveryNetwork: string;
}

/** What is recorded of a network mapping. */
export interface NetworkMappingState extends NetworkMappingInputs, SetUpState {
  /** ARM id of the mapping. */
  readonly mappingId: string;
}

/** The service's name for the networks of an Azure fabric, all in one. */
const azureNetwork = "azureNetwork";

/** The handler of `NetworkMapping`. */
export const networkMappingHandler: SetUpHandler<
  NetworkMappingInputs,
  NetworkMappingState,
  NetworkMappingFacts
> = new SetUpHandler<NetworkMappingInputs, NetworkMappingState, NetworkMappingFacts>({
  token: "asr:index:NetworkMapping",
  noun: "network mapping",

  complete(context, inputs) {
    const vault = vaultOfReference(context, "primaryFabric", inputs.primaryFabric, inputs.vault);
    const fabric = (path: "primaryFabric" | "recoveryFabric"): string =>
      completeReference(path, inputs[path], vault, "replicationFabrics");
    return {
      ...inputs,
      vault,
      name: completeName(context, inputs.name),
      primaryFabric: fabric("primaryFabric"),
      recoveryFabric: fabric("recoveryFabric"),
    };
  },

  id: (_context, inputs) =>
    `${inputs.primaryFabric}/replicationNetworks/${azureNetwork}/replicationNetworkMappings/${inputs.name}`,

  async checkReferences(context, site, inputs) {
    const fabrics = await site.vault(vaultIdOf(inputs.primaryFabric)).fabrics(context);
    return [
      ...referenceProblems(context, "primaryFabric", "fabric", inputs.primaryFabric, fabrics),
      ...referenceProblems(context, "recoveryFabric", "fabric", inputs.recoveryFabric, fabrics),
      ...(await networkProblems(context, site, "primary", inputs, fabrics)),
      ...(await networkProblems(context, site, "recovery", inputs, fabrics)),
    ];
  },

  async observe(context, site, id) {
    const mappings = await site.vault(vaultIdOf(id)).networkMappings(context);
    return mappings.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    primaryFabric: parentOf(parentOf(id)),
    recoveryFabric: facts.recoveryFabricId,
    primaryNetwork: facts.primaryNetworkId,
    recoveryNetwork: facts.recoveryNetworkId,
    mappingId: id,
  }),

  create: (context, site, id, inputs) =>
    site.vault(vaultIdOf(id)).putNetworkMapping(context, ...placeOf(id), specificationOf(inputs)),
  change: (context, site, id, _facts, inputs) =>
    site
      .vault(vaultIdOf(id))
      .updateNetworkMapping(context, ...placeOf(id), specificationOf(inputs)),
  remove: (context, site, id) =>
    site.vault(vaultIdOf(id)).removeNetworkMapping(context, ...placeOf(id)),
});

function placeOf(id: string): readonly [fabric: string, network: string, name: string] {
  return [nameOf(parentOf(parentOf(id))), nameOf(parentOf(id)), nameOf(id)];
}

function specificationOf(inputs: NetworkMappingInputs): NetworkMappingSpecification {
  return {
    primaryNetworkId: inputs.primaryNetwork,
    recoveryNetworkId: inputs.recoveryNetwork,
    recoveryFabricName: nameOf(inputs.recoveryFabric),
  };
}

/** A network has to exist, and to lie in its fabric's region. */
async function networkProblems(
  context: Context,
  site: AzureSite,
  side: "primary" | "recovery",
  inputs: NetworkMappingInputs,
  fabrics: readonly FabricFacts[],
): Promise<readonly CheckFailure[]> {
  const path = `${side}Network` as const;
  const id = inputs[path];
  const missing = await azureProblems(context, site, path, "virtual network", id);
  if (missing.length > 0 || hasUnknown(id)) return missing;
  const fabric = fabrics.find((each) => sameId(each.id, inputs[`${side}Fabric`]));
  const network = await site.network(context, id);
  if (fabric === undefined || network === undefined) return [];
  if (sameId(fabric.location, network.location)) return [];
  return [
    {
      path,
      reason: `the network ${nameOf(id)} lies in ${network.location}, the ${side} fabric ${fabric.name} in ${fabric.location}. Give a network of that region.`,
    },
  ];
}
