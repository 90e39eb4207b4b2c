import type { WorldDocument } from "../../simulator/index.ts";
import type { Exchange } from "./exchanges.ts";
import type { Prepared } from "./preparation.ts";

/** A VMware site whose configuration server and appliance register in the world's vault. */
export const SITE: Pick<
  WorldDocument,
  "vcenters" | "physicalServers" | "configurationServers" | "appliances"
> = {
  vcenters: [
    {
      name: "vcenter",
      address: "10.9.0.5",
      datastores: [{ name: "datastore" }],
      hosts: [{ name: "esx.example.local", datastores: ["datastore"] }],
      machines: [
        { name: "appliance", os: "Windows" },
        { name: "target" },
        { name: "site-vm", os: "Windows" },
        { name: "site-vm-new", os: "Windows" },
      ],
    },
  ],
  physicalServers: [{ name: "metal", address: "10.150.2.3", os: "Windows" }],
  configurationServers: [
    {
      name: "server",
      vault: "vault",
      container: "server-container",
      address: "10.9.0.10",
      vcenters: ["vcenter"],
      runAsAccounts: [{ name: "root" }],
      processServers: [{ name: "server" }, { name: "second", address: "10.9.0.11" }],
      masterTargets: [{ name: "target", retentionVolumes: [{ name: "/mnt/retention" }] }],
    },
  ],
  appliances: [
    {
      name: "appliance",
      vault: "vault",
      fabric: "site",
      container: "site-container",
      vcenters: ["vcenter"],
      runAsAccounts: [{ name: "root" }],
    },
  ],
};

/** The site's policies and mappings in the world's vault. */
export const SITE_SET_UP = {
  policies: [
    { name: "site-policy", kind: "InMageRcm" },
    { name: "site-unused", kind: "InMageRcm" },
  ],
  mappings: [
    {
      name: "site-there",
      source: "appliance",
      target: "Microsoft Azure",
      policy: "site-policy",
    },
  ],
} as const;

const MODERN = {
  fabricName: "site",
  protectionContainerName: "site-container",
  policyName: "site-policy",
  mappingName: "site-there",
};
const CLASSIC = {
  fabricName: "server",
  protectionContainerName: "server-container",
  vcenterName: "vcenter",
};

/** Operations that only the fabric of a configuration server takes. */
const OF_CLASSIC =
  /^Replication(vCenters_|ProtectableItems_|Fabrics_ReassociateGateway|ProtectionContainers_DiscoverProtectableItem)/;

/** Recordings of the set-up of a modernized site, by their operations. */
const OF_MODERN =
  /^Replication(Fabrics|Policies|ProtectionContainers|ProtectionContainerMappings|RecoveryServicesProviders)_/;

function isModern({ source, operationId }: Exchange): boolean {
  return source.startsWith("sample V2A_") && OF_MODERN.test(operationId);
}

/** The names of the site's objects that an exchange is about; undefined if it is about region to region. */
export function siteNames(exchange: Exchange): Prepared | undefined {
  if (OF_CLASSIC.test(exchange.operationId))
    return exchange.method === "PUT" ? { ...CLASSIC, vcenterName: "new" } : CLASSIC;
  if (!isModern(exchange)) return undefined;
  return exchange.method === "PUT" ? { ...MODERN, policyName: "new", mappingName: "new" } : MODERN;
}

const VCENTER = { friendlyName: "esx", ipAddress: "10.9.0.5", port: "443", runAsAccountId: "1" };

/** Properties of the body that asks of the site what the exchange asks of its own; undefined where the exchange's own will do. */
export function siteBody(
  exchange: Exchange,
  vaultId: string,
  prepared: Prepared,
): object | undefined {
  switch (exchange.operationId) {
    case "ReplicationvCenters_Create":
    case "ReplicationvCenters_Update":
      return VCENTER;
    case "ReplicationFabrics_ReassociateGateway":
      return {
        containerName: "server-container",
        sourceProcessServerId: prepared.sourceProcessServer,
        targetProcessServerId: prepared.targetProcessServer,
        updateType: "SystemLevel",
      };
    case "ReplicationProtectionContainers_DiscoverProtectableItem":
      return { friendlyName: "metal", ipAddress: "10.150.2.3", osType: "Windows" };
    case "ReplicationProtectionContainerMappings_Create":
      return {
        policyId: `${vaultId}/replicationPolicies/site-unused`,
        providerSpecificInput: { instanceType: "InMageRcm", enableAgentAutoUpgrade: "true" },
        targetProtectionContainerId: "Microsoft Azure",
      };
    default:
      return undefined;
  }
}
