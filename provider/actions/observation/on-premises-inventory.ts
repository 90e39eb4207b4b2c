import type { OperationContext } from "../../context.ts";
import type { VsphereMachineView } from "../../recovery/on-premises-situation.ts";
import type {
  DatacenterFacts,
  StoragePodFacts,
  VsphereDatastoreFacts,
  VsphereHostFacts,
  VsphereMachineFacts,
} from "../../recovery/vsphere-facts.ts";
import type { MachineQuery, VsphereSite } from "../../sites/vsphere/site.ts";

/** One machine to look for. */
export interface MachineLookup {
  /** By what the answer is found again. */
  readonly key: string;
  /** Ids and paths that belong to this machine alone. */
  readonly ids: readonly MachineQuery[];
  /** Names that it may have; asked when there are no ids, and for a server when none of them is known. */
  readonly names: readonly string[];
  /** A server: its storage clusters are read, and names count when no id is known. */
  readonly server: boolean;
  /** True when the names of the machines on its host are wanted, should a machine be missing. */
  readonly namesOnHost?: boolean;
}

/**
 * Looks for many machines at once and reads what surrounds them: one search, then one read each of hosts,
 * datastores, storage clusters and names, however many machines are asked for.
 */
export async function readViews(
  context: OperationContext,
  vsphere: VsphereSite,
  lookups: readonly MachineLookup[],
): Promise<ReadonlyMap<string, VsphereMachineView>> {
  if (lookups.length === 0) return new Map();
  const found = await search(context, vsphere, lookups);
  const machines = found.flatMap(({ matches }) => (matches.length === 1 ? matches : []));
  const hosts = byReference(
    await vsphere.hosts(context, distinct(machines.map((each) => each.hostReference))),
  );
  const ofServers = found.flatMap(({ lookup, matches }) =>
    lookup.server && matches.length === 1 ? matches : [],
  );
  const datastores = byReference(
    await vsphere.datastores(
      context,
      distinct([
        ...machines.flatMap((each) => each.datastoreReferences),
        ...ofServers.flatMap((each) => hosts.get(each.hostReference)?.datastoreReferences ?? []),
      ]),
    ),
  );
  const podReferences = distinct(
    ofServers
      .flatMap((each) => each.datastoreReferences)
      .map((reference) => datastores.get(reference)?.storagePodReference ?? ""),
  );
  const pods = podReferences.length === 0 ? [] : await vsphere.storagePods(context, podReferences);
  const datacenters =
    ofServers.length === 0
      ? new Map<string, DatacenterFacts>()
      : await vsphere.datacenters(context, distinct(ofServers.map((each) => each.reference)));
  const missing = found.some(({ lookup, matches }) => !lookup.server && matches.length === 0);
  const neighbours = distinct(
    (missing ? found : [])
      .filter(({ lookup }) => lookup.namesOnHost === true)
      .flatMap(
        ({ matches }) => hosts.get(matches[0]?.hostReference ?? "")?.machineReferences ?? [],
      ),
  );
  const names =
    neighbours.length === 0 ? new Map() : await vsphere.machineNames(context, neighbours);
  return new Map(
    found.map((each) => [
      each.lookup.key,
      viewOf(each, { hosts, datastores, pods, names, datacenters }),
    ]),
  );
}

interface Found {
  readonly lookup: MachineLookup;
  readonly matches: readonly VsphereMachineFacts[];
  readonly byId: boolean;
}

async function search(
  context: OperationContext,
  vsphere: VsphereSite,
  lookups: readonly MachineLookup[],
): Promise<readonly Found[]> {
  const queries = lookups.map((lookup) => [
    ...lookup.ids,
    ...(lookup.ids.length === 0 || lookup.server ? lookup.names.map((name) => ({ name })) : []),
  ]);
  const answers = await vsphere.findMachines(context, queries.flat());
  let next = 0;
  return lookups.map((lookup, index) => {
    const own = answers.slice(next, next + (queries[index]?.length ?? 0));
    next += own.length;
    // The first query that finds something counts: ids come before names.
    const position = own.findIndex((each) => each.length > 0);
    const byId = lookup.ids.length > 0 && (position < 0 || position < lookup.ids.length);
    return { lookup, matches: own[position] ?? [], byId };
  });
}

function viewOf(
  { lookup, matches, byId }: Found,
  known: {
    readonly hosts: ReadonlyMap<string, VsphereHostFacts>;
    readonly datastores: ReadonlyMap<string, VsphereDatastoreFacts>;
    readonly pods: readonly StoragePodFacts[];
    readonly names: ReadonlyMap<string, string>;
    readonly datacenters: ReadonlyMap<string, DatacenterFacts>;
  },
): VsphereMachineView {
  const [machine] = matches;
  const empty = { matches, soughtById: byId, datastores: [], storagePods: [] };
  if (machine === undefined || matches.length > 1) return empty;
  const host = known.hosts.get(machine.hostReference);
  const references = distinct([
    ...machine.datastoreReferences,
    ...(lookup.server ? (host?.datastoreReferences ?? []) : []),
  ]);
  const datastores = references.flatMap((each) => known.datastores.get(each) ?? []);
  const datacenter = known.datacenters.get(machine.reference);
  const pods = new Set(datastores.map((each) => each.storagePodReference));
  return {
    ...empty,
    machine,
    ...(host === undefined ? {} : { host }),
    datastores,
    ...(datacenter === undefined ? {} : { datacenter }),
    storagePods: known.pods.filter((each) => pods.has(each.reference)),
    ...(lookup.namesOnHost === true && known.names.size > 0
      ? {
          namesOnHost: (host?.machineReferences ?? []).flatMap(
            (each) => known.names.get(each) ?? [],
          ),
        }
      : {}),
  };
}

function byReference<Facts extends { readonly reference: string }>(
  facts: readonly Facts[],
): ReadonlyMap<string, Facts> {
  return new Map(facts.map((each) => [each.reference, each]));
}

const distinct = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts)].filter((each) => each !== "");
