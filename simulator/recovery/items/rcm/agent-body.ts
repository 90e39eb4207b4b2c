import type { Simulation } from "../../../simulation.ts";
import type { JsonObject } from "../../../state/json.ts";
import { formatTime } from "../../../state/times.ts";
import type { ProtectedItem } from "../item.ts";
import { agentHeartbeat } from "../on-premises/registration.ts";

/** Version of the agent of all machines of a site: the recorded one. */
export const SITE_AGENT_VERSION = "9.55.6765.1";

/** `mobilityAgentDetails` of a modernized item (recordings V2A_RCMInMage.094 and .162). */
export function agentDetails(
  simulation: Simulation,
  item: ProtectedItem,
  reason: "AlreadyOnLatestVersion" | "UnsupportedProtectionScenario",
): JsonObject {
  return {
    version: SITE_AGENT_VERSION,
    latestVersion: null,
    ...(reason === "AlreadyOnLatestVersion" && { latestAgentReleaseDate: null }),
    driverVersion: SITE_AGENT_VERSION,
    latestUpgradableVersionWithoutReboot: null,
    lastHeartbeatUtc: formatTime(agentHeartbeat(simulation, item)),
    reasonsBlockingUpgrade: [reason],
    isUpgradeable: "false",
  };
}

/** Why the agent is not updated: it is the latest, as recorded. */
export function upgradeBlockers(
  item: ProtectedItem,
  applianceName: string,
  rcmUri: string,
): readonly JsonObject[] {
  return [
    {
      errorCode: "InMageRcmUpgradeBlockedAlreadyOnLatestVersion",
      errorMessage: `The Mobility agent of source machine '${item.friendlyName}' cannot be updated.`,
      possibleCauses: ` The Mobility agent of source machine '${item.friendlyName}' is already on latest version '${SITE_AGENT_VERSION}'.`,
      recommendedAction: "No action is needed as agent is already on the latest version.",
      errorMessageParameters: {
        vmName: item.friendlyName,
        rcmUri,
        applianceName,
        agentVersion: SITE_AGENT_VERSION,
        latestVersion: null,
      },
      errorTags: { category: "ClientError" },
    },
  ];
}
