import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { positionOf } from "../../recovery/position.ts";
import type { DestinationFacts } from "../../recovery/situation.ts";
import type { AzureSite } from "../../sites/azure/site.ts";
import type { ServerPlacement } from "../placement.ts";

const unasked: DestinationFacts = { resources: [], eligibilityErrors: [] };

/** True when the action is about the machine in Azure: it returns, is replicated back, or stays for good. */
export function concernsAzure(action: ActionKind, item: ItemFacts): boolean {
  return (
    action === "Failback" ||
    action === "CompleteMigration" ||
    (action === "Reprotect" && positionOf(item).away)
  );
}

/** The machine in Azure that a machine of a site was failed over to. */
export async function observeAzureMachine(
  context: Context,
  site: AzureSite,
  item: ItemFacts,
  recorded: ServerPlacement | undefined,
): Promise<DestinationFacts> {
  try {
    const id = recorded?.azureMachineId;
    const machine =
      (await site.recoveredMachine(context, item)) ??
      (id === undefined ? undefined : await site.machine(context, id));
    if (machine === undefined) {
      // Gone only when somebody tells of one: a classic item tells of none before and after a reprotect.
      const told =
        id !== undefined ||
        (item.onPremises?.azureMachineId ?? "") !== "" ||
        item.disks.some((each) => each.recoveredDiskId !== undefined);
      return told ? { ...unasked, runningMachineExists: false } : unasked;
    }
    return {
      ...unasked,
      runningMachineExists: true,
      runningMachineDiskCount: 1 + machine.dataDiskIds.length,
      runningMachineId: machine.id,
      runningMachineSize: machine.size,
      runningMachineLocation: machine.location,
      runningMachinePowerState: machine.powerState,
    };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    return { ...unasked, trouble: error.message };
  }
}
