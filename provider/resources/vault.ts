import type { Context } from "../context.ts";
import { InvalidInputError } from "../errors.ts";
import { regionName } from "../inputs/location.ts";
import { formatVaultId, nameOf, parseVaultId } from "../recovery/identity.ts";
import type { VaultFacts, VaultSpecification } from "../sites/azure/site.ts";
import { hasUnknown } from "../unknown.ts";
import { azureProblems, regionProblems } from "./references.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState } from "./set-up-resource.ts";

/**
 * A Recovery Services vault: it holds the policies, fabrics and replicated items of a disaster recovery.
 * Put it into the region that machines fail over to, so that it is there when the other region is not.
 *
 * @example
 * ```ts
 * const vault = new asr.Vault("recovery", { resourceGroup: "dr", location: "northeurope" });
 * ```
 */
export interface VaultInputs {
  /**
   * Name, 2 to 50 letters, digits and hyphens, beginning with a letter. Changing it replaces the vault.
   * @defaultValue the Pulumi resource's name
   * @replaceOnChanges
   */
  readonly name?: string;
  /**
   * Name of the resource group, which has to exist. Changing it replaces the vault.
   * @defaultValue the resource group of the provider's configuration
   * @replaceOnChanges
   */
  readonly resourceGroup?: string;
  /**
   * Azure region, such as `northeurope`. Changing it replaces the vault.
   * @replaceOnChanges
   */
  readonly location: string;
  /**
   * Pricing tier. Changing it updates in place.
   * @defaultValue Standard
   */
  readonly sku?: "Standard" | "RS0";
  /**
   * Whether the vault can be reached from public networks. Changing it updates in place.
   * @defaultValue Enabled
   */
  readonly publicNetworkAccess?: "Enabled" | "Disabled";
  /** Tags; changing them updates in place. */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Takes over a vault of this name that exists with other content, and changes it to what is wanted here.
   * Without it such a vault is an error that names the difference. Changing this has no effect of its own.
   * @defaultValue false
   */
  readonly adopt?: boolean;
}

/** What is recorded of a vault. */
export interface VaultState extends VaultInputs, SetUpState {
  /** ARM id of the vault: what other resources take as `vault`. */
  readonly vaultId: string;
}

const namePattern = /^[A-Za-z][A-Za-z0-9-]{1,49}$/;

/** The handler of `Vault`. */
export const vaultHandler: SetUpHandler<VaultInputs, VaultState, VaultFacts> = new SetUpHandler({
  token: "asr:index:Vault",
  noun: "vault",

  complete(context: Context, inputs: VaultInputs): VaultInputs {
    const name = inputs.name || context.name;
    if (name === undefined || (!hasUnknown(name) && !namePattern.test(name))) {
      throw new InvalidInputError("name", `name: "${name?.slice(0, 60) ?? ""}" is no vault name.`, {
        hint: "A vault's name has 2 to 50 letters, digits and hyphens and begins with a letter.",
      });
    }
    const resourceGroup = inputs.resourceGroup || context.configuration.resourceGroup;
    if (resourceGroup === undefined) {
      throw new InvalidInputError("resourceGroup", "resourceGroup: is missing.", {
        hint: "Give it here, or set it for all with `pulumi config set asr:resourceGroup NAME` or the environment variable ASR_RESOURCE_GROUP.",
      });
    }
    return { ...inputs, name, resourceGroup, location: regionName(inputs.location) };
  },

  id: ({ configuration }, { name = "", resourceGroup = "" }) =>
    formatVaultId({ subscriptionId: configuration.subscriptionId, resourceGroup, vaultName: name }),

  async checkReferences(context, site, inputs) {
    const { subscriptionId } = context.configuration;
    const group = `/subscriptions/${subscriptionId}/resourceGroups/${inputs.resourceGroup}`;
    return [
      ...(await regionProblems(context, site, "location", inputs.location)),
      ...(await azureProblems(context, site, "resourceGroup", "resource group", group)),
    ];
  },

  observe: (context, site, id) => site.vaultFacts(context, id),

  describe: (facts, id) => ({
    name: nameOf(id),
    resourceGroup: parseVaultId(id)?.resourceGroup ?? "",
    location: regionName(facts.location),
    sku: facts.skuName === "RS0" ? "RS0" : "Standard",
    publicNetworkAccess: facts.publicNetworkAccess === "Disabled" ? "Disabled" : "Enabled",
    tags: facts.tags,
    vaultId: id,
  }),

  create: (context, site, id, inputs) => site.putVault(context, id, specificationOf(inputs)),
  change: (context, site, id, _facts, inputs) =>
    site.putVault(context, id, specificationOf(inputs)),
  remove: (context, site, id) => site.removeVault(context, id),
});

function specificationOf(inputs: VaultInputs): VaultSpecification {
  return {
    location: inputs.location,
    skuName: inputs.sku ?? "Standard",
    publicNetworkAccess: inputs.publicNetworkAccess ?? "Enabled",
    tags: inputs.tags ?? {},
  };
}
