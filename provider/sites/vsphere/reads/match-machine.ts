import type { MachineQuery } from "../site.ts";
import { plainName } from "./names.ts";
import type { MachineOutline } from "./outline.ts";

/** Finds machines of one list by what queries name. */
export interface MachineIndex {
  /** References of the machines that match a query by the first criterion that it gives. */
  match(query: MachineQuery): readonly string[];
}

/** Makes an index, so that as many queries as machines cost no more than one look at each. */
export function indexMachines(outlines: readonly MachineOutline[]): MachineIndex {
  const paths = byKey(outlines, (each) => pathKey(each.path));
  const names = byKey(outlines, (each) => each.name);
  const instances = byKey(outlines, (each) => uuidKey(each.instanceUuid));
  const bioses = byKey(outlines, (each) => uuidKey(each.biosUuid));
  return {
    match({ path, instanceUuid, biosUuid, name }) {
      if (path !== undefined) return named(paths, pathKey(path));
      if (instanceUuid !== undefined) return instances.get(uuidKey(instanceUuid)) ?? [];
      if (biosUuid !== undefined) return bioses.get(uuidKey(biosUuid)) ?? [];
      return name === undefined ? [] : named(names, name);
    },
  };
}

/** Mark of keys in which letter case does not count. */
const anyCase = "\u0001";

/** References by key, and by the key in lower case. What a machine does not tell is no key. */
function byKey(
  outlines: readonly MachineOutline[],
  keyOf: (outline: MachineOutline) => string,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const outline of outlines) {
    const key = keyOf(outline);
    if (key === "") continue;
    for (const each of [key, anyCase + key.toLowerCase()]) {
      const list = found.get(each);
      if (list === undefined) found.set(each, [outline.reference]);
      else list.push(outline.reference);
    }
  }
  return found;
}

/** Machines of exactly this name, else those whose name differs in letter case alone, as the vCenter's own search finds them. */
function named(
  references: ReadonlyMap<string, readonly string[]>,
  name: string,
): readonly string[] {
  return references.get(name) ?? references.get(anyCase + name.toLowerCase()) ?? [];
}

/** A path with its names as people see them; a slash inside a name is told apart from one between names. */
function pathKey(path: string): string {
  return path
    .split("/")
    .filter((each) => each !== "")
    .map(plainName)
    .join("\u0000");
}

function uuidKey(uuid: string): string {
  return uuid.replace(/[^0-9a-z]/gi, "").toLowerCase();
}
