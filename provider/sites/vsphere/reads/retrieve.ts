import type { Session } from "../transport/client.ts";
import { ExpiredSessionError } from "../transport/exchange.ts";
import { localizedFault, type VsphereFault } from "../transport/fault.ts";
import { child, children, textAt, textOf, type WireNode } from "../wire/parse.ts";
import { type ManagedObject, structure } from "../wire/serialize.ts";

/** An object with the properties that it has; one that is not set is not in it. */
export interface RetrievedObject {
  readonly type: string;
  readonly id: string;
  readonly properties: ReadonlyMap<string, WireNode>;
  /** Why a property could not be read, the first of them; absent when all that are set could. */
  readonly unreadable?: VsphereFault;
}

/** Which properties of which type. */
export interface WantedProperties {
  readonly type: string;
  readonly paths: readonly string[];
}

/** Objects per page of full properties: 100 machines are some 800 KB. */
export const pageObjects = 100;

/** Pages read of one list at most: a vCenter has room for 40,000 machines. */
const maximumPages = 1_000;

/** Reads properties of these objects, so many to a page. Objects that are gone fail the whole call. */
export async function retrieve(
  session: Session,
  purpose: string,
  wanted: WantedProperties,
  ids: readonly string[],
): Promise<readonly RetrievedObject[]> {
  const objects = ids.map((id) => structure("ObjectSpec", { obj: { type: wanted.type, id } }));
  return await readPages(session, purpose, [wanted], objects, pageObjects);
}

/** Reads properties of all objects of these types that the account sees, so many to a page. */
export async function retrieveAll(
  session: Session,
  purpose: string,
  wanted: readonly WantedProperties[],
  objectsPerPage: number,
): Promise<readonly RetrievedObject[]> {
  const { content } = session;
  const created = await session.invoke(purpose, {
    method: "CreateContainerView",
    target: content.manager("viewManager"),
    elements: {
      container: content.manager("rootFolder"),
      type: wanted.map(({ type }) => type),
      recursive: true,
    },
  });
  const view = { type: "ContainerView", id: textAt(created, "returnval") };
  const traversal = structure("TraversalSpec", {
    ...{ name: "view", type: "ContainerView", path: "view", skip: false },
  });
  const objects = [structure("ObjectSpec", { obj: view, skip: true, selectSet: traversal })];
  const found = await readPages(session, purpose, wanted, objects, objectsPerPage);
  await session.invoke(purpose, { method: "DestroyView", target: view });
  return found;
}

async function readPages(
  session: Session,
  purpose: string,
  wanted: readonly WantedProperties[],
  objects: readonly ReturnType<typeof structure>[],
  maxObjects: number,
): Promise<readonly RetrievedObject[]> {
  const target: ManagedObject = session.content.manager("propertyCollector");
  const propSet = wanted.map(({ type, paths }) =>
    structure("PropertySpec", { type, pathSet: paths }),
  );
  const found: RetrievedObject[] = [];
  let answer = await session.invoke(purpose, {
    method: "RetrievePropertiesEx",
    target,
    elements: {
      specSet: structure("PropertyFilterSpec", { propSet, objectSet: objects }),
      options: structure("RetrieveOptions", { maxObjects }),
    },
  });
  for (let pages = 1; ; pages += 1) {
    const page = child(answer, "returnval");
    found.push(...children(page, "objects").map(readObject));
    const token = textAt(page, "token");
    if (token === "") return found;
    if (pages >= maximumPages) throw session.content.endless(purpose);
    answer = await session.invoke(purpose, {
      method: "ContinueRetrievePropertiesEx",
      target,
      elements: { token },
    });
  }
}

function readObject(node: WireNode): RetrievedObject {
  // An expired session shows here too, as a property that cannot be read; unnoticed, a rule would
  // take "not told" for "not set".
  const faults = children(node, "missingSet").map((each) => localizedFault(child(each, "fault")));
  const expired = faults.find(({ type }) => type === "NotAuthenticated");
  if (expired !== undefined) throw new ExpiredSessionError(expired.message);
  const unreadable = faults.find(({ type }) => type === "NoPermission");
  const object = child(node, "obj");
  const type = typeof object === "object" ? object["@type"] : undefined;
  return {
    type: typeof type === "string" ? type : "",
    id: textOf(object),
    ...(unreadable === undefined ? {} : { unreadable }),
    properties: new Map(
      children(node, "propSet").map((each): [string, WireNode] => [
        textAt(each, "name"),
        child(each, "val") ?? "",
      ]),
    ),
  };
}
