import { children, textOf, typeOf, type WireNode } from "../wire/parse.ts";
import type { RetrievedObject } from "./retrieve.ts";

/** The text of a property; empty when it is not set. */
export function textProperty(object: RetrievedObject, path: string): string {
  return textOf(object.properties.get(path));
}

/** The number of a property; 0 when it is not set. */
export function numberProperty(object: RetrievedObject, path: string): number {
  const value = Number(textProperty(object, path));
  return Number.isFinite(value) ? value : 0;
}

/** The truth of a property; false when it is not set. */
export function flagProperty(object: RetrievedObject, path: string): boolean {
  const text = textProperty(object, path);
  return text === "true" || text === "1";
}

/** The elements of a property that is a list, `ArrayOf…`; none when it is not set. */
export function listProperty(object: RetrievedObject, path: string): readonly WireNode[] {
  const value = object.properties.get(path);
  return children(value, typeOf(value).replace(/^ArrayOf/, ""));
}

/** Ids of a property that lists managed objects. */
export function referencesProperty(object: RetrievedObject, path: string): readonly string[] {
  return listProperty(object, path).map(textOf);
}
