import { InvalidInputError } from "../../../errors.ts";
import type { ActionRecord } from "../../action-inputs.ts";

/** False for a record of which somebody has cut away a part: nobody can tell from it what was done. */
export function isWhole(record: Partial<ActionRecord>): boolean {
  return [record.jobs, record.machines, record.warnings].every(Array.isArray);
}

/** Throws InvalidInputError for a record of which a part is missing. */
export function requireWhole(id: string, record: Partial<ActionRecord>): void {
  if (isWhole(record)) return;
  throw new InvalidInputError(
    "jobs",
    `The record of ${id} is not whole: jobs, machines or warnings are missing. Nothing was done.`,
    {
      hint: "Bring the stack back to its last good state with `pulumi stack import`, or take the action out of it with `pulumi state delete` and declare it anew: what was done is recognised.",
    },
  );
}
