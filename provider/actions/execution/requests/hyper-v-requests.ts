import type { Context } from "../../../context.ts";
import { InvalidInputError } from "../../../errors.ts";
import { nameOf, sameId } from "../../../recovery/identity.ts";
import type { FailoverDirection, ItemFacts, RecoveryPlanFacts } from "../../../recovery/model.ts";
import { activeSide, goesToAzure } from "../../../recovery/position.ts";
import type { Situation } from "../../../recovery/situation.ts";
import type { VaultSite } from "../../../sites/azure/site.ts";
import type { HyperVFailback, ReprotectRequest } from "../../../sites/azure/verb-request.ts";

/** A Hyper-V item keeps its sides for life: where it runs tells which way its next move goes. */
export function hyperVDirection(item: ItemFacts): FailoverDirection {
  return item.activeLocation === "Recovery" ? "RecoveryToPrimary" : "PrimaryToRecovery";
}

/** The way the machines of a plan go, seen from the plan, whose own fabrics stay for life as well. */
export function hyperVPlanDirection(plan: RecoveryPlanFacts, item: ItemFacts): FailoverDirection {
  return sameId(nameOf(plan.primaryFabricId), activeSide(item).fabricName)
    ? "PrimaryToRecovery"
    : "RecoveryToPrimary";
}

/**
 * How a machine returns from Azure; undefined for every other planned failover.
 * Throws InvalidInputError when the host that shall take it is not registered, which the rules have told before.
 */
export function hyperVFailback({ item, failback }: Situation): HyperVFailback | undefined {
  if (failback === undefined) return undefined;
  const { dataSynchronization, createMachineIfAbsent, alternateHost } = failback;
  const alternateProviderId = alternateHost?.providerId;
  if (alternateHost !== undefined && alternateProviderId === undefined) {
    throw new InvalidInputError(
      "alternateHost",
      `${item.friendlyName}: no host "${alternateHost.name}" has registered in its vault.`,
      { hint: "Register the host, or leave alternateHost out." },
    );
  }
  return {
    dataSynchronization,
    createMachine: createMachineIfAbsent,
    ...(alternateProviderId === undefined ? {} : { alternateProviderId }),
  };
}

/**
 * Writes the request that replicates a Hyper-V machine from where it runs now to its other side. Towards Azure
 * the machine is named as its host names it, which the discovered machine tells and the item does not.
 */
export async function reverseReplication(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
): Promise<ReprotectRequest> {
  const target = { kind: "item", item } as const;
  const request = {
    verb: "reprotect",
    way: "reverse",
    target,
    direction: hyperVDirection(item),
  } as const;
  if (!goesToAzure(item)) return request;
  const machines = await vault.onPremises.protectableItems(context, item.primary.containerId);
  const machine = machines.find((each) => sameId(each.id, item.hyperV?.protectableItemId ?? ""));
  const hostMachineGuid = machine?.hyperV?.sourceId;
  return hostMachineGuid === undefined ? request : { ...request, hostMachineGuid };
}
