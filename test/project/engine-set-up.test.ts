import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { engineFolder, MissingEngineError, repositoryFolder } from "../support/engine.ts";

/** What `tools/engine.sh` did in a repository of its own. */
interface SetUp {
  readonly status: number | null;
  readonly output: string;
  /** The folder that it chose, when it chose one. */
  readonly chosen: string | undefined;
  /** The folder in which the programs lay that it found on PATH. */
  readonly programs: string;
}

/** Runs the set-up with stand-ins for programs on PATH; each stand-in is a line of shell. */
function setUp(t: ExecutionContext, standIns: Readonly<Record<string, string>>): SetUp {
  const root = mkdtempSync(join(tmpdir(), "pulumi-asr-engine-"));
  t.teardown(() => rmSync(root, { recursive: true }));
  const programs = join(root, "programs");
  mkdirSync(programs);
  cpSync(join(repositoryFolder, "tools/engine.sh"), join(root, "tools/engine.sh"));
  for (const [name, line] of Object.entries(standIns)) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  for (const name of ["sh", "dirname", "basename", "sed", "mkdir"]) {
    symlinkSync(findOnPath(name), join(programs, name));
  }
  const done = spawnSync("sh", [join(root, "tools/engine.sh")], {
    env: { PATH: programs },
    encoding: "utf8",
  });
  const choice = join(root, ".tools/engine");
  const chosen = existsSync(choice) ? readFileSync(choice, "utf8").trim() : undefined;
  return { status: done.status, output: done.stdout + done.stderr, chosen, programs };
}

function findOnPath(name: string): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`this test needs ${name} on PATH`);
  return found;
}

const refusingGo = { go: 'echo "go was asked to $*"; exit 1' };
const languageHost = { "pulumi-language-nodejs": "exit 0" };

const takesFromPath = test.macro({
  exec: (t, version: string) => {
    const standIns = { pulumi: `echo ${version}`, ...languageHost, ...refusingGo };
    const { status, chosen, programs, output } = setUp(t, standIns);
    t.is(status, 0, output);
    t.is(chosen, programs);
  },
  title: (_, version) => `pulumi ${version} on PATH is taken as it is`,
});

const buildsItsOwn = test.macro({
  exec: (t, _reason: string, standIns: Readonly<Record<string, string>>) => {
    const { status, chosen, output } = setUp(t, { ...standIns, ...refusingGo });
    t.is(chosen, undefined);
    t.not(status, 0);
    t.regex(output, /go was asked to build -C \S+tools\/pulumi /);
  },
  title: (_, reason) => `the pinned engine is built when ${reason}`,
});

test(takesFromPath, "v3.250.0");
test(takesFromPath, "v3.260.1-alpha.5");
test(buildsItsOwn, "pulumi on PATH is too old", { pulumi: "echo v3.249.9", ...languageHost });
test(buildsItsOwn, "pulumi on PATH has an older major", {
  pulumi: "echo v2.300.0",
  ...languageHost,
});
test(buildsItsOwn, "pulumi on PATH has a newer major", { pulumi: "echo v4.0.0", ...languageHost });
test(buildsItsOwn, "there is no pulumi on PATH", languageHost);
test(buildsItsOwn, "pulumi on PATH lacks its language host", { pulumi: "echo v3.259.0" });
test(buildsItsOwn, "pulumi on PATH does not run", { pulumi: "exit 1", ...languageHost });
test(buildsItsOwn, "pulumi on PATH is not Pulumi", { pulumi: "echo hello", ...languageHost });

test("without an engine and without Go the set-up says what to install and to run", (t) => {
  const { status, output } = setUp(t, {});
  t.is(status, 1);
  t.regex(output, /Install Go .* or Pulumi .*: make tools/);
});

test("a missing engine is an error that names the command which installs it", (t) => {
  const nowhere = join(tmpdir(), "no-engine-was-chosen");
  const error = t.throws(() => engineFolder(nowhere), { instanceOf: MissingEngineError });
  t.regex(error.message, /`make tools`/);
});
