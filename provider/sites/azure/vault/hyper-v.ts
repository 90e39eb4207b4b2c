import type { OperationContext } from "../../../context.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import {
  hyperVSiteBody,
  resumeJobBody,
  storageClassificationMappingBody,
} from "../bodies/hyper-v.ts";
import {
  siteNetworkFacts,
  siteProviderFacts,
  storageClassificationFacts,
  storageClassificationMappingFacts,
} from "../facts/hyper-v-objects.ts";
import { fabricFacts } from "../facts/setup.ts";
import { textOf, type Wire, wireOf } from "../facts/wire.ts";
import type { HyperVVaultSite } from "../hyper-v-site.ts";
import { exchange } from "../transport/exchange.ts";
import { readPages } from "../transport/pages.ts";
import { putObject, removeObject, type SetupObject } from "./put-object.ts";
import { siteRecoveryUrl, type VaultScope } from "./scope.ts";

/** Collections of a vault that only sites without a region have, with the words for them. */
const collections = {
  replicationRecoveryServicesProviders: "agents",
  replicationNetworks: "networks",
  replicationStorageClassifications: "storage classifications",
  replicationStorageClassificationMappings: "storage classification mappings",
} as const;

/** The part of a vault that concerns Hyper-V sites and VMM servers; lists are shared between callers for a short time. */
export function hyperVVault(scope: VaultScope): HyperVVaultSite {
  const list = <Facts>(
    context: OperationContext,
    collection: keyof typeof collections,
    facts: (wires: readonly Wire[]) => readonly Facts[],
  ): Promise<readonly Facts[]> =>
    scope.cache.get(context, collection, async () =>
      facts(await readCollection(context, scope, collection)),
    );
  const fabricPath = (name: string): string => `${scope.id}/replicationFabrics/${name}`;
  const mapping = (fabric: string, classification: string, name: string): SetupObject => ({
    path: `${fabricPath(fabric)}/replicationStorageClassifications/${classification}/replicationStorageClassificationMappings/${name}`,
    collection: "replicationStorageClassificationMappings",
    kind: "storage classification mapping",
  });
  return {
    providers: (context) =>
      list(context, "replicationRecoveryServicesProviders", (wires) =>
        wires.map(siteProviderFacts),
      ),
    networks: (context) =>
      list(context, "replicationNetworks", (wires) =>
        wires.filter(isVmNetwork).map(siteNetworkFacts),
      ),
    storageClassifications: (context) =>
      list(context, "replicationStorageClassifications", (wires) =>
        wires.map(storageClassificationFacts),
      ),
    storageClassificationMappings: (context) =>
      list(context, "replicationStorageClassificationMappings", (wires) =>
        wires.map(storageClassificationMappingFacts),
      ),
    putSite: (context, name) =>
      putObject(
        context,
        scope,
        { path: fabricPath(name), collection: "replicationFabrics", kind: "Hyper-V site" },
        hyperVSiteBody(),
        fabricFacts,
      ),
    putStorageClassificationMapping: (context, fabric, classification, name, targetId) =>
      putObject(
        context,
        scope,
        mapping(fabric, classification, name),
        storageClassificationMappingBody(targetId),
        storageClassificationMappingFacts,
      ),
    removeStorageClassificationMapping: (context, fabric, classification, name) =>
      removeObject(context, scope, mapping(fabric, classification, name), { method: "DELETE" }),
    resumeJob: (context, jobName, comments) => resumeJob(context, scope, jobName, comments),
  };
}

/** Takes a suspended job up again; answers when the service took the order. */
async function resumeJob(
  context: OperationContext,
  scope: VaultScope,
  jobName: string,
  comments: string,
): Promise<void> {
  try {
    await exchange(context, scope.connection, {
      method: "POST",
      url: siteRecoveryUrl(scope, `${scope.id}/replicationJobs/${jobName}/resume`),
      body: resumeJobBody(comments),
      operation: "replicationJobs.resume",
      purpose: `resume job ${jobName}`,
    });
  } finally {
    scope.cache.drop();
  }
}

function readCollection(
  context: OperationContext,
  scope: VaultScope,
  collection: keyof typeof collections,
): Promise<readonly Wire[]> {
  return readPages(context, scope.connection, {
    method: "GET",
    url: siteRecoveryUrl(scope, `${scope.id}/${collection}`),
    operation: `${collection}.list`,
    purpose: `list the ${collections[collection]} of vault ${scope.vault.vaultName}`,
  });
}

/** Networks of regions are listed with those of VMM servers. */
function isVmNetwork(wire: Wire): boolean {
  return (
    !sameId(textOf(wireOf(wire, "properties"), "fabricType"), "Azure") &&
    !sameId(nameOf(textOf(wire, "id")), "azureNetwork")
  );
}
