import type { Context } from "../context.ts";
import type { CheckFailure } from "../handler.ts";
import { regionName } from "../inputs/location.ts";
import { canonicalId, completeName, completeVault, vaultIdOf } from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { FabricFacts } from "../recovery/model.ts";
import type { VaultSite } from "../sites/azure/site.ts";
import { hasUnknown } from "../unknown.ts";
import { kindProblems, tellRegistration } from "./fabric/hyper-v-site.ts";
import { regionProblems } from "./references.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * A fabric: one site that machines are replicated from or to. Here an Azure region, or a Hyper-V site: hosts
 * without VMM, which register themselves with it. VMM servers and VMware sites make their own fabrics when they
 * register; `VmmServer`, `ConfigurationServer` and `ReplicationAppliance` wait for those.
 *
 * @example
 * ```ts
 * const west = new asr.Fabric("west", { vault: vault.id, location: "westeurope" });
 * const north = new asr.Fabric("north", { vault: vault.id, location: "northeurope" });
 * ```
 *
 * @example
 * ```ts
 * const berlin = new asr.Fabric("berlin", { kind: "HyperVSite" });
 * const host = new asr.HyperVHost("hv-1.example.com", { fabric: berlin.id });
 * ```
 */
export interface FabricInputs extends VaultObjectInputs {
  /**
   * What the fabric is: `Azure`, a region; or `HyperVSite`, to which Hyper-V hosts without VMM register: download
   * the provider's set-up and the registration key of this site from the vault and run the set-up on each host
   * with it. The key is valid for 5 days; hosts that registered stay so. Changing it replaces the fabric.
   * @defaultValue Azure
   * @replaceOnChanges
   */
  readonly kind?: "Azure" | "HyperVSite";
  /**
   * Azure region, such as `westeurope`; needed for the kind `Azure`, and of no meaning for every other.
   * Changing it replaces the fabric.
   * @replaceOnChanges
   */
  readonly location?: string;
}

/** What is recorded of a fabric. */
export interface FabricState extends FabricInputs, SetUpState {
  /** ARM id of the fabric. */
  readonly fabricId: string;
  /** The region's display name, such as `West Europe`; the name of a Hyper-V site. */
  readonly friendlyName: string;
  /**
   * ARM id of the protection container that comes with a Hyper-V site, for its mapping and items; absent for
   * a region, whose containers are declared.
   */
  readonly containerId?: string;
}

/** A fabric with the container that came with it, for a site that has one. */
interface FabricWithContainer {
  readonly fabric: FabricFacts;
  readonly containerId?: string;
}

/** The handler of `Fabric`. */
export const fabricHandler: SetUpHandler<FabricInputs, FabricState, FabricWithContainer> =
  new SetUpHandler<FabricInputs, FabricState, FabricWithContainer>({
    token: "asr:index:Fabric",
    noun: "fabric",

    complete: (context, inputs) => ({
      ...inputs,
      vault: completeVault(context, inputs.vault),
      name: completeName(context, inputs.name),
      ...(inputs.location ? { location: regionName(inputs.location) } : {}),
    }),

    id: (_context, inputs) => `${inputs.vault}/replicationFabrics/${inputs.name}`,
    problems: kindProblems,

    async checkReferences(context, site, inputs) {
      if (hasUnknown(inputs.kind) || isSite(inputs)) return [];
      const { location = "" } = inputs;
      const fabrics = await site.vault(vaultIdOf(inputs.vault ?? "")).fabrics(context);
      return [
        ...(await regionProblems(context, site, "location", location)),
        ...twinProblems(location, inputs, fabrics),
      ];
    },

    async observe(context, site, id) {
      const vault = site.vault(vaultIdOf(id));
      const fabric = (await vault.fabrics(context)).find((each) => sameId(each.id, id));
      return fabric === undefined ? undefined : await withContainer(context, vault, fabric);
    },

    describe: ({ fabric, containerId }, id) => ({
      vault: vaultIdOf(id),
      name: nameOf(id),
      kind: fabric.instanceType === "HyperVSite" ? "HyperVSite" : "Azure",
      ...(fabric.location === "" ? {} : { location: regionName(fabric.location) }),
      fabricId: id,
      friendlyName: fabric.friendlyName,
      ...(containerId === undefined ? {} : { containerId }),
    }),

    async create(context, site, id, inputs) {
      const vault = site.vault(vaultIdOf(id));
      const name = nameOf(id);
      if (!isSite(inputs)) {
        return { fabric: await vault.putFabric(context, name, inputs.location ?? "") };
      }
      const fabric = await vault.hyperV.putSite(context, name);
      tellRegistration(context, fabric, vault.id);
      return await withContainer(context, vault, fabric);
    },

    remove: (context, site, id) => site.vault(vaultIdOf(id)).removeFabric(context, nameOf(id)),
  });

function isSite(inputs: FabricInputs): boolean {
  return inputs.kind === "HyperVSite";
}

/** A Hyper-V site has exactly one container, which nobody makes. */
async function withContainer(
  context: Context,
  vault: VaultSite,
  fabric: FabricFacts,
): Promise<FabricWithContainer> {
  if (fabric.instanceType !== "HyperVSite") return { fabric };
  const containers = await vault.containers(context);
  const container = containers.find((each) => sameId(each.fabricName, fabric.name));
  return {
    fabric,
    ...(container === undefined ? {} : { containerId: canonicalId(container.id) ?? container.id }),
  };
}

/** A vault has one fabric for a region, whatever it is called. */
function twinProblems(
  location: string,
  inputs: FabricInputs,
  fabrics: readonly FabricFacts[],
): readonly CheckFailure[] {
  const twin = fabrics.find((each) => regionName(each.location) === location);
  if (twin === undefined || location === "" || sameId(twin.name, inputs.name)) return [];
  return [
    {
      path: "location",
      reason: `the vault has the fabric ${twin.name} for ${location} already, and there is one for each region. Refer to it by its name, or give this resource its name and import it.`,
    },
  ];
}
