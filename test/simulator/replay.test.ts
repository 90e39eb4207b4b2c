import { readFileSync } from "node:fs";
import test from "ava";
import { differencesOfForm, differencesOfModel } from "../../tools/conformance/compare.ts";
import { type Operation, recordedExchanges } from "../../tools/conformance/exchanges.ts";
import { KNOWN_DIFFERENCES, unexplained } from "../../tools/conformance/known-differences.ts";
import { replayAll } from "../../tools/conformance/replay.ts";
import { differencesOfRequestModels } from "../../tools/conformance/request-models.ts";
import type { Swagger } from "../../tools/conformance/swagger.ts";

const FIXTURES = new URL("./fixtures/", import.meta.url);
const OPERATIONS = JSON.parse(
  readFileSync(new URL("service-operations.json", FIXTURES), "utf8"),
) as readonly Operation[];

test("Every recorded exchange that the tests keep is answered in the recorded form", async (t) => {
  const exchanges = recordedExchanges(FIXTURES, OPERATIONS);
  t.true(exchanges.length >= 15);
  t.deepEqual(unexplained(await replayAll(exchanges)).differences, []);
});

test("S-04 every recorded exchange about machines of a VMM cloud is answered in the recorded form", async (t) => {
  const exchanges = recordedExchanges(new URL("hyper-v/", FIXTURES), OPERATIONS);
  t.is(exchanges.length, 8);
  const replayed = await replayAll(exchanges);
  t.deepEqual(
    replayed.flatMap(({ differences }) => differences),
    [],
  );
});

for (const version of ["2023-08-01", "2024-04-01"]) {
  test(`Bodies of requests are checked by every field, need and enum value that version ${version} publishes`, (t) => {
    const file = new URL(`request-models-${version}.json`, FIXTURES);
    const models = JSON.parse(readFileSync(file, "utf8")) as Swagger;
    t.deepEqual(differencesOfRequestModels(models), []);
  });
}

test("A rule that a request body lacks, a need and an enum value are told by their path", (t) => {
  const file = new URL("request-models-2023-08-01.json", FIXTURES);
  const models = JSON.parse(readFileSync(file, "utf8"));
  const { definitions } = models;
  definitions.ResumeJobParamsProperties.properties.mood = { type: "string" };
  definitions.ResumeJobParamsProperties.required = ["comments"];
  definitions.A2APolicyCreationInput.properties.multiVmSyncStatus.enum.push("Maybe");
  t.deepEqual(differencesOfRequestModels(models), [
    "policy.properties.providerSpecificInput(A2A).multiVmSyncStatus: 'Maybe' there",
    "policyUpdate.properties.replicationProviderSettings(A2A).multiVmSyncStatus: 'Maybe' there",
    "jobResume.properties.comments: required",
    "jobResume.properties.mood: not checked",
  ]);
});

test("A missing field, another kind of value and a missing list member are told by their path", (t) => {
  const theirs = { name: "x", properties: { size: 1, parts: [{ id: "a" }], none: null } };
  t.deepEqual(differencesOfForm(theirs, theirs, "body"), []);
  t.deepEqual(differencesOfForm({ properties: { size: "1", parts: [{}] } }, theirs, "body"), [
    "body.name: missing",
    "body.properties.size: string, there number",
    "body.properties.parts[].id: missing",
    "body.properties.none: missing",
  ]);
});

test("A part of another scenario is not compared", (t) => {
  const theirs = { details: { instanceType: "InMageRcm", processServerId: "p" } };
  t.deepEqual(differencesOfForm({ details: { instanceType: "A2A" } }, theirs, "body"), []);
});

const SWAGGER: Swagger = {
  paths: {},
  definitions: {
    Thing: {
      type: "object",
      properties: {
        colour: { type: "string", enum: ["Red", "Green"] },
        count: { type: "integer" },
        details: { $ref: "#/definitions/Details" },
      },
    },
    Details: { type: "object", discriminator: "instanceType", properties: { instanceType: {} } },
    DetailsOfA2A: {
      type: "object",
      allOf: [{ $ref: "#/definitions/Details" }],
      properties: { zone: { type: "string" } },
      "x-ms-discriminator-value": "A2A",
    },
  },
};

test("A body is measured against its model: kinds, enum values, and names the heir does not have", (t) => {
  const model = { $ref: "#/definitions/Thing" };
  const good = { colour: "Red", count: 2, details: { instanceType: "A2A", zone: "1" } };
  t.deepEqual(differencesOfModel(good, model, SWAGGER, "body"), []);
  const bad = { colour: "Blue", count: "2", details: { instanceType: "A2A", zones: [] } };
  t.deepEqual(differencesOfModel(bad, model, SWAGGER, "body"), [
    "body.colour: 'Blue' is not one of Red, Green",
    "body.count: string, in the model number",
    "body.details.zones: not in the model",
  ]);
});

test("A difference is only explained for the operations and sources its line names", (t) => {
  const replayed = (operationId: string, difference: string) => ({
    source: "sample x",
    operationId,
    differences: [difference],
  });
  const left = unexplained([
    replayed("ReplicationVaultSetting_Create", "status: 202, there 200"),
    replayed("ReplicationFabrics_Create", "status: 202, there 200"),
    replayed("ReplicationFabrics_Get", "header azure-asyncoperation: missing"),
  ]);
  t.deepEqual(left.differences, [
    "ReplicationFabrics_Create [sample x] status: 202, there 200",
    "ReplicationFabrics_Get [sample x] header azure-asyncoperation: missing",
  ]);
  t.is(left.stale.length, KNOWN_DIFFERENCES.length - 1);
});
