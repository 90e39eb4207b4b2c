import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import { actionRules } from "../../provider/recovery/rules/plan-rules.ts";
import { machineRules } from "../../provider/recovery/rules/rules.ts";
import { readRules, renderRules } from "../../tools/rules-documentation.ts";

test("docs/rules.md is what the rule tables say; if not, run `node tools/rules-documentation.ts`", (t) => {
  t.is(readRules(), renderRules());
});

test("P-02 every rule that can be waived stands in docs/rules.md by its id", (t) => {
  const ids = [...machineRules, ...actionRules].map((rule) => rule.id);
  const absent = ids.filter(
    (id) => !new RegExp(`^\\| \`${id}\`( \\*)? \\|`, "m").test(readRules()),
  );
  t.true(ids.length > 20);
  t.deepEqual(absent, []);
});

test("P-02 every finding that the provider can make stands in docs/rules.md by its id", (t) => {
  const root = join(import.meta.dirname, "../..");
  const sources = globSync("provider/**/*.ts", { cwd: root }).map((each) =>
    readFileSync(join(root, each), "utf8"),
  );
  const made = sources.flatMap((text) =>
    [...text.matchAll(/\brule: "([A-Z0-9]+-[A-Z0-9-]+)"/g)].flatMap(([, id]) => id ?? []),
  );
  t.true(made.includes("OP-AGAIN"));
  t.deepEqual(
    made.filter((id) => !new RegExp(`^\\| \`${id}\`( \\*)? \\|`, "m").test(readRules())),
    [],
  );
});
