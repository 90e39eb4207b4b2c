import { readFileSync } from "node:fs";
import test from "ava";
import type { Operation } from "../../tools/conformance/exchanges.ts";
import { FIXTURES, fixturesFrom } from "../../tools/conformance/fixtures.ts";
import { exchangesOf, type Forms, formsOf } from "../../tools/conformance/forms.ts";
import { unexplained } from "../../tools/conformance/known-differences.ts";
import { replayAll } from "../../tools/conformance/replay.ts";
import { sharedFolder } from "../../tools/conformance/swagger.ts";

const read = (name: string): string => readFileSync(new URL(name, FIXTURES), "utf8");
const FORMS: Forms = JSON.parse(read("exchange-forms.json"));
const OPERATIONS: readonly Operation[] = JSON.parse(read("service-operations.json"));

test("Every published operation is answered with the status, headers, names, kinds and enum values of the newest version", async (t) => {
  const exchanges = exchangesOf(FORMS, OPERATIONS);
  t.true(exchanges.length >= 120);
  const replayed = await replayAll(exchanges);
  t.deepEqual(unexplained(replayed).differences, []);
  const equal = replayed.filter(({ differences }) => differences.length === 0);
  t.true(equal.length >= 40, `${equal.length} of ${replayed.length} are equal`);
});

test("An answer that lacks a name, has another kind or an unknown enum value is found by the forms", async (t) => {
  const changed: Forms = structuredClone(FORMS);
  const policy = changed.exchanges.filter(
    ({ operationId }) => operationId === "ReplicationPolicies_Get",
  );
  const [answer] = policy[0]?.answers ?? [];
  Object.assign(changed.bodies[answer?.body ?? -1] as object, { mood: "", name: 0 });
  const replayed = await replayAll(exchangesOf({ ...changed, exchanges: policy }, OPERATIONS));
  t.deepEqual(
    [...new Set(unexplained(replayed).differences.map((line) => line.replace(/^.*\] /, "")))],
    ["body.name: string, there number", "body.mood: missing"],
  );
});

test("What is kept of an exchange is names, kinds and enum values, and no text of its author", (t) => {
  const swagger = {
    paths: {},
    definitions: {
      Thing: { type: "object", properties: { state: { type: "string", enum: ["On", "Off"] } } },
      Strange: { type: "object" },
    },
  };
  const body = {
    name: "somebody's vault",
    state: "On",
    size: 7,
    parts: [{ id: "a" }, { id: "b" }],
    tags: { owner: "somebody" },
    none: null,
  };
  const model = { $ref: "#/definitions/Thing" };
  const forms = formsOf("v", [
    {
      ...{ source: "", operationId: "Things_Get", method: "GET", path: "/things", swagger },
      ...{ apiVersion: "v", query: {}, body: undefined },
      answers: [{ status: 200, headers: [], body, model }],
    },
  ]);
  t.deepEqual(forms.bodies, [
    { name: "", state: "On", size: 0, parts: [{ id: "" }], tags: {}, none: null },
  ]);
  t.deepEqual(Object.keys(forms.definitions), ["Thing"]);
});

test("What the tests keep of the published API is small, and what its command writes", (t) => {
  t.true(read("exchange-forms.json").length < 200_000);
  const shared = sharedFolder();
  if (shared === undefined) {
    t.log("Not compared: ../shared is absent.");
    return;
  }
  for (const [name, text] of Object.entries(fixturesFrom(shared))) {
    t.true(read(name) === text, `${name} is old: node tools/service-operations.ts`);
  }
});
