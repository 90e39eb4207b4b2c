import test, { type ExecutionContext } from "ava";
import { reprotectHandler } from "../../../provider/actions/reprotect.ts";
import { BlockedError } from "../../../provider/errors.ts";
import type { FindingFacts } from "../../../provider/recovery/findings.ts";
import { recoverToAzure, type SiteKind, startSiteBed } from "./site-world.ts";
import { ids, type TestBed } from "./test-bed.ts";

const item = ids.item("web");

const [connectionsOfGroup] = ids.testNetwork.split("/virtualNetworks/");

/** A site whose network in Azure has a gateway with these connections; an empty list means no gateway. */
async function startWithGateway(
  t: ExecutionContext,
  connections: readonly object[],
  kind: SiteKind = "classic",
): Promise<TestBed> {
  const subnets = { apps: "10.2.0.0/24", GatewaySubnet: "10.2.255.0/27" };
  const bed = await startSiteBed(t, kind, {
    world: {
      networks: [
        { name: "ne-vnet", resourceGroup: "ne", subnets: { apps: "10.1.0.0/24" } },
        { name: "we-vnet", resourceGroup: "we", subnets },
        { name: "we-test", resourceGroup: "we", subnets: { apps: "10.3.0.0/24" } },
      ],
      gateways:
        connections.length === 0
          ? []
          : [{ name: "gw", resourceGroup: "we", network: "we-vnet", connections }],
    },
  });
  await recoverToAzure(bed);
  return bed;
}

async function pathFindings(bed: TestBed): Promise<readonly FindingFacts[]> {
  const { inputs } = await reprotectHandler.check(bed.context({ preview: true }), { item });
  return (inputs.findings ?? []).filter((each) => each.rule === "NET-PATH");
}

for (const type of ["IPsec", "ExpressRoute"] as const) {
  test(`NET-PATH V-01 a connection that is up (${type}) lets the reprotect pass without a word`, async (t) => {
    const bed = await startWithGateway(t, [{ name: "plant", type, status: "Connected" }]);
    t.deepEqual(await pathFindings(bed), []);
  });
}

test("NET-PATH V-01 95226 a VPN that is down stops the reprotect with its name and the remedy, until it is up again", async (t) => {
  const bed = await startWithGateway(t, [{ name: "plant", status: "NotConnected" }]);
  const [found] = await pathFindings(bed);
  t.is(found?.severity, "block");
  t.regex(found?.fact ?? "", /is NotConnected \(plant is NotConnected\)/);
  t.regex(found?.remedy ?? "", /Bring the VPN or ExpressRoute up.*95226/);
  await t.throwsAsync(reprotectHandler.create(bed.context(), { item }), {
    instanceOf: BlockedError,
  });
  t.false(bed.writes().includes("POST reProtect"));
  const url = `${bed.simulator.url}${connectionsOfGroup}/connections/plant?api-version=2024-05-01`;
  const answer = await fetch(url, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ properties: { connectionStatus: "Connected" } }),
  });
  t.is(answer.status, 200);
  const { state } = await reprotectHandler.create(bed.context(), { item });
  t.like(state, { status: "protected", finished: true });
});

test("NET-PATH no gateway, or one that does not tell, is reminded of as before", async (t) => {
  for (const connections of [[], [{ name: "plant", type: "ExpressRoute", status: "Unknown" }]]) {
    const [found] = await pathFindings(await startWithGateway(t, connections));
    t.is(found?.severity, "warn");
    t.regex(found?.fact ?? "", /cannot be seen from here/);
  }
});

test("NET-PATH connections that the account may not read are reminded of, and stop nothing", async (t) => {
  const bed = await startWithGateway(t, [{ name: "plant", status: "NotConnected" }]);
  bed.simulator.addFault({
    match: { method: "GET", path: "/Microsoft.Network/connections" },
    times: 0,
    respond: {
      status: 403,
      body: { error: { code: "AuthorizationFailed", message: "The client may not." } },
    },
  });
  const [found] = await pathFindings(bed);
  t.is(found?.severity, "warn");
});

test("NET-PATH of two connections one is down: which one leads to the site is left to people", async (t) => {
  const bed = await startWithGateway(t, [
    { name: "plant", status: "NotConnected" },
    { name: "office", status: "Connected" },
    { name: "hub", type: "Vnet2Vnet", status: "NotConnected" },
  ]);
  const found = await pathFindings(bed);
  t.is(found.length, 1);
  t.is(found[0]?.severity, "warn");
  t.regex(found[0]?.fact ?? "", /one .* is up, and plant is NotConnected; which of them/);
});

test("NET-PATH a modernized site is reached through the internet: its gateway is not asked", async (t) => {
  const bed = await startWithGateway(t, [{ name: "plant", status: "NotConnected" }], "modernized");
  t.deepEqual(await pathFindings(bed), []);
});
