import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { LineCounter, type Node, parseDocument } from "yaml";
import { problemOf } from "./schema-problem.ts";
import type { WorldDocument } from "./world-document.ts";
import { WORLD_SCHEMA } from "./world-schema.ts";

/** A world file that cannot be used; the message names file, line and field. */
export class WorldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WorldError";
  }
}

const validate = new Ajv({ allErrors: false, allowUnionTypes: true }).compile(WORLD_SCHEMA);

/** Where something in a world document was written, for messages. */
export type Locate = (path: readonly (string | number)[]) => string;

/** A world document that has the right form, and where its fields were written. */
export interface ReadWorld {
  readonly document: WorldDocument;
  readonly locate: Locate;
}

/** Reads and checks a world file. */
export function readWorldFile(file: string): ReadWorld {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new WorldError(`${file}: the world file cannot be read (${(error as Error).message}).`);
  }
  const lines = new LineCounter();
  // A message that shows the line would show the secrets of identities with it.
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = parsed.errors;
  if (broken)
    throw new WorldError(`${file}:${lines.linePos(broken.pos[0]).line}: ${broken.message}`);
  const lineOf = (path: readonly (string | number)[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = parsed.getIn(path.slice(0, length), true) as Node | undefined;
      if (node?.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  return checkWorld(
    parsed.toJS(),
    (path) => `${file}:${lineOf(path)}: ${path.join(".") || "document"}`,
  );
}

/** Checks a world that is given as a value. */
export function checkWorld(
  document: unknown,
  locate: Locate = (path) => `world: ${path.join(".") || "document"}`,
): ReadWorld {
  if (validate(document)) return { document: document as WorldDocument, locate };
  const [error] = validate.errors ?? [];
  throw new WorldError(error ? explain(error, locate) : "world: the document is not valid.");
}

function explain(error: ErrorObject, locate: Locate): string {
  const { path, problem } = problemOf(error);
  return `${locate(path)} ${problem}`;
}
