import { execFile } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { makeEngineFolder, repositoryFolder } from "../support/engine.ts";

const execute = promisify(execFile);

/** The commands of the demo with what each of them printed. */
function sections(output: string): ReadonlyMap<string, string> {
  const chapters = output.split(/^━━ /m).slice(1);
  return new Map(chapters.map((text) => [text.slice(0, text.indexOf(" ━")), text]));
}

test("A-01 A-13 P-01 P-04 the demo previews and performs drill, failover, commit, reprotect and failback, and ends without a difference", async (t) => {
  t.timeout(900_000);
  const project = makeEngineFolder("demo");
  t.teardown(() => rmSync(project, { recursive: true, force: true }));
  for (const path of ["Pulumi.yaml", "demo"]) {
    cpSync(join(repositoryFolder, path), join(project, path), { recursive: true });
  }

  const words = [join(repositoryFolder, "tools/demo.ts"), "--project", project];
  const { stdout } = await execute(process.execPath, words, { maxBuffer: 2 ** 24 });

  const chapter = sections(stdout);
  const route = "3 machines, northeurope → westeurope";
  t.regex(chapter.get("Set-up") ?? "", /\$ pulumi up --yes\n[\s\S]*\+ 16 created/);
  t.regex(
    chapter.get("A drill") ?? "",
    new RegExp(`Test failover of recovery plan shop: ${route}`),
  );
  t.regex(chapter.get("A drill") ?? "", /- 1 deleted/);

  const before = chapter.get("The failover, before it happens") ?? "";
  t.regex(before, new RegExp(`Failover of recovery plan shop: ${route}`));
  for (const [group, machine] of ["shop-db", "shop-app", "shop-web"].entries()) {
    const row = `${group + 1} +${machine} +northeurope → westeurope .* latest \\(data up to .* ago\\)`;
    t.regex(before, new RegExp(row));
  }
  t.notRegex(before, /created/);
  t.notRegex(before, /-\d+ (s|min) ago/);

  t.regex(chapter.get("The failover") ?? "", /\+ 1 created/);
  t.regex(chapter.get("The commit") ?? "", /steps: commit[\s\S]*~ 1 updated/);
  t.regex(
    chapter.get("The reprotect") ?? "",
    /wait until it is protected again[\s\S]*\+ 1 created/,
  );
  t.regex(chapter.get("The failback") ?? "", /westeurope → northeurope[\s\S]*\+ 1 created/);
  t.regex(
    chapter.get("The reprotect at home") ?? "",
    /northeurope → westeurope[\s\S]*\+ 1 created/,
  );
  const end = chapter.get("Nothing left to do") ?? "";
  t.is(end.match(/20 unchanged/g)?.length, 2);
  t.notRegex(end, /Diagnostics/);
  t.notRegex(stdout, /replace/);

  const summary = chapter.get("Summary") ?? "";
  for (const machine of ["shop-app", "shop-db", "shop-web"]) {
    const moved = (action: string, way: string): RegExp =>
      new RegExp(`${action} +${machine} +${way} +committed +\\d+ min.* +\\d+ s`);
    t.regex(summary, moved("Failover", "northeurope → westeurope"));
    t.regex(summary, moved("Failback", "westeurope → northeurope"));
  }
  t.deepEqual(verbsIn(join(project, ".demo/journal.jsonl")), [
    "testFailover",
    "testFailoverCleanup",
    "unplannedFailover",
    "failoverCommit",
    "switchprotection",
    "switchprotection",
    "switchprotection",
    "unplannedFailover",
    "failoverCommit",
    "switchprotection",
    "switchprotection",
    "switchprotection",
  ]);
});

/** What the service was asked to do, in order: nothing twice, and nothing but what was declared. */
function verbsIn(journal: string): readonly string[] {
  return readFileSync(journal, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly method: string; readonly path: string })
    .filter(({ method }) => method === "POST")
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1))
    .filter((name) => name !== "checkConsistency");
}
