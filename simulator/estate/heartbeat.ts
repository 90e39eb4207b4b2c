import { guidOf, type Simulation } from "../simulation.ts";
import type { SiteServer } from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import { formatTime, MINUTE } from "../state/times.ts";
import { estateMachine } from "./find.ts";

/** How long a server may say nothing before its health tells (CH-SITE-HEARTBEAT). */
const PATIENCE_MS = 15 * MINUTE;

/** Since when a server of a site says nothing: told to be silent, or its machine is off or gone; undefined while it speaks. */
export function serverSilentSince(simulation: Simulation, server: SiteServer): number | undefined {
  const machine = estateMachine(simulation, server.machine);
  const isDown = machine !== undefined && (machine.power === "off" || machine.deleted);
  const since = [server.silentSince, isDown ? machine.powerSince : null].filter(
    (each): each is number => each !== null,
  );
  return since.length === 0 ? undefined : Math.min(...since);
}

/** When a server of a site last reported, as it is written: once a minute. */
export function serverHeartbeat(simulation: Simulation, server: SiteServer): string {
  const until = serverSilentSince(simulation, server) ?? simulation.now;
  return formatTime(Math.floor(until / MINUTE) * MINUTE);
}

/** Whether Azure takes a server of a site for connected. */
export function isServerConnected(simulation: Simulation, server: SiteServer): boolean {
  const since = serverSilentSince(simulation, server);
  return since === undefined || simulation.now - since < PATIENCE_MS;
}

/** What Azure says of a server's health. */
export interface ServerHealth {
  readonly health: "Normal" | "Critical";
  readonly errors: readonly JsonObject[];
}

/** The health of a server of a site, which follows its heartbeat. */
export function serverHealth(simulation: Simulation, server: SiteServer): ServerHealth {
  if (isServerConnected(simulation, server)) return { health: "Normal", errors: [] };
  const error = {
    innerHealthErrors: [],
    errorSource: "Infrastructure",
    errorType: "SIM-NO-HEARTBEAT",
    errorLevel: "Critical",
    errorCategory: "FabricInfrastructure",
    errorCode: "SIM-NO-HEARTBEAT",
    summaryMessage: "",
    errorMessage: `There is no heartbeat from the server '${server.name}' since ${serverHeartbeat(simulation, server)}.`,
    possibleCauses: "The server is turned off, or it cannot reach Azure on port 443.",
    recommendedAction: `Start '${server.name}' and its services, and check its network.`,
    creationTimeUtc: serverHeartbeat(simulation, server),
    recoveryProviderErrorMessage: null,
    entityId: server.id,
    errorId: guidOf(simulation, "no heartbeat", server.id),
    customerResolvability: "NotAllowed",
  };
  return { health: "Critical", errors: [error] };
}

/** The servers that have registered by now. */
export function registered<T extends SiteServer>(
  simulation: Simulation,
  servers: readonly T[],
): readonly T[] {
  return servers.filter((server) => server.registersAt <= simulation.now);
}
