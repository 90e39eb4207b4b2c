import { setTimeout } from "node:timers/promises";
import { createContext, runInContext } from "node:vm";
import test from "ava";
import { FAIL_OVER, openShop, type Shop, webItem } from "./shop.ts";

/** As much of an element as the page's script uses. */
class FakeElement {
  readonly tag: string;
  children: (FakeElement | string)[] = [];
  className = "";
  max = 0;
  value = 0;
  #text = "";

  constructor(tag: string) {
    this.tag = tag;
  }

  append(...children: (FakeElement | string)[]): void {
    this.children.push(...children);
  }

  replaceChildren(...children: (FakeElement | string)[]): void {
    this.children = children;
  }

  set textContent(text: string) {
    this.#text = String(text);
  }

  get textContent(): string {
    const inside = this.children.map((child) =>
      typeof child === "string" ? child : child.textContent,
    );
    return this.#text + inside.join("");
  }

  /** The texts of a table's cells, row by row. */
  get cells(): string[][] {
    return this.children.map((row) =>
      (row as FakeElement).children.map((cell) => (cell as FakeElement).textContent),
    );
  }
}

/** Loads the page, runs its script against the simulator, and returns its elements by id. */
async function openPage(shop: Shop): Promise<{
  html: string;
  element(id: string): FakeElement;
  refresh(): Promise<void>;
}> {
  const html = await (await fetch(shop.simulator.url)).text();
  const ids = new Map(
    [...html.matchAll(/<(\w+)[^>]* id="([\w-]+)"/g)].map(([, tag, id]) => [
      id,
      new FakeElement(tag ?? ""),
    ]),
  );
  let next: (() => Promise<void>) | undefined;
  const context = createContext({
    document: {
      getElementById: (id: string) => ids.get(id) ?? null,
      createElement: (tag: string) => new FakeElement(tag),
    },
    fetch: (path: string) => fetch(new URL(path, shop.simulator.url)),
    setTimeout: (work: () => Promise<void>, delayMs: number) => {
      if (delayMs === 1000) next = work;
    },
  });
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
  runInContext(script, context);
  while (!next) await setTimeout(1);
  return {
    html,
    element(id) {
      const found = ids.get(id);
      if (!found) throw new Error(`The page has no element ${id}.`);
      return found;
    },
    async refresh() {
      await next?.();
    },
  };
}

test("The page at / shows items, states, jobs with progress, clock and faults, and refreshes itself", async (t) => {
  const shop = await openShop(t);
  shop.simulator.addFault({ id: "slow", times: 0, match: { path: "x" }, delayMs: 5 });
  const page = await openPage(shop);
  t.is(page.element("clock").textContent, "2026-01-15 08:00:00 UTC, stepped");
  t.deepEqual(page.element("items").cells, [
    [
      ...["shop-vault", "web", "shop-web", "northeurope", "westeurope"],
      ...["Protected", "", "Primary", "Normal", ""],
    ],
  ]);
  t.deepEqual(page.element("jobs").cells, []);
  t.regex(page.element("faults").cells.join(), /^slow,0,0,\{"id":"slow"/);

  await shop.ask("POST", `${webItem()}/unplannedFailover`, FAIL_OVER);
  shop.simulator.clock.advance(120_000);
  await page.refresh();
  t.is(page.element("items").cells[0]?.[9], "UnplannedFailover");
  const [job] = page.element("jobs").cells;
  t.deepEqual(job?.slice(0, 3), ["Failover", "shop-web", "InProgress"]);
  t.regex(job?.[3] ?? "", /^ [1-9]\d? %$/);
  t.not(job?.[4], "");

  shop.simulator.clock.advance(600_000);
  await shop.ask("POST", "/_simulator/regions", { name: "northeurope", unavailable: true });
  await page.refresh();
  t.is(page.element("jobs").cells[0]?.[2], "Succeeded");
  t.is(page.element("items").cells[0]?.[7], "Recovery");
  t.is(page.element("outages").textContent, "Out of service: northeurope");
  t.is(page.element("jobs-count").textContent, "1");
});

test("The page is well-formed, loads nothing from elsewhere, and is not in the journal", async (t) => {
  const shop = await openShop(t);
  const { html } = await openPage(shop);
  const open: string[] = [];
  const markup = html.replace(/<(script|style)>[\s\S]*?<\/\1>/g, "");
  for (const [, close, tag = ""] of markup.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (close) t.is(open.pop(), tag);
    else if (!["meta", "link"].includes(tag)) open.push(tag);
  }
  t.deepEqual(open, []);
  t.notRegex(html, /(src|href)="(?!data:,)/);
  t.notRegex(html, /innerHTML|https?:/);
  t.deepEqual(shop.simulator.journal(), []);
});

test("When the simulator ends, the page says so", async (t) => {
  const shop = await openShop(t);
  const page = await openPage(shop);
  await shop.simulator.close();
  await page.refresh();
  t.regex(page.element("clock").textContent, /^The simulator does not answer \(/);
});
