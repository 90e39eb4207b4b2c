import { findResource } from "../../../azure/resources.ts";
import { visibleDatastores } from "../../../estate/datastores.ts";
import { estateMachine, estateVCenter } from "../../../estate/find.ts";
import { serverSilentSince } from "../../../estate/heartbeat.ts";
import type { ServiceError } from "../../../faults/fault-rule.ts";
import type { Simulation } from "../../../simulation.ts";
import type { EstateMachine, MasterTarget, SiteServer } from "../../../state/estate-model.ts";
import { type JsonObject, textAt } from "../../../state/json.ts";
import type { Vault } from "../../../state/model.ts";
import type { ProtectedItem } from "../item.ts";
import { KINDS } from "../kinds.ts";
import { agentRefusal } from "./registration.ts";
import { partOf, processServerOf, siteMachineOf } from "./source-machine.ts";
import { masterTargetOf } from "./switch-input.ts";

/** Most disks that a master target may carry (failback-rules, MT-DISKS). */
const MOST_DISKS = 60;

/** Why a reprotect fails at its prerequisites, in the order the job finds out; undefined if nothing stands in its way. */
export function switchRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  input: JsonObject,
): ServiceError | undefined {
  const server = processServerOf(
    vault,
    item.fabricName,
    textAt(input, "processServerId") ??
      textAt(input, "reprotectAgentId") ??
      partOf(item).processServerId,
  );
  if (isUncommitted(item)) {
    return {
      code: "25038",
      message: `The protected item '${item.friendlyName}' cannot be reprotected because its failover is not committed.`,
      possibleCauses: "The failover waits for its commit.",
      recommendedAction: "Commit the failover and retry the operation.",
    };
  }
  const toSite = !KINDS[item.kind].isReversed;
  if (toSite && !findResource(simulation, item.recoveredMachineId)) {
    return {
      code: "SIM-REPLICA-GONE",
      message: `The failed over virtual machine of '${item.friendlyName}' does not exist.`,
      possibleCauses: "It was deleted or moved after the failover.",
      recommendedAction: "Disable replication of the item and protect the machine anew.",
    };
  }
  const silent = silentServer(simulation, server);
  const agent = agentRefusal(simulation, item);
  if (agent ?? silent) return agent ?? silent;
  if (!toSite || !server) return undefined;
  if (KINDS[item.kind].generation === "modernized")
    return datastoreRefusal(simulation, item, server, textAt(input, "datastoreName"));
  const target = masterTargetOf(
    { simulation },
    vault,
    item.fabricName,
    textAt(input, "masterTargetId"),
  );
  return target && masterTargetRefusal(simulation, vault, item, target, input);
}

/** CH-CLASSIC-UPEND: a classic machine is reprotected only after its failover is committed. */
function isUncommitted(item: ProtectedItem): boolean {
  const isPending = item.protectionState === "UnplannedFailoverCommitPendingStatesBegin";
  return isPending && KINDS[item.kind].generation === "classic";
}

function silentServer(
  simulation: Simulation,
  server: SiteServer | undefined,
): ServiceError | undefined {
  if (server && serverSilentSince(simulation, server) === undefined) return undefined;
  return {
    code: "SIM-NO-HEARTBEAT",
    message: `There is no heartbeat from the server '${server?.name ?? ""}' of the site.`,
    possibleCauses: "The server is turned off, or it cannot reach Azure.",
    recommendedAction: "Start the server and its services, and retry the operation.",
  };
}

function masterTargetRefusal(
  simulation: Simulation,
  vault: Vault,
  item: ProtectedItem,
  target: MasterTarget,
  input: JsonObject,
): ServiceError | undefined {
  // CH-MASTER-TARGET
  const unfit = (message: string, recommendedAction: string): ServiceError => ({
    code: "SIM-MASTER-TARGET",
    message,
    recommendedAction,
  });
  if (target.osType !== item.osType) {
    return unfit(
      `The master target '${target.name}' runs ${target.osType}, and '${item.friendlyName}' runs ${item.osType}.`,
      "Give a master target with the operating system of the machine.",
    );
  }
  const volume = textAt(input, "retentionVolume")?.toLowerCase();
  const listed = target.retentionVolumes.some(
    ({ name, listedAt }) => name.toLowerCase() === volume && listedAt <= simulation.now,
  );
  if (!listed) {
    return unfit(
      `The master target '${target.name}' has no retention volume '${textAt(input, "retentionVolume")}'.`,
      "Give a retention volume that the master target lists; new ones are listed after up to 15 minutes.",
    );
  }
  const disks = disksOn(simulation, vault, item.fabricName, target) + item.disks.length;
  if (disks > MOST_DISKS) {
    return unfit(
      `The master target '${target.name}' would have ${disks} disks, and may have ${MOST_DISKS}.`,
      "Give another master target.",
    );
  }
  return (
    silentServer(simulation, target) ??
    datastoreRefusal(simulation, item, target, textAt(input, "datastoreName")) ??
    nameRefusal(simulation, item, target)
  );
}

function disksOn(
  simulation: Simulation,
  vault: Vault,
  fabricName: string,
  target: MasterTarget,
): number {
  const carried = Object.values(vault.items)
    .filter(
      (each) =>
        each.fabricName === fabricName &&
        each.kind === "InMage" &&
        each.onPremises?.masterTargetId === target.id,
    )
    .reduce((sum, each) => sum + each.disks.length, 0);
  const own = estateMachine(simulation, target.machine)?.disks.length ?? 1;
  return own + target.extraDisks + carried;
}

/** The machine's own datastore has to be within reach of the server that writes; the given one where it decides (CH-DATASTORE-REACH). */
function datastoreRefusal(
  simulation: Simulation,
  item: ProtectedItem,
  server: SiteServer,
  given: string | undefined,
): ServiceError | undefined {
  const visible = visibleDatastores(simulation, server).map(({ name }) => name.toLowerCase());
  const machine = vmwareMachineOf(simulation, item);
  const isGivenIgnored = machine !== undefined && KINDS[item.kind].generation === "classic";
  const needed = [machine?.datastore, isGivenIgnored ? undefined : (given ?? "")];
  const missing = needed.find(
    (name) => name !== undefined && name !== null && !visible.includes(name.toLowerCase()),
  );
  if (missing === undefined) return undefined;
  return {
    code: "8061",
    message: `The datastore '${missing}' is not accessible from the ESXi host of '${server.name}'.`,
    possibleCauses:
      "The datastore is not mounted there, is of a type that cannot be used, or the account of the vCenter may only read.",
    recommendedAction:
      "Mount the datastore on the host, or give one that the server lists, and retry the operation.",
  };
}

/** The machine of an item that its data are written back into; a physical server and a deleted machine are none. */
function vmwareMachineOf(simulation: Simulation, item: ProtectedItem): EstateMachine | undefined {
  const machine = siteMachineOf(simulation, item);
  return machine?.vcenter === null ? undefined : machine;
}

/** A machine that is made anew must not have the name of another one on the host. */
function nameRefusal(
  simulation: Simulation,
  item: ProtectedItem,
  server: SiteServer,
): ServiceError | undefined {
  if (vmwareMachineOf(simulation, item)) return undefined;
  const own = estateMachine(simulation, server.machine);
  const vcenter = estateVCenter(simulation, own?.vcenter ?? null);
  const taken = Object.values(simulation.state.estate.machines).some(
    (each) =>
      !each.deleted &&
      vcenter !== undefined &&
      each.vcenter === vcenter.name &&
      each.host === own?.host &&
      each.name.toLowerCase() === item.friendlyName.toLowerCase(),
  );
  if (!taken) return undefined;
  return {
    code: "78052",
    message: `A virtual machine of the name '${item.friendlyName}' is on the host '${own?.host}' of the master target already.`,
    possibleCauses: "The machine was restored or made anew under its old name.",
    recommendedAction:
      "Rename or remove the virtual machine of that name, or give a master target on another host.",
  };
}
