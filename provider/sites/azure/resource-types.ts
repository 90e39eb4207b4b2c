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
  "microsoft.recoveryservices": "2025-02-01",
  "microsoft.storage": "2023-05-01",
};

/** Api-version of resource groups and of resources of no known provider. */
export const resourcesApiVersion = "2022-09-01";

/** The api-version with which a resource is read by its ARM id; a resource group by that of Resource Manager. */
export function apiVersionOf(id: string): string {
  const [, tail = ""] = /^.*\/providers\/(.+)$/i.exec(id.toLowerCase()) ?? [];
  const [namespace = "", type = ""] = tail.split("/");
  return apiVersions[`${namespace}/${type}`] ?? apiVersions[namespace] ?? resourcesApiVersion;
}
