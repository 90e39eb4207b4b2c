import { nameOf } from "../../recovery/identity.ts";
import type { DiscoveredMachineFacts } from "../../recovery/on-premises.ts";
import type { ItemKind, ItemSurroundings } from "./item-kind.ts";
import { siteKind } from "./site-kind.ts";
import type { SiteMachine } from "./site-machine.ts";

/** A machine of a site with appliances; also a physical server that they have discovered. */
export const modernizedKind: ItemKind = siteKind({
  scenario: "VmwareToAzure",
  machineForms: "the id of a discovered machine (Microsoft.OffAzure) or its name",
  useless: [
    ["osType", "is told by the agent in the machine for this kind of item"],
    ["nics[].publicAddress", "cannot be set by the service for this kind of item"],
    ["nics[].networkSecurityGroup", "cannot be set by the service for this kind of item"],
    ["nics[].backendAddressPools", "cannot be set by the service for this kind of item"],
    ["disks[].replicaDiskType", "is the same as targetDiskType for this kind of item"],
    ["disks[].resourceGroup", "is always that of target for this kind of item"],
  ],

  async machines(at) {
    const lists = await Promise.all(
      discoverySites(at).map((id) => at.site.discoveredMachines(at.context, id)),
    );
    return lists
      .flat()
      .filter((each) => !each.deleted)
      .map(siteMachine);
  },

  async servers(at) {
    const lists = await Promise.all(
      discoverySites(at).map((id) => at.site.discoveryAccounts(at.context, id)),
    );
    return {
      processServers: at.fabric?.onPremises?.processServers ?? [],
      accounts: lists.flat(),
      processServerNoun: "process server (appliance)",
    };
  },
});

function discoverySites({ fabric }: ItemSurroundings): readonly string[] {
  return fabric?.onPremises?.discoverySiteIds ?? [];
}

function siteMachine(machine: DiscoveredMachineFacts): SiteMachine {
  const { addresses, vcenterId } = machine;
  return {
    id: machine.id,
    name: machine.displayName,
    distinction: [addresses[0] ?? "", vcenterId === "" ? "physical" : `in ${nameOf(vcenterId)}`]
      .filter((each) => each !== "")
      .join(" "),
    // The ids of discovery are not those by which disks are replicated.
    diskIds: [],
    obstacles: [],
    protected: false,
  };
}
