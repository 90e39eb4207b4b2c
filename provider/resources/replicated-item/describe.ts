import { canonicalId, parentOf } from "../../inputs/vault-object.ts";
import { itemIdentity, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, PolicyFacts } from "../../recovery/model.ts";
import { isReversed, positionOf } from "../../recovery/position.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../replicated-item.ts";
import { lifeCycleOf } from "./life-cycle.ts";
import { importedMachine, isMachineOf } from "./machine-reference.ts";
import { nextStepOf } from "./next-step.ts";
import { placeOf } from "./place.ts";
import { foundTarget, importedTarget } from "./target-settings.ts";

/**
 * Outputs of an item that the facts tell; what changes all the time (heartbeats, exact lag) is left out. The policies
 * of the vault say what lag is in order.
 */
export function outputsOf(
  item: ItemFacts,
  policies: readonly PolicyFacts[] = [],
): Omit<ReplicatedItemState, keyof ReplicatedItemInputs | "phase" | "endedBy"> {
  const nextStep = nextStepOf(item);
  return {
    itemId: itemIdentity(item.vaultId, item.name),
    armId: canonicalId(item.armId) ?? item.armId,
    friendlyName: item.friendlyName,
    currentContainer: parentOf(canonicalId(item.armId) ?? item.armId),
    currentMachine: canonicalId(item.machineId) ?? item.machineId,
    currentPolicy: canonicalId(item.policyId) ?? item.policyId,
    primaryLocation: placeOf(item.primary),
    recoveryLocation: placeOf(item.recovery),
    activeLocation: item.activeLocation,
    protectionState: item.protectionState,
    unprotectedDisks: item.unprotectedDiskIds,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...lifeCycleOf(item, policies),
  };
}

/** The inputs with the ends of the route that the item was put on, where nobody asked for them. */
export function withRoute(inputs: ReplicatedItemInputs, item: ItemFacts): ReplicatedItemInputs {
  const { recoveryContainer = "", policy = "" } = importedInputs(item);
  return {
    ...inputs,
    recoveryContainer: inputs.recoveryContainer || recoveryContainer,
    policy: inputs.policy || policy,
  };
}

/** Inputs as an import finds them: seen from the side on which protection first began. */
export function importedInputs(item: ItemFacts): ReplicatedItemInputs {
  const target = importedTarget(item);
  const [home, away] = isReversed(item)
    ? [item.recovery, item.primary]
    : [item.primary, item.recovery];
  return {
    vault: canonicalId(item.vaultId) ?? item.vaultId,
    name: item.name,
    machine: importedMachine(item),
    container: canonicalId(home.containerId) ?? home.containerId,
    recoveryContainer: canonicalId(away.containerId) ?? away.containerId,
    ...policyOfWayOut(item),
    ...(target === undefined ? {} : { target }),
    ...(item.multiVmGroupCreatedByUser && item.multiVmGroupName !== ""
      ? { multiVmGroup: item.multiVmGroupName }
      : {}),
  };
}

/** The policy of the way out; a site's item on its way back has another, and the classic kind forgets the first. */
function policyOfWayOut(item: ItemFacts): { readonly policy?: string } {
  const turned = item.onPremises !== undefined && isReversed(item);
  const id = turned ? (item.onPremises?.lastUsedPolicyId ?? "") : item.policyId;
  return id === "" ? {} : { policy: canonicalId(id) ?? id };
}

/**
 * The wanted inputs with what the item has of them, for telling whether an item of this name is the wanted one.
 */
export function foundInputs(item: ItemFacts, wanted: ReplicatedItemInputs): ReplicatedItemInputs {
  const imported = importedInputs(item);
  return {
    ...wanted,
    machine: isMachineOf(wanted.machine, item) ? wanted.machine : imported.machine,
    container: imported.container,
    recoveryContainer: imported.recoveryContainer ?? "",
    policy: imported.policy ?? wanted.policy ?? "",
    ...(wanted.multiVmGroup ? { multiVmGroup: item.multiVmGroupName } : {}),
    ...(isAtHome(item) ? foundTarget(wanted, item) : {}),
  };
}

/**
 * Inputs after a look at the item: what the user recorded, with the target settings that the item has now.
 * Machine, containers and policy stay as recorded, because a failover and back changes them;
 * settings of an item that is away belong to the way back and are not compared.
 */
export function refreshedInputs(
  item: ItemFacts,
  recorded: ReplicatedItemInputs,
): ReplicatedItemInputs {
  return isAtHome(item) ? { ...recorded, ...foundTarget(recorded, item) } : recorded;
}

/** True when the machine runs, or is about to be replicated, where its protection first began. */
export function isAtHome(item: ItemFacts): boolean {
  return !isReversed(item) && sameId(item.activeLocation, "Primary") && !positionOf(item).away;
}
