import { writeFileSync } from "node:fs";
import { serviceOperations, sharedFolder } from "./conformance/swagger.ts";

/** Writes the list of the API's operations that the tests keep, from the published swagger. */
const shared = sharedFolder();
if (shared === undefined) {
  console.log("../shared/azure-spec is absent: the list of operations stays as it is.");
} else {
  const operations = serviceOperations(shared);
  const rows = operations.map((operation) => `  ${JSON.stringify(operation)}`);
  const target = new URL("../test/simulator/fixtures/service-operations.json", import.meta.url);
  writeFileSync(target, `[\n${rows.join(",\n")}\n]\n`);
  console.log(`${operations.length} operations`);
}
