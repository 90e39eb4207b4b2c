import type { OperationContext } from "../../../context.ts";
import type { VsphereClient } from "../transport/client.ts";
import { type BatchReader, createBatchReader } from "./batch.ts";
import type { Estate } from "./estate.ts";
import type { MachineOutline } from "./outline.ts";
import { readMissingPrivileges, typeOfReference } from "./privileges.ts";

/** Tells what accounts lack; callers who ask about the same account and privileges share a request. */
export interface PrivilegeReader {
  /** Ids out of `privilegeIds` that the account lacks on any of the objects, in their order. */
  missing(
    context: OperationContext,
    references: readonly string[],
    privilegeIds: readonly string[],
    userName?: string,
  ): Promise<readonly string[]>;
  drop(): void;
}

/** The inventory, in which the type of an object is looked up: a host that is used alone has ids of its own kind. */
export interface Inventory extends Estate {
  readonly machines: readonly MachineOutline[];
}

/** Makes a reader; answers are shared for a short time. */
export function createPrivilegeReader(
  client: VsphereClient,
  inventory: (context: OperationContext) => Promise<Inventory>,
): PrivilegeReader {
  const batches = new Map<string, BatchReader<readonly string[]>>();
  const batchFor = (
    privilegeIds: readonly string[],
    userName: string | undefined,
  ): BatchReader<readonly string[]> => {
    const key = JSON.stringify([userName ?? null, privilegeIds]);
    const known = batches.get(key);
    if (known !== undefined) return known;
    const purpose = `tell the rights of ${userName ?? "its own account"}`;
    const made = createBatchReader<readonly string[]>({
      purpose: `reading the rights of an account in vCenter ${client.party.name}`,
      load: async (context, references) => {
        const typeOf = await typesFor(context, references);
        const objects = references.map((id) => ({ type: typeOf(id), id }));
        return await client.withSession(context, purpose, (session) =>
          readMissingPrivileges(session, objects, privilegeIds, userName),
        );
      },
    });
    batches.set(key, made);
    return made;
  };
  const typesFor = async (
    context: OperationContext,
    references: readonly string[],
  ): Promise<(reference: string) => string> => {
    if (references.every((each) => typeOfReference(each) !== undefined)) {
      return (reference) => typeOfReference(reference) ?? "ManagedEntity";
    }
    const { hosts, datastores, machines } = await inventory(context);
    const machineReferences = new Set(machines.map(({ reference }) => reference));
    const datacenters = new Set(machines.map(({ datacenter }) => datacenter?.reference));
    return (reference) => {
      if (machineReferences.has(reference)) return "VirtualMachine";
      if (hosts.has(reference)) return "HostSystem";
      if (datastores.has(reference)) return "Datastore";
      if (datacenters.has(reference)) return "Datacenter";
      return typeOfReference(reference) ?? "ManagedEntity";
    };
  };
  return {
    async missing(context, references, privilegeIds, userName) {
      if (references.length === 0 || privilegeIds.length === 0) return [];
      const found = await batchFor(privilegeIds, userName).get(context, references);
      const lacking = new Set([...found.values()].flat());
      return privilegeIds.filter((each) => lacking.has(each));
    },
    drop: () => batches.clear(),
  };
}
