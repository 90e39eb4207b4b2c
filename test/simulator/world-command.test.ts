import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Ajv } from "ajv";
import test from "ava";
import { parse } from "yaml";
import { openShop } from "./shop.ts";

const MAIN = new URL("../../simulator/main.ts", import.meta.url).pathname;
const PUBLISHED = new URL("../../docs/world.schema.json", import.meta.url);
const THREE_TIER = new URL("../../simulator/worlds/three-tier.yaml", import.meta.url).pathname;

const command = (...words: readonly string[]) =>
  promisify(execFile)(process.execPath, [MAIN, ...words]);

test("`world init` writes a commented example that starts, and never over another file", async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), "simulator-init-")), "mine.yaml");
  const { stderr } = await command("world", "init", file);
  t.regex(stderr, /Next: asr-simulator --world .*mine\.yaml/);
  t.true(
    readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.includes("#")).length > 10,
  );
  const shop = await openShop(t, { world: file });
  const { value } = await shop.get("/_simulator/faults");
  t.is(value.length, 2);
  const { items } = await shop.get("/_simulator/status");
  t.deepEqual(
    items.rows.map((row: { item: string; state: string }) => [row.item, row.state]),
    [
      ["shop-web1", "Protected"],
      ["shop-web2", "Protected"],
      ["shop-web3", "Protected"],
      ["shop-db", "InitialReplicationInProgress"],
    ],
  );
  const again = await t.throwsAsync(command("world", "init", file));
  t.regex(again?.message ?? "", /mine\.yaml exists already: give another name/);
});

test("`world init --vmware` writes an example with a site that starts, its machines protected", async (t) => {
  const file = join(mkdtempSync(join(tmpdir(), "simulator-init-")), "site.yaml");
  await command("world", "init", file, "--vmware");
  const shop = await openShop(t, { world: file });
  const { items } = await shop.get("/_simulator/status");
  t.deepEqual(
    items.rows.map((row: { item: string; state: string }) => [row.item, row.state]),
    [
      ["shop-web1", "Protected"],
      ["shop-web2", "Protected"],
    ],
  );
});

test("The published schema is the one that the command prints, and the examples keep to it", async (t) => {
  const { stdout } = await command("world", "schema");
  const schema = JSON.parse(stdout);
  t.deepEqual(
    JSON.parse(readFileSync(PUBLISHED, "utf8")),
    schema,
    "docs/world.schema.json is out of date: run `npm run world-schema`",
  );
  const shop = await openShop(t);
  t.deepEqual(await shop.get("/_simulator/world-schema"), schema);
  const file = join(mkdtempSync(join(tmpdir(), "simulator-init-")), "world.yaml");
  const vmware = join(mkdtempSync(join(tmpdir(), "simulator-init-")), "world.yaml");
  await command("world", "init", file);
  await command("world", "init", vmware, "--vmware");
  const ajv = new Ajv({ allowUnionTypes: true, strictRequired: false, formats: { regex: true } });
  const validate = ajv.compile(schema);
  for (const each of [file, vmware, THREE_TIER]) {
    t.true(validate(parse(readFileSync(each, "utf8"))), ajv.errorsText(validate.errors));
  }
  t.false(validate({ subscriptions: [], faults: [{ delay: 5 }] }));
});

test("A command that does not exist is refused with those that do", async (t) => {
  const error = await t.throwsAsync(command("world", "make"));
  t.regex(error?.message ?? "", /"world make" is no command: use world init/);
});
