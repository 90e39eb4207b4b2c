import fc from "fast-check";
import { anyText } from "./hostile.ts";

/** What may happen to a text. */
export type EditKind =
  | ("cut" | "insert" | "before" | "instead" | "element" | "content")
  | ("double" | "many" | "rename" | "attributes" | "namespace");

/** One change of an XML text; `at` chooses among its elements or letters. */
export interface XmlEdit {
  readonly at: number;
  readonly what: EditKind;
  readonly text: string;
}

const entityBomb = `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">${"bcdefghij"
  .split("")
  .map((name, index) => `<!ENTITY ${name} "${`&${"abcdefghi"[index]};`.repeat(10)}">`)
  .join("")}]>`;

/** Pieces of XML with a meaning of their own. */
const pieces: readonly string[] = [
  ...[
    entityBomb,
    "<!doctype a>",
    "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
    "<?xml version='1.0'?>",
  ],
  ...[
    "<![CDATA[<x>]]>",
    "<![CDATA[",
    "<!--",
    "<!-- -- -->",
    "]]>",
    "&a;",
    "&#0;",
    "&#xffffffff;",
    "&#x;",
  ],
  ...[
    "<__proto__>1</__proto__>",
    "<constructor><prototype/></constructor>",
    "<toString>1</toString>",
  ],
  ...[
    "<hasOwnProperty/>",
    "<length>9</length>",
    "<a/>",
    "<a",
    "</a>",
    "<a:b:c/>",
    "< a>",
    "<1/>",
    "<_ __proto__='1'/>",
  ],
  ...["<a>".repeat(20_000), `${"<a>".repeat(3_000)}${"</a>".repeat(3_000)}`, "<a/>".repeat(20_000)],
  ...[
    "x".repeat(1_000_000),
    "&amp;".repeat(50_000),
    "<a b='".repeat(5_000),
    "NaN",
    "1e999",
    "-1",
    "true",
    "",
  ],
  ...[
    "<returnval/>",
    "<token>again</token>",
    "<objects><obj/></objects>",
    "<val xsi:type='ArrayOfX'/>",
  ],
];

const changes: Readonly<Record<EditKind, (text: string, at: number, piece: string) => string>> = {
  cut: (text: string, at: number) => text.slice(0, at * text.length),
  insert: (text: string, at: number, piece: string) => {
    const place = Math.floor(at * text.length);
    return text.slice(0, place) + piece + text.slice(place);
  },
  before: (text: string, _: number, piece: string) => piece + text,
  instead: (_: string, __: number, piece: string) => piece,
  element: (text: string, at: number, piece: string) => onElement(text, at, () => piece),
  content: (text: string, at: number, piece: string) =>
    onElement(text, at, (each) => each.replace(/>[^<]*</, () => `>${piece}<`)),
  double: (text: string, at: number) => onElement(text, at, (each) => each + each),
  many: (text: string, at: number) =>
    onElement(text, at, (each) => each.slice(0, 2_000).repeat(5_000)),
  rename: (text: string, at: number, piece: string) =>
    onElement(text, at, (each) => each.replaceAll(/^<[\w:]+|[\w:]+>$/g, () => piece.slice(0, 20))),
  attributes: (text: string, at: number) =>
    onElement(text, at, (each) => each.replace(/ [^>]*>/, ">")),
  namespace: (text: string) => text.replaceAll(/<(\/?)(?=[A-Za-z])/g, "<$1ns:"),
};

/** Up to three changes. */
export const xmlEdits: fc.Arbitrary<readonly XmlEdit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    what: fc.constantFrom(...(Object.keys(changes) as EditKind[])),
    text: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...pieces) },
      { weight: 1, arbitrary: anyText },
    ),
  }),
  { maxLength: 3 },
);

/** The text with all changes made. */
export function editedXml(text: string, edits: readonly XmlEdit[]): string {
  return edits.reduce((each, { at, what, text: piece }) => changes[what](each, at, piece), text);
}

/** Changes one element that has no other inside. */
function onElement(text: string, at: number, change: (element: string) => string): string {
  const elements = [...text.matchAll(/<([\w:]+)(?:\s[^<>]*)?>[^<]*<\/\1>/g)];
  const chosen = elements[Math.min(elements.length - 1, Math.floor(at * elements.length))];
  if (chosen === undefined) return text;
  const [element] = chosen;
  return text.slice(0, chosen.index) + change(element) + text.slice(chosen.index + element.length);
}
