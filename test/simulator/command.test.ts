import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import test from "ava";
import { parseClockSetting } from "../../simulator/clock/virtual-clock.ts";
import { CHOICES } from "../../simulator/index.ts";
import { FAIL_OVER, openShop, webItem } from "./shop.ts";

const ROOT = new URL("../../simulator/", import.meta.url);
const MAIN = new URL("main.ts", ROOT).pathname;
const WORLD = new URL("worlds/three-tier.yaml", ROOT).pathname;

test("The command prints its address as one line of JSON and ends on SIGTERM", async (t) => {
  const child = spawn(process.execPath, [MAIN, "--world", WORLD, "--clock", "stepped", "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  const { url } = JSON.parse(line);
  const health = await (await fetch(`${url}/_simulator/health`)).json();
  t.is((health as { mode: string }).mode, "stepped");
  child.kill("SIGTERM");
  const [code] = await once(child, "exit");
  t.is(code, 0);
});

test("The command says what is wrong with its arguments and its world", async (t) => {
  for (const [args, message] of [
    [[], /--world FILE is needed/],
    [["--world", "none.yaml"], /none\.yaml: the world file cannot be read/],
    [["--world", WORLD, "--clock", "fast"], /Clock "fast" is unknown/],
  ] as const) {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (data) => {
      said += String(data);
    });
    const [code] = await once(child, "close");
    t.is(code, 1);
    t.regex(said, message);
  }
});

test("An accelerated clock asks for short waits, a real one for its own", async (t) => {
  const fast = await openShop(t, { clock: "accelerated:600" });
  const reply = await fast.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(reply.headers.get("retry-after"), "1");
  t.is(reply.headers.get("retry-after-ms"), "17");
  const real = await openShop(t, { clock: "real" });
  const slow = await real.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  t.is(slow.headers.get("retry-after"), "10");
  t.is(slow.headers.get("retry-after-ms"), null);
  t.throws(() => parseClockSetting("accelerated:0"));
});

test("The clock can be moved over HTTP, by seconds or to a time, never back", async (t) => {
  const shop = await openShop(t);
  t.is(
    (await shop.ask("POST", "/_simulator/clock/advance", { seconds: 60 })).body.now,
    "2026-01-15T08:01:00.000Z",
  );
  t.is(
    (await shop.ask("POST", "/_simulator/clock/advance", { to: "2026-01-15T09:00:00Z" })).body.now,
    "2026-01-15T09:00:00.000Z",
  );
  t.is(
    (await shop.ask("POST", "/_simulator/clock/advance", { to: "2026-01-15T08:00:00Z" })).status,
    400,
  );
});

const sources = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(new URL(name, ROOT), "utf8") }));

test("The simulator imports nothing of the provider", (t) => {
  for (const { name, text } of sources)
    t.notRegex(text, /from "[^"]*(provider|components)\//, name);
});

test("Code refers to every choice of the table and to no other, and ids are unique", (t) => {
  const ids = CHOICES.map((choice) => choice.id);
  t.is(new Set(ids).size, ids.length);
  const used = sources
    .filter(({ name }) => name !== "choices.ts")
    .flatMap(({ text }) => text.match(/\bCH-[A-Z0-9-]+/g) ?? []);
  t.deepEqual(
    [...new Set(used)].filter((id) => !ids.includes(id)),
    [],
  );
});
