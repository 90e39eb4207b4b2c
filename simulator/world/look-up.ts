import { type Locate, WorldError } from "./read-world.ts";

/** Finds what a name of the document refers to, or says where the wrong name was written. */
export function lookUp<T>(
  known: ReadonlyMap<string, T>,
  name: string,
  kind: string,
  locate: Locate,
  path: readonly (string | number)[],
): T {
  const found = known.get(name.toLowerCase());
  if (found === undefined) {
    throw new WorldError(
      `${locate(path)} refers to the ${kind} '${name}', which the world does not have (known: ${[...known.keys()].slice(0, 8).join(", ") || "none"}).`,
    );
  }
  return found;
}
