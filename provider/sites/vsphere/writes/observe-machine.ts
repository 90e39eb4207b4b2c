import type { VsphereMachineFacts } from "../../../recovery/vsphere-facts.ts";
import { diskUuidKey, diskUuidOption, machineFacts } from "../reads/decode-machine.ts";
import { propertyPaths } from "../reads/property-paths.ts";
import { retrieve } from "../reads/retrieve.ts";
import type { Session, VsphereClient } from "../transport/client.ts";
import { refusal } from "../transport/failure.ts";
import { textAt } from "../wire/parse.ts";
import type { ManagedObject } from "../wire/serialize.ts";

/** A machine as it is this moment. */
export interface ObservedMachine {
  readonly facts: VsphereMachineFacts;
  /** `disk.EnableUUID` in the spelling that the machine has already: another one would be a second entry. */
  readonly diskUuidKey: string;
}

/** The managed object of a machine. */
export function machineObject(reference: string): ManagedObject {
  return { type: "VirtualMachine", id: reference };
}

/** Reads a machine anew; throws SiteError when it is gone or the account may not read it. */
export async function observeMachine(
  client: VsphereClient,
  session: Session,
  reference: string,
): Promise<ObservedMachine> {
  const purpose = `read machine ${reference}`;
  const wanted = { type: "VirtualMachine", paths: propertyPaths.machine };
  const [object] = await retrieve(session, purpose, wanted, [reference]);
  const about = { operation: "RetrievePropertiesEx", purpose };
  if (object === undefined) throw refusal(client.party, about, gone);
  if (object.unreadable !== undefined) throw refusal(client.party, about, object.unreadable);
  return {
    facts: machineFacts(object),
    diskUuidKey: textAt(diskUuidOption(object), "key") || diskUuidKey,
  };
}

const gone = {
  type: "ManagedObjectNotFound",
  message: "",
  privilegeId: "",
  existingState: "",
  property: "",
};
