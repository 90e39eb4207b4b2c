import type { Session } from "../transport/client.ts";
import { plainName } from "./names.ts";
import { propertyPaths } from "./property-paths.ts";
import { textProperty } from "./property-values.ts";
import { type RetrievedObject, retrieveAll } from "./retrieve.ts";

/** Enough of a machine to find it. */
export interface MachineOutline {
  readonly reference: string;
  readonly name: string;
  /** `/datacenter/vm/folder/name`; empty when the account does not see all that stands above it. */
  readonly path: string;
  readonly biosUuid: string;
  readonly instanceUuid: string;
}

/** Objects per page: an outline is short. */
const pageObjects = 1_000;

/** Reads the outline of every machine that the account sees, with the folders they are in. */
export async function readOutlines(session: Session): Promise<readonly MachineOutline[]> {
  const objects = await retrieveAll(
    session,
    "list its machines",
    [
      { type: "VirtualMachine", paths: propertyPaths.machineOutline },
      { type: "Folder", paths: propertyPaths.place },
      { type: "Datacenter", paths: propertyPaths.place },
    ],
    pageObjects,
  );
  const places = new Map(objects.map((each) => [each.id, each]));
  const root = session.content.manager("rootFolder").id;
  return objects
    .filter(({ type }) => type === "VirtualMachine")
    .map((each) => ({
      reference: each.id,
      name: plainName(textProperty(each, "name")),
      path: pathOf(each, places, root),
      biosUuid: textProperty(each, "config.uuid"),
      instanceUuid: textProperty(each, "config.instanceUuid"),
    }));
}

function pathOf(
  object: RetrievedObject,
  places: ReadonlyMap<string, RetrievedObject>,
  root: string,
): string {
  const names: string[] = [];
  // A chain longer than this would be a circle.
  for (let each: RetrievedObject | undefined = object; names.length < 100; ) {
    names.unshift(textProperty(each, "name"));
    const parent = textProperty(each, "parent");
    if (parent === root) return `/${names.join("/")}`;
    each = places.get(parent);
    if (each === undefined) return "";
  }
  return "";
}
