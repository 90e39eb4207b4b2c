import test from "ava";
import { capabilities } from "../../provider/recovery/capabilities.ts";
import { readCapabilities, renderCapabilities } from "../../tools/capabilities-documentation.ts";

test("docs/capabilities.md is what the capability table says; if not, run `node tools/capabilities-documentation.ts`", (t) => {
  t.is(readCapabilities(), renderCapabilities());
});

test("S-05 S-07 docs/capabilities.md names every scenario, and for each that is not current the year and what to use", (t) => {
  const page = readCapabilities();
  for (const [scenario, { title, retirement }] of Object.entries(capabilities)) {
    t.true(page.includes(`| \`${scenario}\` | ${title} |`), scenario);
    if (retirement === undefined) continue;
    t.true(page.includes(`| ${retirement.since} | ${retirement.instead} |`), scenario);
  }
});
