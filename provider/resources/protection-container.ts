import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { ContainerFacts } from "../recovery/model.ts";
import { referenceProblems } from "./references.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A protection container: the machines of a fabric that are replicated in the same way.
 *
 * @example
 * ```ts
 * const source = new asr.ProtectionContainer("west", { fabric: west.id });
 * ```
 */
export interface ProtectionContainerInputs extends VaultObjectInputs {
  /**
   * Fabric that the container belongs to: its ARM id or its name. Changing it replaces the container.
   * @replaceOnChanges
   */
  readonly fabric: string;
}

/** What is recorded of a protection container. */
export interface ProtectionContainerState extends ProtectionContainerInputs, SetUpState {
  /** ARM id of the container. */
  readonly containerId: string;
}

/** The handler of `ProtectionContainer`. */
export const protectionContainerHandler: SetUpHandler<
  ProtectionContainerInputs,
  ProtectionContainerState,
  ContainerFacts
> = new SetUpHandler<ProtectionContainerInputs, ProtectionContainerState, ContainerFacts>({
  token: "asr:index:ProtectionContainer",
  noun: "protection container",

  complete(context, inputs) {
    const vault = vaultOfReference(context, "fabric", inputs.fabric, inputs.vault);
    const fabric = completeReference("fabric", inputs.fabric, vault, "replicationFabrics");
    return { ...inputs, vault, fabric, name: completeName(context, inputs.name) };
  },

  id: (_context, inputs) => `${inputs.fabric}/replicationProtectionContainers/${inputs.name}`,

  async checkReferences(context, site, inputs) {
    const fabrics = await site.vault(vaultIdOf(inputs.fabric)).fabrics(context);
    const fabric = fabrics.find((each) => sameId(each.id, inputs.fabric));
    if (fabric !== undefined && !sameId(fabric.instanceType, "Azure")) {
      const reason = `${fabric.friendlyName || fabric.name} is no region: the container of a site registers itself with its servers. Refer to it by its id.`;
      return [{ path: "fabric", reason }];
    }
    return referenceProblems(context, "fabric", "fabric", inputs.fabric, fabrics);
  },

  async observe(context, site, id) {
    const containers = await site.vault(vaultIdOf(id)).containers(context);
    return containers.find((each) => sameId(each.id, id));
  },

  describe: (_facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    fabric: parentOf(id),
    containerId: id,
  }),

  create: (context, site, id) =>
    site.vault(vaultIdOf(id)).putContainer(context, nameOf(parentOf(id)), nameOf(id)),
  remove: (context, site, id) =>
    site.vault(vaultIdOf(id)).removeContainer(context, nameOf(parentOf(id)), nameOf(id)),
});
