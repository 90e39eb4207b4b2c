import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { makeEngineFolder, repositoryFolder } from "../support/engine.ts";
import { verbsIn } from "./verbs-in.ts";

const execute = promisify(execFile);

test.serial(
  "S-03 P-01 H-07 H-09 the demo hyperv takes a shop to Azure without loss and home, is stopped by a silent host in between, and ends without a difference",
  async (t) => {
    t.timeout(1_800_000);
    const folder = makeEngineFolder("demo");
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    cpSync(join(repositoryFolder, "demo"), join(folder, "demo"), {
      recursive: true,
      filter: (path) => !path.endsWith(".demo"),
    });
    const project = join(folder, "demo/hyper-v");

    const words = ["--scenario", "hyperv", "--project", project];
    const { stdout } = await execute(
      process.execPath,
      [join(repositoryFolder, "tools/demo.ts"), ...words],
      { maxBuffer: 2 ** 24 },
    );

    const chapters = stdout.split(/^━━ /m).slice(1);
    const chapter = (title: string): string =>
      chapters.find((text) => text.startsWith(`${title} ━`)) ?? "";
    t.regex(chapter("Set-up"), /registration key[\s\S]*\+ 11 created/);
    t.regex(chapter("A drill"), /- 1 deleted/);
    t.regex(chapter("Trouble at the site"), /error: .*hv-2\.plant\.example.*\[HV-CONNECTED\]/);
    t.regex(chapter("Trouble at the site"), /refused with exit code [1-9]/);
    const before = chapter("The failover, before it happens");
    t.regex(before, /Failover of recovery plan shop: 3 machines, plant → westeurope/);
    t.regex(before, /nothing is lost/);
    t.notRegex(before, /created/);
    t.regex(chapter("The commit"), /~ 1 updated/);
    t.regex(chapter("The failback"), /\+ 1 created/);
    t.is(chapter("Nothing left to do").match(/13 unchanged/g)?.length, 2);
    t.notRegex(stdout, /replace/);
    for (const machine of ["shop-app", "shop-db", "shop-web"]) {
      t.regex(
        chapter("Summary"),
        new RegExp(`Failover +${machine} +plant → westeurope +committed`),
      );
      t.regex(
        chapter("Summary"),
        new RegExp(`Failback +${machine} +westeurope → plant +protected`),
      );
    }
    t.deepEqual(verbsIn(join(project, ".demo/journal.jsonl")), [
      ...["testFailover", "testFailoverCleanup"],
      ...["plannedFailover", "failoverCommit", "plannedFailover", "failoverCommit"],
      ...["reProtect", "reProtect", "reProtect"],
    ]);
  },
);
