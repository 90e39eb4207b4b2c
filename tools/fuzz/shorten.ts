const shownCharacters = 160;
const shownElements = 6;
const shownDepth = 8;

/** A value as one line that a person can read: long texts, lists and depths are cut, with their size. */
export function shorten(value: unknown, depth = 0): string {
  if (typeof value === "string") return shortText(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (depth >= shownDepth) return "…";
  const isList = Array.isArray(value);
  const parts = isList
    ? value.slice(0, shownElements).map((each) => shorten(each, depth + 1))
    : Object.entries(value)
        .slice(0, shownElements * 4)
        .map(([key, each]) => `${shortText(key)}: ${shorten(each, depth + 1)}`);
  const size = isList ? value.length : Object.keys(value).length;
  const more = size > parts.length ? [`… (${size} in all)`] : [];
  const text = [...parts, ...more].join(", ");
  return isList ? `[${text}]` : `{${text}}`;
}

function shortText(text: string): string {
  if (text.length <= shownCharacters) return JSON.stringify(text);
  return `${JSON.stringify(text.slice(0, shownCharacters))}… (${text.length} characters)`;
}
