import { serverSilentSince } from "../../../estate/heartbeat.ts";
import type { Simulation } from "../../../simulation.ts";
import type { Vault } from "../../../state/model.ts";
import type { Failure } from "../../jobs/behaviour.ts";
import type { ProtectedItem } from "../item.ts";
import { partOf, processServerOf, siteMachineOf } from "./source-machine.ts";

/** Why the agent cannot be installed on a machine of a site: it is gone or off, or its server does not answer (CH-SITE-ENABLE). */
export function siteRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
): Failure | undefined {
  const machine = siteMachineOf(simulation, item);
  const server = processServerOf(vault, item.fabricName, partOf(item).processServerId);
  if (!machine) {
    return refused(
      "SIM-MACHINE-GONE",
      `The machine '${item.friendlyName}' does not exist any more.`,
    );
  }
  if (machine.power === "off") {
    return refused(
      "SIM-MACHINE-OFF",
      `The Mobility service cannot be installed on '${item.friendlyName}' because the machine is off.`,
    );
  }
  if (!server || serverSilentSince(simulation, server) !== undefined) {
    return refused(
      "SIM-NO-HEARTBEAT",
      `The server '${server?.name ?? partOf(item).processServerId}' that is to protect '${item.friendlyName}' does not answer.`,
    );
  }
  return undefined;
}

function refused(code: string, message: string): Failure {
  return {
    failed: {
      code,
      message,
      recommendedAction: "Remove the cause and enable replication again.",
    },
  };
}
