import { writeFileSync } from "node:fs";
import { FIXTURES, fixturesFrom } from "./conformance/fixtures.ts";
import { sharedFolder } from "./conformance/swagger.ts";

/** Writes what the tests keep of the published swagger: operations, models of request bodies, forms of exchanges. */
const shared = sharedFolder();
if (shared === undefined) {
  console.log("../shared/azure-spec is absent: the fixtures stay as they are.");
} else {
  for (const [name, text] of Object.entries(fixturesFrom(shared))) {
    writeFileSync(new URL(name, FIXTURES), text);
    console.log(`${name}: ${text.length} characters`);
  }
}
