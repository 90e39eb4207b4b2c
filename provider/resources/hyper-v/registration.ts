import type { Context } from "../../context.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { FabricFacts } from "../../recovery/model.ts";
import { isCalled } from "./site-agents.ts";

const mark = "#registers";

/** Notes that this run waits until a host or VMM server registers, so that its machines may be unknown so far. */
export function noteRegistration({ declared }: Pick<Context, "declared">, serverId: string): void {
  declared.add(`${serverId}${mark}`.toLowerCase());
}

/** True when a host of the fabric, or the VMM server that it is, was not registered when this run looked at it. */
export function isRegistering(
  { declared }: Pick<Context, "declared">,
  fabric: Pick<FabricFacts, "id" | "name" | "friendlyName">,
): boolean {
  const hosts = `${fabric.id}/hyperVHosts/`.toLowerCase();
  return [...declared]
    .filter((id) => id.endsWith(mark))
    .map((id) => id.slice(0, -mark.length))
    .some((id) => id.startsWith(hosts) || isServer(id, fabric));
}

function isServer(id: string, fabric: Pick<FabricFacts, "name" | "friendlyName">): boolean {
  return sameId(id.split("/").at(-2), "vmmServers") && isCalled(fabric, nameOf(id));
}
