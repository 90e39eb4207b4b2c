import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { EXAMPLE_WORLD } from "../../simulator/world/example.ts";
import { HYPER_V_EXAMPLE } from "../../simulator/world/hyper-v-example.ts";
import { VMWARE_EXAMPLE } from "../../simulator/world/vmware-example.ts";
import { anyText } from "./hostile.ts";
import type { Target } from "./target.ts";
import { judgeWorld } from "./worlds-judged.ts";

const threeTier = fileURLToPath(import.meta.resolve("../../simulator/worlds/three-tier.yaml"));

const texts: readonly string[] = [
  ...[EXAMPLE_WORLD, VMWARE_EXAMPLE, HYPER_V_EXAMPLE, readFileSync(threeTier, "utf8")],
  "",
];

/** A list of nine lists of nine lists …: a few lines that stand for a billion of elements. */
const aliasBomb = [
  'a: &a ["x","x","x","x","x","x","x","x","x"]',
  ..."bcdefghi".split("").map((name, index) => {
    const inner = Array(9).fill(`*${"abcdefgh"[index]}`);
    return `${name}: &${name} [${inner.join(",")}]`;
  }),
].join("\n");

/** Pieces of YAML with a meaning of their own. */
const pieces: readonly string[] = [
  ...[aliasBomb, `${aliasBomb}\nsubscriptions: *i`, "a: &a [*a]", "subscriptions: &s [{<<: *s}]"],
  ...[
    "<<: *nothing",
    "&a",
    "*a",
    "!!js/function 'x'",
    "!!binary AAAA",
    "!!set {a}",
    "!!omap [a: 1]",
  ],
  ...[
    "!!timestamp 2026-01-01",
    "!<tag:x> y",
    "%YAML 9.9\n---",
    "---\n---\n",
    "...\n",
    "\t",
    "\ufeff",
  ],
  ...[
    "\u0000",
    "\ud800",
    "? [a, b]\n: c",
    "? {a: 1}\n: 1",
    "- - - -",
    "|\n  a\n b",
    ">-",
    '"',
    "'",
    "{",
    "[",
  ],
  ...["[".repeat(5_000), "{a: ".repeat(3_000), "- ".repeat(5_000), `${"? ".repeat(3_000)}a`],
  ...[
    ".inf",
    ".nan",
    "-0",
    "0o17",
    "0x1F",
    "1_000",
    "99999999999999999999",
    "12:30:45",
    "~",
    "yes",
  ],
  ...[
    "__proto__: {polluted: true}",
    "constructor: 1",
    `a: ${"x".repeat(1_000_000)}`,
    "# ".repeat(50_000),
  ],
];

/** One change of a text, at a place that is a part of its length. */
type Edit = {
  readonly at: number;
  readonly what: "cut" | "end" | "insert" | "line" | "double" | "indent" | "value";
  readonly text: string;
};

/** A text of the examples, and what is changed of it. */
interface TextCase {
  readonly text: number;
  readonly edits: readonly Edit[];
}

const edits: fc.Arbitrary<readonly Edit[]> = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    what: fc.constantFrom("cut", "end", "insert", "line", "double", "indent", "value"),
    text: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...pieces) },
      { weight: 2, arbitrary: anyText },
    ),
  }),
  { maxLength: 3 },
);

/** World files. */
export const worldTextTarget: Target<TextCase> = {
  name: "world-text",
  requirement: "Q-11",
  promise: "any file is a world that runs, or is refused by an error that names its line",
  async open() {
    const folder = mkdtempSync(join(tmpdir(), "fuzz-world-"));
    const file = join(folder, "world.yaml");
    return {
      cases: fc.record({ text: fc.nat(texts.length - 1), edits }),
      async answer({ text, edits }) {
        writeFileSync(file, edits.reduce(edited, texts[text] ?? ""));
        return await judgeWorld(file, /world\.yaml:\d+: \S/);
      },
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
};

function edited(text: string, { at, what, text: piece }: Edit): string {
  const place = Math.floor(at * text.length);
  const lineStart = text.lastIndexOf("\n", place) + 1;
  const lineEnd = text.indexOf("\n", place) < 0 ? text.length : text.indexOf("\n", place);
  const line = text.slice(lineStart, lineEnd);
  const before = text.slice(0, lineStart);
  const after = text.slice(lineEnd);
  switch (what) {
    case "cut":
      return before + after.slice(1);
    case "end":
      return text.slice(0, place);
    case "insert":
      return text.slice(0, place) + piece + text.slice(place);
    case "line":
      return `${before}${piece}\n${line}${after}`;
    case "double":
      return `${before}${line}\n${line}${after}`;
    case "indent":
      return `${before} ${line}${after}`;
    case "value":
      return before + line.replace(/: .*$/, () => `: ${piece}`) + after;
  }
}
