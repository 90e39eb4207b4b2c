import type { Context } from "../../../context.ts";
import { DisasterRecoveryError } from "../../../errors.ts";
import { nameOf } from "../../../recovery/identity.ts";
import { listed } from "../../../recovery/rules/words.ts";
import { throwIfCancelled } from "../../../waiting.ts";
import type { ServerChanges } from "./types.ts";

/** True when destroying the resource has something to take back. */
export function hasSomethingToUndo({ disks = [], storageDrs = [] }: ServerChanges): boolean {
  return disks.length > 0 || storageDrs.length > 0;
}

/**
 * Takes back what the resource has added to the server's machine: its disks and the exclusions from Storage DRS.
 * `disk.EnableUUID` stays, and snapshots that were merged are gone. May be run again after a failure.
 * Throws DisasterRecoveryError while machines return through the server, or when the vCenter is not configured.
 */
export async function undoChanges(
  context: Context,
  id: string,
  changes: ServerChanges,
  users: readonly string[],
): Promise<void> {
  const { disks = [], storageDrs = [], vcenter = "", instanceUuid = "" } = changes;
  const name = nameOf(id);
  if (users.length > 0) {
    throw new DisasterRecoveryError(
      "Blocked",
      `${name} is in use: ${listed(users)} return through it, so its disks and settings stay.`,
      { hint: "Let them fail back, or reprotect them through another server, then destroy this." },
    );
  }
  const vsphere = await context.sites.vsphere(vcenter);
  if (vsphere === undefined) {
    throw new DisasterRecoveryError(
      "InvalidConfiguration",
      `What was changed at ${name} cannot be taken back: asr:vcenters has no vCenter ${vcenter} any more.`,
      {
        hint: `Configure it again; or take it back by hand (${listed(disks.map((each) => each.fileName))}) and remove the resource with \`pulumi state delete\`.`,
      },
    );
  }
  vsphere.forget();
  const [[machine] = []] = await vsphere.findMachines(context, [{ instanceUuid }]);
  if (machine === undefined) {
    context.log.warn(`${name}: its virtual machine is gone, so nothing is taken back.`);
    return;
  }
  for (const disk of disks) {
    throwIfCancelled(context);
    context.log.info(`${name}: its disk ${disk.fileName} is removed and deleted.`);
    await vsphere.removeDisk(context, machine.reference, disk);
  }
  const known = await vsphere.storagePods(
    context,
    storageDrs.map((each) => each.storagePod),
  );
  for (const pod of known) {
    throwIfCancelled(context);
    context.log.info(`${name}: it is put back under Storage DRS of ${pod.name}.`);
    await vsphere.setStorageDrsExclusion(context, pod.reference, machine.reference, false);
  }
}
