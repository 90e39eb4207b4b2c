import { CURRENT_VERSION, type SiteServer } from "../state/estate-model.ts";
import type { JsonObject } from "../state/json.ts";
import { NEVER_EXPIRES } from "../state/times.ts";

/** The version of a server's software in the fields that all servers of a classic site have. */
export function versionFields(server: SiteServer): JsonObject {
  const version = server.version ?? CURRENT_VERSION;
  return {
    agentVersion: version,
    agentExpiryDate: NEVER_EXPIRES,
    agentVersionDetails: { version, expiryDate: NEVER_EXPIRES, status: "Supported" },
  };
}
