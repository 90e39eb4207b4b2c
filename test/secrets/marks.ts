import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Something that must appear nowhere, under the name that a failing test shows instead of it. */
export interface Mark {
  readonly name: string;
  readonly value: string;
}

/** A place where something could have been left, with all that stands there. */
export interface Place {
  readonly name: string;
  readonly text: string;
}

/**
 * Makes a secret that nothing else looks like. It holds characters that JSON, XML, URLs and regular
 * expressions write differently, so that each of its forms is another text.
 */
export function makeMark(name: string): Mark {
  const [front = "", back = ""] = [8, 8].map((length) => randomBytes(length).toString("hex"));
  return { name, value: `Q12${front}&<"'%+/\\>$é ${back}` };
}

/** A mark of what somebody else issued, such as a token. */
export function markOf(name: string, value: string): Mark {
  return { name, value };
}

/** Letters of a secret that give away enough of it to count as found. */
const tellingLength = 14;

type Writing = (text: string) => string;

const asJson: Writing = (text) => JSON.stringify(text).slice(1, -1);
const asXml: Writing = (text) =>
  text.replace(
    /[&<>"']/g,
    (each) => `&${{ "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" }[each]};`,
  );
const asXmlText: Writing = (text) =>
  text.replace(/[&<>]/g, (each) => `&${{ "&": "amp", "<": "lt", ">": "gt" }[each]};`);
const asNumberedXml: Writing = (text) =>
  asXml(text).replaceAll("&quot;", "&#34;").replaceAll("&apos;", "&#39;");
const inUrl: Writing = (text) => encodeURIComponent(text);
const inForm: Writing = (text) => new URLSearchParams({ x: text }).toString().slice(2);
const asGoJson: Writing = (text) =>
  asJson(text).replace(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`);

const writings: readonly Writing[] = [
  (text) => text,
  asJson,
  asGoJson,
  asXml,
  asXmlText,
  asNumberedXml,
  inUrl,
  inForm,
];

/**
 * The forms in which a secret may have been written down: as it is, escaped once and twice for JSON,
 * XML and URLs, in base64 at any position, and its beginning alone, as a text that was cut off has it.
 */
export function formsOf({ value }: Mark): readonly string[] {
  const written = writings.flatMap((outer) => writings.map((inner) => outer(inner(value))));
  const pieces = [value.slice(0, tellingLength), value.slice(-tellingLength)];
  return [...new Set([...written, ...pieces, ...base64Forms(value)])];
}

/** What all base64 texts of something holding the value have in common, by the value's position in it. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((shift) =>
    (["base64", "base64url"] as const).map((encoding) => {
      const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString(encoding);
      const from = Math.ceil((shift * 8) / 6);
      return text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6));
    }),
  );
}

/** Where marks were found, as `name in place: …what stands before it`; the mark itself is not shown. */
export function findMarks(marks: readonly Mark[], places: readonly Place[]): readonly string[] {
  return marks.flatMap((mark) => {
    const forms = formsOf(mark);
    return places.flatMap(({ name, text }) => {
      const at = forms.map((form) => text.indexOf(form)).filter((index) => index >= 0);
      if (at.length === 0) return [];
      const before = text.slice(Math.max(0, Math.min(...at) - 90), Math.min(...at));
      return [`${mark.name} in ${name}: …${before.replace(/\s+/g, " ")}`];
    });
  });
}

/** Everything that lies in the files of a folder, hidden and packed ones included. */
export function placesIn(folder: string, leftOut: RegExp = /^$/): readonly Place[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name))
    .filter((path) => !leftOut.test(relative(folder, path)))
    .map((path) => ({ name: relative(folder, path), text: readFileSync(path, "utf8") }));
}
