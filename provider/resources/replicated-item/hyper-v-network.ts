import type { CheckFailure } from "../../handler.ts";
import { parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { NetworkMappingFacts } from "../../recovery/model.ts";
import { hasUnknown } from "../../unknown.ts";
import { isSiteNetwork } from "../network-mapping/site-network.ts";
import type { ItemSurroundings } from "./item-kind.ts";

/** The failure for a machine of a VMM cloud whose VM networks nothing maps to the recovery side (rule HV-NETMAP). */
export async function networkMappingProblems(
  at: ItemSurroundings,
  scenario: "VmmToAzure" | "VmmToVmm",
): Promise<readonly CheckFailure[]> {
  const { context, vault, inputs, fabric } = at;
  if (fabric === undefined) return [];
  // A mapping of this very run is there before the item is made.
  const start = `${fabric.id}/replicationNetworks/`.toLowerCase();
  if ([...context.declared].some((id) => id.startsWith(start))) return [];
  const mappings = await vault.networkMappings(context);
  const { recoveryContainer = "" } = inputs;
  const otherFabric =
    scenario === "VmmToAzure" || recoveryContainer === "" || hasUnknown(recoveryContainer)
      ? undefined
      : nameOf(parentOf(recoveryContainer));
  const serves = ({ fabricName, recoveryNetworkId, recoveryFabricId }: NetworkMappingFacts) =>
    sameId(fabricName, fabric.name) &&
    (scenario === "VmmToAzure") !== isSiteNetwork(recoveryNetworkId) &&
    (otherFabric === undefined || sameId(nameOf(recoveryFabricId), otherFabric));
  if (mappings.some(serves)) return [];
  const goal =
    scenario === "VmmToAzure"
      ? "to a virtual network (recoveryFabric: Microsoft Azure)"
      : "to one of the second VMM server";
  return [
    {
      path: "container",
      reason: `no VM network of ${fabric.friendlyName || fabric.name} is mapped, and machines of VMM clouds cannot be protected without. Declare a NetworkMapping of the machine's VM network ${goal}. [HV-NETMAP]`,
    },
  ];
}
