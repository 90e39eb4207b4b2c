import type { Context } from "../../context.ts";
import type { CheckFailure } from "../../handler.ts";
import { nameOf } from "../../recovery/identity.ts";
import type { FabricFacts } from "../../recovery/model.ts";
import { isUnknown } from "../../unknown.ts";
import type { FabricInputs } from "../fabric.ts";

/** How long the key is valid that hosts register with (site-recovery reference, 1.2). */
const keyValidityDays = 5;

/** What does not fit the kind of fabric. */
export function kindProblems({ kind, location }: FabricInputs): readonly CheckFailure[] {
  if (isUnknown(kind)) return [];
  if (kind === "HyperVSite") {
    if (!location) return [];
    const reason =
      "means nothing for a Hyper-V site, which lies in no region of Azure: its machines go to the region of the vault. Leave it out.";
    return [{ path: "location", reason }];
  }
  if (location) return [];
  const reason =
    'is missing: a fabric of the kind Azure is a region. Give one such as "westeurope", or kind: "HyperVSite" for hosts without VMM.';
  return [{ path: "location", reason }];
}

/** Says how hosts get into a new Hyper-V site: Azure offers no way to register them from here. */
export function tellRegistration(context: Context, fabric: FabricFacts, vaultId: string): void {
  context.log.info(
    `Hyper-V site ${fabric.name}: it is made and has no hosts yet. Download the registration key of the site from the vault ${nameOf(vaultId)} (it is valid for ${keyValidityDays} days) and the provider's set-up, run the set-up on each host and give it the key. A HyperVHost resource waits until a host has registered.`,
  );
}
