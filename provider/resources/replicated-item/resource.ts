import { type DifferenceOptions, sameIfWanted } from "../../inputs/difference.ts";
import { vaultIdOf } from "../../inputs/vault-object.ts";
import { itemIdentity, nameOf } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../replicated-item.ts";
import type { CheckedResource } from "../set-up-resource.ts";
import { checkItemReferences } from "./check-live.ts";
import { completeItem, itemProblems } from "./complete.ts";
import { foundInputs, outputsOf } from "./describe.ts";
import { sameMachine } from "./machine-reference.ts";
import { findItem } from "./waiting.ts";

/** How inputs of an item are compared. */
export const itemComparison: DifferenceOptions = {
  ignored: ["adopt", "timeout", "findings"],
  sets: ["disks", "nics"],
  same: { recoveryContainer: sameIfWanted, policy: sameIfWanted },
};

/** The same, knowing what is recorded of the item: a site's machine may be named in several ways. */
export function comparisonWith(recorded: ReplicatedItemState): DifferenceOptions {
  return {
    ...itemComparison,
    same: {
      ...itemComparison.same,
      machine: (old, wanted) => sameMachine(old, wanted, recorded),
    },
  };
}

/**
 * Differences that make an item of the same name another item. The rest are settings that protection
 * cannot begin with: an item that lacks them may be one whose set-up was interrupted.
 */
const conflicting: readonly string[] = [
  "machine",
  "container",
  "recoveryContainer",
  "policy",
  "multiVmGroup",
  "target.resourceGroup",
  "target.network",
  "target.testNetwork",
  "target.availabilitySet",
  "target.zone",
];

/** What the check of a replicated item shares with that of other set-up resources. */
export const itemResource: CheckedResource<ReplicatedItemInputs, ReplicatedItemState, ItemFacts> = {
  noun: "replicated item",
  comparison: itemComparison,
  conflicts: (path, kind) => kind !== "add" && conflicting.includes(path),
  complete: completeItem,
  id: (_context, inputs) => itemIdentity(inputs.vault ?? "", inputs.name ?? ""),
  problems: itemProblems,
  checkReferences: checkItemReferences,
  observe: (context, site, id) => findItem(context, site.vault(vaultIdOf(id)), nameOf(id)),
  describe: (item, _id, wanted) => ({
    ...foundInputs(item, wanted ?? ({} as ReplicatedItemInputs)),
    ...outputsOf(item),
  }),
};
