import { enableHyperVBody } from "../bodies/hyper-v-item.ts";
import {
  addDisksBody,
  disableProtectionBody,
  enableProtectionBody,
  removeDisksBody,
} from "../bodies/item.ts";
import { updateItemBody } from "../bodies/item-update.ts";
import { enableOnPremisesBody } from "../bodies/on-premises-item.ts";
import { isNic } from "../facts/network-interface.ts";
import { textOf, type Wire, wireOf, wiresOf } from "../facts/wire.ts";
import { acceptedOperation, doneAtOnce } from "../operations/accepted.ts";
import type { VaultSite } from "../site.ts";
import type { ItemSettings } from "../specifications.ts";
import { exchange } from "../transport/exchange.ts";
import { siteError } from "../transport/failure.ts";
import { removeObject } from "./put-object.ts";
import { readObject, siteRecoveryUrl, type VaultScope } from "./scope.ts";
import { write } from "./write.ts";

/** The writes of replicated items. */
export type ItemWrites = Pick<
  VaultSite,
  "enableProtection" | "updateItem" | "addDisks" | "removeDisks" | "disableProtection"
>;

const collection = "replicationProtectedItems";

/** Enabling, changing and disabling protection. */
export function itemWrites(scope: VaultScope): ItemWrites {
  return {
    enableProtection: async (context, containerId, name, specification) => {
      try {
        const answer = await exchange(context, scope.connection, {
          method: "PUT",
          url: siteRecoveryUrl(scope, `${containerId}/${collection}/${name}`),
          body: enableBody(specification),
          operation: `${collection}.put`,
          purpose: `enable protection of item ${name}`,
        });
        return acceptedOperation(answer) ?? doneAtOnce;
      } finally {
        scope.cache.drop();
      }
    },
    updateItem: async (context, item, settings) => {
      const purpose = `update the settings of ${item.friendlyName}`;
      const now = await readObject(context, scope, item.armId, `${collection}.get`, purpose);
      if (now === undefined) throw itemMissing(scope, item.friendlyName);
      refuseUnknownNics(scope, item.friendlyName, now, settings);
      await write(context, scope, {
        method: "PATCH",
        path: item.armId,
        body: updateItemBody(now, settings),
        operation: `${collection}.patch`,
        purpose,
        tookEffect: async () => false,
      });
    },
    addDisks: async (context, item, disks) => {
      await write(context, scope, {
        method: "POST",
        path: `${item.armId}/addDisks`,
        body: addDisksBody(disks),
        operation: "addDisks",
        purpose: `replicate ${disks.length} more disks of ${item.friendlyName}`,
      });
    },
    removeDisks: async (context, item, diskIds) => {
      await write(context, scope, {
        method: "POST",
        path: `${item.armId}/removeDisks`,
        body: removeDisksBody(diskIds),
        operation: "removeDisks",
        purpose: `stop replicating ${diskIds.length} disks of ${item.friendlyName}`,
      });
    },
    disableProtection: (context, item) =>
      removeObject(
        context,
        scope,
        { path: item.armId, collection, kind: "the protection of item" },
        { method: "POST", body: disableProtectionBody(item.instanceType) },
      ),
  };
}

function enableBody(specification: Parameters<ItemWrites["enableProtection"]>[3]): object {
  if ("protectableItemId" in specification) return enableHyperVBody(specification);
  return "scenario" in specification
    ? enableOnPremisesBody(specification)
    : enableProtectionBody(specification);
}

function itemMissing(scope: VaultScope, item: string): Error {
  return siteError(
    scope.connection,
    `Item ${item} does not exist any more in vault ${scope.vault.vaultName}.`,
    { operation: `${collection}.get`, status: 404, hint: "Refresh the stack." },
  );
}

/** Settings for an interface that the item does not have would be lost without a word. */
function refuseUnknownNics(
  scope: VaultScope,
  item: string,
  now: Wire,
  settings: ItemSettings,
): void {
  const nics = wiresOf(wireOf(wireOf(now, "properties"), "providerSpecificDetails"), "vmNics");
  const unknown = settings.nics?.find((wanted) => !nics.some((nic) => isNic(nic, wanted.nicId)));
  if (unknown === undefined) return;
  const known = nics.map((nic) => textOf(nic, "sourceNicArmId", "nicId")).join(", ");
  throw siteError(
    scope.connection,
    `Item ${item} has no network interface ${unknown.nicId}; it has ${known || "none"}.`,
    { operation: `${collection}.patch`, hint: "Correct the interface's id." },
  );
}
