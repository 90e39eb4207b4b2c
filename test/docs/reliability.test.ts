import test from "ava";
import { proofs } from "../../tools/reliability/promises.ts";
import { readReliability, renderReliability } from "../../tools/reliability.ts";
import { requirementAreas } from "../../tools/requirements.ts";

test("docs/reliability.md is what requirements, tests and the last counts say; if not, run `npm run reliability`", (t) => {
  t.is(readReliability(), renderReliability());
});

test("every promise tells how it is tested", (t) => {
  const promised = requirementAreas.filter(({ letter }) => letter === "Q");
  const ids = promised.flatMap(({ requirements }) => requirements.map(({ id }) => id));
  t.deepEqual(Object.keys(proofs), ids);
});

test("counts of a command that did not run are said to be missing, those that did stand in its table", (t) => {
  const counts = { "points tried": 12, "actions lost": 0 };
  const row = { subject: "engine: regions, item", scope: "every request", date: "2026-01-31" };
  const page = renderReliability([{ command: "crash-sweep", ...row, counts }], []);
  t.regex(page, /\| engine: regions, item \| every request \| 2026-01-31 \| 12 \| 0 \|/);
  t.is(page.match(/Not run yet\./g)?.length, 2);
  t.is(page.match(/No test yet\./g)?.length, Object.keys(proofs).length);
});
