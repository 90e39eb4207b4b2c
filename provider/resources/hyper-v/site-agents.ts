import type { CheckFailure } from "../../handler.ts";
import type { SiteProviderFacts } from "../../recovery/hyper-v.ts";
import { sameId } from "../../recovery/identity.ts";
import { isConnected } from "../../recovery/rules/hyper-v-agent-rule.ts";
import { silence } from "../../recovery/rules/words.ts";
import type { Obstacle } from "../on-premises/registered-server/handler.ts";

/** True when a server is called so: by its full name, or by the first part of it where one of the two is short. */
export function isCalled(
  server: { readonly friendlyName: string; readonly name: string },
  name: string,
): boolean {
  const { friendlyName } = server;
  if (sameId(friendlyName, name) || sameId(server.name, name)) return true;
  const [short = ""] = friendlyName.split(".");
  return !name.includes(".") && sameId(short, name);
}

/** The failure for the first part of a name that several servers share; none for every other name. */
export function ambiguityProblems(
  servers: readonly { readonly friendlyName: string; readonly name: string }[],
  name: string,
): readonly CheckFailure[] {
  const called = servers.filter((each) => isCalled(each, name));
  if (called.length < 2 || called.some((each) => sameId(each.friendlyName, name))) return [];
  const names = called.map((each) => each.friendlyName).join(", ");
  return [{ path: "name", reason: `${name} may be each of ${names}. Give the full name.` }];
}

/** What speaks against the agent of a Hyper-V host or of a VMM server (rule HV-CONNECTED). */
export function agentObstacles(agent: SiteProviderFacts, now: Date): readonly Obstacle[] {
  const quiet = silence(agent.lastHeartbeat, now);
  const lost = !isConnected(agent);
  const remedy =
    "Start it and its provider's service, and check its way to Azure (port 443, proxy).";
  const errors = agent.healthErrors
    .filter((each) => sameId(each.level, "Error") || sameId(each.level, "Critical"))
    .map((each) => `${each.code}: ${each.message} ${each.recommendedAction}`.trim());
  return [
    ...(quiet === undefined ? [] : [`it ${quiet}. ${remedy}`]),
    ...(lost && quiet === undefined
      ? [`its connection is ${agent.connectionStatus}. ${remedy}`]
      : []),
    ...errors,
  ].map((text) => ({ text: `${text} [HV-CONNECTED]` }));
}
