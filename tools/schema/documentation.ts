import ts from "typescript";

/** What a doc comment says, in the terms of a package schema. */
export interface Documentation {
  /** The comment's text with its examples, links turned into code spans. */
  readonly description: string;
  /** Text of `@defaultValue`, without quotes and back-ticks. */
  readonly defaultText?: string;
  readonly secret: boolean;
  readonly replaceOnChanges: boolean;
  /** True for an input that check computes and nobody sets. */
  readonly computed: boolean;
}

/**
 * Reads the doc comment of a property or type: its text and the tags `@defaultValue`, `@example`,
 * `@secret`, `@replaceOnChanges` and `@computed`.
 */
export function documentationOf(symbol: ts.Symbol, checker: ts.TypeChecker): Documentation {
  const tags = symbol.getJsDocTags(checker);
  const textOf = (tag: ts.JSDocTagInfo): string => plainText(tag.text);
  const defaultTag = tags.find((tag) => tag.name === "defaultValue");
  const defaultText = defaultTag && textOf(defaultTag).trim();
  const examples = tags.filter((tag) => tag.name === "example").map(textOf);
  const parts = [
    plainText(symbol.getDocumentationComment(checker)).trim(),
    ...(defaultText === undefined ? [] : [`Default: ${asCode(defaultText)}.`]),
    ...examples.map((text, index) => `${index === 0 ? "## Example Usage\n\n" : ""}${text.trim()}`),
  ];
  const has = (name: string): boolean => tags.some((tag) => tag.name === name);
  return {
    description: parts.filter((part) => part !== "").join("\n\n"),
    ...(defaultText === undefined ? {} : { defaultText: withoutQuotes(defaultText) }),
    secret: has("secret"),
    replaceOnChanges: has("replaceOnChanges"),
    computed: has("computed"),
  };
}

/** Joins the parts of a comment; `{@link Name}` becomes `Name` in back-ticks. */
function plainText(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return ts
    .displayPartsToString([...(parts ?? [])])
    .replace(/\{@link\s+([^}|\s]+)(?:\s*\|\s*([^}]*))?\}/g, (_, target: string, label?: string) =>
      asCode((label ?? target).trim()),
    );
}

/** Puts a value such as `900` into back-ticks; leaves sentences and ready-made code alone. */
function asCode(text: string): string {
  return text.includes("`") || /\s/.test(text) ? text.replace(/\.$/, "") : `\`${text}\``;
}

function withoutQuotes(text: string): string {
  return text.replace(/^`(.*)`$/, "$1").replace(/^"(.*)"$/, "$1");
}
