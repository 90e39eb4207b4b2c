import type { DatacenterFacts } from "../../../recovery/vsphere-facts.ts";
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
  /** The datacenter above it, or the only one there is; absent when the account sees neither. */
  readonly datacenter?: DatacenterFacts;
}

/** A chain of folders longer than this would be a circle. */
const maximumDepth = 100;

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
  const datacenters = objects.filter(({ type }) => type === "Datacenter");
  const only = datacenters.length === 1 ? datacenters[0] : undefined;
  return objects
    .filter(({ type }) => type === "VirtualMachine")
    .map((each) => ({
      ...datacenterFacts(datacenterOf(each, places) ?? only),
      reference: each.id,
      name: plainName(textProperty(each, "name")),
      path: pathOf(each, places, root),
      biosUuid: textProperty(each, "config.uuid"),
      instanceUuid: textProperty(each, "config.instanceUuid"),
    }));
}

/** A machine in a vApp names no folder above it: its datacenter is known only where there is one. */
function datacenterOf(
  object: RetrievedObject,
  places: ReadonlyMap<string, RetrievedObject>,
): RetrievedObject | undefined {
  let each: RetrievedObject | undefined = object;
  for (let depth = 0; each !== undefined && depth < maximumDepth; depth += 1) {
    if (each.type === "Datacenter") return each;
    each = places.get(textProperty(each, "parent"));
  }
  return undefined;
}

function datacenterFacts(found: RetrievedObject | undefined): Pick<MachineOutline, "datacenter"> {
  if (found === undefined) return {};
  return { datacenter: { reference: found.id, name: plainName(textProperty(found, "name")) } };
}

function pathOf(
  object: RetrievedObject,
  places: ReadonlyMap<string, RetrievedObject>,
  root: string,
): string {
  const names: string[] = [];
  for (let each: RetrievedObject | undefined = object; names.length < maximumDepth; ) {
    names.unshift(textProperty(each, "name"));
    const parent = textProperty(each, "parent");
    if (parent === root) return `/${names.join("/")}`;
    each = places.get(parent);
    if (each === undefined) return "";
  }
  return "";
}
