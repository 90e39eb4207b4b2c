import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import type { ActionKind } from "../../recovery/action-kinds.ts";
import type { Decision } from "../../recovery/decision.ts";
import { nameOf, sameId, segmentAfter } from "../../recovery/identity.ts";
import type { ItemFacts, Verb } from "../../recovery/model.ts";
import { activeSide, goesToAzure, isBetweenRegions, passiveSide } from "../../recovery/position.ts";
import type { DestinationFacts, DestinationResource } from "../../recovery/situation.ts";
import { failsOver } from "../../recovery/verbs.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import { placementFor } from "../placement.ts";
import type { AnyActionInputs } from "../settings.ts";
import { concernsAzure, observeAzureMachine } from "./azure-machine.ts";
import { reprotectTarget } from "./reprotect-target.ts";

const unasked: DestinationFacts = { resources: [], eligibilityErrors: [] };

/** Looks at the place that the action needs for this machine; asks nothing when nothing will start. */
export async function observeDestination(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  action: ActionKind,
  item: ItemFacts,
  decision: Decision,
  inputs: AnyActionInputs,
): Promise<DestinationFacts> {
  if (decision.kind !== "start" || decision.verbs.length === 0) return unasked;
  if (goesToAzure(item) && concernsAzure(action, item)) {
    return observeAzureMachine(context, site, item, placementFor(item, inputs.placement));
  }
  if (!reachesRegion(action, item, decision.verbs[0])) return unasked;
  const ways = await reverseMappings(context, vault, item, decision.verbs[0] === "reprotect");
  try {
    const facts =
      action === "Reprotect"
        ? await observeReprotect(context, site, vault, item, inputs)
        : await observeFailover(context, site, vault, action, item, inputs);
    return { ...facts, ...ways };
  } catch (error) {
    // A region that does not answer is a finding for this machine, not the end of the preview.
    if (!(error instanceof SiteError)) throw error;
    return { ...unasked, ...ways, trouble: error.message };
  }
}

/** True when the action needs a place in a region of Azure for the machine, its copy or its replication. */
function reachesRegion(action: ActionKind, item: ItemFacts, first: Verb | undefined): boolean {
  // Between VMM sites there is no region; the way from Azure to a site ends at the site.
  if (!isBetweenRegions(item) && (!goesToAzure(item) || action === "Reprotect")) return false;
  return (
    first === "reprotect" || first === "testFailover" || (first !== undefined && failsOver([first]))
  );
}

async function observeFailover(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  action: ActionKind,
  item: ItemFacts,
  inputs: AnyActionInputs,
): Promise<DestinationFacts> {
  const test = action === "TestFailover";
  const networkId = test ? (inputs.network ?? item.target.testNetworkId) : item.target.networkId;
  const [network, group, set, sizes, health, eligibilityErrors, size] = await Promise.all([
    networkId === "" ? undefined : site.network(context, networkId),
    resource(context, site, "resource group", item.target.resourceGroupId),
    resource(context, site, "availability set", item.target.availabilitySetId),
    vault.machineSizes(context, item),
    fabricHealth(context, vault, passiveSide(item).fabricName),
    // What the service says against a machine it is asked to test; a real failover cannot wait for it.
    test && isBetweenRegions(item) ? site.eligibilityErrors(context, item.machineId) : [],
    runningSize(context, site, isBetweenRegions(item) ? item.machineId : ""),
  ]);
  const resources = [...group, ...set];
  if (networkId !== "") {
    resources.push({
      kind: test ? "test network" : "virtual network",
      id: networkId,
      exists: network !== undefined,
    });
  }
  return {
    resources,
    sizes,
    eligibilityErrors,
    ...(size === undefined ? {} : { runningMachineSize: size }),
    ...(health === undefined ? {} : { fabricHealth: health }),
    ...(network === undefined ? {} : { network }),
  };
}

async function observeReprotect(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  item: ItemFacts,
  inputs: AnyActionInputs,
): Promise<DestinationFacts> {
  const target = reprotectTarget(item, inputs);
  const [group, set, cache, network, running, seed, health] = await Promise.all([
    resource(context, site, "resource group", target.resourceGroupId),
    resource(context, site, "availability set", target.availabilitySetId),
    resource(context, site, "cache storage account", target.cacheStorageAccountId),
    resource(context, site, "virtual network", item.nics[0]?.sourceNetworkId ?? ""),
    site.machine(context, target.runningMachineId),
    item.machineId === "" ? undefined : site.machine(context, item.machineId),
    fabricHealth(context, vault, passiveSide(item).fabricName),
  ]);
  return {
    resources: [...group, ...network, ...cache, ...set],
    eligibilityErrors: [],
    runningMachineExists: running !== undefined,
    ...(running === undefined ? {} : { runningMachineSize: running.size }),
    ...(seed === undefined ? {} : { seedMachineId: seed.id }),
    ...(health === undefined ? {} : { fabricHealth: health }),
  };
}

/** The size of the source machine; a source region that does not answer must not stop a failover. */
async function runningSize(
  context: Context,
  site: AzureSite,
  machineId: string,
): Promise<string | undefined> {
  if (machineId === "") return undefined;
  return site.machine(context, machineId).then(
    (machine) => machine?.size,
    (error: unknown) => {
      if (error instanceof SiteError) return undefined;
      throw error;
    },
  );
}

async function resource(
  context: Context,
  site: AzureSite,
  kind: string,
  id: string | undefined,
): Promise<DestinationResource[]> {
  if (id === undefined || id === "") return [];
  return [{ kind, id, exists: await site.exists(context, id) }];
}

async function fabricHealth(
  context: Context,
  vault: VaultSite,
  fabricName: string,
): Promise<DestinationFacts["fabricHealth"]> {
  const fabrics = await vault.fabrics(context);
  return fabrics.find((each) => sameId(each.name, fabricName))?.health;
}

/** The mappings by which the machine can be replicated back once it has moved. */
async function reverseMappings(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
  moved: boolean,
): Promise<Pick<DestinationFacts, "reverseContainerMapping" | "reverseNetworkMapping">> {
  const from = moved ? activeSide(item) : passiveSide(item);
  const to = moved ? passiveSide(item) : activeSide(item);
  const [containers, networks] = await Promise.all([
    vault.containerMappings(context),
    vault.networkMappings(context),
  ]);
  const container = containers.find(
    (each) =>
      sameId(each.containerName, from.containerName) &&
      sameId(each.fabricName, from.fabricName) &&
      sameId(nameOf(each.targetContainerId), to.containerName) &&
      sameId(segmentAfter(each.targetContainerId, "replicationFabrics"), to.fabricName),
  );
  const network = networks.find(
    (each) =>
      sameId(each.fabricName, from.fabricName) &&
      sameId(nameOf(each.recoveryFabricId), to.fabricName),
  );
  return {
    ...(container === undefined ? {} : { reverseContainerMapping: container }),
    ...(network === undefined ? {} : { reverseNetworkMapping: network }),
  };
}
