import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { writePackage } from "./schema/package.ts";
import { renderReference } from "./schema/reference.ts";

/** The folder of this repository. */
const folder = resolve(import.meta.dirname, "..");

/** The texts that are generated from the sources, by their path in the repository. */
export function renderGenerated(): Readonly<Record<string, string>> {
  const { schema } = writePackage(folder);
  return {
    "schema.json": `${JSON.stringify(schema, undefined, 2)}\n`,
    "docs/resources.md": renderReference(schema),
  };
}

/** The text of a generated file as it is; empty when there is none. */
export function readGenerated(path: string): string {
  const file = join(folder, path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(renderGenerated())) {
    if (text === readGenerated(path)) {
      console.log(`${path} is up to date.`);
    } else if (process.argv.includes("--check")) {
      console.error(`${path} is not what the sources say. Run \`npm run schema\` and commit it.`);
      process.exitCode = 1;
    } else {
      writeFileSync(join(folder, path), text);
      console.log(`${path} written.`);
    }
  }
}
