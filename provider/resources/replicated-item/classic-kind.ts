import { sameId } from "../../recovery/identity.ts";
import type { ProtectableItemFacts } from "../../recovery/on-premises.ts";
import type { ItemKind } from "./item-kind.ts";
import { siteKind } from "./site-kind.ts";
import type { SiteMachine } from "./site-machine.ts";

/** A machine of a site with a configuration server; also a physical server that was made known to it. */
export const classicKind: ItemKind = siteKind({
  scenario: "VmwareToAzureClassic",
  machineForms: "the id of a protectable item or the machine's name",
  useless: [
    ["osType", "is told by the agent in the machine for this kind of item"],
    ["target.bootDiagnosticsStorageAccount", "cannot be set by the service for this kind of item"],
    ["disks[].replicaDiskType", "is the same as targetDiskType for this kind of item"],
    ["disks[].resourceGroup", "is always that of target for this kind of item"],
  ],

  async machines({ context, vault, inputs }) {
    const items = await vault.onPremises.protectableItems(context, inputs.container);
    return items.map(siteMachine);
  },

  async servers({ fabric }) {
    return {
      processServers: fabric?.onPremises?.processServers ?? [],
      accounts: fabric?.onPremises?.runAsAccounts ?? [],
      processServerNoun: "process server",
    };
  },
});

function siteMachine(item: ProtectableItemFacts): SiteMachine {
  return {
    id: item.id,
    name: item.friendlyName,
    distinction: [item.address, item.discoveryType].filter((each) => each !== "").join(" "),
    diskIds: item.disks.map((each) => each.id),
    obstacles: item.readinessErrors,
    protected: sameId(item.protectionStatus, "Protected"),
  };
}
