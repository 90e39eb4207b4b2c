import type { OperationContext } from "../../../context.ts";
import type {
  ScsiControllerFacts,
  VsphereDiskFacts,
  VsphereMachineFacts,
} from "../../../recovery/vsphere-facts.ts";
import type { AddedDisk } from "../site.ts";
import type { VsphereClient } from "../transport/client.ts";
import { siteError } from "../transport/failure.ts";
import { applyChange } from "./change.ts";
import { machineObject, type ObservedMachine, observeMachine } from "./observe-machine.ts";
import { addDiskCall, removeDiskCall } from "./recipes.ts";

const operation = "ReconfigVM_Task";

/** Places of a SCSI controller; number 7 is its own. */
const places: readonly number[] = Array.from({ length: 16 }, (_, unit) => unit).filter(
  (unit) => unit !== 7,
);

/** Controllers that a retention disk may lie on, the preferred one first. */
const lsiKinds: readonly ScsiControllerFacts["kind"][] = [
  "VirtualLsiLogicController",
  "VirtualLsiLogicSASController",
];

/** A free place on an LSI Logic controller; undefined when there is none. */
export function freePlace(
  machine: Pick<VsphereMachineFacts, "controllers" | "disks">,
): { readonly controllerKey: number; readonly unitNumber: number } | undefined {
  const candidates = lsiKinds.flatMap((kind) =>
    machine.controllers.filter((each) => each.kind === kind),
  );
  for (const { key } of candidates) {
    const taken = machine.disks.filter((each) => each.controllerKey === key);
    const unitNumber = places.find((unit) => taken.every((each) => each.unitNumber !== unit));
    if (unitNumber !== undefined) return { controllerKey: key, unitNumber };
  }
  return undefined;
}

/** Adds a disk once; a disk that appeared after a lost answer is taken for the one that was asked for. */
export async function addDisk(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
  wanted: { readonly capacityBytes: number; readonly datastoreName: string },
): Promise<AddedDisk> {
  let before: ReadonlySet<string> | undefined;
  const added = ({ facts }: ObservedMachine): VsphereDiskFacts | undefined =>
    facts.disks.find(
      (each) =>
        before?.has(each.fileName) === false &&
        each.fileName.startsWith(`[${wanted.datastoreName}]`),
    );
  const end = await applyChange<ObservedMachine>(context, client, {
    operation,
    target: machineObject(reference),
    reading: `read machine ${reference}`,
    purpose: ({ facts }) => `add a disk in ${wanted.datastoreName} to ${facts.name}`,
    observe: async (session) => {
      const state = await observeMachine(client, session, reference);
      before ??= new Set(state.facts.disks.map(({ fileName }) => fileName));
      return state;
    },
    isDone: (state) => added(state) !== undefined,
    call({ facts }) {
      const place = freePlace(facts);
      if (place !== undefined) return addDiskCall(reference, { ...wanted, ...place });
      throw siteError(
        client.party,
        `${facts.name} has no LSI Logic controller with a free place, so no disk can be added to it.`,
        {
          operation,
          hint: "Add a SCSI controller of the kind LSI Logic to the machine while it is off, then run again.",
        },
      );
    },
  });
  const disk = added(end);
  if (disk !== undefined) return { key: disk.key, fileName: disk.fileName };
  throw siteError(client.party, `the disk that was added to ${end.facts.name} does not show.`, {
    operation,
    hint: "Look at the machine's disks before running again.",
  });
}

/** Takes away the disk of this file, if it is there. */
export async function removeDisk(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
  fileName: string,
): Promise<void> {
  const present = ({ facts }: ObservedMachine): VsphereDiskFacts | undefined =>
    facts.disks.find((each) => each.fileName === fileName);
  await applyChange<ObservedMachine>(context, client, {
    operation,
    target: machineObject(reference),
    reading: `read machine ${reference}`,
    purpose: ({ facts }) => `remove the disk ${fileName} of ${facts.name}`,
    observe: (session) => observeMachine(client, session, reference),
    isDone: (state) => present(state) === undefined,
    call(state) {
      const disk = present(state);
      if (disk === undefined) throw new Error(`${fileName} has gone meanwhile.`);
      return removeDiskCall(reference, disk);
    },
  });
}
