import type { Context } from "../../context.ts";
import type { SiteNetworkFacts, SiteProviderFacts } from "../../recovery/hyper-v.ts";
import type { HyperVSituation } from "../../recovery/hyper-v-situation.ts";
import { nameOf, sameId, segmentAfter } from "../../recovery/identity.ts";
import type { ItemFacts, NetworkMappingFacts } from "../../recovery/model.ts";
import { goesToAzure, isFromHyperV } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { VaultSite } from "../../sites/azure/site.ts";

/** The service's word for the fabric of a Hyper-V site. */
const hyperVSite = "HyperVSite";

/**
 * Looks at the hosts and VMM servers of Hyper-V machines; the answers are in the order of the machines. Two
 * lists of the vault, three with VMM, are read for all of them, so that calls do not grow with them; none is for
 * other machines, for those for which nothing will start, and for those that are as an action before this one
 * will leave them.
 */
export async function observeHyperV(
  context: Context,
  vault: VaultSite,
  machines: readonly Pick<Situation, "item" | "decision" | "failback" | "projected">[],
): Promise<readonly (HyperVSituation | undefined)[]> {
  const concerns = machines.map(
    ({ item, decision, projected }) =>
      isFromHyperV(item) && decision.kind === "start" && !projected,
  );
  if (!concerns.includes(true)) return machines.map(() => undefined);
  const vmm = machines.some(({ item }) => isFromVmm(item));
  const [providers, mappings, networks] = await Promise.all([
    vault.hyperV.providers(context),
    vault.networkMappings(context),
    vmm ? vault.hyperV.networks(context) : [],
  ]);
  const lists = { providers, mappings, networks };
  return machines.map((machine, index) =>
    concerns[index] === true ? situationOf(context, machine, lists) : undefined,
  );
}

/** What the vault lists of its Hyper-V sites and VMM servers. */
interface Lists {
  readonly providers: readonly SiteProviderFacts[];
  readonly mappings: readonly NetworkMappingFacts[];
  readonly networks: readonly SiteNetworkFacts[];
}

const isFromVmm = (item: ItemFacts): boolean =>
  isFromHyperV(item) && item.scenario !== "HyperVToAzure";

/** Names of the machine's VM networks that its VMM server has and that no mapping begins at. */
function unmappedNetworks(item: ItemFacts, { mappings, networks }: Lists): readonly string[] {
  const own = networks.filter((each) => sameId(each.fabricName, item.primary.fabricName));
  const mapped = mappings.filter((each) => leadsThere(each, item));
  const names = item.nics.flatMap(({ sourceNetworkId }) => {
    const called = own.filter((each) => sameId(each.friendlyName, sourceNetworkId));
    const isMapped = called.some(({ name }) =>
      mapped.some((each) => sameId(each.networkName, name)),
    );
    return isMapped ? [] : called.map((each) => each.friendlyName);
  });
  return [...new Set(names)];
}

function situationOf(
  context: Context,
  { item, failback }: Pick<Situation, "item" | "failback">,
  { providers, mappings, networks }: Lists,
): HyperVSituation {
  const home = homeAgent(item, providers);
  const second = goesToAzure(item) ? undefined : agentOfFabric(item.recovery.fabricName, providers);
  const hostId = failback?.alternateHost?.providerId;
  const alternate =
    hostId === undefined ? undefined : providers.find((each) => sameId(each.id, hostId));
  return {
    ...(home === undefined ? {} : { home }),
    ...(second === undefined ? {} : { second }),
    ...(item.scenario === "HyperVToAzure"
      ? {}
      : {
          networksMapped:
            mappings.some((each) => leadsThere(each, item)) || willBeMapped(context, item),
          unmappedNetworks: willBeMapped(context, item)
            ? []
            : unmappedNetworks(item, { providers, mappings, networks }),
        }),
    ...(alternate === undefined ? {} : { alternate }),
    hostNames: providers
      .filter((each) => sameId(each.fabricType, hyperVSite))
      .map((each) => each.friendlyName),
    comingNames: comingNames(context, item),
  };
}

/** Hosts and VMM servers that a preview's program declares, so that it waits until they have registered. */
function comingNames({ preview, declared }: Context, { vaultId }: ItemFacts): readonly string[] {
  if (!preview) return [];
  const start = `${vaultId}/`.toLowerCase();
  return [...declared].flatMap((each) => {
    const name = each.startsWith(start)
      ? segmentAfter(each, "hyperVHosts") || segmentAfter(each, "vmmServers")
      : "";
    return name === "" ? [] : [name];
  });
}

/** True at a preview that declares a network mapping of the machine's VMM server: it is there before the action. */
function willBeMapped({ preview, declared }: Context, { vaultId, primary }: ItemFacts): boolean {
  const start = `${vaultId}/replicationFabrics/${primary.fabricName}/replicationNetworks/`;
  return preview && [...declared].some((each) => each.startsWith(start.toLowerCase()));
}

/**
 * The agent that the machine names: by its ARM id, or by one that ends in the agent's own guid. An item may
 * outlive the registration of its host; the only agent of its site then stands for it.
 */
function homeAgent(
  { hyperV, primary }: ItemFacts,
  providers: readonly SiteProviderFacts[],
): SiteProviderFacts | undefined {
  const named = hyperV?.providerId ?? "";
  const own = providers.find(
    (each) =>
      named !== "" &&
      (sameId(each.id, named) ||
        [each.name, each.identifier ?? ""].some((name) => sameId(name, nameOf(named)))),
  );
  return own ?? agentOfFabric(primary.fabricName, providers);
}

/** The agent of a fabric that has only one. */
function agentOfFabric(
  fabricName: string,
  providers: readonly SiteProviderFacts[],
): SiteProviderFacts | undefined {
  const agents = providers.filter((each) => sameId(each.fabricName, fabricName));
  return agents.length === 1 ? agents[0] : undefined;
}

/** True for a network mapping from the machine's VMM server to Azure, or to the second VMM server. */
function leadsThere(
  mapping: Pick<NetworkMappingFacts, "fabricName" | "recoveryFabricId" | "recoveryNetworkId">,
  item: Pick<ItemFacts, "scenario" | "primary" | "recovery">,
): boolean {
  if (!sameId(mapping.fabricName, item.primary.fabricName)) return false;
  // What stands for Azure goes by several names; a network of Azure does not.
  return goesToAzure(item)
    ? segmentAfter(mapping.recoveryNetworkId, "virtualNetworks") !== ""
    : sameId(nameOf(mapping.recoveryFabricId), item.recovery.fabricName);
}
