import test from "ava";
import fc from "fast-check";
import { validateInputs } from "../../../provider/inputs/validate.ts";
import type { ComplexTypeSchema, ResourceSchema } from "../../../provider/schema/schema.ts";
import { unknownValue } from "../../../provider/unknown.ts";

const types: Readonly<Record<string, ComplexTypeSchema>> = {
  "asr:index:Group": {
    type: "object",
    properties: {
      items: { type: "array", items: { type: "string" } },
      order: { type: "integer" },
    },
    required: ["items"],
  },
  "asr:index:Wait": { type: "string", enum: [{ value: "protected" }, { value: "enabled" }] },
};

const schema: ResourceSchema = {
  inputProperties: {
    name: { type: "string" },
    groups: { type: "array", items: { $ref: "#/types/asr:index:Group" } },
    waitFor: { $ref: "#/types/asr:index:Wait" },
    key: { $ref: "#/types/asr:index:Wait", secret: true },
    tags: { type: "object", additionalProperties: { type: "string" } },
    share: { type: "number" },
    either: { oneOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] },
  },
  requiredInputs: ["name"],
  properties: {},
};

const check = (news: Record<string, unknown>): readonly string[] =>
  validateInputs(schema, news, types).map((each) => `${each.path}: ${each.reason}`);

test("well-formed inputs have no failures", (t) => {
  t.deepEqual(
    check({
      name: "n",
      groups: [{ items: ["a"], order: 1 }],
      waitFor: "enabled",
      tags: { "a b": "c" },
      share: 0.5,
      either: ["x"],
    }),
    [],
  );
});

const malformed = test.macro({
  exec: (t, news: Record<string, unknown>, reason: string) => {
    t.deepEqual(check({ name: "n", ...news }), [reason]);
  },
  title: (_, __, reason: string) => `malformed inputs are told with path and remedy: ${reason}`,
});

test(malformed, { name: undefined }, "name: is missing.");
test(malformed, { name: 5 }, "name: must be text, not a number.");
test(malformed, { waitfor: "enabled" }, 'waitfor: is no property here. Did you mean "waitFor"?');
test(
  malformed,
  { zzzzzz: 1 },
  "zzzzzz: is no property here. Known are: name, groups, waitFor, key, tags, share, either.",
);
test(
  malformed,
  { waitFor: "protectd" },
  'waitFor: "protectd" is none of protected, enabled. Did you mean "protected"?',
);
test(
  malformed,
  { groups: [{ items: ["a"] }, { items: [7] }] },
  "groups[1].items[0]: must be text, not a number.",
);
test(malformed, { groups: [{}] }, "groups[0].items: is missing.");
test(malformed, { groups: "a" }, "groups: must be a list, not text.");
test(
  malformed,
  { groups: [{ items: [], order: 1.5 }] },
  "groups[0].order: must be a whole number, not a fraction.",
);
test(malformed, { tags: { "a b": true } }, 'tags["a b"]: must be text, not true or false.');
test(malformed, { share: Number.NaN }, "share: must be a number, not an impossible number.");
test(malformed, { either: [1] }, "either[0]: must be text, not a number.");

test("P-07 the value of a secret is not shown", (t) => {
  const [reason = ""] = check({ name: "n", key: "protectedhunter2" });
  t.is(reason, "key: the value is none of protected, enabled.");
});

test("what is not known yet is well-formed everywhere", (t) => {
  t.deepEqual(
    check({
      name: unknownValue,
      groups: [{ items: unknownValue }, unknownValue, { items: [unknownValue] }],
      waitFor: unknownValue,
      tags: unknownValue,
      share: unknownValue,
      either: unknownValue,
    }),
    [],
  );
});

test("hostile inputs give failures and never an exception", (t) => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything()), (news) => {
      t.true(Array.isArray(validateInputs(schema, news, types)));
    }),
  );
  const trap = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("trap");
      },
    },
  );
  t.is(validateInputs(schema, trap, types).length, 1);
  t.is(check(JSON.parse('{"name":"n","__proto__":{"a":1},"constructor":1}')).length, 1);
});

test("Q-10 an id that would lead a request to another object, and half a character, are refused", (t) => {
  const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web";
  t.deepEqual(check({ name: id }), []);
  t.deepEqual(check({ name: `${id}..2 (copy)` }), [], "dots inside a name are in order");
  for (const stray of [
    "/../../x",
    "/..",
    "/./x",
    "?x=1",
    "#x",
    "%2f..%2fx",
    "%2E%2E",
    "\\x",
    "\n",
  ]) {
    const [found] = check({ name: `${id}${stray}` });
    t.regex(found ?? "", /is no ARM id\. Give it as the portal shows it/, stray);
  }
  t.regex(check({ name: "a\ud83d" })[0] ?? "", /half a character/);
  t.deepEqual(check({ name: "../what is no id" }), []);
});
