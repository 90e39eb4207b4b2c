import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { NetworkMappingFacts } from "../recovery/model.ts";
import { azureTarget } from "../sites/azure/azure-target.ts";
import type { NetworkMappingSpecification } from "../sites/azure/set-up-specifications.ts";
import { isName, resolveName } from "./hyper-v/named-things.ts";
import { networkMappingProblems } from "./network-mapping/problems.ts";
import { completeNetwork, isSiteNetwork } from "./network-mapping/site-network.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * Which network of the recovery side stands for one of the primary side: virtual networks of two regions, the
 * VM network of a VMM server and a virtual network of Azure, or the VM networks of two VMM servers. Reprotect and
 * failback follow the mapping in the other direction. Machines of VMM clouds cannot be protected without one;
 * those of a Hyper-V site need none.
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
 *
 * @example
 * ```ts
 * new asr.NetworkMapping("corp-to-azure", {
 *     primaryFabric: vmm.fabricId,
 *     primaryNetwork: "corp",
 *     recoveryFabric: "Microsoft Azure",
 *     recoveryNetwork: virtualNetwork.id,
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
   * Fabric of the recovery network: its ARM id or its name; `Microsoft Azure` for the VM network of a VMM server
   * whose machines go to Azure. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly recoveryFabric: string;
  /**
   * Network on the primary side: ARM id of a virtual network; of a VMM server the ARM id of a VM network
   * (an output of `VmmServer`) or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly primaryNetwork: string;
  /**
   * Network on the recovery side: ARM id of a virtual network; of a second VMM server the ARM id of a VM network
   * or its name. Changing it updates in place.
   */
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
      path === "recoveryFabric" && sameId(inputs[path], azureTarget)
        ? azureTarget
        : completeReference(path, inputs[path], vault, "replicationFabrics");
    return {
      ...inputs,
      vault,
      name: completeName(context, inputs.name),
      primaryFabric: fabric("primaryFabric"),
      recoveryFabric: fabric("recoveryFabric"),
      primaryNetwork: completeNetwork(inputs.primaryNetwork),
      recoveryNetwork: completeNetwork(inputs.recoveryNetwork),
    };
  },

  async resolve(context, inputs) {
    const { primaryNetwork, recoveryNetwork } = inputs;
    if (!isName(primaryNetwork) && !isName(recoveryNetwork)) return inputs;
    const site = await context.sites.azure(context);
    const networks = await site.vault(inputs.vault ?? "").hyperV.networks(context);
    return {
      ...inputs,
      primaryNetwork: resolveName(primaryNetwork, inputs.primaryFabric, networks),
      recoveryNetwork: resolveName(recoveryNetwork, inputs.recoveryFabric, networks),
    };
  },

  id: (_context, { primaryFabric, primaryNetwork, name }) => {
    const network =
      isSiteNetwork(primaryNetwork) || isName(primaryNetwork)
        ? nameOf(primaryNetwork)
        : azureNetwork;
    return `${primaryFabric}/replicationNetworks/${network}/replicationNetworkMappings/${name}`;
  },

  checkReferences: networkMappingProblems,

  async observe(context, site, id) {
    const mappings = await site.vault(vaultIdOf(id)).networkMappings(context);
    return mappings.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    primaryFabric: parentOf(parentOf(id)),
    recoveryFabric: recoveryFabricOf(facts),
    primaryNetwork: completeNetwork(facts.primaryNetworkId),
    recoveryNetwork: completeNetwork(facts.recoveryNetworkId),
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

/** Azure as the target of a site goes by its name, whatever fabric the service shows behind it. */
function recoveryFabricOf(facts: NetworkMappingFacts): string {
  const toAzure = isSiteNetwork(facts.primaryNetworkId) && !isSiteNetwork(facts.recoveryNetworkId);
  return toAzure ? azureTarget : facts.recoveryFabricId;
}

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
