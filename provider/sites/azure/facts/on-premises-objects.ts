import { segmentAfter } from "../../../recovery/identity.ts";
import type {
  DiscoveredMachineFacts,
  DiscoveredVCenterFacts,
  ProtectableItemFacts,
  RunAsAccountFacts,
} from "../../../recovery/on-premises.ts";
import { errorText } from "../transport/service-error.ts";
import { healthError } from "./health.ts";
import { hyperVMachineFacts } from "./hyper-v-objects.ts";
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

const mebibyte = 2 ** 20;

/** A vCenter or ESXi host of a configuration server as the service sent it. */
export function vcenterFacts(wire: Wire): DiscoveredVCenterFacts {
  const vcenter = wireOf(wire, "properties");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    fabricName: segmentAfter(id, "replicationFabrics"),
    friendlyName: textOf(vcenter, "friendlyName"),
    ...optional("infrastructureId", textOf(vcenter, "infrastructureId") || undefined),
    address: textOf(vcenter, "ipAddress"),
    port: textOf(vcenter, "port"),
    processServerId: textOf(vcenter, "processServerId"),
    runAsAccountId: textOf(vcenter, "runAsAccountId"),
    discoveryStatus: textOf(vcenter, "discoveryStatus"),
    ...optional("lastHeartbeat", timeOf(vcenter, "lastHeartbeat")),
    healthErrors: wiresOf(vcenter, "healthErrors").map(healthError),
  };
}

/** A machine that a container has discovered as the service sent it. */
export function protectableItemFacts(wire: Wire): ProtectableItemFacts {
  const item = wireOf(wire, "properties");
  const details = wireOf(item, "customDetails");
  const id = textOf(wire, "id");
  return {
    id,
    name: textOf(wire, "name"),
    friendlyName: textOf(item, "friendlyName"),
    containerId: id.replace(/\/replicationProtectableItems\/[^/]*$/i, ""),
    protectionStatus: textOf(item, "protectionStatus"),
    osType: textOf(details, "osType") || textOf(wireOf(details, "osDetails"), "osType"),
    address: textOf(details, "ipAddress"),
    poweredOn: /^(on|true|yes)$/i.test(textOf(details, "poweredOn")),
    agentInstalled: truthOf(details, "agentInstalled"),
    discoveryType: textOf(details, "discoveryType"),
    vcenterId: textOf(details, "vCenterInfrastructureId"),
    disks: wiresOf(details, "diskDetails").map((disk) => ({
      id: textOf(disk, "diskId", "vhdId"),
      name: textOf(disk, "diskName", "vhdName"),
      capacityBytes: (numberOf(disk, "diskSizeInMB", "maxSizeMB") ?? 0) * mebibyte,
    })),
    readinessErrors: [
      ...textsOf(item, "protectionReadinessErrors"),
      ...wiresOf(item, "protectionReadinessErrors").map(errorText),
      ...wiresOf(details, "validationErrors").map((error) => textOf(error, "errorMessage")),
    ].filter((text) => text !== ""),
    ...optional("hyperV", hyperVMachineFacts(item, details)),
  };
}

/** A machine of a discovery site as Microsoft.OffAzure sent it. */
export function discoveredMachineFacts(wire: Wire): DiscoveredMachineFacts {
  const machine = wireOf(wire, "properties");
  return {
    id: textOf(wire, "id"),
    displayName: textOf(machine, "displayName") || textOf(wire, "name"),
    powerStatus: textOf(machine, "powerStatus"),
    osType: osFamily(
      textOf(machine, "guestOSType") ||
        textOf(wireOf(machine, "operatingSystemDetails"), "osType", "osName") ||
        textOf(wireOf(machine, "guestOsDetails"), "osType", "osName"),
    ),
    addresses: wiresOf(machine, "networkAdapters").flatMap((nic) => textsOf(nic, "ipAddressList")),
    deleted: truthOf(machine, "isDeleted"),
    vcenterId: textOf(machine, "vCenterId"),
    disks: wiresOf(machine, "disks").map((disk) => ({
      id: textOf(disk, "uuid", "diskUuid", "name"),
      name: textOf(disk, "label", "name"),
      capacityBytes: numberOf(disk, "maxSizeInBytes") ?? 0,
    })),
  };
}

/** `windowsguest`, `Windows Server 2019` and `Windows` are one family. */
function osFamily(text: string): string {
  if (/windows/i.test(text)) return "Windows";
  return /linux|ubuntu|debian|red ?hat|centos|suse|rocky|oracle/i.test(text) ? "Linux" : "";
}

/** An account of a discovery site as Microsoft.OffAzure sent it. */
export function discoveryAccountFacts(wire: Wire): RunAsAccountFacts {
  return {
    id: textOf(wire, "id"),
    name: textOf(wireOf(wire, "properties"), "displayName") || textOf(wire, "name"),
  };
}
