import test from "ava";
import { SiteError } from "../../../../provider/errors.ts";
import { createRun } from "./support/run.ts";
import { startStub } from "./support/stub-service.ts";

const network = (group: string, type: string, name: string): string =>
  `/subscriptions/1/resourceGroups/${group}/providers/Microsoft.Network/${type}/${name}`;

const hub = network("net", "virtualNetworks", "hub");
const gateway = network("edge", "virtualNetworkGateways", "gw");

const withGateway = {
  id: hub,
  location: "westeurope",
  properties: {
    subnets: [
      { name: "apps", properties: { addressPrefix: "10.2.0.0/24" } },
      {
        name: "GatewaySubnet",
        properties: {
          addressPrefix: "10.2.255.0/27",
          ipConfigurations: [
            { id: `${gateway}/ipConfigurations/default` },
            {
              id: `${gateway.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")}/ipConfigurations/second`,
            },
          ],
        },
      },
    ],
  },
};

const wire = (group: string, name: string, changes: object): object => ({
  id: network(group, "connections", name),
  name,
  properties: {
    virtualNetworkGateway1: { id: gateway.toLowerCase() },
    connectionType: "IPsec",
    ...changes,
  },
});

const lists: Readonly<Record<string, readonly object[]>> = {
  net: [
    wire("net", "foreign", { virtualNetworkGateway1: { id: `${gateway}-other` } }),
    wire("net", "leased", { connectionType: "ExpressRoute" }),
  ],
  edge: [wire("edge", "vpn", {}), wire("edge", "between", { connectionType: "Vnet2Vnet" })],
};

const statuses: Readonly<Record<string, string>> = { vpn: "NotConnected", leased: "Connected" };

test("NET-PATH V-01 the connections of a network's gateways to sites are read from both resource groups, each with its own state, once", async (t) => {
  const stub = await startStub(t, ({ path }) => {
    if (path === hub.toLowerCase()) return { status: 200, body: withGateway };
    const [, group = "", name] =
      /resourcegroups\/([^/]+)\/providers\/microsoft.network\/connections(?:\/(.+))?$/.exec(path) ??
      [];
    if (name === undefined) return { status: 200, body: { value: lists[group] ?? [] } };
    const connectionStatus = statuses[name] ?? "";
    const connectionType = name === "leased" ? "ExpressRoute" : "IPsec";
    return { status: 200, body: wire(group, name, { connectionType, connectionStatus }) };
  });
  const { context } = createRun();
  const [connections, again] = await Promise.all([
    stub.site.networkConnections(context, hub),
    stub.site.networkConnections(
      context,
      hub.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"),
    ),
  ]);
  t.deepEqual(connections, [
    { name: "leased", type: "ExpressRoute", status: "Connected" },
    { name: "vpn", type: "IPsec", status: "NotConnected" },
  ]);
  t.deepEqual(again, connections);
  t.is(stub.journal.length, 5, "the network, two lists, two connections");
});

test("NET-PATH a network without a gateway of its own has none, and nothing more is asked", async (t) => {
  const stub = await startStub(t, ({ path }) =>
    path === hub.toLowerCase()
      ? { status: 200, body: { id: hub, properties: { subnets: [{ name: "apps" }] } } }
      : undefined,
  );
  const { context } = createRun();
  t.deepEqual(await stub.site.networkConnections(context, hub), []);
  t.is(stub.journal.length, 1);
  t.deepEqual(await stub.site.networkConnections(context, `${hub}-gone`), []);
});

test("NET-PATH what the account may not read is an error of the site", async (t) => {
  const stub = await startStub(t, ({ path }) =>
    path === hub.toLowerCase()
      ? { status: 200, body: withGateway }
      : { status: 403, body: { error: { code: "AuthorizationFailed", message: "No." } } },
  );
  const { context } = createRun();
  const error = await t.throwsAsync(stub.site.networkConnections(context, hub), {
    instanceOf: SiteError,
  });
  t.regex(error?.message ?? "", /AuthorizationFailed|No\./);
});
