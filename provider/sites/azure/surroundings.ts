import type { OperationContext } from "../../context.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { siteRecoveryApiVersion, subscriptionsApiVersion } from "./api-versions.ts";
import { eligibilityTexts, networkFacts } from "./facts/surroundings.ts";
import { textOf } from "./facts/wire.ts";
import { readResource } from "./machines.ts";
import { readNetworkConnections } from "./network-connections.ts";
import type { AzureSite } from "./site.ts";
import type { Connection } from "./transport/connection.ts";
import { exchange } from "./transport/exchange.ts";
import { readPages } from "./transport/pages.ts";
import { armUrl } from "./vault/scope.ts";

/** What is read of Azure around the vault. */
export type Surroundings = Pick<
  AzureSite,
  "regions" | "network" | "networkConnections" | "exists" | "eligibilityErrors"
>;

/** Reads of subscriptions, Network and anything else by its ARM id. */
export function surroundings(connection: Connection): Surroundings {
  const cache = createAnswerCache();
  const present = new Set<string>();
  let regions: Promise<ReadonlyMap<string, string>> | undefined;
  const network: Surroundings["network"] = (context, id) =>
    cache.get(context, id.toLowerCase(), async () => {
      const wire = await readResource(context, connection, id);
      return wire === undefined ? undefined : networkFacts(wire);
    });
  return {
    regions: (context) => {
      regions ??= readRegions(context, connection).catch((error: unknown) => {
        regions = undefined;
        throw error;
      });
      return regions;
    },
    network,
    networkConnections: (context, networkId) =>
      cache.get(context, `connections ${networkId.toLowerCase()}`, async () => {
        const found = await network(context, networkId);
        return found === undefined ? [] : readNetworkConnections(context, connection, found);
      }),
    exists: async (context, id) => {
      const key = id.toLowerCase();
      if (present.has(key)) return true;
      // What is absent may be created by this very run, so absence is remembered for a moment only.
      const found = await cache.get(context, `exists ${key}`, async () => {
        const wire = await readResource(context, connection, id);
        return wire !== undefined;
      });
      if (found) present.add(key);
      return found;
    },
    eligibilityErrors: async (context, machineId) => {
      const path = `${machineId}/providers/Microsoft.RecoveryServices/replicationEligibilityResults/default`;
      const answer = await exchange(context, connection, {
        method: "GET",
        url: armUrl(connection, path, siteRecoveryApiVersion),
        operation: "replicationEligibilityResults.get",
        purpose: `tell whether ${machineId} can be replicated`,
        absentAllowed: true,
      });
      return answer.status === 404 ? [] : eligibilityTexts(answer.body);
    },
  };
}

async function readRegions(
  context: OperationContext,
  connection: Connection,
): Promise<ReadonlyMap<string, string>> {
  const path = `/subscriptions/${connection.subscriptionId}/locations`;
  const wires = await readPages(context, connection, {
    method: "GET",
    url: armUrl(connection, path, subscriptionsApiVersion),
    operation: "locations.list",
    purpose: `list the regions of subscription ${connection.subscriptionId}`,
  });
  return new Map(wires.map((each) => [textOf(each, "name"), textOf(each, "displayName")]));
}
