import type { OperationContext } from "../../../context.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import { discoverMachineBody, moveMachinesBody, vcenterBody } from "../bodies/on-premises.ts";
import { vcenterFacts } from "../facts/on-premises-objects.ts";
import type { OnPremisesVaultSite } from "../on-premises-site.ts";
import { patchObject, putObject, removeObject, type SetupObject } from "./put-object.ts";
import type { VaultScope } from "./scope.ts";
import { write } from "./write.ts";

/** The writes that concern sites with servers of their own. */
export type OnPremisesWrites = Omit<OnPremisesVaultSite, "vcenters" | "protectableItems">;

/** What the writes look at first. */
export interface OnPremisesReads {
  /** ARM ids of the providers that report for a fabric. */
  readonly providers: (context: OperationContext, fabricName: string) => Promise<readonly string[]>;
  readonly protectableItems: OnPremisesVaultSite["protectableItems"];
}

/** Discovery of machines, vCenters, and moves between process servers; all of them may be sent again after a lost answer. */
export function onPremisesWrites(scope: VaultScope, reads: OnPremisesReads): OnPremisesWrites {
  const fabricPath = (fabricName: string): string => `${scope.id}/replicationFabrics/${fabricName}`;
  const vcenter = (fabricName: string, name: string): SetupObject => ({
    path: `${fabricPath(fabricName)}/replicationvCenters/${name}`,
    collection: "replicationvCenters",
    kind: "vCenter",
  });
  return {
    putVCenter: (context, fabricName, name, specification) =>
      putObject(
        context,
        scope,
        vcenter(fabricName, name),
        vcenterBody(specification),
        vcenterFacts,
      ),
    updateVCenter: (context, fabricName, name, specification) =>
      patchObject(
        context,
        scope,
        vcenter(fabricName, name),
        vcenterBody(specification),
        vcenterFacts,
      ),
    removeVCenter: (context, fabricName, name) =>
      removeObject(context, scope, vcenter(fabricName, name), { method: "DELETE" }),
    refresh: async (context, fabricName) => {
      for (const path of await reads.providers(context, fabricName)) {
        await write(context, scope, {
          method: "POST",
          path: `${path}/refreshProvider`,
          operation: "refreshProvider",
          purpose: `have ${nameOf(path)} look at the site ${fabricName} anew`,
          tookEffect: async () => false,
        });
      }
    },
    discoverMachine: async (context, containerId, machine) => {
      await write(context, scope, {
        method: "POST",
        path: `${containerId}/discoverProtectableItem`,
        body: discoverMachineBody(machine),
        operation: "discoverProtectableItem",
        purpose: `discover the machine ${machine.friendlyName} (${machine.address})`,
        tookEffect: async (within) => {
          scope.cache.drop();
          const known = await reads.protectableItems(within, containerId);
          return known.some(
            ({ friendlyName, address }) =>
              sameId(friendlyName, machine.friendlyName) && address === machine.address,
          );
        },
      });
    },
    moveMachines: async (context, fabricName, move) => {
      const count = move.machineIds?.length;
      await write(context, scope, {
        method: "POST",
        path: `${fabricPath(fabricName)}/reassociateGateway`,
        body: moveMachinesBody(move),
        operation: "reassociateGateway",
        purpose: `move ${count === undefined ? "all machines" : `${count} machine(s)`} of the site ${fabricName} to another process server`,
        tookEffect: async () => false,
      });
    },
  };
}
