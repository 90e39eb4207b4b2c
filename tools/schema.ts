import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writePackage } from "./schema/package.ts";

/** The folder of this repository. */
const folder = resolve(import.meta.dirname, "..");

/** The text of schema.json as the sources demand it. */
export function renderSchema(): string {
  return `${JSON.stringify(writePackage(folder).schema, undefined, 2)}\n`;
}

/** The text of schema.json as it is. */
export function readSchema(): string {
  return readFileSync(join(folder, "schema.json"), "utf8");
}

if (import.meta.main) {
  const text = renderSchema();
  if (text === readSchema()) {
    console.log("schema.json is up to date.");
  } else if (process.argv.includes("--check")) {
    console.error("schema.json is not what the sources say. Run `npm run schema` and commit it.");
    process.exitCode = 1;
  } else {
    writeFileSync(join(folder, "schema.json"), text);
    console.log("schema.json written.");
  }
}
