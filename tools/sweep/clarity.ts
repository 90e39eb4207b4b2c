/** What an error of a run has to tell. */
export interface Expected {
  /** Names of the machines and plans that the run is about; one of them has to be named. */
  readonly subjects: readonly string[];
  /** Words of the service that tell why; absent where it gave none. */
  readonly cause?: string;
}

/** Longer texts are read by nobody, in characters. */
const longest = 3_000;

/** What no error shows to a person, by what it is. */
const forbidden: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a stack trace", /^\s+at .+(:\d+|\(.*\))/m],
  ["the word undefined", /\bundefined\b/],
  ["the word null or NaN", /\b(null|NaN)\b/],
  ["[object …]", /\[object /],
  ["raw JSON", /[{,]\s*"[^"]*"\s*:/],
  ["the name of an error's class", /\b(TypeError|SyntaxError|RangeError|SiteError)\b/],
  ["the query of an address", /api-version=/],
  ["two full stops", /[.!?]\s*\.(\s|$)/],
];

/** The words by which our texts and the service's say what to do next. */
const remedy =
  /`pulumi \w+`|\b(Run|Check|Look|Mend|See|Correct|Declare|Wait|Set|Remove|Start|Update|Try|Reprotect|Commit|Leave|Use|Clean)\b [a-z`]|Recommended action: \S/;

/** What is missing in an error's text, or should not be there; empty for a clear one. */
export function unclear(text: string, { subjects, cause }: Expected): readonly string[] {
  const named = subjects.some((each) => new RegExp(`\\b${each}\\b`, "i").test(text));
  const lines = text.split("\n").filter((each) => each.trim() !== "");
  return [
    ...(text.trim() === "" ? ["it is empty"] : []),
    ...(named ? [] : [`it names none of ${subjects.join(", ")}`]),
    ...(cause === undefined || text.includes(cause) ? [] : [`it does not say "${cause}"`]),
    ...(remedy.test(text) ? [] : ["it does not say what to do next"]),
    ...forbidden.filter(([, pattern]) => pattern.test(text)).map(([what]) => `it shows ${what}`),
    ...(new Set(lines).size < lines.length ? ["it says a thing twice"] : []),
    ...(text.length > longest ? [`it has ${text.length} characters`] : []),
  ];
}
