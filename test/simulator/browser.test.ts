import test, { type ExecutionContext } from "ava";
import type { WorldDocument } from "../../simulator/index.ts";
import { findBrowser, openInBrowser, type Page } from "../support/browser.ts";
import { FAIL_OVER, openShop, SHOP, type Shop, webItem } from "./shop.ts";

const browser = findBrowser();

/** Cells of a row of a table, as a person reads them. */
const cells = (table: string, row = 0) =>
  `[...(document.getElementById("${table}").rows[${row}]?.cells ?? [])].map((cell) => cell.innerText)`;

/** Opens the status page; without a browser the test says so and ends. */
async function open(t: ExecutionContext, shop: Shop): Promise<Page | undefined> {
  if (browser === undefined) {
    t.log("Not shown: neither chromium nor google-chrome is on the PATH.");
    t.pass();
    return undefined;
  }
  return openInBrowser(t, browser, shop.simulator.url);
}

test("In a real browser the status page follows a failover without being loaded again", async (t) => {
  const shop = await openShop(t);
  const page = await open(t, shop);
  if (!page) return;
  await page.until(cells("items"), (row) => (row as string[] | undefined)?.[5] === "Protected");
  await page.read("window.loadedOnce = true");
  await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  shop.simulator.clock.advance(60_000);
  const running = await page.until(
    cells("jobs"),
    (row) => (row as string[] | undefined)?.[2] === "InProgress",
  );
  t.deepEqual((running as string[]).slice(0, 2), ["Failover", "shop-web"]);
  shop.simulator.clock.advance(600_000);
  await page.until(cells("jobs"), (row) => (row as string[] | undefined)?.[2] === "Succeeded");
  const item = (await page.read(cells("items"))) as string[];
  t.is(item[5], "UnplannedFailoverCommitPendingStatesBegin");
  t.is(item[7], "Recovery");
  t.is(await page.read("window.loadedOnce"), true);
  const picture = process.env.STATUS_PAGE_PICTURE;
  if (picture !== undefined) await page.picture(picture);
});

test("A thousand machines do not choke the status page", async (t) => {
  const machines = (SHOP.machines ?? []).filter(({ name }) => name === "shop-web");
  const vaults = (SHOP.vaults ?? []).map((vault) => ({
    ...vault,
    items: (vault.items ?? []).map(({ name: _, ...item }) => item),
  }));
  const world: WorldDocument = {
    ...SHOP,
    networks: (SHOP.networks ?? []).map((network) => ({
      ...network,
      subnets: { web: network.name === "vnet-ne" ? "10.64.0.0/16" : "10.65.0.0/16" },
    })),
    machines: machines.map((machine) => ({ ...machine, count: 1000 })),
    vaults,
  };
  const shop = await openShop(t, { world });
  const page = await open(t, shop);
  if (!page) return;
  await page.until("document.getElementById('items').rows.length", (rows) => rows === 500);
  t.is(
    await page.read("document.getElementById('items-count').innerText"),
    "1000, the first 500 shown",
  );
  const beforeMs = Date.now();
  shop.simulator.clock.advance(3_600_000);
  await page.until("document.getElementById('clock').innerText", (text) =>
    String(text).startsWith("2026-01-15 09:00"),
  );
  t.true(Date.now() - beforeMs < 15_000, "a page that chokes takes longer");
  t.true(Number(await page.read("document.getElementById('items').rows[499].cells.length")) === 10);
});
