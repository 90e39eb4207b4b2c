import { elementOrder, typedStructures } from "./element-order.ts";

/** A managed object: its type and its id, such as `VirtualMachine` and `vm-42`. */
export interface ManagedObject {
  readonly type: string;
  readonly id: string;
}

/** A value of an element; undefined leaves the element out, a list repeats it. */
export type WireValue =
  | string
  | number
  | boolean
  | undefined
  | ManagedObject
  | Structure
  | AnyValue
  | readonly WireValue[];

/** A structure of the API with the elements that are set. */
export interface Structure {
  /** Its type in the API. */
  readonly is: string;
  readonly elements: Readonly<Record<string, WireValue>>;
}

/** A text or an object where the schema allows any type. */
export interface AnyValue {
  readonly any: string | ManagedObject;
}

/** One call of a method. */
export interface Call {
  readonly method: string;
  readonly target: ManagedObject;
  readonly elements?: Readonly<Record<string, WireValue>>;
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  // A parser would turn these into line ends and spaces.
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

/** Makes a text safe inside elements and attributes; characters that XML cannot hold are left out. */
export function escapeText(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids these characters.
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "")
      .replace(/[&<>"'\r\n\t]/g, (each) => escapes[each] ?? each)
  );
}

/** A structure of the API. Elements that it does not have are refused when it is sent. */
export function structure(is: string, elements: Readonly<Record<string, WireValue>>): Structure {
  return { is, elements };
}

/** The whole body of the request for a call. */
export function envelope(call: Call): string {
  const { method, target, elements = {} } = call;
  const content = elementText("_this", target) + contentText(method, elements);
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
    ' xmlns:xsd="http://www.w3.org/2001/XMLSchema">' +
    `<Body><${method} xmlns="urn:vim25">${content}</${method}></Body></Envelope>`
  );
}

/** The elements of a structure in the API's order. */
export function contentText(is: string, elements: Readonly<Record<string, WireValue>>): string {
  const order = elementOrder[is];
  if (order === undefined) throw new Error(`${is} is in no table of elements.`);
  const strange = Object.keys(elements).find((name) => !order.includes(name));
  if (strange !== undefined) throw new Error(`${is} has no element ${strange}.`);
  return order.map((name) => elementText(name, elements[name])).join("");
}

function elementText(name: string, value: WireValue): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((each: WireValue) => elementText(name, each)).join("");
  if (typeof value !== "object") return `<${name}>${escapeText(String(value))}</${name}>`;
  const one = value as ManagedObject | Structure | AnyValue;
  if ("any" in one) return anyText(name, one.any);
  if ("is" in one) {
    const type = typedStructures.has(one.is) ? ` xsi:type="${one.is}"` : "";
    return `<${name}${type}>${contentText(one.is, one.elements)}</${name}>`;
  }
  return `<${name} type="${escapeText(one.type)}">${escapeText(one.id)}</${name}>`;
}

function anyText(name: string, value: string | ManagedObject): string {
  if (typeof value === "string") {
    return `<${name} xsi:type="xsd:string">${escapeText(value)}</${name}>`;
  }
  const { type, id } = value;
  return `<${name} xsi:type="ManagedObjectReference" type="${escapeText(type)}">${escapeText(id)}</${name}>`;
}
