import type {
  HyperVMachineFacts,
  HyperVPolicyFacts,
  SiteNetworkFacts,
  SiteProviderFacts,
  StorageClassificationFacts,
  StorageClassificationMappingFacts,
} from "../../../recovery/hyper-v.ts";
import { segmentAfter } from "../../../recovery/identity.ts";
import { healthError } from "./health.ts";
import {
  numberOf,
  optional,
  textOf,
  textsOf,
  timeOf,
  truthOf,
  type Wire,
  wireOf,
  wiresOf,
} from "./wire.ts";

/** An agent as the service sent it. */
export function siteProviderFacts(wire: Wire): SiteProviderFacts {
  const provider = wireOf(wire, "properties");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    friendlyName: textOf(provider, "friendlyName") || textOf(wire, "name"),
    fabricType: textOf(provider, "fabricType"),
    version: textOf(provider, "providerVersion"),
    connectionStatus: textOf(provider, "connectionStatus"),
    ...optional("lastHeartbeat", timeOf(provider, "lastHeartBeat", "lastHeartbeat")),
    healthErrors: wiresOf(provider, "healthErrorDetails").map(healthError),
    ...optional("identifier", textOf(provider, "draIdentifier") || undefined),
  };
}

/** A network of a fabric as the service sent it. */
export function siteNetworkFacts(wire: Wire): SiteNetworkFacts {
  const network = wireOf(wire, "properties");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    friendlyName: textOf(network, "friendlyName") || textOf(wire, "name"),
    networkType: textOf(network, "networkType"),
    subnetNames: wiresOf(network, "subnets").map((each) => textOf(each, "friendlyName", "name")),
  };
}

/** A storage classification as the service sent it. */
export function storageClassificationFacts(wire: Wire): StorageClassificationFacts {
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    friendlyName: textOf(wireOf(wire, "properties"), "friendlyName") || textOf(wire, "name"),
  };
}

/** A mapping of storage classifications as the service sent it. */
export function storageClassificationMappingFacts(wire: Wire): StorageClassificationMappingFacts {
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    storageClassificationName: segmentAfter(id, "replicationStorageClassifications"),
    targetStorageClassificationId: textOf(
      wireOf(wire, "properties"),
      "targetStorageClassificationId",
    ),
  };
}

const unsupported: Readonly<Record<string, string>> = {
  hasPhysicalDisk: "physical disk",
  hasFibreChannelAdapter: "fibre channel adapter",
  hasSharedVhd: "shared disk",
};

/** What a discovered Hyper-V machine has beyond every other; undefined for machines of other sites. */
export function hyperVMachineFacts(item: Wire, details: Wire): HyperVMachineFacts | undefined {
  if (!/^(HyperV|Vmm)VirtualMachine$/.test(textOf(details, "instanceType"))) return undefined;
  const osDisk = wiresOf(details, "diskDetails").find(
    (disk) => textOf(disk, "vhdType") === "OperatingSystem",
  );
  return {
    generation: textOf(details, "generation"),
    hostId: textOf(details, "hyperVHostId"),
    supportedTypes: textsOf(item, "supportedReplicationProviders"),
    unsupportedParts: Object.entries(unsupported)
      .filter(([name]) => textOf(details, name) === "Present")
      .map(([, words]) => words),
    ...optional("osDiskId", textOf(osDisk ?? {}, "vhdId") || undefined),
    ...optional("providerId", textOf(item, "recoveryServicesProviderId") || undefined),
    ...optional("sourceId", textOf(details, "sourceItemId") || undefined),
  };
}

/** The interval of replication where the service has a fixed one: 5 minutes with Windows Server 2012. */
const fixedIntervalSeconds = 300;

/** What a policy for Hyper-V has beyond every other; undefined for policies of other scenarios. */
export function hyperVPolicyFacts(details: Wire): HyperVPolicyFacts | undefined {
  const instanceType = textOf(details, "instanceType");
  if (!instanceType.startsWith("HyperVReplica")) return undefined;
  const start = textOf(details, "onlineReplicationStartTime");
  const toAzure = instanceType === "HyperVReplicaAzure";
  return {
    replicationIntervalSeconds:
      numberOf(details, "replicationInterval", "replicationFrequencyInSeconds") ??
      fixedIntervalSeconds,
    ...optional("initialReplicationStartTime", start || undefined),
    storageAccountId: textOf(details, "activeStorageAccountId"),
    encryption: textOf(details, "encryption"),
    ...(toAzure ? {} : { betweenSites: betweenSites(details) }),
  };
}

function betweenSites(details: Wire): NonNullable<HyperVPolicyFacts["betweenSites"]> {
  const deletion = textOf(details, "replicaDeletionOption", "replicaDeletion");
  return {
    compression: truthOf(details, "compression"),
    initialReplicationMethod: textOf(details, "initialReplicationMethod"),
    port: numberOf(details, "replicationPort") ?? 0,
    authentication:
      numberOf(details, "allowedAuthenticationType") === 2 ? "Certificate" : "Kerberos",
    // Clients know two pairs of words: Required and NotRequired, OnRecoveryCloud and None.
    deletesReplica: !/^(|None|NotRequired)$/i.test(deletion),
  };
}
