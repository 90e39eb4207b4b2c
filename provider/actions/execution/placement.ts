import { SiteError } from "../../errors.ts";
import { isFromSite, positionOf } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import { observePlacement } from "../observation/on-premises.ts";
import type { ActionTargets } from "../observation/targets.ts";
import type { Run } from "./run.ts";

/**
 * Keeps where the server lies that carries a machine's data back to its site, for the failback to compare.
 * A vCenter that does not answer leaves the record without it: the reprotect is done all the same.
 */
export async function notePlacement(
  { context, action, inputs, placement }: Run,
  { site, vault }: ActionTargets,
  { item, decision, onPremises }: Situation,
): Promise<void> {
  if (!isFromSite(item) || !positionOf(item).away) return;
  const servers = onPremises?.servers;
  try {
    const found = await observePlacement(context, {
      site,
      vault,
      action,
      item,
      decision,
      inputs,
      projected: false,
      ...(servers === undefined ? {} : { servers }),
    });
    if (found !== undefined) placement.set(item.name, found);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    context.log.warn(
      `${item.friendlyName}: where the server that carries its data lies could not be recorded. ${error.message}`,
    );
  }
}
