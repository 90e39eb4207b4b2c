import test from "ava";
import { type Body, container, openShop, SHOP, type Shop, VAULT, webItem } from "./shop.ts";

const FABRIC = `${VAULT}/replicationFabrics/fabric-ne`;

/** A vault with many set-up objects, and pages of three. */
const MANY = {
  ...SHOP,
  knobs: { pageSize: 3 },
  vaults: (SHOP.vaults ?? []).map((vault) => ({
    ...vault,
    policies: [
      ...(vault.policies ?? []),
      ...Array.from({ length: 7 }, (_, number) => ({ name: `policy-${number}` })),
    ],
  })),
};

/** Follows nextLink to the end; returns the names and how many came at a time. */
async function pages(shop: Shop, path: string): Promise<{ names: string[]; sizes: number[] }> {
  const names: string[] = [];
  const sizes: number[] = [];
  for (let next: string | null = path; next !== null; ) {
    const body: Body = await shop.get(next);
    names.push(...body.value.map((each: Body) => each.name));
    sizes.push(body.value.length);
    next = body.nextLink;
  }
  return { names, sizes };
}

test("Recovery points come in pages, each point once, and at most as many as asked for", async (t) => {
  const shop = await openShop(t, { world: { ...SHOP, knobs: { pageSize: 10 } } });
  shop.simulator.clock.advance(6 * 3_600_000);
  const { names, sizes } = await pages(shop, `${webItem()}/recoveryPoints`);
  t.true(names.length > 20);
  t.is(new Set(names).size, names.length);
  t.true(sizes.slice(0, -1).every((size) => size === 10));
  const small = await pages(shop, `${webItem()}/recoveryPoints?takeToken=4`);
  t.deepEqual(small.names, names);
  t.true(small.sizes.slice(0, -1).every((size) => size === 4));
  const large = await shop.get(`${webItem()}/recoveryPoints?takeToken=1000`);
  t.is(large.value.length, 10);
});

test("A page goes on behind the last object though others have come before it or have gone", async (t) => {
  const shop = await openShop(t, { world: { ...SHOP, knobs: { pageSize: 5 } } });
  shop.simulator.clock.advance(3_600_000);
  const first: Body = await shop.get(`${webItem()}/recoveryPoints`);
  const seen = first.value.map((each: Body) => each.name);
  shop.simulator.clock.advance(16 * 60_000);
  const { names } = await pages(shop, first.nextLink);
  t.deepEqual(
    names.filter((name) => seen.includes(name)),
    [],
  );
  const whole = await pages(shop, `${webItem()}/recoveryPoints`);
  t.is(whole.names.indexOf(names[0] ?? ""), whole.names.indexOf(seen.at(-1)) + 1);

  const policies = await openShop(t, { world: MANY });
  const list: Body = await policies.get(`${VAULT}/replicationPolicies`);
  const gone = await policies.run("DELETE", `${VAULT}/replicationPolicies/policy-0`);
  t.is(gone.status, "Succeeded");
  const rest = await pages(policies, list.nextLink);
  t.deepEqual(rest.names, ["policy-2", "policy-3", "policy-4", "policy-5", "policy-6"]);
});

test("Lists of set-up objects come in pages too", async (t) => {
  const shop = await openShop(t, { world: MANY });
  const policies = await pages(shop, `${VAULT}/replicationPolicies`);
  t.deepEqual(policies.sizes, [3, 3, 2]);
  t.is(new Set(policies.names).size, 8);
  for (const list of [
    "replicationFabrics",
    "replicationProtectionContainers",
    "replicationProtectionContainerMappings",
    "replicationNetworks",
    "replicationNetworkMappings",
    "replicationRecoveryServicesProviders",
  ]) {
    const whole: Body = await shop.get(`${VAULT}/${list}`);
    const paged = await pages(shop, `${VAULT}/${list}?$take=1`);
    t.true(whole.value.length >= 2, list);
    t.deepEqual(
      paged.names,
      whole.value.map((each: Body) => each.name),
    );
    t.true(paged.sizes.every((size) => size === 1));
  }
});

test("A page that nobody can have been told of is refused with the parameter's name", async (t) => {
  const shop = await openShop(t);
  for (const query of ["skipToken=abc", "$skipToken=-1", "takeToken=0", "$take=1.5"]) {
    const lists = [
      `${VAULT}/replicationProtectedItems`,
      `${VAULT}/replicationMigrationItems`,
      `${container("ne")}/replicationProtectableItems`,
      `${VAULT}/replicationAppliances`,
    ];
    for (const list of lists) {
      const reply = await shop.ask("GET", `${list}?${query}`);
      t.is(reply.status, 400, `${list} ${query}`);
      t.true(reply.body.error.message.includes(`'${query.split("=")[0]}'`));
    }
  }
});

test("Lists of other scenarios take the filters the API publishes for them, and refuse others", async (t) => {
  const shop = await openShop(t);
  for (const [list, filter] of [
    [`${container("ne")}/replicationProtectableItems`, "state eq 'Unprotected'"],
    [
      `${VAULT}/replicationMigrationItems`,
      "SourceFabricName eq 'x' and InstanceType eq 'VMwareCbt'",
    ],
    [`${VAULT}/replicationAppliances`, "providerType eq 'InMageRcm'"],
  ] as const) {
    const body = await shop.get(`${list}?$filter=${encodeURIComponent(filter)}`);
    t.deepEqual(body, { value: [], nextLink: null });
    const refused = await shop.ask("GET", `${list}?$filter=colour%20eq%20'red'`);
    t.is(refused.status, 400);
    t.is(refused.body.error.details[0].code, "InvalidFilter");
  }
});

test("An unknown filter field is refused where nothing is listed, too", async (t) => {
  const shop = await openShop(t);
  t.deepEqual((await shop.get(`${VAULT}/replicationJobs`)).value, []);
  const reply = await shop.ask("GET", `${VAULT}/replicationJobs?$filter=mood%20eq%20'good'`);
  t.is(reply.status, 400);
});

test("The filter of a fabric adds the details it asks for", async (t) => {
  const shop = await openShop(t);
  const details = async (filter: string) =>
    (await shop.get(`${FABRIC}?$filter=${encodeURIComponent(filter)}`)).properties.customDetails;
  const plain = (await shop.get(FABRIC)).properties.customDetails;
  t.false("locationDetails" in plain);
  const told = await details("locationDetails eq 'true' and zoneToZoneMappings eq 'true'");
  t.deepEqual(told.zones, []);
  t.is(told.locationDetails.length, 1);
  t.is(told.locationDetails[0].primaryFabricLocation, "northeurope");
  t.is(told.locationDetails[0].recoveryFabricLocation, "westeurope");
  t.deepEqual((await details("extendedLocationMappings eq 'true'")).extendedLocations, []);
  t.deepEqual(await details("locationDetails eq 'false'"), plain);
  t.is((await shop.ask("GET", `${FABRIC}?$filter=colour%20eq%20'red'`)).status, 400);
});
