import { XMLParser } from "fast-xml-parser";

/** An element of an answer: its text, or its children and attributes by name. */
export type WireNode = string | { readonly [name: string]: unknown };

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  // Values stay text: a machine may be called 007.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Numbered entities, as Go writes quotation marks.
  htmlEntities: true,
});

/**
 * The content of the answer's body: the element inside `Envelope/Body`, by its name.
 * Undefined when the text is no SOAP answer. Answers with a document type are refused, because only
 * an attack has one.
 */
export function parseAnswer(
  text: string,
): { readonly name: string; readonly node: WireNode } | undefined {
  if (/<!DOCTYPE/i.test(text)) return undefined;
  let parsed: unknown;
  try {
    parsed = parser.parse(text);
  } catch {
    return undefined;
  }
  const body = child(child(parsed as WireNode, "Envelope"), "Body");
  if (typeof body !== "object") return undefined;
  const [found] = Object.entries(body).filter(([name]) => !/^[#@]/.test(name));
  return found === undefined ? undefined : { name: found[0], node: found[1] as WireNode };
}

/** The first child of this name; undefined when there is none. */
export function child(node: WireNode | undefined, name: string): WireNode | undefined {
  return children(node, name)[0];
}

/** All children of this name; one is a list of one. */
export function children(node: WireNode | undefined, name: string): readonly WireNode[] {
  if (typeof node !== "object") return [];
  const value = node[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as readonly WireNode[];
}

/** The text of an element itself; empty when it has none. */
export function textOf(node: WireNode | undefined): string {
  if (node === undefined) return "";
  if (typeof node === "string") return node;
  const text = node["#text"];
  return typeof text === "string" ? text : "";
}

/** The text of a child; empty when there is none. */
export function textAt(node: WireNode | undefined, ...path: readonly string[]): string {
  return textOf(path.reduce<WireNode | undefined>((each, name) => child(each, name), node));
}

/** The number of a child; 0 when there is none. */
export function numberAt(node: WireNode | undefined, ...path: readonly string[]): number {
  const value = Number(textAt(node, ...path));
  return Number.isFinite(value) ? value : 0;
}

/** The truth of a child, `fallback` when there is none. */
export function flagAt(node: WireNode | undefined, name: string, fallback: boolean): boolean {
  const text = textAt(node, name);
  return text === "" ? fallback : text === "true" || text === "1";
}

/** The type that an element carries; empty when it carries none. */
export function typeOf(node: WireNode | undefined): string {
  if (typeof node !== "object") return "";
  const type = node["@type"];
  return typeof type === "string" ? type.replace(/^.*:/, "") : "";
}
