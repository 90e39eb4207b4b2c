import type { ItemFacts } from "./model.ts";

/**
 * Why the mobility agent does not count as registered since the machine last moved; undefined when it
 * does, and when nobody tells (failback rules, IT-AGENT). A modernized item says it itself, a classic one
 * by its heartbeat.
 */
export function agentSilence(item: ItemFacts): string | undefined {
  const { agentRegisteredAfterFailover: registered, lastHeartbeat } = item.onPremises ?? {};
  if (registered === false) return "the service says so";
  if (registered === true || item.scenario !== "VmwareToAzureClassic") return undefined;
  const heartbeat = Date.parse(lastHeartbeat ?? "");
  const moved = Date.parse(item.lastSuccessfulFailoverTime ?? "");
  return heartbeat < moved ? `last heartbeat ${lastHeartbeat}` : undefined;
}

/** True when the agent has shown itself since a time: after a refusal nothing less is worth another try. */
export function hasShownItself(item: ItemFacts, since: Date): boolean {
  return (
    agentSilence(item) === undefined &&
    Date.parse(item.onPremises?.lastHeartbeat ?? "") >= since.getTime()
  );
}

/** Codes by which a reprotect fails while the agent is not there (failback rules, error codes). */
const refusalCodes: readonly string[] = ["95226", "78093"];

/** True when a job's error says that the machine's agent has not registered, or does not answer. */
export function isAgentRefusal(error: {
  readonly code: string;
  readonly message: string;
}): boolean {
  return (
    refusalCodes.includes(error.code) ||
    /agent\b.*\bnot\b.*\b(registered|installed)/i.test(error.message)
  );
}
