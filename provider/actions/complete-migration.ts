import type { Handler } from "../handler.ts";
import type { ActionInputs, ActionRecord } from "./action-inputs.ts";
import { createActionHandler } from "./handler.ts";

/**
 * The end of a migration: a machine that was failed over, to Azure, to another region or to a second VMM site,
 * stays there for good. Its replication and recovery points end, the service forgets it, and nothing leads back:
 * no reprotect, no failback. This is how machines end that move between regions for good, and those that only
 * ever go to Azure, such as instances of Amazon Web Services, which are protected as physical servers.
 * The machine it came from is left as it is.
 * It cannot be undone; destroying the resource forgets the record and changes nothing.
 */
export interface CompleteMigrationInputs extends ActionInputs {
  /**
   * Names of the machines whose migration ends, in any order with commas between them, typed to confirm it:
   * exactly those that the action means, no more and no fewer.
   */
  readonly confirm: string;
}

/** Record of a completed migration. */
export interface CompleteMigrationState extends CompleteMigrationInputs, ActionRecord {}

/** Handles `asr:index:CompleteMigration`. */
export const completeMigrationHandler: Handler<CompleteMigrationInputs, CompleteMigrationState> =
  createActionHandler<CompleteMigrationInputs, CompleteMigrationState>("CompleteMigration");
