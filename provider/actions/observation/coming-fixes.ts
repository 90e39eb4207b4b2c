import type { Context } from "../../context.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { serverRules } from "../../recovery/rules/server-rules.ts";

/** What a finding about a master target is said of, before its name. */
const masterTarget = "master target ";

/** Notes at preview that this run mends something of a server, so that an action that follows is not stopped by it. */
export function noteComingFix(context: Context, serverId: string, fix: string): void {
  if (context.preview) context.declared.add(`${serverId}#${fix}`.toLowerCase());
}

/**
 * The findings as they weigh at a preview in which a MasterTargetServer of the same program mends what they
 * speak of: that is said, and stops nothing. Before its verbs an action judges again, and for real.
 */
export function withComingFixes(
  { preview, declared }: Context,
  vaultId: string,
  findings: readonly Finding[],
): readonly Finding[] {
  if (!preview) return findings;
  const noted = [...declared].filter((each) => each.startsWith(`${vaultId}/`.toLowerCase()));
  return findings.map((found) => {
    const { rule, subject, fact, path, severity } = found;
    const fix = serverRules.find((each) => each.id === rule)?.fix;
    if (severity !== "block" || fix === undefined || !subject.startsWith(masterTarget))
      return found;
    const end = `/masterTargetServers/${subject.slice(masterTarget.length)}#${fix}`.toLowerCase();
    if (!noted.some((each) => each.endsWith(end))) return found;
    const remedy =
      "A MasterTargetServer of this program mends it first: let the action depend on it (dependsOn).";
    return finding({ rule, subject, fact, remedy, path, severity: "warn" });
  });
}
