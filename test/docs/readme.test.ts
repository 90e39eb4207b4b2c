import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import test from "ava";
import { settings } from "../../provider/configuration.ts";
import { handlers } from "../../provider/handlers.ts";

const repositoryFolder = resolve(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(repositoryFolder, path), "utf8");

test("the README names every setting with its environment variables", (t) => {
  const rows = read("README.md").split("\n");
  const absent = settings.filter(({ key, variables }) => {
    const row = rows.find((each) => each.startsWith(`| \`asr:${key}\` |`));
    return row === undefined || !variables.every((each) => row.includes(`\`${each}\``));
  });
  t.deepEqual(
    absent.map(({ key }) => key),
    [],
  );
});

test("the README names every resource", (t) => {
  const names = [...handlers.keys()].map((token) => token.slice(token.lastIndexOf(":") + 1));
  t.deepEqual(
    names.filter((name) => !read("README.md").includes(`\`${name}\``)),
    [],
  );
});

test("every file that the documentation links to is there", (t) => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    ...globSync("docs/*.md", { cwd: repositoryFolder }),
  ];
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(repositoryFolder, dirname(page), target)))
      .map((target) => `${page}: ${target}`),
  );
  t.deepEqual(broken, []);
});
