import { isUnknown } from "../unknown.ts";

/** The elements of a list with their indices, without what is not known yet; none when the list itself is not known. */
export function knownElements<Element>(
  list: readonly Element[] | undefined,
): readonly (readonly [index: number, element: Element])[] {
  if (!Array.isArray(list)) return [];
  const elements = list as readonly Element[];
  return elements
    .map((element, index) => [index, element] as const)
    .filter(([, element]) => !isUnknown(element));
}
