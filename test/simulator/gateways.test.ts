import test from "ava";
import type { WorldDocument } from "../../simulator/index.ts";
import { type Body, openShop, resource, SHOP } from "./shop.ts";

const NETWORK = resource("shop-we", "Microsoft.Network/virtualNetworks", "vnet-we");
const GATEWAY = resource("shop-we", "Microsoft.Network/virtualNetworkGateways", "gw");
const CONNECTION = resource("shop-we", "Microsoft.Network/connections", "plant");

const world = (subnets: Record<string, string>): WorldDocument => ({
  ...SHOP,
  networks: (SHOP.networks ?? []).map((each) =>
    each.name === "vnet-we" ? { ...each, subnets: { ...each.subnets, ...subnets } } : each,
  ),
  gateways: [
    {
      name: "gw",
      resourceGroup: "shop-we",
      network: "vnet-we",
      connections: [{ name: "plant" }, { name: "leased", type: "ExpressRoute", status: "Unknown" }],
    },
  ],
});

test("CH-GATEWAY a world's gateway is named by the subnet it lies in, and its connections are ordinary resources", async (t) => {
  const shop = await openShop(t, { world: world({ GatewaySubnet: "10.20.255.0/27" }) });
  const gateway: Body = await shop.get(GATEWAY);
  const [configuration] = gateway.properties.ipConfigurations;
  t.is(configuration.properties.subnet.id, `${NETWORK}/subnets/GatewaySubnet`);
  const network: Body = await shop.get(NETWORK);
  const named = network.properties.subnets.map((each: Body) => [
    each.name,
    each.properties.ipConfigurations?.map(({ id }: Body) => id),
  ]);
  t.deepEqual(Object.fromEntries(named), {
    other: undefined,
    web: undefined,
    GatewaySubnet: [configuration.id],
  });
  t.is(configuration.id, `${GATEWAY}/ipConfigurations/default`);
  const connections: Body = await shop.get(CONNECTION.replace(/\/plant$/, ""));
  t.deepEqual(
    connections.value.map(({ name, properties }: Body) => [
      name,
      properties.virtualNetworkGateway1.id,
      properties.connectionType,
      properties.connectionStatus,
    ]),
    [
      ["plant", GATEWAY, "IPsec", "Connected"],
      ["leased", GATEWAY, "ExpressRoute", "Unknown"],
    ],
  );
});

test("a world's gateway needs a subnet of its own in its network", async (t) => {
  const error = await t.throwsAsync(openShop(t, { world: world({}) }));
  t.regex(error?.message ?? "", /network 'vnet-we', which has no subnet 'GatewaySubnet'/);
});
