import { writeFileSync } from "node:fs";
import { requestModelsOf } from "./conformance/request-models.ts";
import {
  API_VERSIONS,
  readSwagger,
  serviceOperations,
  sharedFolder,
} from "./conformance/swagger.ts";

/** Writes what the tests keep of the published swagger: the list of operations, and the models of request bodies. */
const FIXTURES = new URL("../test/simulator/fixtures/", import.meta.url);
const shared = sharedFolder();
if (shared === undefined) {
  console.log("../shared/azure-spec is absent: the fixtures stay as they are.");
} else {
  writeList("service-operations.json", serviceOperations(shared));
  for (const version of API_VERSIONS) {
    const models = requestModelsOf(readSwagger(shared, version));
    const file = new URL(`request-models-${version}.json`, FIXTURES);
    writeFileSync(file, `${JSON.stringify(models)}\n`);
  }
}

function writeList(name: string, rows: readonly unknown[]): void {
  const lines = rows.map((row) => `  ${JSON.stringify(row)}`);
  writeFileSync(new URL(name, FIXTURES), `[\n${lines.join(",\n")}\n]\n`);
  console.log(`${rows.length} operations`);
}
