import type { MachineFacts, NetworkConnectionFacts } from "../../../recovery/model.ts";
import type { MachineSizeFacts, NetworkFacts, VaultFacts } from "../site.ts";
import { errorText } from "../transport/service-error.ts";
import { asWire, numberOf, textOf, textsOf, type Wire, wireOf, wiresOf } from "./wire.ts";

/** A vault as Azure sent it. */
export function vaultFacts(wire: Wire): VaultFacts {
  const vault = wireOf(wire, "properties");
  const tags = Object.entries(wireOf(wire, "tags")).map(([key, value]) => [key, String(value)]);
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    location: textOf(wire, "location"),
    skuName: textOf(wireOf(wire, "sku"), "name"),
    publicNetworkAccess: textOf(vault, "publicNetworkAccess"),
    tags: Object.fromEntries(tags) as Readonly<Record<string, string>>,
    provisioningState: textOf(vault, "provisioningState"),
  };
}

/** A virtual machine with its instance view, as Compute sent it. */
export function machineFacts(wire: Wire): MachineFacts {
  const machine = wireOf(wire, "properties");
  const storage = wireOf(machine, "storageProfile");
  const osDisk = wireOf(storage, "osDisk");
  const statuses = wiresOf(wireOf(machine, "instanceView"), "statuses").map((each) =>
    textOf(each, "code"),
  );
  const power = statuses.find((each) => each.startsWith("PowerState/"));
  return {
    id: textOf(wire, "id"),
    name: textOf(wire, "name"),
    location: textOf(wire, "location"),
    size: textOf(wireOf(machine, "hardwareProfile"), "vmSize"),
    powerState: power?.slice("PowerState/".length) ?? "",
    osType: textOf(osDisk, "osType"),
    zone: textsOf(wire, "zones")[0] ?? "",
    availabilitySetId: textOf(wireOf(machine, "availabilitySet"), "id"),
    osDiskId: textOf(wireOf(osDisk, "managedDisk"), "id"),
    dataDiskIds: wiresOf(storage, "dataDisks").map((each) =>
      textOf(wireOf(each, "managedDisk"), "id"),
    ),
    nicIds: wiresOf(wireOf(machine, "networkProfile"), "networkInterfaces").map((each) =>
      textOf(each, "id"),
    ),
  };
}

/** A virtual network as Azure sent it. */
export function networkFacts(wire: Wire): NetworkFacts {
  const gatewayIds = gatewayIdsOf(wire);
  return {
    ...(gatewayIds.length === 0 ? {} : { gatewayIds }),
    id: textOf(wire, "id"),
    location: textOf(wire, "location"),
    subnets: wiresOf(wireOf(wire, "properties"), "subnets").map((subnet) => {
      const properties = wireOf(subnet, "properties");
      const single = textOf(properties, "addressPrefix");
      const several = textsOf(properties, "addressPrefixes");
      return {
        name: textOf(subnet, "name"),
        addressPrefixes: several.length > 0 || single === "" ? several : [single],
      };
    }),
  };
}

/** The gateways that a network's subnets name by their configurations. */
function gatewayIdsOf(network: Wire): readonly string[] {
  const ids = wiresOf(wireOf(network, "properties"), "subnets")
    .flatMap((subnet) => wiresOf(wireOf(subnet, "properties"), "ipConfigurations"))
    .flatMap((each) => {
      const found = /^(.+\/virtualNetworkGateways\/[^/]+)\/ipConfigurations\//i.exec(
        textOf(each, "id"),
      );
      return found?.[1] === undefined ? [] : [found[1]];
    });
  return [...new Set(ids)];
}

/** A connection of a gateway as Azure sent it. */
export function networkConnectionFacts(wire: Wire): NetworkConnectionFacts {
  const connection = wireOf(wire, "properties");
  return {
    name: textOf(wire, "name"),
    type: textOf(connection, "connectionType"),
    status: textOf(connection, "connectionStatus"),
  };
}

/** A machine size of an item's recovery side, as the service sent it. */
export function machineSizeFacts(wire: Wire): MachineSizeFacts {
  const size = wireOf(wire, "properties");
  return {
    name: textOf(size, "name") || textOf(wire, "name"),
    coreCount: numberOf(size, "cpuCoresCount") ?? 0,
    memoryGibibytes: numberOf(size, "memoryInGB") ?? 0,
    maximumDataDiskCount: numberOf(size, "maxDataDiskCount") ?? 0,
    maximumNicCount: numberOf(size, "maxNicsCount") ?? 0,
  };
}

/** What an eligibility answer holds against a machine, one text per error. */
export function eligibilityTexts(body: unknown): readonly string[] {
  return wiresOf(wireOf(asWire(body), "properties"), "errors").map(errorText);
}
