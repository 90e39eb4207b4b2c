import { join } from "node:path";
import test from "ava";
import { renderReference } from "../../../tools/schema/reference.ts";
import { writeResources } from "../../../tools/schema/resources.ts";
import { readSources } from "../../../tools/schema/sources.ts";

const folder = join(import.meta.dirname, "../../fixtures/schema");
const { resources, types, computedInputs } = writeResources(readSources(folder));
const widget = resources["asr:index:Widget"];

test("every file that exports a handler with its interfaces is a resource, also when they lie deeper", (t) => {
  t.deepEqual(Object.keys(resources), ["asr:index:Gadget", "asr:index:Widget"]);
  t.is(resources["asr:index:Gadget"]?.description, "A gadget of several files.");
});

test("a resource is described by the doc comment of its inputs, examples included", (t) => {
  t.is(
    widget?.description,
    'A widget turns. See `WidgetState`.\n\n## Example Usage\n\n```ts\nnew Widget("one", {});\n```',
  );
});

test("members become properties with type, text, default, secret and replacement", (t) => {
  t.deepEqual(widget?.inputProperties.turnSeconds, {
    type: "number",
    description: "How long it turns. Seconds, `1` to `60`.\n\nDefault: `30`.",
    default: 30,
  });
  t.deepEqual(widget?.inputProperties.key, {
    type: "string",
    description: "What opens it.",
    secret: true,
  });
  t.deepEqual(widget?.inputProperties.vault, {
    type: "string",
    description: "Name of the vault.",
    replaceOnChanges: true,
    willReplaceOnChanges: true,
  });
  t.deepEqual(widget?.inputProperties.labels, {
    type: "object",
    additionalProperties: { type: "string" },
    description: "Labels.",
  });
});

test("outputs hold inputs and state, keep secrets and have neither defaults nor replacement", (t) => {
  t.deepEqual(widget?.properties.vault, { type: "string", description: "Name of the vault." });
  t.is(widget?.properties.turnSeconds?.default, undefined);
  t.true(widget?.properties.password?.secret);
  t.deepEqual(widget?.required, ["turning", "password", "machines"]);
  t.deepEqual(widget?.requiredInputs, ["machines"]);
});

test("string unions become enum types, named by their alias or by where they stand", (t) => {
  t.deepEqual(types["asr:index:Speed"], {
    type: "string",
    description: "How fast a widget turns.",
    enum: [{ value: "slow" }, { value: "fast" }],
  });
  t.is(widget?.inputProperties.speed?.$ref, "#/types/asr:index:Speed");
  t.is(widget?.inputProperties.speed?.default, "slow");
  t.is(widget?.inputProperties.stop?.$ref, "#/types/asr:index:WidgetStop");
});

test("interfaces become object types, also when they contain themselves or come by a type parameter", (t) => {
  const reference = { $ref: "#/types/asr:index:WidgetPart" };
  t.deepEqual(widget?.inputProperties.machines?.items, reference);
  t.deepEqual(types["asr:index:WidgetPart"]?.properties?.parts?.items, reference);
});

test("a string or an object becomes a choice", (t) => {
  t.deepEqual(widget?.inputProperties.watcher?.oneOf, [
    { type: "string" },
    { $ref: "#/types/asr:index:WidgetWatcher" },
  ]);
});

test("an input that check computes is a property, but nobody can set it", (t) => {
  t.truthy(widget?.properties.plan);
  t.is(widget?.inputProperties.plan, undefined);
  t.deepEqual(computedInputs["asr:index:Widget"], ["plan"]);
});

test("the reference tells type, default and marks of each input, and the outputs beyond them", (t) => {
  const lines = renderReference({ resources, types }).split("\n");
  t.true(lines.includes('| `speed` | `slow`, `fast` | How fast it turns. Default: `"slow"`. |'));
  t.true(
    lines.includes(
      "| `machines` | list of [WidgetPart](#widgetpart) | *required*. The machines. |",
    ),
  );
  t.true(lines.includes("| `key` | string | *secret*. What opens it. |"));
  t.true(lines.includes("| `turning` | boolean | Whether it turns. |"));
  t.is(lines.filter((line) => line.startsWith("| `vault` |")).length, 1);
});
