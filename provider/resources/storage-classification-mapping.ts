import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../inputs/vault-object.ts";
import type { StorageClassificationMappingFacts } from "../recovery/hyper-v.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import { isName, namedThingProblems, resolveName } from "./hyper-v/named-things.ts";
import { referenceProblems } from "./references.ts";
import { vmmFabricType } from "./scenario.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * Which storage classification of a second VMM server stands for one of the first: where the disks of a replica
 * are laid. For replication between VMM sites only; without it the second site's VMM chooses.
 *
 * @example
 * ```ts
 * new asr.StorageClassificationMapping("gold", {
 *     primaryFabric: first.fabricId,
 *     primaryStorageClassification: "Gold",
 *     recoveryFabric: second.fabricId,
 *     recoveryStorageClassification: "Gold",
 * });
 * ```
 */
export interface StorageClassificationMappingInputs extends VaultObjectInputs {
  /**
   * Fabric of the first VMM server: its ARM id or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly primaryFabric: string;
  /**
   * Storage classification of the first server: its ARM id (an output of `VmmServer`) or its name. Changing it
   * replaces the mapping.
   * @replaceOnChanges
   */
  readonly primaryStorageClassification: string;
  /**
   * Fabric of the second VMM server: its ARM id or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly recoveryFabric: string;
  /**
   * Storage classification of the second server: its ARM id or its name. Changing it replaces the mapping, as the
   * service cannot change one.
   * @replaceOnChanges
   */
  readonly recoveryStorageClassification: string;
}

/** What is recorded of a storage classification mapping. */
export interface StorageClassificationMappingState
  extends StorageClassificationMappingInputs,
    SetUpState {
  /** ARM id of the mapping. */
  readonly mappingId: string;
}

const sides = ["primary", "recovery"] as const;
const collection = "replicationStorageClassifications";

/** The handler of `StorageClassificationMapping`. */
export const storageClassificationMappingHandler: SetUpHandler<
  StorageClassificationMappingInputs,
  StorageClassificationMappingState,
  StorageClassificationMappingFacts
> = new SetUpHandler<
  StorageClassificationMappingInputs,
  StorageClassificationMappingState,
  StorageClassificationMappingFacts
>({
  token: "asr:index:StorageClassificationMapping",
  noun: "storage classification mapping",

  complete(context, inputs) {
    const vault = vaultOfReference(context, "primaryFabric", inputs.primaryFabric, inputs.vault);
    const parts = sides.flatMap((side) => {
      const fabric = `${side}Fabric` as const;
      const thing = `${side}StorageClassification` as const;
      const reference = inputs[thing];
      return [
        [fabric, completeReference(fabric, inputs[fabric], vault, "replicationFabrics")],
        [
          thing,
          isName(reference) ? reference : completeReference(thing, reference, vault, collection),
        ],
      ];
    });
    return {
      ...inputs,
      vault,
      name: completeName(context, inputs.name),
      ...Object.fromEntries(parts),
    };
  },

  async resolve(context, inputs) {
    if (!sides.some((side) => isName(inputs[`${side}StorageClassification`]))) return inputs;
    const site = await context.sites.azure(context);
    const vault = site.vault(inputs.vault ?? "");
    const things = await vault.hyperV.storageClassifications(context);
    const parts = sides.map((side) => {
      const thing = `${side}StorageClassification` as const;
      return [thing, resolveName(inputs[thing], inputs[`${side}Fabric`], things)];
    });
    return { ...inputs, ...Object.fromEntries(parts) };
  },

  id: (_context, { primaryFabric, primaryStorageClassification, name }) =>
    `${primaryFabric}/${collection}/${nameOf(primaryStorageClassification)}/replicationStorageClassificationMappings/${name}`,

  async checkReferences(context, site, inputs) {
    const vault = site.vault(vaultIdOf(inputs.primaryFabric));
    const [fabrics, things] = await Promise.all([
      vault.fabrics(context),
      vault.hyperV.storageClassifications(context),
    ]);
    return sides.flatMap((side) => {
      const path = `${side}StorageClassification` as const;
      const id = inputs[`${side}Fabric`];
      const fabric = fabrics.find((each) => sameId(each.id, id));
      if (fabric === undefined) {
        return referenceProblems(context, `${side}Fabric`, "fabric", id, fabrics);
      }
      if (!sameId(fabric.instanceType, vmmFabricType)) {
        const reason = `${fabric.friendlyName || fabric.name} is no VMM server: only VMM servers have storage classifications. Give the fabric of one.`;
        return [{ path: `${side}Fabric`, reason }];
      }
      const noun = "storage classification";
      return namedThingProblems(context, path, noun, inputs[path], fabric, things);
    });
  },

  async observe(context, site, id) {
    const vault = site.vault(vaultIdOf(id));
    const mappings = await vault.hyperV.storageClassificationMappings(context);
    return mappings.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    primaryFabric: parentOf(parentOf(id)),
    primaryStorageClassification: parentOf(id),
    recoveryFabric: parentOf(facts.targetStorageClassificationId),
    recoveryStorageClassification: facts.targetStorageClassificationId,
    mappingId: id,
  }),

  create: (context, site, id, inputs) =>
    site
      .vault(vaultIdOf(id))
      .hyperV.putStorageClassificationMapping(
        context,
        ...placeOf(id),
        inputs.recoveryStorageClassification,
      ),
  remove: (context, site, id) =>
    site.vault(vaultIdOf(id)).hyperV.removeStorageClassificationMapping(context, ...placeOf(id)),
});

function placeOf(id: string): readonly [fabric: string, classification: string, name: string] {
  return [nameOf(parentOf(parentOf(id))), nameOf(parentOf(id)), nameOf(id)];
}
