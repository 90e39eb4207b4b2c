import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import test from "ava";
import { startSimulator } from "../../simulator/index.ts";
import { SHOP, VAULT } from "./shop.ts";

const MAIN = new URL("../../simulator/main.ts", import.meta.url).pathname;
const ROUNDS = 15;

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

async function start(folder: string): Promise<Started> {
  const world = join(folder, "world.json");
  const child = spawn(
    process.execPath,
    [MAIN, "--world", world, "--state", join(folder, "state.json"), "--quiet"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = await once(
    createInterface({ input: child.stdout as NodeJS.ReadableStream }),
    "line",
  );
  return { child, url: JSON.parse(line).url };
}

function policy(url: string, name: string, method = "GET"): Promise<Response> {
  const body = {
    properties: { providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Enable" } },
  };
  return fetch(`${url}${VAULT}/replicationPolicies/${name}?api-version=2023-08-01`, {
    method,
    ...(method === "PUT" && {
      body: JSON.stringify(body),
      headers: { "content-type": "application/json" },
    }),
  });
}

/** Writes as fast as it gets answers, until the connection dies; returns the addresses of accepted operations. */
async function writeUntilKilled(url: string, prefix: string): Promise<string[]> {
  const accepted: string[] = [];
  try {
    for (let number = 0; ; number += 1) {
      const reply = await policy(url, `${prefix}-${number}`, "PUT");
      const operation = reply.headers.get("azure-asyncoperation");
      await reply.text();
      if (reply.status === 202 && operation) accepted.push(new URL(operation).pathname);
    }
  } catch {
    return accepted;
  }
}

test("A simulator killed again and again while it is written to loses nothing that it accepted", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-killed-"));
  writeFileSync(join(folder, "world.json"), JSON.stringify({ ...SHOP, clock: { mode: "real" } }));
  const stateFile = join(folder, "state.json");
  const accepted: string[] = [];
  let { child, url } = await start(folder);
  t.teardown(() => child.kill("SIGKILL"));
  for (let round = 0; round < ROUNDS; round += 1) {
    const writers = Promise.all(
      [0, 1, 2].map((each) => writeUntilKilled(url, `p${round}-${each}`)),
    );
    const journal = async () =>
      (await (await fetch(`${url}/_simulator/journal?method=PUT`)).json()) as { value: unknown[] };
    // Killed in the middle of the load, each time after another number of writes.
    while ((await journal()).value.length < 5 + 3 * round);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    accepted.push(...(await writers).flat());
    t.notThrows(() => JSON.parse(readFileSync(stateFile, "utf8")));
    ({ child, url } = await start(folder));
    for (const path of accepted) {
      const status = await fetch(`${url}${path}?api-version=2023-08-01`);
      t.is(status.status, 200, `round ${round}: ${path}`);
      await status.text();
    }
  }
  t.true(accepted.length > ROUNDS * 5, `${accepted.length} accepted`);
});

test("Two simulators do not share a state file; one that was killed gives it up", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-lock-"));
  writeFileSync(join(folder, "world.json"), JSON.stringify(SHOP));
  const stateFile = join(folder, "state.json");
  const { child } = await start(folder);
  await t.throwsAsync(startSimulator({ world: SHOP, stateFile }), {
    message: new RegExp(`another simulator \\(process ${child.pid}\\) uses this state file`),
  });
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  const second = await startSimulator({ world: SHOP, stateFile });
  await t.throwsAsync(startSimulator({ world: SHOP, stateFile }), {
    message: /uses this state file/,
  });
  await second.close();
  t.false(existsSync(`${stateFile}.lock`));
});

test("A state file that is cut off, of another version or in no folder is refused with what to do", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "simulator-state-"));
  const stateFile = join(folder, "state.json");
  for (const [text, message] of [
    ['{"version":2,"seed', /state\.json: the state file is not readable .* Delete it/],
    ['{"version":1}', /is of version 1, and this simulator reads version 3/],
    ["null", /is of version undefined/],
  ] as const) {
    writeFileSync(stateFile, text);
    await t.throwsAsync(startSimulator({ world: SHOP, stateFile }), { message });
  }
  await t.throwsAsync(startSimulator({ world: SHOP, stateFile: join(folder, "none/state.json") }), {
    message: /none\/state\.json: the state file cannot be written/,
  });
  t.false(existsSync(`${stateFile}.lock`));
});
