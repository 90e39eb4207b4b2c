import { type DisasterRecoveryError, InvalidInputError } from "../errors.ts";
import type { PropertyChange } from "../handler.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import { shortened } from "../shortened.ts";
import { plain } from "./plain.ts";

/** Longest value that a message shows. */
const shownCharacters = 300;

/** The top-level inputs that changed, each once. */
export function changedInputs(
  changes: Readonly<Record<string, PropertyChange>>,
): readonly string[] {
  return [...new Set(Object.keys(changes).map((path) => path.split(/[.[]/, 1)[0] ?? path))];
}

/** What differs, in one text: `location is "westeurope" and should be "northeurope"`; secrets are left out. */
export function describeChanges(
  schema: ResourceSchema,
  changes: Readonly<Record<string, PropertyChange>>,
  found: object,
  wanted: object,
): string {
  return changedInputs(changes)
    .map((name) => {
      if (schema.inputProperties[name]?.secret) return `${name} differs`;
      return `${name} is ${shown(plain(found)[name])} and should be ${shown(plain(wanted)[name])}`;
    })
    .join("; ");
}

/** The error for an object of the wanted name that is not the wanted object. */
export function differsError(noun: string, id: string, difference: string): DisasterRecoveryError {
  return new InvalidInputError(
    "name",
    `name: a ${noun} of this name exists with other content (${id}): ${difference}.`,
    {
      hint: "Take another name, write what exists, import it with `pulumi import`, or set `adopt: true` to change it to what is wanted here.",
    },
  );
}

/** The error for a difference that no update can remove. */
export function unchangeableError(
  noun: string,
  id: string,
  difference: string,
): DisasterRecoveryError {
  return new InvalidInputError(
    "name",
    `name: the ${noun} ${id} differs in what cannot change: ${difference}.`,
    {
      hint: "Take another name, or remove the existing one first; `pulumi refresh` lets the next preview show the replacement.",
    },
  );
}

function shown(value: unknown): string {
  if (value === undefined || value === "") return "not set";
  return shortened(JSON.stringify(value), shownCharacters);
}
