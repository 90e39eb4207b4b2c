import { readFileSync } from "node:fs";
import { Ajv, type ErrorObject } from "ajv";
import { type Document, isScalar, LineCounter, type Node, parseDocument, visit } from "yaml";
import { problemOf } from "./schema-problem.ts";
import type { WorldDocument } from "./world-document.ts";
import { WORLD_SCHEMA } from "./world-schema.ts";

/** A world file that cannot be used; the message names file, line and field. */
export class WorldError extends Error {
  constructor(message: string) {
    // A name of a million letters is told in part.
    super(message.length > 2_000 ? `${message.slice(0, 2_000)}…` : message);
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
  const strange = strangeKey(parsed);
  if (strange) {
    const { line } = lines.linePos(strange.range?.[0] ?? 0);
    throw new WorldError(`${file}:${line}: the name of a field must be a plain text.`);
  }
  return checkWorld(
    contentOf(parsed, file),
    (path) => `${file}:${lineOf(path)}: ${path.join(".") || "document"}`,
  );
}

/** A field whose name is itself a list or a map: nested, they take ages to be made a text. */
function strangeKey(parsed: Document): Node | undefined {
  let found: Node | undefined;
  visit(parsed, {
    Pair: (_, { key }) => {
      if (key === null || isScalar(key)) return undefined;
      found = key as Node;
      return visit.BREAK;
    },
  });
  return found;
}

/** The file as a value; refuses aliases that stand for far more than is written, and those that stand for nothing. */
function contentOf(parsed: Document, file: string): unknown {
  try {
    return parsed.toJS();
  } catch (error) {
    throw new WorldError(`${file}:1: the file cannot be read (${(error as Error).message}).`);
  }
}

/** Checks a world that is given as a value. */
export function checkWorld(
  document: unknown,
  locate: Locate = (path) => `world: ${path.join(".") || "document"}`,
): ReadWorld {
  if (validate(document)) {
    const world = document as WorldDocument;
    refuseClock(world.clock ?? {}, locate);
    return { document: world, locate };
  }
  const [error] = validate.errors ?? [];
  throw new WorldError(error ? explain(error, locate) : "world: the document is not valid.");
}

const YEAR_3000 = Date.parse("3000-01-01T00:00:00Z");
const FASTEST = 1_000_000;

/** A clock that cannot be started, or would soon be at the end of time. */
function refuseClock({ mode, start }: NonNullable<WorldDocument["clock"]>, locate: Locate): void {
  if (start !== undefined && !(Date.parse(start) < YEAR_3000)) {
    throw new WorldError(`${locate(["clock", "start"])} must be a time before the year 3000.`);
  }
  if (Number(mode?.split(":")[1] ?? 1) > FASTEST) {
    throw new WorldError(
      `${locate(["clock", "mode"])} must be no faster than accelerated:${FASTEST}.`,
    );
  }
}

function explain(error: ErrorObject, locate: Locate): string {
  const { path, problem } = problemOf(error);
  return `${locate(path)} ${problem}`;
}
