import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type ExecutionContext } from "ava";
import { startSimulator, WorldError } from "../../simulator/index.ts";
import { readWorldFile } from "../../simulator/world/read-world.ts";
import { orders } from "../provider/actions/test-bed.ts";

/** What is said of a world file with this text. */
function refusalOf(t: ExecutionContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "world-files-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "world.yaml");
  writeFileSync(file, text);
  return t.throws(() => readWorldFile(file), { instanceOf: WorldError })?.message ?? "";
}

test("Q-11 fields whose names are lists or maps are refused before they take ages", (t) => {
  t.regex(refusalOf(t, "seed: a\n? [b]\n: c\n"), /world\.yaml:2: the name of a field must be a/);
  t.regex(refusalOf(t, "? ".repeat(500)), /world\.yaml:1: the name of a field/);
});

test("Q-11 a few lines that stand for a billion of elements are refused", (t) => {
  const lines = ["abcdefghi"]
    .flatMap((names) => [...names])
    .map((name, index, all) => {
      const inner = index === 0 ? '"x"' : `*${all[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(inner).join(",")}]`;
    });
  t.regex(refusalOf(t, lines.join("\n")), /world\.yaml:1: the file cannot be read \(.*alias/i);
});

test("Q-11 numbers and times that no computer has room for are refused with their place", async (t) => {
  const refused: readonly (readonly [world: object, message: RegExp])[] = [
    [{ clock: { mode: "stepped", start: "2026-99-99T00:00:00Z" } }, /clock\.start must be a time/],
    [{ clock: { mode: "stepped", start: "9999-12-31T23:59:59Z" } }, /clock\.start must be a time/],
    [{ clock: { mode: "accelerated:99999999999" } }, /clock\.mode must be no faster/],
    [
      { machines: [{ name: "web", resourceGroup: "ne", count: 1e6 }] },
      /machines\.0\.count must be <= 20000/,
    ],
  ];
  for (const [world, message] of refused) {
    await t.throwsAsync(startSimulator({ world: orders({ world }) }), {
      instanceOf: WorldError,
      message,
    });
  }
  const world = orders({ item: { protectedForHours: 1e12 } });
  await t.throwsAsync(startSimulator({ world }), { message: /protectedForHours must be <= 87600/ });
});
