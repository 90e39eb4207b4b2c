import type { MachineQuery } from "../site.ts";
import { plainName } from "./names.ts";
import type { MachineOutline } from "./outline.ts";

/** References of the machines that match a query by the first criterion that it gives. */
export function matchMachines(
  outlines: readonly MachineOutline[],
  query: MachineQuery,
): readonly string[] {
  const { path, instanceUuid, biosUuid, name } = query;
  // What a machine does not tell is no match for what nobody gave.
  if ((path ?? instanceUuid ?? biosUuid ?? name ?? "") === "") return [];
  const matches =
    path !== undefined
      ? byName(outlines, (each) => pathKey(each.path), pathKey(path))
      : instanceUuid !== undefined
        ? outlines.filter((each) => uuidKey(each.instanceUuid) === uuidKey(instanceUuid))
        : biosUuid !== undefined
          ? outlines.filter((each) => uuidKey(each.biosUuid) === uuidKey(biosUuid))
          : name !== undefined
            ? byName(outlines, (each) => each.name, name)
            : [];
  return matches.map(({ reference }) => reference);
}

/** Machines of exactly this name, else those whose name differs in letter case alone, as the vCenter's own search finds them. */
function byName(
  outlines: readonly MachineOutline[],
  nameOf: (outline: MachineOutline) => string,
  wanted: string,
): readonly MachineOutline[] {
  const exact = outlines.filter((each) => nameOf(each) === wanted);
  if (exact.length > 0) return exact;
  return outlines.filter((each) => nameOf(each).toLowerCase() === wanted.toLowerCase());
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
