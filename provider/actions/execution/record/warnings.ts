import type { Context } from "../../../context.ts";
import type { Finding } from "../../../recovery/findings.ts";
import type { OpenRecord } from "./record.ts";

/** Tells a warning and writes it into the record, once. */
export function noteWarning(context: Context, record: OpenRecord, text: string): void {
  if (record.warnings.includes(text)) return;
  record.warnings = [...record.warnings, text];
  context.log.warn(text);
}

/**
 * Rules whose findings come to light when the action is on its way: what a failback has left, which only a look
 * between failback and commit can tell, and what a recovery plan does not run because its rest goes without it.
 */
const rulesOnTheWay: readonly string[] = ["FB-TOOLS", "PL-REST"];

/** Tells what has come to light since the action began, and writes it into the record as warnings. */
export function noteFindings(
  context: Context,
  record: OpenRecord,
  findings: readonly Finding[],
): void {
  for (const { rule, text } of findings) {
    if (rulesOnTheWay.includes(rule)) noteWarning(context, record, text);
  }
}
