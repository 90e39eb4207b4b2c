import test from "ava";
import fc from "fast-check";
import { type DifferenceOptions, differences } from "../../../provider/inputs/difference.ts";
import { sameDuration } from "../../../provider/inputs/duration.ts";
import type { ResourceSchema } from "../../../provider/schema/schema.ts";
import { unknownValue } from "../../../provider/unknown.ts";

const schema: ResourceSchema = {
  inputProperties: {
    machine: { type: "string", replaceOnChanges: true },
    nics: { type: "array", items: { $ref: "#/types/asr:index:Nic" } },
    addresses: { type: "array", items: { type: "string" } },
    multiVmSync: { type: "boolean", default: true },
    retention: { type: "string", default: "PT24H" },
    tags: { type: "object", additionalProperties: { type: "string" } },
    timeout: { type: "string" },
  },
  properties: { machine: { type: "string" }, state: { type: "string" } },
};

const options: DifferenceOptions = {
  ignored: ["timeout"],
  sets: ["addresses"],
  same: { retention: sameDuration },
  types: {
    "asr:index:Nic": {
      type: "object",
      properties: {
        staticAddress: { type: "string" },
        zone: { type: "string", replaceOnChanges: true },
        accelerated: { type: "boolean", default: false },
      },
    },
  },
};

const compared = test.macro({
  exec: (t, olds: object, news: object, expected: object) => {
    t.deepEqual(
      differences(
        schema,
        olds as Record<string, unknown>,
        news as Record<string, unknown>,
        options,
      ),
      expected,
    );
  },
  title: (name) => `comparing inputs: ${name}`,
});

test(
  "ids differ by letter case only",
  compared,
  { machine: "/Subscriptions/S/x" },
  { machine: "/subscriptions/s/X" },
  {},
);
test(
  "names differ by letter case",
  compared,
  { machine: "A" },
  { machine: "a" },
  { machine: { kind: "update", replace: true } },
);
test("outputs are not looked at", compared, { state: "Protected" }, {}, {});
test("missing is at its default", compared, { multiVmSync: true, retention: "PT24H" }, {}, {});
test("missing is empty", compared, { tags: {}, addresses: [], machine: "" }, {}, {});
test(
  "false is not missing where the default is true",
  compared,
  { multiVmSync: false },
  {},
  { multiVmSync: { kind: "update" } },
);
test("durations are spelt in two ways", compared, { retention: "P1D" }, { retention: "PT24H" }, {});
test("a set in another order", compared, { addresses: ["a", "b"] }, { addresses: ["b", "a"] }, {});
test(
  "a set with another member",
  compared,
  { addresses: ["a"] },
  { addresses: ["a", "c"] },
  { "addresses[1]": { kind: "add" } },
);
test("an ignored input", compared, { timeout: "PT1H" }, { timeout: "PT2H" }, {});
test(
  "a leaf deep inside",
  compared,
  { nics: [{ staticAddress: "10.0.0.4" }, { staticAddress: "10.0.0.5" }] },
  { nics: [{ staticAddress: "10.0.0.4", accelerated: false }, { staticAddress: "10.0.0.9" }] },
  { "nics[1].staticAddress": { kind: "update" } },
);
test(
  "a leaf that replaces, deep inside",
  compared,
  { nics: [{ zone: "1" }] },
  { nics: [{ zone: "2" }] },
  { "nics[0].zone": { kind: "update", replace: true } },
);
test(
  "an element more",
  compared,
  { nics: [{}] },
  { nics: [{}, { staticAddress: "a" }] },
  { "nics[1]": { kind: "add" } },
);
test(
  "an element less",
  compared,
  { nics: [{ staticAddress: "a" }] },
  {},
  { nics: { kind: "delete" } },
);
test(
  "a tag with a name that is no word",
  compared,
  { tags: { "a b": "1", c: "2" } },
  { tags: { "a b": "3", d: "4" } },
  {
    'tags["a b"]': { kind: "update" },
    "tags.c": { kind: "delete" },
    "tags.d": { kind: "add" },
  },
);
test(
  "not known yet",
  compared,
  { machine: "a", nics: [{ staticAddress: "x" }] },
  { machine: unknownValue, nics: [{ staticAddress: unknownValue }] },
  {
    machine: { kind: "update", replace: true },
    "nics[0].staticAddress": { kind: "update" },
  },
);

test("equal inputs have no differences, whatever they are", (t) => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("machine", "nics", "tags", "retention"), fc.jsonValue()),
      (inputs) => {
        t.deepEqual(differences(schema, inputs, structuredClone(inputs), options), {});
      },
    ),
  );
});
