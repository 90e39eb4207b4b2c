import { mapAtMost } from "../../concurrency.ts";
import type { OperationContext } from "../../context.ts";
import { sameId } from "../../recovery/identity.ts";
import type { NetworkConnectionFacts, NetworkFacts } from "../../recovery/model.ts";
import { apiVersionOf } from "./api-versions.ts";
import { networkConnectionFacts } from "./facts/surroundings.ts";
import { textOf, type Wire, wireOf } from "./facts/wire.ts";
import { readResource } from "./machines.ts";
import type { Connection } from "./transport/connection.ts";
import { readPages } from "./transport/pages.ts";
import { armUrl } from "./vault/scope.ts";

/** Connections that lead to a site; those between networks do not. */
const kindsToSites: readonly string[] = ["ipsec", "expressroute"];

/** Requests that are under way at the same time. */
const maximumRequests = 5;

/**
 * Reads the connections to sites of a network's gateways; none, and no request, for a network without a
 * gateway of its own, which may still use that of a peer. Throws SiteError.
 */
export async function readNetworkConnections(
  context: OperationContext,
  connection: Connection,
  network: NetworkFacts,
): Promise<readonly NetworkConnectionFacts[]> {
  const { gatewayIds = [] } = network;
  if (gatewayIds.length === 0) return [];
  const groups = [network.id, ...gatewayIds].map(groupOf);
  const distinct = groups.filter(
    (each, index) => groups.findIndex((other) => sameId(other, each)) === index,
  );
  const lists = await mapAtMost(maximumRequests, distinct, (group) =>
    listConnections(context, connection, group),
  );
  const own = lists.flat().filter((wire) => {
    const properties = wireOf(wire, "properties");
    const gatewayId = textOf(wireOf(properties, "virtualNetworkGateway1"), "id");
    const kind = textOf(properties, "connectionType").toLowerCase();
    return kindsToSites.includes(kind) && gatewayIds.some((each) => sameId(each, gatewayId));
  });
  // A list does not tell the state of a connection reliably: only the connection itself does.
  const found = await mapAtMost(maximumRequests, own, async (wire) => {
    const whole = await readResource(context, connection, textOf(wire, "id"));
    return whole === undefined ? [] : [networkConnectionFacts(whole)];
  });
  return found.flat();
}

function listConnections(
  context: OperationContext,
  connection: Connection,
  group: string,
): Promise<readonly Wire[]> {
  const path = `${group}/providers/Microsoft.Network/connections`;
  return readPages(context, connection, {
    method: "GET",
    url: armUrl(connection, path, apiVersionOf(path)),
    operation: "connections.list",
    purpose: `list the gateway connections of ${group}`,
  });
}

/** The resource group of an ARM id. */
function groupOf(id: string): string {
  return id.replace(/\/providers\/.*$/i, "");
}
