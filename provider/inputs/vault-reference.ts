import type { Configuration } from "../configuration.ts";
import { InvalidInputError } from "../errors.ts";
import { formatVaultId, parseVaultId } from "../recovery/identity.ts";

/** Letters, digits and hyphens, beginning with a letter; 2 to 50 characters (Azure's rule for vault names). */
const vaultNamePattern = /^[A-Za-z][A-Za-z0-9-]{1,49}$/;

/**
 * The canonical ARM id of the vault that a resource means: a full ARM id, a bare name in the configured
 * resource group and subscription, or nothing for the configured vault.
 * Throws InvalidInputError for the property `vault`, naming what to set.
 */
export function resolveVaultId(configuration: Configuration, vault?: string): string {
  if (vault?.startsWith("/")) return vaultIdOf(vault);
  const vaultName = vault || configuration.vault;
  if (vaultName === undefined) {
    throw new InvalidInputError("vault", "vault: no vault is named.", {
      hint: "Give the vault's name or ARM id, or set a default with `pulumi config set asr:vault NAME` or the environment variable ASR_VAULT.",
    });
  }
  if (vaultName.startsWith("/")) return vaultIdOf(vaultName);
  if (!vaultNamePattern.test(vaultName)) {
    throw new InvalidInputError("vault", `vault: "${vaultName.slice(0, 60)}" is no vault name.`, {
      hint: "A vault's name has 2 to 50 letters, digits and hyphens and begins with a letter; or give the vault's full ARM id.",
    });
  }
  const { subscriptionId, resourceGroup } = configuration;
  if (resourceGroup === undefined) {
    throw new InvalidInputError(
      "vault",
      `vault: the resource group of the vault "${vaultName}" is not known.`,
      {
        hint: "Give the vault's full ARM id, or set the resource group with `pulumi config set asr:resourceGroup NAME` or the environment variable ASR_RESOURCE_GROUP.",
      },
    );
  }
  return formatVaultId({ subscriptionId, resourceGroup, vaultName });
}

function vaultIdOf(id: string): string {
  const parts = parseVaultId(id);
  if (parts !== undefined && formatVaultId(parts).length === id.replace(/\/+$/, "").length) {
    return formatVaultId(parts);
  }
  throw new InvalidInputError("vault", `vault: "${id.slice(0, 300)}" is no vault's ARM id.`, {
    hint: "Give /subscriptions/…/resourceGroups/…/providers/Microsoft.RecoveryServices/vaults/NAME, or only the vault's name.",
  });
}
