import type { ActionKind } from "../recovery/action-kinds.ts";
import { type Finding, finding } from "../recovery/findings.ts";
import { willFailOver } from "../recovery/situation.ts";
import { failsOver, hasSucceeded, verbJobsOf } from "../recovery/verbs.ts";
import type { Evaluation } from "./observation/evaluation.ts";

/**
 * Warns of a new action that moves a machine which has gone this way before: Pulumi takes an action that was renamed
 * or moved without an alias for a new one, and nobody but the vault knows that it has run (Q-08).
 */
export function againFindings(
  action: ActionKind,
  { situations, jobs }: Evaluation,
): readonly Finding[] {
  return situations
    .filter((each) => !each.projected && willFailOver(each))
    .flatMap(({ item }) => {
      const moves = verbJobsOf(item, jobs).filter(
        ({ verb, job }) => failsOver([verb]) && hasSucceeded(job),
      );
      // The newest one before a failback is that which it takes back.
      const [last] = action === "Failback" ? moves.slice(1) : moves;
      if (last === undefined) return [];
      const { name, startTime } = last.job;
      return [
        finding({
          rule: "OP-AGAIN",
          severity: "warn",
          subject: item.friendlyName,
          fact: `it has gone this way before, last by job ${name}${startTime === undefined ? "" : ` of ${startTime}`}.`,
          remedy:
            "Go on if it is to go once more. If the resource was only renamed or moved in the program, give it an alias.",
        }),
      ];
    });
}
