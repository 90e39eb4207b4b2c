import type { Call } from "../../http/route.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { reverseReplicationInput } from "./hyper-v/verb-inputs.ts";
import type { ProtectedItem } from "./item.ts";
import { siteSwitchInput } from "./on-premises/switch-input.ts";
import { switchInput } from "./switch-protection.ts";

/** What a reprotect needs of its request, by the kind of the item. */
export function reprotectInput(call: Call, vault: Vault, item: ProtectedItem): JsonObject {
  switch (item.kind) {
    case "A2A":
      return switchInput(call, vault, item);
    case "HyperVReplicaAzure":
      return reverseReplicationInput(call, vault, item);
    case "HyperVReplica2012R2":
    case "HyperVReplica2012":
    case "San":
      return {};
    default:
      return siteSwitchInput(call, vault, item, item.kind);
  }
}
