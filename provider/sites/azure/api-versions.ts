/** Api-version of Site Recovery that the SDK's models describe. */
export const siteRecoveryApiVersion = "2023-06-01";

/** Api-version of Recovery Services vaults. */
export const vaultApiVersion = "2025-02-01";

/** Api-version of subscriptions and their regions. */
export const subscriptionsApiVersion = "2022-12-01";

/** Api-versions by resource type, the longest match wins; keys in lower case. */
const apiVersions: Readonly<Record<string, string>> = {
  "microsoft.automation": "2023-11-01",
  "microsoft.compute": "2024-07-01",
  "microsoft.compute/capacityreservationgroups": "2024-07-01",
  "microsoft.compute/diskencryptionsets": "2023-10-02",
  "microsoft.compute/disks": "2023-10-02",
  "microsoft.compute/snapshots": "2023-10-02",
  "microsoft.keyvault": "2023-07-01",
  "microsoft.network": "2024-05-01",
  "microsoft.offazure": "2023-06-06",
  "microsoft.recoveryservices": vaultApiVersion,
  "microsoft.storage": "2023-05-01",
};

/** Api-version of resource groups and of resources of no known provider. */
export const resourcesApiVersion = "2022-09-01";

/** The api-version with which a resource is read by its ARM id; a resource group by that of Resource Manager, what lies in a vault by that of Site Recovery. */
export function apiVersionOf(id: string): string {
  const [, tail = ""] = /^.*\/providers\/(.+)$/i.exec(id.toLowerCase()) ?? [];
  const [namespace = "", type = "", , child] = tail.split("/");
  if (namespace === "microsoft.recoveryservices" && child !== undefined) {
    return siteRecoveryApiVersion;
  }
  return apiVersions[`${namespace}/${type}`] ?? apiVersions[namespace] ?? resourcesApiVersion;
}
