import {
  CONNECTION,
  completeConnection,
  completeGateway,
  GATEWAY,
  GATEWAY_SUBNET,
} from "../azure/gateways.ts";
import { subnetsOf } from "../azure/networks.ts";
import { storeResource } from "../azure/resources.ts";
import type { Simulation } from "../simulation.ts";
import { lookUp } from "./look-up.ts";
import type { WorldNames } from "./populate.ts";
import { type Locate, WorldError } from "./read-world.ts";
import type { WorldGateway } from "./world-document.ts";

/** Puts the gateways of a world into their networks, with their connections beside them. */
export function populateGateways(
  simulation: Simulation,
  names: WorldNames,
  locate: Locate,
  gateways: readonly WorldGateway[],
): void {
  for (const [index, { name, resourceGroup, network, connections }] of gateways.entries()) {
    const path = ["gateways", index];
    const group = lookUp(names.groups, resourceGroup, "resource group", locate, [
      ...path,
      "resourceGroup",
    ]);
    const home = lookUp(names.networks, network, "network", locate, [...path, "network"]);
    const subnet = subnetsOf(home).find(
      (each) => each.name.toLowerCase() === GATEWAY_SUBNET.toLowerCase(),
    );
    if (!subnet)
      throw new WorldError(
        `${locate([...path, "network"])} refers to network '${network}', which has no subnet '${GATEWAY_SUBNET}'; gateways lie in no other.`,
      );
    const id = `${group.id}/providers/${GATEWAY}/${name}`;
    const leased = connections?.some(({ type }) => type === "ExpressRoute") === true;
    storeResource(simulation, {
      ...{ id, name, type: GATEWAY, location: home.location },
      properties: completeGateway(id, {
        gatewayType: leased ? "ExpressRoute" : "Vpn",
        ipConfigurations: [{ name: "default", properties: { subnet: { id: subnet.id } } }],
        provisioningState: "Succeeded",
      }),
    });
    for (const { name: connectionName, type = "IPsec", status = "Connected" } of connections ??
      []) {
      storeResource(simulation, {
        id: `${group.id}/providers/${CONNECTION}/${connectionName}`,
        name: connectionName,
        type: CONNECTION,
        location: home.location,
        properties: completeConnection({
          virtualNetworkGateway1: { id },
          connectionType: type,
          connectionStatus: status,
          provisioningState: "Succeeded",
        }),
      });
    }
  }
}
