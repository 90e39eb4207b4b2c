import type { OperationContext } from "../../../context.ts";
import { machineEntries } from "../reads/decode-storage.ts";
import { propertyPaths } from "../reads/property-paths.ts";
import { textProperty } from "../reads/property-values.ts";
import { retrieve } from "../reads/retrieve.ts";
import type { Session, VsphereClient } from "../transport/client.ts";
import { siteError } from "../transport/failure.ts";
import { flagAt, textAt, type WireNode } from "../wire/parse.ts";
import { applyChange } from "./change.ts";
import { machineObject, type ObservedMachine, observeMachine } from "./observe-machine.ts";
import { extraConfigCall, storageDrsCall } from "./recipes.ts";

/** Sets `disk.EnableUUID` of a machine that is off. */
export async function enableDiskUuid(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
): Promise<void> {
  await applyChange<ObservedMachine>(context, client, {
    operation: "ReconfigVM_Task",
    target: machineObject(reference),
    reading: `read machine ${reference}`,
    purpose: ({ facts }) => `set disk.EnableUUID of ${facts.name}`,
    observe: (session) => observeMachine(client, session, reference),
    isDone: ({ facts }) => facts.diskUuidEnabled,
    call(state) {
      if (state.facts.powerState === "poweredOff") {
        return extraConfigCall(reference, state.diskUuidKey, "TRUE");
      }
      throw siteError(
        client.party,
        `disk.EnableUUID of ${state.facts.name} can be set only while the machine is off; it is ${state.facts.powerState}.`,
        {
          operation: "ReconfigVM_Task",
          serviceCode: "InvalidPowerState",
          hint: "Shut it down first.",
        },
      );
    },
  });
}

/** Merges all snapshots of a machine into its disks. */
export async function removeSnapshots(
  context: OperationContext,
  client: VsphereClient,
  reference: string,
): Promise<void> {
  const method = "RemoveAllSnapshots_Task";
  await applyChange<ObservedMachine>(context, client, {
    operation: method,
    target: machineObject(reference),
    reading: `read machine ${reference}`,
    purpose: ({ facts }) => `remove the snapshots of ${facts.name}`,
    observe: (session) => observeMachine(client, session, reference),
    isDone: ({ facts }) => !facts.hasSnapshot,
    call: () => ({ method, target: machineObject(reference) }),
  });
}

/** A machine's own entry in a datastore cluster. */
interface PodState {
  readonly podName: string;
  readonly entry: WireNode | undefined;
}

/** Takes a machine out of Storage DRS, or puts it back under the cluster's rule. */
export async function setStorageDrsExclusion(
  context: OperationContext,
  client: VsphereClient,
  podReference: string,
  machineReference: string,
  excluded: boolean,
): Promise<void> {
  const operation = "ConfigureStorageDrsForPod_Task";
  const isExcluded = ({ entry }: PodState): boolean =>
    entry !== undefined && !flagAt(entry, "enabled", true);
  await applyChange<PodState>(context, client, {
    operation,
    target: { type: "StoragePod", id: podReference },
    reading: `read the datastore cluster ${podReference}`,
    purpose: ({ podName }) =>
      excluded
        ? `take ${machineReference} out of Storage DRS of ${podName}`
        : `put ${machineReference} back under Storage DRS of ${podName}`,
    observe: (session) => observePod(session, podReference, machineReference),
    isDone: (state) => isExcluded(state) === excluded,
    call({ entry }, session) {
      const manager = session.content.manager("storageResourceManager");
      const change = excluded
        ? entry === undefined
          ? "add"
          : "edit"
        : hasMore(entry)
          ? "include"
          : "remove";
      return storageDrsCall(manager, podReference, machineReference, change);
    },
  });
}

/** True when the entry holds settings of somebody else, which stay. */
function hasMore(entry: WireNode | undefined): boolean {
  if (typeof entry !== "object") return false;
  return Object.keys(entry).some((each) => !/^([@#].*|vm|enabled)$/.test(each));
}

async function observePod(
  session: Session,
  podReference: string,
  machineReference: string,
): Promise<PodState> {
  const purpose = `read the datastore cluster ${podReference}`;
  const wanted = { type: "StoragePod", paths: propertyPaths.storagePod };
  const [pod] = await retrieve(session, purpose, wanted, [podReference]);
  return {
    podName: pod === undefined ? podReference : textProperty(pod, "name"),
    entry:
      pod === undefined
        ? undefined
        : machineEntries(pod).find((each) => textAt(each, "vm") === machineReference),
  };
}
