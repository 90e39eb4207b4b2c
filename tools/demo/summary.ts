import type { ActionRecord } from "../../provider/actions/action-inputs.ts";

/** The record of one action in the stack's state. */
export interface RecordedAction {
  /** Such as `Failover`. */
  readonly type: string;
  readonly record: ActionRecord;
}

/** The part of `pulumi stack export` that the summary looks at. */
interface ExportedStack {
  readonly deployment: {
    readonly resources: readonly { readonly type: string; readonly outputs?: object }[];
  };
}

const actionTypes: readonly string[] = ["Failover", "Reprotect", "Failback"];

/** The actions in the text of a stack export, in the order in which they began. */
export function actionsOf(exported: string): readonly RecordedAction[] {
  const { deployment } = JSON.parse(exported) as ExportedStack;
  return deployment.resources
    .map(({ type, outputs }) => ({
      type: type.slice(type.lastIndexOf(":") + 1),
      record: outputs as ActionRecord,
    }))
    .filter(({ type }) => actionTypes.includes(type))
    .toSorted((left, right) => left.record.startedAt.localeCompare(right.record.startedAt));
}

/** The demo's last lines: what moved, when, how long it took, what was lost. */
export function summarize(actions: readonly RecordedAction[]): readonly string[] {
  const heading = ["begun", "action", "machine", "way", "outcome", "recovery time", "data loss"];
  const rows = actions.flatMap(({ type, record }) =>
    record.machines
      .toSorted((left, right) => left.machine.localeCompare(right.machine))
      .map((each) => [
        record.startedAt.slice(11, 19),
        type,
        each.machine,
        `${each.from} → ${each.to}`,
        each.status,
        words(each.recoveryTime),
        words(each.dataLoss),
      ]),
  );
  const all = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** An ISO 8601 duration as people write it: `PT5M10S` becomes `5 min 10 s`. */
function words(duration: string): string {
  const units: Readonly<Record<string, string>> = { H: "h", M: "min", S: "s" };
  const parts = [...duration.matchAll(/(\d+)([HMS])/g)];
  return parts.map(([, count = "", unit = ""]) => `${count} ${units[unit]}`).join(" ") || "-";
}
