import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, NicFacts, TargetFacts } from "../../recovery/model.ts";
import { goesToAzure, isBetweenRegions } from "../../recovery/position.ts";
import type { ItemSettings, NicSettings } from "../../sites/azure/specifications.ts";
import type {
  ReplicatedDisk,
  ReplicatedItemInputs,
  ReplicatedItemTarget,
  ReplicatedNic,
} from "../replicated-item.ts";

/** The inputs that say how the machine will be set up at the recovery side. */
export type TargetInputs = Pick<ReplicatedItemInputs, "target" | "nics" | "disks">;

type TargetName = keyof ReplicatedItemTarget;

/** Which fact tells of which input; the subnet stands with the network interfaces. */
const targetFacts: Readonly<Record<Exclude<TargetName, "subnet">, keyof TargetFacts>> = {
  resourceGroup: "resourceGroupId",
  network: "networkId",
  testNetwork: "testNetworkId",
  machineName: "machineName",
  size: "machineSize",
  availabilitySet: "availabilitySetId",
  zone: "availabilityZone",
  proximityPlacementGroup: "proximityPlacementGroupId",
  bootDiagnosticsStorageAccount: "bootDiagnosticsStorageAccountId",
};

/** Which setting changes which input; the zone cannot change. */
const targetSettings: Readonly<Record<Exclude<TargetName, "subnet" | "zone">, keyof ItemSettings>> =
  {
    resourceGroup: "resourceGroupId",
    network: "networkId",
    testNetwork: "testNetworkId",
    machineName: "machineName",
    size: "machineSize",
    availabilitySet: "availabilitySetId",
    proximityPlacementGroup: "proximityPlacementGroupId",
    bootDiagnosticsStorageAccount: "bootDiagnosticsStorageAccountId",
  };

/** The wanted target settings with the values that the item has; what is not wanted is the service's choice. */
export function foundTarget(wanted: TargetInputs, item: ItemFacts): TargetInputs {
  const { target } = wanted;
  return {
    ...(target === undefined ? {} : { target: foundTargetValues(wanted, target, item) }),
    ...(wanted.nics === undefined ? {} : { nics: wanted.nics.map((nic) => foundNic(nic, item)) }),
    ...(wanted.disks === undefined
      ? {}
      : { disks: wanted.disks.map((disk) => foundDisk(disk, item)) }),
  };
}

/** The target settings of an item that was never declared: all that the service tells; none between sites. */
export function importedTarget(item: ItemFacts): ReplicatedItemTarget | undefined {
  if (item.hyperV !== undefined && !goesToAzure(item)) return undefined;
  const values = Object.entries(targetFacts)
    .map(([name, fact]) => [name, item.target[fact]] as const)
    .filter(([, value]) => value !== "");
  return { resourceGroup: item.target.resourceGroupId, ...Object.fromEntries(values) };
}

/** The interfaces that are named and that the item does not have; their settings cannot be sent. */
export function strangeNics({ nics = [] }: TargetInputs, item: ItemFacts): readonly string[] {
  return nics.flatMap((each) =>
    each.nic === undefined || nicOf(each, item) !== undefined ? [] : [each.nic],
  );
}

/** The settings to send so that the item gets what is wanted; undefined when it has all of it. */
export function settingsDue(wanted: TargetInputs, item: ItemFacts): ItemSettings | undefined {
  const found = foundTarget(wanted, item);
  const settings = Object.fromEntries(
    Object.entries(targetSettings)
      .map(([name, setting]) => {
        const value = wanted.target?.[name as TargetName];
        const same = sameId(value, found.target?.[name as TargetName]);
        return [setting, value === undefined || same ? undefined : value] as const;
      })
      .filter(([, value]) => value !== undefined),
  ) as ItemSettings;
  const nics = nicsDue(wanted, item);
  const diskTypes = diskTypesDue(wanted, item);
  const all = {
    ...settings,
    ...(nics.length === 0 ? {} : { nics }),
    ...(diskTypes.length === 0 ? {} : { diskTypes }),
  };
  return Object.keys(all).length === 0 ? undefined : all;
}

function foundTargetValues(
  wanted: TargetInputs,
  target: ReplicatedItemTarget,
  item: ItemFacts,
): ReplicatedItemTarget {
  const values = Object.entries(target).map(([name, value]) => {
    if (name === "subnet") return [name, foundSubnet(wanted, item)];
    const fact = targetFacts[name as keyof typeof targetFacts];
    return [name, fact === undefined ? value : item.target[fact]];
  });
  return Object.fromEntries(values) as ReplicatedItemTarget;
}

/** The subnet of the interfaces that name none themselves: the wanted one, when all of them are in it. */
function foundSubnet(wanted: TargetInputs, item: ItemFacts): string {
  const { subnet = "" } = wanted.target ?? {};
  const elsewhere = item.nics.find(
    (nic) => !ownSettings(wanted, nic, item)?.subnet && !sameId(nic.recoverySubnetName, subnet),
  );
  return elsewhere?.recoverySubnetName ?? subnet;
}

function ownSettings(
  wanted: TargetInputs,
  nic: NicFacts,
  item: ItemFacts,
): ReplicatedNic | undefined {
  return wanted.nics?.find((each) => nicOf(each, item)?.nicId === nic.nicId);
}

/** Which fact tells of which input of an interface; of the others the service tells nothing. */
const nicFacts: Partial<Readonly<Record<keyof ReplicatedNic, keyof NicFacts>>> = {
  subnet: "recoverySubnetName",
  staticAddress: "recoveryAddress",
  testSubnet: "testSubnetName",
  testStaticAddress: "testAddress",
};

function foundNic(wanted: ReplicatedNic, item: ItemFacts): ReplicatedNic {
  const facts = nicOf(wanted, item);
  if (facts === undefined) return wanted;
  const values = Object.entries(wanted).map(([name, value]) => {
    const fact = nicFacts[name as keyof ReplicatedNic];
    return [name, fact === undefined ? value : facts[fact]];
  });
  return Object.fromEntries(values) as ReplicatedNic;
}

/** The item's interface that is meant. A recovered machine's interfaces have new ids but keep their names. */
function nicOf(wanted: ReplicatedNic, item: ItemFacts): NicFacts | undefined {
  const { nic } = wanted;
  if (nic === undefined) return item.nics.find((each) => each.primary);
  return (
    item.nics.find((each) => sameId(each.nicId, nic)) ??
    item.nics.find((each) => sameId(nameOf(each.nicId), nameOf(nic)))
  );
}

function nicsDue(wanted: TargetInputs, item: ItemFacts): readonly NicSettings[] {
  return item.nics.flatMap((facts) => {
    const own = ownSettings(wanted, facts, item);
    const subnet = own?.subnet || wanted.target?.subnet;
    const all = {
      recoverySubnetName: differing(subnet, facts.recoverySubnetName),
      recoveryStaticAddress: differing(own?.staticAddress, facts.recoveryAddress),
      testSubnetName: differing(own?.testSubnet, facts.testSubnetName),
      testStaticAddress: differing(own?.testStaticAddress, facts.testAddress),
      // What the service does not tell is sent again with every change of the item.
      recoveryPublicAddressId: own?.publicAddress,
      recoveryNetworkSecurityGroupId: own?.networkSecurityGroup,
      recoveryLoadBalancerBackendPoolIds: own?.backendAddressPools,
    };
    const given = Object.entries(all).filter(([, value]) => value !== undefined);
    if (given.length === 0) return [];
    return [{ nicId: facts.nicId, ...Object.fromEntries(given) } as NicSettings];
  });
}

function foundDisk(wanted: ReplicatedDisk, item: ItemFacts): ReplicatedDisk {
  const facts = item.disks.find((each) => sameId(each.diskId, wanted.disk));
  if (facts === undefined || wanted.targetDiskType === undefined) return wanted;
  return {
    ...wanted,
    targetDiskType: facts.targetDiskType as NonNullable<ReplicatedDisk["targetDiskType"]>,
  };
}

function diskTypesDue(
  wanted: TargetInputs,
  item: ItemFacts,
): NonNullable<ItemSettings["diskTypes"]> {
  // Kinds of disks are chosen when the protection of a site's machine begins.
  if (!isBetweenRegions(item)) return [];
  return (wanted.disks ?? []).flatMap(({ disk, targetDiskType }) => {
    const facts = item.disks.find((each) => sameId(each.diskId, disk));
    if (targetDiskType === undefined || facts === undefined) return [];
    return facts.targetDiskType === targetDiskType
      ? []
      : [{ diskId: facts.diskId, targetDiskType }];
  });
}

function differing(wanted: string | undefined, found: string): string | undefined {
  return wanted === undefined || wanted === "" || sameId(wanted, found) ? undefined : wanted;
}
