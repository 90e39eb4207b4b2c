import type { Session } from "../transport/client.ts";
import { children, flagAt, textAt, textOf } from "../wire/parse.ts";
import type { ManagedObject } from "../wire/serialize.ts";

/** Privileges out of `privilegeIds` that an account lacks, by the reference of the object. */
export async function readMissingPrivileges(
  session: Session,
  objects: readonly ManagedObject[],
  privilegeIds: readonly string[],
  userName?: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const target = session.content.manager("authorizationManager");
  if (userName === undefined) {
    const answer = await session.invoke("tell the rights of its own account", {
      method: "HasPrivilegeOnEntities",
      target,
      elements: { entity: objects, sessionId: session.key, privId: privilegeIds },
    });
    return new Map(
      children(answer, "returnval").map((each) => [
        textAt(each, "entity"),
        children(each, "privAvailability")
          .filter((one) => !flagAt(one, "isGranted", false))
          .map((one) => textAt(one, "privId")),
      ]),
    );
  }
  const answer = await session.invoke(`tell the rights of ${userName}`, {
    method: "FetchUserPrivilegeOnEntities",
    target,
    elements: { entities: objects, userName },
  });
  return new Map(
    children(answer, "returnval").map((each) => {
      const granted = new Set(children(each, "privileges").map(textOf));
      return [textAt(each, "entity"), privilegeIds.filter((id) => !granted.has(id))];
    }),
  );
}

const prefixes: readonly (readonly [prefix: string, type: string])[] = [
  ["vm-", "VirtualMachine"],
  ["host-", "HostSystem"],
  ["datastore-", "Datastore"],
  ["datacenter-", "Datacenter"],
  ["domain-c", "ClusterComputeResource"],
  ["domain-s", "ComputeResource"],
  ["resgroup-", "ResourcePool"],
  ["network-", "Network"],
  ["dvportgroup-", "DistributedVirtualPortgroup"],
  ["group-p", "StoragePod"],
  ["group-", "Folder"],
];

/** The type of an object by the way in which a vCenter makes its ids; undefined for other ids. */
export function typeOfReference(reference: string): string | undefined {
  return prefixes.find(([prefix]) => reference.startsWith(prefix))?.[1];
}
