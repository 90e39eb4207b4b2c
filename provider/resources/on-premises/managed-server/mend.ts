import type { Context } from "../../../context.ts";
import { BlockedError } from "../../../errors.ts";
import type { VsphereMachineFacts } from "../../../recovery/vsphere-facts.ts";
import type { VsphereSite } from "../../../sites/vsphere/site.ts";
import { throwIfCancelled } from "../../../waiting.ts";
import type { Look } from "./look.ts";
import { retentionDiskWish } from "./retention-disk.ts";
import { movingPods } from "./storage-pods.ts";
import type { AnyServerInputs, PlannedServerFix, ServerChanges } from "./types.ts";

/** Longest time that a guest is given to shut down, in milliseconds; it is powered off after that. */
const shutDownMilliseconds = 10 * 60_000;

/** What is known of the changes so far; kept up to date while they are made, so that a failure loses none. */
export interface ChangeRecord {
  changes: ServerChanges;
  /** What is planned and not done yet. */
  left: readonly PlannedServerFix[];
}

/**
 * Mends what was planned, in its order, and records each change as soon as it is made.
 * Throws SiteError, DeadlineError, CancelledError; what was done by then stands in the record.
 */
export async function mendServer(
  context: Context,
  look: Look,
  inputs: AnyServerInputs,
  record: ChangeRecord,
): Promise<void> {
  const { access, view } = look.situation;
  const machine = view?.machine;
  if (machine === undefined || access.kind !== "open") return;
  const vsphere = await context.sites.vsphere(access.vcenter);
  if (vsphere === undefined) return;
  if (record.changes.turnedOff === true) await turnOn(context, vsphere, machine, record);
  for (const fix of look.fixes) {
    throwIfCancelled(context);
    note(record, { vcenter: access.vcenter, instanceUuid: machine.instanceUuid });
    context.log.info(fix.text);
    await mend(context, { vsphere, machine, look, inputs, fix, record });
    record.left = record.left.filter((each) => each !== fix);
  }
}

interface Mending {
  readonly vsphere: VsphereSite;
  readonly machine: VsphereMachineFacts;
  readonly look: Look;
  readonly inputs: AnyServerInputs;
  readonly fix: PlannedServerFix;
  readonly record: ChangeRecord;
}

async function mend(context: Context, mending: Mending): Promise<void> {
  const { vsphere, machine, look, inputs, fix, record } = mending;
  const { reference } = machine;
  switch (fix.fix) {
    case "snapshots":
      await vsphere.removeSnapshots(context, reference);
      return;
    case "diskUuid":
      await enableDiskUuid(context, mending);
      return;
    case "retentionDisk": {
      const wish = retentionDiskWish({ inputs });
      if (wish === undefined) return;
      const disk = await vsphere.addDisk(context, reference, wish);
      note(record, { disks: [...(record.changes.disks ?? []), disk] });
      return;
    }
    case "storageDrs":
      for (const { reference: storagePod, name } of movingPods(look.situation)) {
        await vsphere.setStorageDrsExclusion(context, storagePod, reference, true);
        const others = (record.changes.storageDrs ?? []).filter(
          (each) => each.storagePod !== storagePod,
        );
        note(record, { storageDrs: [...others, { storagePod, name }] });
      }
  }
}

/** The machine has to be off for it, and is turned on again whatever becomes of the change. */
async function enableDiskUuid(context: Context, mending: Mending): Promise<void> {
  const { vsphere, machine, record } = mending;
  const wasOn = machine.powerState !== "poweredOff";
  if (wasOn) {
    note(record, { turnedOff: true });
    await vsphere.shutDown(context, machine.reference, shutDownMilliseconds);
  }
  try {
    await vsphere.enableDiskUuid(context, machine.reference);
    note(record, { diskUuid: true });
  } finally {
    if (wasOn && !context.signal.aborted) await turnOn(context, vsphere, machine, record);
  }
}

async function turnOn(
  context: Context,
  vsphere: VsphereSite,
  machine: VsphereMachineFacts,
  record: ChangeRecord,
): Promise<void> {
  await vsphere.powerOn(context, machine.reference);
  const { turnedOff: _, ...rest } = record.changes;
  record.changes = rest;
}

function note(record: ChangeRecord, change: ServerChanges): void {
  record.changes = { ...record.changes, ...change };
}

/** Refuses to go on when something speaks against it, or when more would be mended than was shown. */
export function throwIfBlocked(look: Look, shown: readonly PlannedServerFix[]): void {
  const blocking = look.findings.filter((each) => each.severity === "block");
  const surprising = look.fixes.filter((fix) => !shown.some((each) => each.fix === fix.fix));
  if (blocking.length === 0 && surprising.length === 0) return;
  const texts = [
    ...blocking.map((each) => each.text),
    ...surprising.map((each) => `Not shown at preview, so not done: ${each.text}`),
  ];
  throw new BlockedError(texts.join("\n"), blocking, {
    hint: "Nothing was changed. Run `pulumi refresh` and then `pulumi preview` to see where it stands.",
  });
}
