import type { ActionKind } from "../../recovery/action-kinds.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AnyActionInputs } from "../settings.ts";
import type { MigratedMachine } from "./migrated.ts";

const namesIn = (text: string): readonly string[] =>
  text
    .split(",")
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== "");

/**
 * What cannot be undone has to be confirmed by name. Not a rule of the list, so that nobody waives it.
 * A machine is confirmed by its own name or its item's. Those that are `migrated` already may stand there still.
 */
export function confirmationFindings(
  action: ActionKind,
  inputs: AnyActionInputs,
  subject: string,
  situations: readonly Situation[],
  migrated: readonly MigratedMachine[],
): readonly Finding[] {
  if (action !== "CompleteMigration" || situations.length === 0) return [];
  const through = migrated.map(({ name, friendlyName }) => [name, friendlyName]);
  const isThrough = (typed: string): boolean =>
    through.some((names) => names.some((name) => name.toLowerCase() === typed));
  const typed = namesIn(inputs.confirm ?? "").filter((each) => !isThrough(each));
  const machines = situations.map(({ item }) => [item.friendlyName, item.name]);
  const isNamed = (names: readonly string[]): boolean =>
    names.some((name) => typed.includes(name.toLowerCase()));
  if (typed.length === machines.length && machines.every(isNamed)) return [];
  const wanted = machines.map(([name]) => name).join(", ");
  return [
    finding({
      rule: "MG-CONFIRM",
      severity: "block",
      subject,
      fact: `the migration of ${wanted} would end for good, and "${inputs.confirm ?? ""}" does not confirm it.`,
      remedy: `Type the names: confirm: "${wanted}".`,
      path: "confirm",
    }),
  ];
}
