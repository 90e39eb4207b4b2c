import { nameOf } from "../../recovery/identity.ts";
import { createAnswerCache } from "./answer-cache.ts";
import { apiVersionOf } from "./api-versions.ts";
import { discoveredMachineFacts, discoveryAccountFacts } from "./facts/on-premises-objects.ts";
import type { Wire } from "./facts/wire.ts";
import type { AzureSite } from "./site.ts";
import type { Connection } from "./transport/connection.ts";
import { readPages } from "./transport/pages.ts";
import { armUrl } from "./vault/scope.ts";

/** What is read of the sites in which appliances discover machines (Microsoft.OffAzure). */
export type Discovery = Pick<AzureSite, "discoveredMachines" | "discoveryAccounts">;

/** Reads of discovery sites; lists are shared between callers for a short time. */
export function discovery(connection: Connection): Discovery {
  const cache = createAnswerCache();
  const list = <Facts>(
    context: Parameters<AzureSite["discoveredMachines"]>[0],
    path: string,
    purpose: string,
    facts: (wire: Wire) => Facts,
  ): Promise<readonly Facts[]> =>
    cache.get(context, path.toLowerCase(), async () => {
      const wires = await readPages(context, connection, {
        method: "GET",
        url: armUrl(connection, path, apiVersionOf(path)),
        operation: `${nameOf(path)}.list`,
        purpose,
      });
      return wires.map(facts);
    });
  return {
    discoveredMachines: (context, siteId) =>
      list(
        context,
        `${siteId}/machines`,
        `list the machines that ${nameOf(siteId)} has discovered`,
        discoveredMachineFacts,
      ),
    discoveryAccounts: (context, siteId) =>
      list(
        context,
        `${siteId}/runAsAccounts`,
        `list the run-as accounts of ${nameOf(siteId)}`,
        discoveryAccountFacts,
      ),
  };
}
