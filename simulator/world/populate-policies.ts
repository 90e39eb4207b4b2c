import { BETWEEN_SITES } from "../recovery/setup/hyper-v-policies.ts";
import { mappingKey } from "../recovery/setup/mappings.ts";
import { MICROSOFT_AZURE } from "../recovery/vault/find.ts";
import type { AzureResource, Container, ContainerMapping, Policy, Vault } from "../state/model.ts";
import { lookUp } from "./look-up.ts";
import type { Locate } from "./read-world.ts";
import type { WorldPolicyKind, WorldVault } from "./world-document.ts";

type WorldPolicy = NonNullable<WorldVault["policies"]>[number];
type WorldMapping = NonNullable<WorldVault["mappings"]>[number];

/** What policies of a kind have when the document does not say. */
const DEFAULTS: Readonly<Record<WorldPolicyKind, Partial<Policy>>> = {
  A2A: {},
  InMageRcm: {},
  InMageRcmFailback: { recoveryPointHistoryMinutes: 0 },
  InMageAzureV2: { recoveryPointThresholdMinutes: 60 },
  // What the service makes for the way back: 15 minutes, 24 hours, hourly.
  InMage: { recoveryPointThresholdMinutes: 15, appConsistentMinutes: 60 },
  HyperVReplicaAzure: {},
  HyperVReplica2012R2: {},
  HyperVReplica2012: {},
};

/** Hours of recovery points of Hyper-V, which are fewer: documented defaults. */
const HYPER_V_HISTORY_MINUTES = 120;

/** Makes the replication policies of a world's vault. */
export function populatePolicies(
  vault: Vault,
  policies: readonly WorldPolicy[],
  around: {
    readonly storageAccounts: ReadonlyMap<string, AzureResource>;
    readonly locate: Locate;
    readonly path: readonly (string | number)[];
  },
): void {
  for (const [number, world] of policies.entries()) {
    const instanceType = world.kind ?? "A2A";
    const at = [...around.path, number, "storageAccount"];
    const isHyperV = instanceType.startsWith("HyperV");
    const account =
      world.storageAccount === undefined
        ? null
        : lookUp(around.storageAccounts, world.storageAccount, "storage account", around.locate, at)
            .id;
    vault.policies[world.name.toLowerCase()] = {
      name: world.name,
      instanceType,
      recoveryPointHistoryMinutes:
        world.recoveryPointHistoryMinutes ?? (isHyperV ? HYPER_V_HISTORY_MINUTES : 1440),
      crashConsistentMinutes: 5,
      appConsistentMinutes: world.appConsistentMinutes ?? 0,
      multiVmSync: world.multiVmSync ?? false,
      ...DEFAULTS[instanceType],
      ...(isHyperV && {
        hyperV: {
          replicationIntervalSeconds: world.replicationIntervalSeconds ?? 300,
          onlineReplicationStartTime: world.initialReplicationStartTime ?? null,
          storageAccountId: account,
          betweenSites: instanceType === "HyperVReplicaAzure" ? null : BETWEEN_SITES,
        },
      }),
    };
  }
}

/** Makes the container mappings of a world's vault. */
export function populateMappings(
  vault: Vault,
  mappings: readonly WorldMapping[],
  around: {
    readonly containers: ReadonlyMap<string, Container>;
    readonly locate: Locate;
    readonly path: readonly (string | number)[];
  },
): void {
  const { containers, locate } = around;
  const policies = new Map(Object.entries(vault.policies));
  const azure: Container = { name: MICROSOFT_AZURE, fabricName: MICROSOFT_AZURE };
  const targets = new Map([...containers, [MICROSOFT_AZURE.toLowerCase(), azure]]);
  for (const [number, { name, source, target, policy }] of mappings.entries()) {
    const at = (field: string) => [...around.path, number, field];
    const from = lookUp(containers, source, "container", locate, at("source"));
    const to = lookUp(targets, target, "container", locate, at("target"));
    const chosen = lookUp(policies, policy, "policy", locate, at("policy"));
    const mapping: ContainerMapping = {
      name,
      fabricName: from.fabricName,
      containerName: from.name,
      targetFabricName: to.fabricName,
      targetContainerName: to.name,
      policyName: chosen.name,
      agentAutoUpdateStatus: "Disabled",
      automationAccountAuthenticationType: "RunAsAccount",
      automationAccountArmId: null,
      ...(chosen.instanceType === "InMageRcm" && { enableAgentAutoUpgrade: "true" }),
    };
    vault.mappings[mappingKey(mapping)] = mapping;
  }
}
