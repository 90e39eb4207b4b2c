import type { Context } from "../context.ts";
import { type ActionKind, actionWords } from "../recovery/action-kinds.ts";
import { type Finding, finding } from "../recovery/findings.ts";
import type { Situation } from "../recovery/situation.ts";

const keyOf = (urn: string): string => `${urn}#recorded`;

/**
 * Notes a check, and tells whether the resource is being replaced: the engine checks it with its record first, and
 * then once more without one. A host that knows no URN knows no replacement either.
 */
export function noteCheck({ urn, declared }: Context, isRecorded: boolean): boolean {
  if (urn === undefined) return false;
  if (isRecorded) declared.add(keyOf(urn));
  return !isRecorded && declared.has(keyOf(urn));
}

/** True when what is created replaces what this run has checked with its record. */
export function isReplacement({ urn, declared }: Context): boolean {
  return urn !== undefined && declared.has(keyOf(urn));
}

/**
 * What speaks against the replacement of an action: it may take over what is there, and begins nothing.
 * `--replace`, `replaceOnChanges` and a taint say nothing of a machine that has moved on since. Nobody waives it.
 */
export function replacementFindings(
  action: ActionKind,
  situations: readonly Situation[],
): readonly Finding[] {
  return situations
    .filter(({ decision }) => decision.kind === "start")
    .map(({ item }) =>
      finding({
        rule: "OP-REPLACE",
        severity: "block",
        subject: item.friendlyName,
        fact: `the resource is to be replaced, and its ${actionWords[action].title.toLowerCase()} would begin anew.`,
        remedy:
          "A replacement begins nothing: leave away --replace, replaceOnChanges or the taint (`pulumi state untaint`). To run the action again give it a new trigger.",
      }),
    );
}
