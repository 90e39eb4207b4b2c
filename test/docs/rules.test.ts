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
