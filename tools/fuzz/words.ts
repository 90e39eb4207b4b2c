import type { Simulator } from "../../simulator/index.ts";
import { ids } from "../../test/provider/actions/test-bed.ts";
import type { Words } from "./schema-inputs.ts";

const apiVersion = "2024-04-01";
const subscription = ids.vault.split("/resourceGroups/")[0] ?? "";

/** Collections of a vault by the inputs that name one of their objects. */
const collections: readonly (readonly [inputs: RegExp, collection: string])[] = [
  [/fabric$/i, "replicationFabrics"],
  [/container$/i, "replicationProtectionContainers"],
  [/policy$/i, "replicationPolicies"],
  [/^recoveryPlan$/, "replicationRecoveryPlans"],
  [/^items?$|^placement$/, "replicationProtectedItems"],
  [/network$/i, "replicationNetworks"],
  [/storageClassification$/i, "replicationStorageClassifications"],
  [/^vcenter$|^name$/i, "replicationvCenters"],
];

/** Resources of Azure by the inputs that name one of them. */
const resources: readonly (readonly [inputs: RegExp, type: string])[] = [
  [/^machine$/, "Microsoft.Compute/virtualMachines"],
  [/network$/i, "Microsoft.Network/virtualNetworks"],
  [/storageAccount$/i, "Microsoft.Storage/storageAccounts"],
];

/** Texts that are well-formed under a name, whatever the world. */
const fixed: readonly (readonly [inputs: RegExp, words: readonly string[]])[] = [
  [/timeout|frequency|retention|threshold|maximumAge/i, ["PT1H", "PT24H", "P3D", "PT15M", "P400D"]],
  [/^(lastBackup|initialReplicationStartTime)$/, ["2026-01-01T00:00:00Z", "22:30:00"]],
  [/^recoveryPoint$/, ["latest", "latestProcessed", "2026-01-01T00:00:00Z"]],
  [/^location$/, ["westeurope", "North Europe", "nowhere"]],
  [/resourceGroup$/i, ["we", `${subscription}/resourceGroups/we`]],
  [/^vault$/, ["orders", ids.vault]],
  [/zone$/i, ["1", "2"]],
  [/subnet$/i, ["apps"]],
  [/address/i, ["10.1.1.11", "10.1.0.5", "someone@example.com"]],
  [/^waive$/, ["A2-TEST-NETWORK", "NO-SUCH-RULE"]],
  [/^manage$/, ["startAzureMachine", "commit", "diskUuid"]],
  [/^(masterTarget|takeOverMachines|name|machineName)$/, ["mt-linux", "cs-1", "appliance-1"]],
  [/^(processServer|takeOverFrom|appliance)$/, ["cs-1", "appliance-1"]],
  [/^datastore$/, ["ds1"]],
  [/^retentionVolume$/, ["/mnt/retention", "R:\\"]],
  [/^runAsAccount$/, ["linux-root", "1"]],
  [/^(machine|items?)$/, ["web", "app", "database"]],
  [/^(items?|placement|machineSettings)$/, ["web", "app", "database"].map(ids.item)],
  [/^confirm$/, ["web", "complete migration of web"]],
  [/version/i, ["9.50", "9.62.1.1"]],
  [/^comments$|description/i, ["because"]],
];

/** What stands under every name now and then: names that exist, and one that does not. */
const always = ["web", "orders", "forward", "unknown-thing"];

/** Words of a world: what stands in its vault, and what else is well-formed. */
export async function wordsOf(simulator: Simulator): Promise<Words> {
  const found = new Map<string, readonly string[]>();
  for (const [, collection] of collections) {
    const path = `${ids.vault}/${collection}?api-version=${apiVersion}`;
    found.set(collection, await idsAt(`${simulator.url}${path}`));
  }
  for (const [, type] of resources) {
    const path = `${subscription}/providers/${type}?api-version=2024-07-01`;
    found.set(type, await idsAt(`${simulator.url}${path}`));
  }
  const byName = new Map<string, readonly string[]>();
  return (name) => {
    const known = byName.get(name) ?? [
      ...[...collections, ...resources]
        .filter(([inputs]) => inputs.test(name))
        .flatMap(([, kind]) => found.get(kind) ?? []),
      ...fixed.filter(([inputs]) => inputs.test(name)).flatMap(([, words]) => words),
    ];
    const words = known.length === 0 ? always : known;
    byName.set(name, words);
    return words;
  };
}

/** Ids and names of a list's objects; none where the world has no such list. */
async function idsAt(url: string): Promise<readonly string[]> {
  const answer = await fetch(url);
  const { value = [] } = (await answer.json()) as {
    readonly value?: readonly { readonly id: string; readonly name: string }[];
  };
  return value.flatMap(({ id, name }) => [id, id, name]);
}
