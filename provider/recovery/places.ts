import { nameOf } from "./identity.ts";
import type { ItemFacts, NicFacts, SideFacts } from "./model.ts";
import { activeSide, isFromVmwareSite, isReversed, passiveSide, positionOf } from "./position.ts";
import type { Situation } from "./situation.ts";

/** Where a machine is or will be. */
export interface MachinePlace {
  /** Region or site. */
  readonly site: string;
  readonly machineName: string;
  /** Machine size; empty while unknown. */
  readonly size: string;
  readonly resourceGroup: string;
  readonly network: string;
  readonly addresses: readonly string[];
}

const addressesOf = (nics: readonly NicFacts[], key: "source" | "recovery" | "test"): string[] =>
  nics.map((nic) => nic[`${key}Address`] || "by DHCP");

/** Where the machine runs now. */
export function placeFrom(situation: Situation): MachinePlace {
  const { item, destination } = situation;
  const site = siteOf(activeSide(item), situation);
  if (isFromVmwareSite(item)) {
    return positionOf(item).away
      ? { site, ...azurePlace(situation), size: destination.runningMachineSize ?? "" }
      : { site, ...homePlace(item), size: "" };
  }
  const away = item.activeLocation === "Recovery";
  return {
    site,
    ...(away ? targetPlace(item, false) : sourcePlace(item)),
    size: destination.runningMachineSize ?? (away ? item.target.machineSize : ""),
  };
}

/** Where the action takes the machine, its copy or its replication. */
export function placeTo(situation: Situation): MachinePlace {
  const { item, action, testNetworkId } = situation;
  const test = action === "TestFailover";
  const site = siteOf(passiveSide(item), situation);
  if (isFromVmwareSite(item) && positionOf(item).away)
    return { site, ...homePlace(item), size: "" };
  if (item.activeLocation === "Recovery") {
    // After a failback the settings for Azure are not told until the item is turned round.
    const place = isFromVmwareSite(item)
      ? { ...homePlace(item), addresses: [] }
      : sourcePlace(item);
    return { site, ...place, size: "" };
  }
  const place = { site, ...targetPlace(item, test), size: item.target.machineSize };
  if (!test) return place;
  return {
    ...place,
    machineName: `${place.machineName}-test`,
    network: nameOf(testNetworkId ?? item.target.testNetworkId),
  };
}

/** What a side is called: its region, else its site; Azure without a region as the machine there tells it. */
function siteOf(side: SideFacts, { item, destination }: Situation): string {
  if (side.location !== "" || !isFromVmwareSite(item) || side.fabricName === siteFabricOf(item)) {
    return sideName(side);
  }
  return destination.runningMachineLocation ?? destination.network?.location ?? "Azure";
}

const siteFabricOf = (item: ItemFacts): string =>
  (isReversed(item) ? item.recovery : item.primary).fabricName;

/** What a side is called by itself: its region, else its site. */
export function sideName(side: SideFacts): string {
  return side.location || side.fabricFriendlyName;
}

/** Name of the machine in Azure of a machine of a site; what it will be called, as long as there is none. */
export function azureMachineName({ item, destination }: Situation): string {
  const id = destination.runningMachineId ?? item.recoveredMachineId;
  return nameOf(id || item.onPremises?.azureMachineId || item.target.machineName);
}

type Place = Omit<MachinePlace, "site" | "size">;

/** The machine as it was protected. */
const sourcePlace = (item: ItemFacts): Place => ({
  machineName: item.friendlyName,
  resourceGroup: segmentOfGroup(item.machineId),
  network: nameOf(item.nics[0]?.sourceNetworkId ?? ""),
  addresses: addressesOf(item.nics, "source"),
});

/** The machine as a failover makes it. */
const targetPlace = (item: ItemFacts, test: boolean): Place => ({
  machineName: item.target.machineName,
  resourceGroup: nameOf(item.target.resourceGroupId),
  network: nameOf(item.target.networkId),
  addresses: addressesOf(item.nics, test ? "test" : "recovery"),
});

/** The machine at its own site, which has no resource groups; a reversed item tells of Azure's networks only. */
const homePlace = (item: ItemFacts): Place => ({
  machineName: item.friendlyName,
  resourceGroup: "",
  network: isReversed(item) ? "" : nameOf(item.nics[0]?.sourceNetworkId ?? ""),
  addresses: isReversed(item) ? [] : addressesOf(item.nics, "source"),
});

/** The machine of a site while it runs in Azure. */
function azurePlace(situation: Situation): Place {
  const { item, destination } = situation;
  const id = destination.runningMachineId ?? item.onPremises?.azureMachineId ?? "";
  const target = targetPlace(item, false);
  const machineName = azureMachineName(situation);
  return isReversed(item)
    ? {
        machineName,
        resourceGroup: segmentOfGroup(id),
        network: "",
        addresses: addressesOf(item.nics, "source"),
      }
    : { ...target, machineName, resourceGroup: segmentOfGroup(id) || target.resourceGroup };
}

const segmentOfGroup = (id: string): string => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
