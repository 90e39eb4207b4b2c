import test from "ava";
import {
  type Body,
  FAIL_OVER,
  openShop,
  resource,
  SHOP,
  type Shop,
  switchBody,
  VAULT,
  webItem,
} from "./shop.ts";

const MACHINE = resource("shop-ne", "Microsoft.Compute/virtualMachines", "shop-web");
const MINUTE = 60_000;

interface Assertions {
  is(actual: unknown, expected: unknown, message?: string): void;
}

/** Compares the list with the item read by itself, which is made anew each time, to the letter. */
async function isListed(t: Assertions, shop: Shop, when: string): Promise<void> {
  const { value }: { value: readonly Body[] } = await shop.get(
    `${VAULT}/replicationProtectedItems`,
  );
  t.is(value.length, 1, when);
  t.is(JSON.stringify(value[0]), JSON.stringify(await shop.get(value[0].id)), when);
}

/** Does a write and compares again and again while its job runs. */
async function follow(t: Assertions, shop: Shop, path: string, body: unknown): Promise<void> {
  const reply = await shop.ask("POST", path, body);
  t.is(reply.status, 202, `${path} ${JSON.stringify(reply.body)}`);
  for (let step = 0; step < 40; step += 1) {
    await isListed(t, shop, `${path}, step ${step}`);
    shop.simulator.clock.advance(MINUTE);
  }
}

test("A list shows an item as it is read by itself, at every step of a cycle", async (t) => {
  const shop = await openShop(t);
  await isListed(t, shop, "at the start");
  await follow(t, shop, `${webItem()}/unplannedFailover`, FAIL_OVER);
  await follow(t, shop, `${webItem()}/failoverCommit`, {});
  const [item]: readonly Body[] = (await shop.get(`${VAULT}/replicationProtectedItems`)).value;
  const disks = item.properties.providerSpecificDetails.protectedManagedDisks.map((disk: Body) => ({
    diskId: disk.recoveryTargetDiskId,
    primaryStagingAzureStorageAccountId: resource(
      "shop-we",
      "Microsoft.Storage/storageAccounts",
      "cachewe",
    ),
    recoveryResourceGroupId: `/subscriptions/${disk.diskId.split("/")[2]}/resourceGroups/shop-ne`,
  }));
  await follow(t, shop, `${webItem()}/reprotect`, switchBody("ne", disks));
  const { value } = await shop.get(`${VAULT}/replicationProtectedItems`);
  t.is(value[0].properties.protectionState, "Protected");
  t.true(value[0].id.includes("container-we"));
});

test("A list shows what changes with time alone, and what changes around an item", async (t) => {
  const shop = await openShop(t);
  const tell = (change: object) =>
    shop.ask("POST", "/_simulator/machines", { id: MACHINE, ...change });
  const changes: readonly (readonly [string, () => unknown])[] = [
    ["time passes", () => undefined],
    ["churn", () => tell({ churnMiBPerSecond: 3 })],
    ["old agent", () => tell({ agentVersion: "outdated" })],
    ["silence", () => tell({ agent: "silent" })],
    ["tags", () => shop.ask("PATCH", MACHINE, { tags: { tier: "db", naïve: "ÿ €" } })],
    ["resync", () => shop.ask("POST", "/_simulator/items", { id: "web", resyncRequired: true })],
    ["deleted machine", () => shop.ask("DELETE", MACHINE)],
  ];
  const seen = new Set<string>();
  for (const [name, change] of changes) {
    await change();
    for (let step = 0; step < 20; step += 1) {
      await isListed(t, shop, `${name}, step ${step}`);
      shop.simulator.clock.advance(53_777);
    }
    const { value } = await shop.get(`${VAULT}/replicationProtectedItems`);
    seen.add(JSON.stringify(value[0]));
  }
  t.is(seen.size, changes.length);
});

test("A list of many items has each of them once, and its last page no link", async (t) => {
  const count = 7;
  const world = {
    ...SHOP,
    knobs: { pageSize: 3 },
    machines: (SHOP.machines ?? []).map((each) =>
      each.name === "shop-web" ? { ...each, count } : each,
    ),
    vaults: (SHOP.vaults ?? []).map((vault) => ({
      ...vault,
      items: (vault.items ?? []).map(({ name: _name, ...item }) => item),
    })),
  };
  const shop = await openShop(t, { world });
  const names: string[] = [];
  for (let next: string | null = `${VAULT}/replicationProtectedItems`; next !== null; ) {
    const page: Body = await shop.get(next);
    names.push(...page.value.map((item: Body) => item.name));
    next = page.nextLink;
  }
  t.deepEqual(
    names,
    Array.from({ length: count }, (_, index) => `shop-web${index + 1}`),
  );
});
