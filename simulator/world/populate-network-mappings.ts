import { vmNetworkId } from "../hyper-v/network-bodies.ts";
import { storageMappingKey } from "../hyper-v/storage-mapping.ts";
import { networkMappingKey } from "../recovery/setup/network-mappings.ts";
import { MICROSOFT_AZURE } from "../recovery/vault/find.ts";
import type { Simulation } from "../simulation.ts";
import type { VmmServer } from "../state/hyper-v-model.ts";
import type { AzureResource, NetworkMapping, Vault } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import type { Locate } from "./read-world.ts";
import type { WorldVault } from "./world-document.ts";

type WorldNetworkMapping = NonNullable<WorldVault["networkMappings"]>[number];
type WorldStorageMapping = NonNullable<WorldVault["storageClassificationMappings"]>[number];

interface Around {
  readonly locate: Locate;
  readonly path: readonly (string | number)[];
}

/** Makes the network mappings of a world's vault: between regions, from a VMM server to Azure, or to another one. */
export function populateNetworkMappings(
  simulation: Simulation,
  vault: Vault,
  mappings: readonly WorldNetworkMapping[],
  around: Around & { readonly networks: ReadonlyMap<string, AzureResource> },
): void {
  const { locate } = around;
  const vmNetworks = byName(simulation, vault, ({ fabricName, networks }) =>
    networks.map(({ id, name }) => ({ name, fabricName, networkName: id })),
  );
  const fabrics = Object.values(vault.fabrics).filter((each) => each.instanceType === "Azure");
  const regions = new Map(fabrics.map(({ location, name }) => [location, name]));
  for (const [number, { name, primaryNetwork, recoveryNetwork }] of mappings.entries()) {
    const path = [...around.path, number];
    const azure = (field: string, given: string) =>
      lookUp(around.networks, given, "network", locate, [...path, field]);
    const fabricIn = ({ location }: AzureResource) =>
      lookUp(regions, location, "fabric in region", locate, path);
    const from = vmNetworks.get(primaryNetwork.toLowerCase());
    const to = vmNetworks.get(recoveryNetwork.toLowerCase());
    const primary = from ?? azure("primaryNetwork", primaryNetwork);
    const recovery = to ?? azure("recoveryNetwork", recoveryNetwork);
    const mapping: NetworkMapping = {
      name,
      fabricName: "fabricName" in primary ? primary.fabricName : fabricIn(primary),
      networkName: from?.networkName ?? "azureNetwork",
      primaryNetworkId: "fabricName" in primary ? idOf(vault, primary) : primary.id,
      recoveryNetworkId: "fabricName" in recovery ? idOf(vault, recovery) : recovery.id,
      recoveryFabricName:
        to?.fabricName ?? (from || "fabricName" in recovery ? MICROSOFT_AZURE : fabricIn(recovery)),
    };
    vault.networkMappings[networkMappingKey(mapping)] = mapping;
  }
}

function idOf(
  vault: Vault,
  { fabricName, networkName }: { readonly fabricName: string; readonly networkName: string },
): string {
  return vmNetworkId(vault, fabricName, networkName);
}

/** Makes the storage classification mappings of a world's vault. */
export function populateStorageMappings(
  simulation: Simulation,
  vault: Vault,
  mappings: readonly WorldStorageMapping[],
  { locate, path }: Around,
): void {
  const known = byName(simulation, vault, ({ fabricName, storageClassifications }) =>
    storageClassifications.map(({ id, name }) => ({ id, name, fabricName })),
  );
  for (const [number, { name, primary, recovery }] of mappings.entries()) {
    const find = (field: "primary" | "recovery", given: string) =>
      lookUp(known, given, "storage classification", locate, [...path, number, field]);
    const from = find("primary", primary);
    const to = find("recovery", recovery);
    const mapping = {
      name,
      fabricName: from.fabricName,
      storageClassificationName: from.id,
      targetFabricName: to.fabricName,
      targetStorageClassificationName: to.id,
    };
    vault.storageClassificationMappings ??= {};
    vault.storageClassificationMappings[storageMappingKey(mapping)] = mapping;
  }
}

/** What the VMM servers of a vault have, by name and by `server/name`; a name that two of them have goes with the server's only. */
function byName<T extends { readonly name: string }>(
  { state }: Simulation,
  vault: Vault,
  of: (server: VmmServer) => readonly T[],
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  const seen = new Set<string>();
  for (const server of Object.values(state.hyperV?.vmmServers ?? {})) {
    if (server.vault !== vault.name) continue;
    for (const each of of(server)) {
      const plain = each.name.toLowerCase();
      found.set(`${server.name}/${each.name}`.toLowerCase(), each);
      found.set(`${server.fabricName}/${each.name}`.toLowerCase(), each);
      if (seen.has(plain)) found.delete(plain);
      else found.set(plain, each);
      seen.add(plain);
    }
  }
  return found;
}
