import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Story } from "./story.ts";

/** A resource as a program declares it. */
export interface Declared {
  readonly name: string;
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a story's program declares at a step: every resource as the last step so far has it. */
export function declaredAt(story: Story, index: number): readonly Declared[] {
  const declared = new Map<string, Declared>();
  for (const { resource, type, inputs } of story.steps.slice(0, index + 1)) {
    if (inputs === undefined) declared.delete(resource);
    else declared.set(resource, { name: resource, type, inputs });
  }
  return [...declared.values()];
}

/** Makes what the file beside it lists, one after the other. */
const programText = `import { readFileSync } from "node:fs";
import * as asr from "pulumi-asr";

const list = JSON.parse(readFileSync(new URL("resources.json", import.meta.url), "utf8"));
let before;
for (const { name, type, inputs } of list) {
  before = new asr[type](name, inputs, before === undefined ? {} : { dependsOn: before });
}
`;

const projectText = `name: sweep
runtime: { name: nodejs, options: { typescript: false } }
main: index.js
`;

/** Writes a project with these resources into a folder; true when it is new there. */
export function writeProject(folder: string, resources: readonly Declared[]): boolean {
  const isNew = !existsSync(join(folder, "Pulumi.yaml"));
  if (isNew) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), projectText);
    writeFileSync(join(folder, "index.js"), programText);
  }
  writeFileSync(join(folder, "resources.json"), JSON.stringify(resources));
  return isNew;
}
