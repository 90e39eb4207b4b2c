import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { itemFacts } from "../facts/item.ts";
import { recoveryPlanFacts } from "../facts/recovery-plan.ts";
import { recoveryPointFacts } from "../facts/recovery-point.ts";
import {
  alertSettingFacts,
  containerFacts,
  containerMappingFacts,
  fabricFacts,
  networkMappingFacts,
  policyFacts,
} from "../facts/setup.ts";
import { machineSizeFacts } from "../facts/surroundings.ts";
import type { Wire } from "../facts/wire.ts";
import type { VaultSite } from "../site.ts";
import { readPages } from "../transport/pages.ts";
import { readJob, readJobs } from "./jobs.ts";
import { readObject, siteRecoveryUrl, type VaultScope, vaultMissing } from "./scope.ts";

/** The reading half of a vault. */
export type VaultReads = Pick<
  VaultSite,
  | "fabrics"
  | "containers"
  | "policies"
  | "containerMappings"
  | "networkMappings"
  | "items"
  | "recoveryPlans"
  | "jobs"
  | "job"
  | "recoveryPoints"
  | "machineSizes"
  | "alertSetting"
  | "forget"
>;

/** Collections of a vault that are listed whole, with the words for them. */
const collections = {
  replicationFabrics: "fabrics",
  replicationProtectionContainers: "protection containers",
  replicationPolicies: "replication policies",
  replicationProtectionContainerMappings: "container mappings",
  replicationNetworkMappings: "network mappings",
  replicationProtectedItems: "replicated items",
  replicationRecoveryPlans: "recovery plans",
} as const;

/** Reads of a vault; lists are shared between callers for a short time. */
export function vaultReads(scope: VaultScope): VaultReads {
  const list = <Facts>(
    context: OperationContext,
    collection: keyof typeof collections,
    facts: (wire: Wire) => Facts,
  ): Promise<readonly Facts[]> =>
    scope.cache.get(context, collection, async () =>
      (await readCollection(context, scope, collection)).map(facts),
    );
  const below = (
    context: OperationContext,
    path: string,
    purpose: string,
  ): Promise<readonly Wire[]> =>
    readPages(context, scope.connection, {
      method: "GET",
      url: siteRecoveryUrl(scope, path),
      operation: `${path.slice(path.lastIndexOf("/") + 1)}.list`,
      purpose,
    });
  return {
    fabrics: (context) => list(context, "replicationFabrics", fabricFacts),
    containers: (context) => list(context, "replicationProtectionContainers", containerFacts),
    policies: (context) => list(context, "replicationPolicies", policyFacts),
    containerMappings: (context) =>
      list(context, "replicationProtectionContainerMappings", containerMappingFacts),
    networkMappings: (context) => list(context, "replicationNetworkMappings", networkMappingFacts),
    items: (context) =>
      list(context, "replicationProtectedItems", (wire) => itemFacts(scope.id, wire)),
    recoveryPlans: (context) => list(context, "replicationRecoveryPlans", recoveryPlanFacts),
    jobs: (context) => scope.cache.get(context, "replicationJobs", () => readJobs(context, scope)),
    job: (context, name) => readJob(context, scope, name),
    recoveryPoints: (context, item) =>
      scope.cache.get(context, `${item.armId}/recoveryPoints`.toLowerCase(), async () =>
        recoveryPointFacts(
          await below(
            context,
            `${item.armId}/recoveryPoints`,
            `list the recovery points of ${item.friendlyName}`,
          ),
        ),
      ),
    machineSizes: (context, item) =>
      scope.cache.get(context, `${item.armId}/targetComputeSizes`.toLowerCase(), async () =>
        (
          await below(
            context,
            `${item.armId}/targetComputeSizes`,
            `list the sizes that ${item.friendlyName} may have after a failover`,
          )
        ).map(machineSizeFacts),
      ),
    alertSetting: async (context, name) => {
      const path = `${scope.id}/replicationAlertSettings/${name}`;
      const operation = "replicationAlertSettings.get";
      const wire = await readObject(context, scope, path, operation, `show alert setting ${name}`);
      return wire === undefined ? undefined : alertSettingFacts(wire);
    },
    forget: () => scope.cache.drop(),
  };
}

async function readCollection(
  context: OperationContext,
  scope: VaultScope,
  collection: keyof typeof collections,
): Promise<readonly Wire[]> {
  const operation = `${collection}.list`;
  try {
    return await readPages(context, scope.connection, {
      method: "GET",
      url: siteRecoveryUrl(scope, `${scope.id}/${collection}`),
      operation,
      purpose: `list the ${collections[collection]} of vault ${scope.vault.vaultName}`,
    });
  } catch (error) {
    if (error instanceof SiteError && error.status === 404) throw vaultMissing(scope, operation);
    throw error;
  }
}
