import type { World } from "../simulation.ts";
import { idKey } from "../state/identifiers.ts";
import { type JsonObject, listAt, textAt } from "../state/json.ts";
import type { AzureResource } from "../state/model.ts";
import type { ResourceKind } from "./resources.ts";

/** The type of a network's gateway. */
export const GATEWAY = "Microsoft.Network/virtualNetworkGateways";

/** The type of a gateway's connection to somewhere else. */
export const CONNECTION = "Microsoft.Network/connections";

/** The only subnet that takes gateways. */
export const GATEWAY_SUBNET = "GatewaySubnet";

/** Gateways and their connections, as ordinary resources. */
export const GATEWAY_KINDS: readonly ResourceKind[] = [
  { type: GATEWAY, complete: (_call, id, properties) => completeGateway(id, properties) },
  { type: CONNECTION, complete: (_call, _id, properties) => completeConnection(properties) },
];

/** Gives the configurations of a gateway the ids they are read with. */
export function completeGateway(id: string, properties: JsonObject): JsonObject {
  const ipConfigurations = listAt(properties, "ipConfigurations").map((entry, index) => {
    const name = textAt(entry, "name") ?? `default${index === 0 ? "" : index}`;
    return { ...(entry as JsonObject), id: `${id}/ipConfigurations/${name}`, name };
  });
  return { gatewayType: "Vpn", ...properties, ipConfigurations };
}

/** CH-GATEWAY: a connection is up unless somebody says otherwise. */
export function completeConnection(properties: JsonObject): JsonObject {
  return { connectionType: "IPsec", connectionStatus: "Connected", ...properties };
}

/** The properties of a network as they are read: its gateway subnet names the gateways in it. */
export function withGateways(world: World, network: AzureResource): JsonObject {
  const subnets = listAt(network.properties, "subnets") as readonly JsonObject[];
  if (!subnets.some(isGatewaySubnet)) return network.properties;
  const configurations = Object.values(world.state.resources)
    .filter(({ type }) => type === GATEWAY)
    .flatMap((gateway) => listAt(gateway.properties, "ipConfigurations"));
  return {
    ...network.properties,
    subnets: subnets.map((subnet) => {
      const key = idKey(textAt(subnet, "id") ?? "");
      const own = configurations.filter(
        (each) => idKey(textAt(each, "properties", "subnet", "id") ?? "") === key,
      );
      if (own.length === 0) return subnet;
      const ipConfigurations = own.map((each) => ({ id: textAt(each, "id") ?? "" }));
      return {
        ...subnet,
        properties: { ...(subnet.properties as JsonObject), ipConfigurations },
      };
    }),
  };
}

function isGatewaySubnet(subnet: JsonObject): boolean {
  return textAt(subnet, "name")?.toLowerCase() === GATEWAY_SUBNET.toLowerCase();
}
