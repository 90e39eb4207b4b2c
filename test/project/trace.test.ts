import test from "ava";
import { requirementAreas } from "../../tools/requirements.ts";
import {
  describeRules,
  describeTrace,
  findTitles,
  readTitles,
  type TestTitle,
  trace,
  tracedRules,
  traceRules,
} from "../../tools/trace.ts";

const areas = [
  {
    letter: "X",
    title: "finished area",
    done: true,
    requirements: [
      { id: "X-01", summary: "One." },
      { id: "X-02", summary: "Two." },
    ],
  },
  {
    letter: "Y",
    title: "later area",
    done: false,
    requirements: [{ id: "Y-01", summary: "Three." }],
  },
];

function titled(...titles: string[]): TestTitle[] {
  return titles.map((title, index) => ({ file: "a.test.ts", line: index + 1, title }));
}

test("a title that names two ids proves both", (t) => {
  const found = trace(areas, titled("X-01, X-02 both hold"));
  t.deepEqual(found.untested, []);
  t.is(found.tests.get("X-01")?.length, 1);
  t.is(found.tests.get("X-02")?.length, 1);
});

test("an id of a finished area without a test is reported, one of a later area is not", (t) => {
  const found = trace(areas, titled("X-01 holds"));
  t.deepEqual(found.untested, ["X-02"]);
  t.regex(
    describeTrace(areas, found),
    /X-02 Two\. {2}<- NO TEST[\s\S]*Y-01 Three\. {2}\(no test yet\)/,
  );
});

test("ids count only as whole words", (t) => {
  const found = trace(areas, titled("X-011", "XX-01", "aX-01", "X-01-b", "FOO-X-02"));
  t.deepEqual(found.untested, ["X-01", "X-02"]);
});

test("an id that no area has is reported, a foreign word of its shape is not", (t) => {
  const found = trace(areas, titled("X-09 holds", "Y-01 is a product name"));
  t.deepEqual(
    found.unknown.map(({ id }) => id),
    ["X-09"],
  );
});

test("titles are found in calls, serial calls, templates and tables, with their lines", (t) => {
  const text = [
    'test("X-01 plain", (t) => t.pass());',
    'test.serial("X-02 serial", (t) => t.pass());',
    "test(`X-03 for $" + "{name}`, (t) => t.pass());",
    'const rows = [{ title: "X-04 row" }];',
    'const other = "mentions X-05 in passing";',
    'test(macro, "X-06 argument");',
  ].join("\n");
  t.deepEqual(
    findTitles("a.test.ts", text).map(({ line, title }) => `${line} ${title}`),
    ["1 X-01 plain", "2 X-02 serial", "3 X-03 for $" + "{name}", "4 X-04 row", "6 X-06 argument"],
  );
});

test("tests that do not run prove nothing", (t) => {
  const text = 'test.skip("X-01", f); test.todo("X-02"); test.serial.failing("X-03", f);';
  t.deepEqual(findTitles("a.test.ts", text), []);
});

test("the requirements have the ids that tests name: thirteen in area A, thirteen in area Q", (t) => {
  const counts = requirementAreas.map((area) => `${area.letter}${area.requirements.length}`);
  t.deepEqual(counts, ["A13", "V11", "R6", "S10", "H9", "P7", "Q13"]);
  t.is(requirementAreas[0]?.requirements.at(-1)?.id, "A-13");
});

test("every requirement of a finished area is named by a test", (t) => {
  const found = trace(requirementAreas, readTitles());
  t.deepEqual(found.untested, [], "to see all of them, run `npm run trace`");
  t.deepEqual(found.unknown, []);
});

test("a rule is found by its whole id, in titles and in rows of tables", (t) => {
  const rows = 'const rows = [{ title: "MT-SNAP a snapshot" }, { rule: "MT-SNAP" }];';
  const titles = [...titled("FB-X MT-SNAP-OTHER"), ...findTitles("b.test.ts", rows)];
  const rules = [
    { id: "MT-SNAP", summary: "None." },
    { id: "MT-NONE", summary: "Never." },
  ];
  const found = traceRules(rules, titles);
  t.deepEqual(
    found.get("MT-SNAP")?.map(({ title }) => title),
    ["MT-SNAP a snapshot"],
  );
  t.regex(describeRules(rules, found), /MT-NONE Never\. {2}<- NO TEST/);
});

test("every rule is named by a test", (t) => {
  const found = traceRules(tracedRules, readTitles());
  t.true(found.size > 100);
  t.deepEqual(
    [...found].filter(([, tests]) => tests.length === 0).map(([id]) => id),
    [],
  );
});
