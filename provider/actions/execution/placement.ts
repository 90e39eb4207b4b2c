import { SiteError } from "../../errors.ts";
import { isFromSite, positionOf } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import { observePlacement } from "../observation/on-premises.ts";
import type { ActionTargets } from "../observation/targets.ts";
import { unseenServer } from "../placement.ts";
import type { Run } from "./run.ts";

/**
 * Keeps which machine in Azure a machine of a site was, and where the server lies that carries its data back, for the failback to look at.
 * A vCenter that does not answer leaves the record without it: the reprotect is done all the same.
 */
export async function notePlacement(
  { context, action, inputs, placement }: Run,
  { site, vault }: ActionTargets,
  { item, decision, destination, onPremises }: Situation,
): Promise<void> {
  if (!isFromSite(item) || !positionOf(item).away) return;
  const servers = onPremises?.servers;
  const azureMachineId = destination.runningMachineId;
  const known = azureMachineId === undefined ? {} : { azureMachineId };
  if (azureMachineId !== undefined) placement.set(item.name, { ...unseenServer, ...known });
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
    if (found !== undefined) placement.set(item.name, { ...found, ...known });
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    context.log.warn(
      `${item.friendlyName}: where the server that carries its data lies could not be recorded. ${error.message}`,
    );
  }
}
