import { execFile } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import test from "ava";
import { scenarios } from "../../tools/demo/scenarios.ts";
import { makeEngineFolder, repositoryFolder } from "../support/engine.ts";
import { verbsIn } from "./verbs-in.ts";

const execute = promisify(execFile);

interface Expected {
  readonly site: string;
  readonly created: number;
  /** Told by the set-up's preview. */
  readonly setUp: RegExp;
  readonly trouble: RegExp;
  readonly verbs: readonly string[];
}

const thrice = (verb: string): readonly string[] => [verb, verb, verb];

const expected: Readonly<Record<string, Expected>> = {
  vmware: {
    site: "plant",
    created: 9,
    setUp: /Storage DRS of plant-cluster/,
    trouble: /error: shop-web: its machine at the site is on.*\[VM-OFF\]/,
    verbs: ["plannedFailover", "failoverCommit"],
  },
  "vmware-classic": {
    site: "cs-1",
    created: 14,
    setUp: /snapshots are merged/,
    trouble: /error: master target mt-linux: it was moved since the reprotect.*\[MT-MOVED\]/,
    verbs: ["unplannedFailover", "failoverCommit"],
  },
};

for (const [name, { site, created, setUp, trouble, verbs }] of Object.entries(expected)) {
  test.serial(
    `S-01 P-01 V-11 the demo ${name} takes a shop to Azure and home, is stopped by trouble at the site in between, and ends without a difference`,
    async (t) => {
      t.timeout(1_800_000);
      const folder = makeEngineFolder("demo");
      t.teardown(() => rmSync(folder, { recursive: true, force: true }));
      cpSync(join(repositoryFolder, "demo"), join(folder, "demo"), {
        recursive: true,
        filter: (path) => !path.endsWith(".demo"),
      });
      const project = join(folder, scenarios[name]?.project ?? "");

      const words = ["--scenario", name, "--project", project];
      const { stdout } = await execute(
        process.execPath,
        [join(repositoryFolder, "tools/demo.ts"), ...words],
        { maxBuffer: 2 ** 24 },
      );

      const chapters = stdout.split(/^━━ /m).slice(1);
      const chapter = (title: string): string =>
        chapters.find((text) => text.startsWith(`${title} ━`)) ?? "";
      t.regex(chapter("Set-up"), setUp);
      t.regex(chapter("Set-up"), new RegExp(`\\+ ${created} created`));
      t.regex(chapter("A drill"), /- 1 deleted/);
      const before = chapter("The failover, before it happens");
      t.regex(
        before,
        new RegExp(`Failover of recovery plan shop: 3 machines, ${site} → westeurope`),
      );
      t.notRegex(before, /created/);
      t.regex(chapter("The commit"), /~ 1 updated/);
      t.regex(chapter("The reprotect"), /into the existing machine shop-web[\s\S]*\+ 1 created/);
      t.regex(chapter("Trouble at the site"), trouble);
      t.regex(chapter("Trouble at the site"), /refused with exit code [1-9]/);
      t.regex(chapter("The failback"), /removes: Azure virtual machine[\s\S]*\+ 1 created/);
      t.regex(chapter("The reprotect at home"), /\+ 1 created/);
      const end = chapter("Nothing left to do");
      t.is(end.match(new RegExp(`${created + 4} unchanged`, "g"))?.length, 2);
      t.notRegex(stdout, /replace/);
      for (const machine of ["shop-app", "shop-db", "shop-web"]) {
        t.regex(
          chapter("Summary"),
          new RegExp(`Failover +${machine} +${site} → westeurope +committed`),
        );
        t.regex(chapter("Summary"), new RegExp(`Failback +${machine} +.* → ${site} +committed`));
      }
      t.deepEqual(verbsIn(join(project, ".demo/journal.jsonl")), [
        ...["testFailover", "testFailoverCleanup", "unplannedFailover", "failoverCommit"],
        ...thrice("reProtect"),
        ...verbs,
        ...thrice("reProtect"),
      ]);
    },
  );
}
