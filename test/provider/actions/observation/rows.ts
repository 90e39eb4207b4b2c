import test from "ava";
import type { ActionKind } from "../../../../provider/recovery/action-kinds.ts";
import type { VCenterBench } from "../../../support/vcenter.ts";
import { type Look, type SiteBench, startSiteBench } from "./site-bench.ts";

/** A rule in a vCenter that breaks it, after and before which the same vCenter keeps it. */
export interface Row {
  readonly title: string;
  readonly rule: string;
  readonly severity: "block" | "warn" | "wait";
  readonly look: Look;
  readonly text: RegExp;
  breaks(bench: VCenterBench): Promise<unknown>;
  mends(bench: VCenterBench): Promise<unknown>;
  /** True when the look itself breaks the rule, so that mending is another look. */
  readonly kept?: Look;
}

/** What a row does when its look alone breaks the rule. */
export const nothing = async (): Promise<void> => {};

/** A row for each of several actions. */
export const forActions = (
  actions: readonly ActionKind[],
  row: Omit<Row, "look"> & { readonly generation: Look["generation"] },
): readonly Row[] =>
  actions.map((action) => {
    const { generation, ...rest } = row;
    return { ...rest, title: `${row.title}, before a ${action}`, look: { action, generation } };
  });

/** Proves each row against one vCenter: broken, mended, and looked at both times. */
export function proveRows(rows: readonly Row[]): { readonly site: () => SiteBench } {
  const endings: (() => unknown)[] = [];
  let shared: SiteBench;
  test.before(async () => {
    shared = await startSiteBench({ teardown: (end) => endings.push(end) });
  });
  test.after.always(async () => {
    for (const end of endings.reverse()) await end();
  });
  for (const { title, rule, severity, look, kept, text, breaks, mends } of rows) {
    test.serial(
      `${title}: seen in a vCenter that breaks it, not in one that keeps it`,
      async (t) => {
        const { bench, findings } = shared;
        const found = async (asked: Look) =>
          (await findings(asked)).filter(
            (each) => each.rule === rule && each.severity === severity,
          );
        try {
          await breaks(bench);
          const broken = await found(look);
          t.true(broken.length > 0, `no finding of ${rule}`);
          t.regex(broken.map((each) => each.text).join("\n"), text);
        } finally {
          await mends(bench);
        }
        t.deepEqual(
          (await found(kept ?? look)).map((each) => each.text),
          [],
        );
      },
    );
  }
  return { site: () => shared };
}
