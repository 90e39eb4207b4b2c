import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { repositoryFolder } from "../support/engine.ts";

/** A stand-in for Go that writes the program which it is asked for. */
const go = `#!/bin/sh
while [ "$1" != "-o" ]; do shift; done
echo "go was asked for $2"
echo built > "$2"
chmod +x "$2"
`;

/** A repository with nothing but the vCenter's sources, and what running its set-up says. */
function makeRepository(t: ExecutionContext) {
  const root = mkdtempSync(join(tmpdir(), "pulumi-asr-vcenter-"));
  t.teardown(() => rmSync(root, { recursive: true }));
  const programs = join(root, "programs");
  mkdirSync(programs);
  for (const path of ["tools/vcenter.sh", "tools/vcenter"]) {
    cpSync(join(repositoryFolder, path), join(root, path), { recursive: true });
  }
  for (const name of ["dirname", "find", "mkdir", "mv", "chmod"]) {
    symlinkSync(findOnPath(name), join(programs, name));
  }
  const run = () => {
    const done = spawnSync("/bin/sh", [join(root, "tools/vcenter.sh")], {
      env: { PATH: programs },
      encoding: "utf8",
    });
    return { status: done.status, output: done.stdout + done.stderr };
  };
  return { root, programs, run };
}

function findOnPath(name: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`this test needs ${name} on PATH`);
  return found;
}

test("the vCenter for tests is built once, and again when its sources have changed", (t) => {
  const { root, programs, run } = makeRepository(t);
  writeFileSync(join(programs, "go"), go, { mode: 0o755 });
  t.regex(run().output, /go was asked for \S+\.tools\/bin\/vcenter\.new/);
  t.notRegex(run().output, /go was asked/);
  const later = new Date(Date.now() + 60_000);
  utimesSync(join(root, "tools/vcenter/scenario.ts"), later, later);
  t.notRegex(run().output, /go was asked/, "only Go sources are built");
  utimesSync(join(root, "tools/vcenter/main.go"), later, later);
  t.regex(run().output, /go was asked/);
});

test("without Go the vCenter's set-up says what to install and to run", (t) => {
  const { status, output } = makeRepository(t).run();
  t.is(status, 1);
  t.regex(output, /Install Go 1\.25 or newer .*: make tools/);
});
