import { nameOf } from "./identity.ts";
import type { ItemFacts, NicFacts, SideFacts } from "./model.ts";
import {
  activeSide,
  goesToAzure,
  isBetweenRegions,
  isReversed,
  passiveSide,
  positionOf,
} from "./position.ts";
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
  if (isBetweenRegions(item)) {
    const away = item.activeLocation === "Recovery";
    return {
      site,
      ...(away ? targetPlace(item, false) : sourcePlace(item)),
      size: destination.runningMachineSize ?? (away ? item.target.machineSize : ""),
    };
  }
  if (!positionOf(item).away) return { site, ...homePlace(item), size: "" };
  return goesToAzure(item)
    ? { site, ...azurePlace(situation), size: destination.runningMachineSize ?? "" }
    : { site, ...secondSitePlace(item), size: "" };
}

/** Where the action takes the machine, its copy or its replication. */
export function placeTo(situation: Situation): MachinePlace {
  const { item, action } = situation;
  const site = siteOf(passiveSide(item), situation);
  if (!isBetweenRegions(item)) {
    if (positionOf(item).away) return { site, ...homePlace(item), size: "" };
    if (!goesToAzure(item)) return { site, ...tested(situation, secondSitePlace(item)), size: "" };
    if (action === "CancelFailover") return { site, ...azurePlace(situation), size: "" };
  }
  if (item.activeLocation === "Recovery") {
    // After a failback the settings for Azure are not told until the item is turned round.
    const place = isBetweenRegions(item)
      ? sourcePlace(item)
      : { ...homePlace(item), addresses: [] };
    return { site, ...place, size: "" };
  }
  const place = targetPlace(item, action === "TestFailover");
  return { site, ...tested(situation, place), size: item.target.machineSize };
}

/** The place of a drill's machine, which has a name and a network of its own. */
function tested({ item, action, testNetworkId }: Situation, place: Place): Place {
  if (action !== "TestFailover") return place;
  const network = nameOf(testNetworkId ?? item.target.testNetworkId);
  return { ...place, machineName: testMachineName(item), network };
}

/** Name of the machine that a drill makes; Hyper-V has a way of its own to call it. */
export function testMachineName(item: ItemFacts): string {
  return isBetweenRegions(item) || goesToAzure(item)
    ? `${item.target.machineName}-test`
    : `${item.friendlyName} - Test`;
}

/** What a side is called: its region, else its site; Azure without a region as the machine there tells it. */
function siteOf(side: SideFacts, { item, destination }: Situation): string {
  if (side.location !== "" || !goesToAzure(item) || side.fabricName === siteFabricOf(item)) {
    return siteNameOf(side, item);
  }
  return destination.runningMachineLocation ?? destination.network?.location ?? "Azure";
}

/** What a side of the item is called: two clouds of one VMM server are told apart by their names. */
export function siteNameOf(side: SideFacts, { primary, recovery }: ItemFacts): string {
  const cloud = side.containerFriendlyName ?? "";
  return sideName(primary) === sideName(recovery) && cloud !== ""
    ? `${sideName(side)} (${cloud})`
    : sideName(side);
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

/** The machine at the second of two sites, where it has the same name. */
const secondSitePlace = (item: ItemFacts): Place => ({
  machineName: item.friendlyName,
  resourceGroup: "",
  network: knownName(item.nics[0]?.recoveryNetworkId ?? ""),
  addresses: addressesOf(item.nics, "recovery"),
});

/** The last part of an id, unless it is a guid, which tells nobody anything. */
function knownName(id: string): string {
  const name = nameOf(id);
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name) ? "" : name;
}

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
