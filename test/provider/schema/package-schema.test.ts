import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { Ajv2020 } from "ajv/dist/2020.js";
import test from "ava";
import { settings } from "../../../provider/configuration.ts";
import { handlers } from "../../../provider/handlers.ts";
import { computedInputs } from "../../../provider/hosts/dynamic/property-types.ts";
import * as publicDoor from "../../../provider/index.ts";
import { writePackage } from "../../../tools/schema/package.ts";
import { readGenerated, renderGenerated } from "../../../tools/schema.ts";

const metaschemaFile = join(import.meta.dirname, "../../fixtures/pulumi-metaschema.json");
const schema = JSON.parse(readGenerated("schema.json")) as Record<string, Record<string, unknown>>;

test("schema.json and docs/resources.md are what the generator writes; if not, run `npm run schema`", (t) => {
  for (const [path, text] of Object.entries(renderGenerated()))
    t.is(readGenerated(path), text, path);
});

test("schema.json is valid against Pulumi's metaschema", (t) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(metaschemaFile, "utf8")) as object);
  validate(schema);
  t.deepEqual(validate.errors ?? [], []);
});

test("a schema with an unknown type is refused by the metaschema, so that the check above means something", (t) => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(metaschemaFile, "utf8")) as object);
  const broken = {
    name: "asr",
    resources: { "asr:index:Fabric": { properties: { a: { type: "text" } } } },
  };
  t.false(validate(broken));
});

test("every type that schema.json refers to is in it", (t) => {
  const references = [...readGenerated("schema.json").matchAll(/"#\/types\/([^"]+)"/g)].map(
    ([, token]) => token,
  );
  const missing = references.filter((token) => !(token && schema.types && token in schema.types));
  t.deepEqual(missing, []);
});

test("every setting of the provider is a configuration variable with its environment variables", (t) => {
  const variables = schema.config?.variables as Record<string, Record<string, unknown>>;
  t.deepEqual(
    Object.keys(variables),
    settings.map(({ key }) => key),
  );
  t.true(variables.clientSecret?.secret);
  t.deepEqual(variables.subscriptionId?.defaultInfo, {
    environment: ["ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"],
  });
});

test("every resource has a handler in the table and a class at the public door, and the other way round", (t) => {
  const tokens = Object.keys(schema.resources ?? {});
  const classes = Object.values(publicDoor).flatMap((each) =>
    typeof each === "function" && each.prototype instanceof pulumi.Resource ? [each.name] : [],
  );
  t.deepEqual([...handlers.keys()].toSorted(), tokens);
  t.deepEqual(classes.map((name) => `asr:index:${name}`).toSorted(), tokens);
});

test("the arguments of the classes leave out exactly the inputs that check computes", (t) => {
  const { computedInputs: tagged } = writePackage(join(import.meta.dirname, "../../.."));
  t.deepEqual(
    [...new Set(Object.values(tagged).flat())].toSorted(),
    [...computedInputs].toSorted(),
  );
});
