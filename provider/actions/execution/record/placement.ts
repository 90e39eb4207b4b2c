import { SiteError } from "../../../errors.ts";
import { isFromVmwareSite, positionOf } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import { type OnPremisesAsk, observePlacement } from "../../observation/on-premises.ts";
import type { ActionTargets } from "../../observation/targets.ts";
import { unseenServer } from "../../placement.ts";
import type { Run } from "../run.ts";

/**
 * Keeps, for the failback to look at, which machine in Azure a machine of a site was, and where the server
 * lies that carries its data back. What cannot be seen is left out of the record: the reprotect is done all
 * the same.
 */
export async function notePlacement(
  { context, action, inputs, placement }: Run,
  { site, vault }: ActionTargets,
  { item, decision, destination, onPremises }: Situation,
): Promise<void> {
  if (!isFromVmwareSite(item) || !positionOf(item).away) return;
  const servers = onPremises?.servers;
  const ask: OnPremisesAsk = {
    site,
    vault,
    action,
    item,
    decision,
    inputs,
    projected: false,
    ...(servers === undefined ? {} : { servers }),
  };
  try {
    // A run that only followed the reprotect has not looked at the machine in Azure.
    const id =
      destination.runningMachineId ?? (await site.recoveredMachine(context, item))?.id ?? "";
    const known = id === "" ? {} : { azureMachineId: id };
    if (id !== "") placement.set(item.name, { ...unseenServer, ...known });
    const found = await observePlacement(context, ask);
    if (found !== undefined) placement.set(item.name, { ...found, ...known });
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    context.log.warn(
      `${item.friendlyName}: where the server that carries its data lies could not be recorded. ${error.message}`,
    );
  }
}
