import { nameOf } from "./identity.ts";
import type { ItemFacts, NicFacts, SideFacts } from "./model.ts";
import { activeSide, passiveSide } from "./position.ts";
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
  const away = item.activeLocation === "Recovery";
  return {
    site: siteOf(activeSide(item)),
    ...(away ? targetPlace(item, false) : sourcePlace(item)),
    size: destination.runningMachineSize ?? (away ? item.target.machineSize : ""),
  };
}

/** Where the action takes the machine, its copy or its replication. */
export function placeTo(situation: Situation): MachinePlace {
  const { item, action, testNetworkId } = situation;
  const test = action === "TestFailover";
  const site = siteOf(passiveSide(item));
  if (item.activeLocation === "Recovery") return { site, ...sourcePlace(item), size: "" };
  const place = { site, ...targetPlace(item, test), size: item.target.machineSize };
  if (!test) return place;
  return {
    ...place,
    machineName: `${place.machineName}-test`,
    network: nameOf(testNetworkId ?? item.target.testNetworkId),
  };
}

const siteOf = (side: SideFacts): string => side.location || side.fabricFriendlyName;

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

const segmentOfGroup = (id: string): string => /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
