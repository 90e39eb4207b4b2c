import { readFileSync } from "node:fs";

const actions = /^(test|unplanned|planned)?failover|^reProtect|^switchprotection/i;

/** What the service was asked to do with machines by a journal, in order: nothing twice, and nothing but what was declared. */
export function verbsIn(journal: string): readonly string[] {
  return readFileSync(journal, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly method: string; readonly path: string })
    .filter(({ method }) => method === "POST")
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1))
    .filter((verb) => actions.test(verb));
}
