import type { Context, OperationContext } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import { sameId } from "../../recovery/identity.ts";
import type { DiscoveredVCenterFacts, OnPremisesFabricFacts } from "../../recovery/on-premises.ts";
import type {
  AccountPrivileges,
  FixName,
  SiteServerSituation,
  VsphereMachineView,
} from "../../recovery/on-premises-situation.ts";
import {
  azurePrivileges,
  fixPrivileges,
  readPrivilege,
} from "../../recovery/vsphere-privileges.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type { VsphereSite } from "../../sites/vsphere/site.ts";
import { type MachineLookup, readViews } from "./on-premises-inventory.ts";
import { applianceLookup, masterTargetLookup, namedLookup } from "./on-premises-lookups.ts";
import { chooseVCenter, closedBy } from "./on-premises-vcenter.ts";

/** A server that is looked at by itself, as its resource does. */
export interface ServerAsk {
  readonly site: AzureSite;
  readonly vault: VaultSite;
  /** Name of the fabric of its site. */
  readonly fabricName: string;
  /** Name or id of the master target (classic) or appliance (modernized) as Azure lists it. */
  readonly server: string;
  /** Inventory path or name of its machine in the vCenter; default: found by what Azure knows. */
  readonly machine?: string;
  /** Name under `asr:vcenters`. */
  readonly vcenter?: string;
  readonly retentionVolume?: string;
  /** What the provider is allowed to mend, whose privileges its own account needs. */
  readonly fixes?: readonly FixName[];
}

/**
 * Looks at one server in Azure and in its vCenter: everything that `checkServer` judges. A vCenter that is
 * not configured or does not answer is part of the answer (`access`), no exception.
 */
export async function observeServer(
  context: Context,
  ask: ServerAsk,
): Promise<SiteServerSituation> {
  const { vault, site } = ask;
  const fabrics = await vault.fabrics(context);
  const fabric = fabrics.find((each) => sameId(each.name, ask.fabricName))?.onPremises;
  const generation = fabric?.generation ?? "classic";
  const discovered =
    generation === "classic" ? await discoveredIn(context, vault, ask.fabricName) : [];
  const named = <Server extends { readonly id: string; readonly name: string }>(
    servers: readonly Server[] = [],
  ): Server | undefined =>
    servers.find((each) => sameId(each.id, ask.server) || sameId(each.name, ask.server));
  const masterTarget = named(fabric?.masterTargets);
  const appliance = named(fabric?.appliances);
  const lookup =
    ask.machine !== undefined
      ? namedLookup(ask.server, ask.machine)
      : appliance !== undefined
        ? applianceLookup(ask.server, appliance)
        : masterTarget !== undefined
          ? masterTargetLookup(ask.server, masterTarget)
          : namedLookup(ask.server, ask.server);
  return {
    generation,
    now: site.now(context),
    ...(fabric === undefined ? {} : { fabric }),
    discoveredVCenters: discovered,
    ...(masterTarget === undefined ? {} : { masterTarget }),
    ...(appliance === undefined ? {} : { appliance }),
    ...onlyProcessServer(fabric),
    ...(ask.retentionVolume === undefined ? {} : { retentionVolume: ask.retentionVolume }),
    disksToCome: 0,
    ...(await lookAt(context, ask, fabric, discovered, lookup)),
  };
}

/** The vCenters that a fabric has discovered. */
export async function discoveredIn(
  context: Context,
  vault: VaultSite,
  fabricName: string,
): Promise<readonly DiscoveredVCenterFacts[]> {
  const all = await vault.onPremises.vcenters(context);
  return all.filter((each) => sameId(each.fabricName, fabricName));
}

/** Address and names of a discovered vCenter. */
export function labelsOf({ address, name, friendlyName }: DiscoveredVCenterFacts): string[] {
  return [...new Set([address, name, friendlyName])].filter((each) => each !== "");
}

/** The discovered vCenter that an address belongs to; the only one there is when none has it. */
export function discoveredAt(
  discovered: readonly DiscoveredVCenterFacts[],
  address: string,
): DiscoveredVCenterFacts | undefined {
  return (
    discovered.find((each) => sameId(each.address, address)) ??
    (discovered.length === 1 ? discovered[0] : undefined)
  );
}

type Looked = Pick<
  SiteServerSituation,
  "access" | "view" | "privileges" | "ownPrivileges" | "vcenterInUse"
>;

async function lookAt(
  context: Context,
  ask: ServerAsk,
  fabric: OnPremisesFabricFacts | undefined,
  discovered: readonly DiscoveredVCenterFacts[],
  lookup: MachineLookup,
): Promise<Looked> {
  const chosen = await chooseVCenter(context, ask.vcenter, discovered.flatMap(labelsOf));
  if ("closed" in chosen) return { access: chosen.closed };
  const { vsphere } = chosen;
  try {
    const view = (await readViews(context, vsphere, [lookup])).get(lookup.key);
    const inUse = discoveredAt(discovered, vsphere.host);
    return {
      access: { kind: "open", vcenter: vsphere.name, host: vsphere.host },
      ...(view === undefined ? {} : { view }),
      ...(inUse === undefined ? {} : { vcenterInUse: inUse }),
      ...(await readPrivileges(context, vsphere, fabric, inUse, view === undefined ? [] : [view])),
      ...(await readOwnPrivileges(context, vsphere, ask.fixes ?? [], view)),
    };
  } catch (error) {
    return { access: closedBy(vsphere.name, error) };
  }
}

/** What the account of Azure's discovery lacks on servers, their datacenters, hosts and datastores; nothing when it is not known by name. */
export async function readPrivileges(
  context: OperationContext,
  vsphere: VsphereSite,
  fabric: OnPremisesFabricFacts | undefined,
  vcenter: DiscoveredVCenterFacts | undefined,
  views: readonly VsphereMachineView[],
): Promise<{ readonly privileges?: AccountPrivileges }> {
  const account = fabric?.runAsAccounts.find((each) =>
    sameId(each.id, vcenter?.runAsAccountId),
  )?.name;
  const references = referencesOf(views);
  if (fabric === undefined || account === undefined || references.length === 0) return {};
  const ids = [readPrivilege, ...azurePrivileges(fabric.generation)];
  try {
    // Together one request: whoever asks in the same turn shares it.
    const lacking = await Promise.all(
      references.map((each) => vsphere.missingPrivileges(context, [each], ids, account)),
    );
    const isStranger = lacking.every((each) => each.includes(readPrivilege));
    const all = new Set(lacking.flat());
    // No access to one of them is a lack; no access to any is another account's.
    const missing = ids.filter((id) => all.has(id) && (isStranger || id !== readPrivilege));
    const on = namesOf(
      views,
      (reference) => (lacking[references.indexOf(reference)] ?? []).length > 0,
    );
    return { privileges: { account, missing, on } };
  } catch (error) {
    // An account that the vCenter does not know by this name says nothing about its rights.
    if (error instanceof SiteError && error.serviceCode !== undefined) return {};
    throw error;
  }
}

/** What the provider's own account lacks on a machine that it may mend. */
export async function readOwnPrivileges(
  context: OperationContext,
  vsphere: VsphereSite,
  fixes: readonly FixName[],
  ...views: readonly (VsphereMachineView | undefined)[]
): Promise<{ readonly ownPrivileges?: AccountPrivileges }> {
  const known = views.filter((each) => each?.machine !== undefined);
  const account = `the provider's account on vCenter ${vsphere.name}`;
  const onMachines = fixes.flatMap((fix) => (fix === "storageDrs" ? [] : fixPrivileges[fix]));
  const pods = known.flatMap((each) => each?.storagePods.map((pod) => pod.reference) ?? []);
  const machines = known.flatMap((each) => each?.machine?.reference ?? []);
  const missing = [
    ...(onMachines.length === 0 || machines.length === 0
      ? []
      : await vsphere.missingPrivileges(context, machines, onMachines)),
    ...(!fixes.includes("storageDrs") || pods.length === 0
      ? []
      : await vsphere.missingPrivileges(context, pods, fixPrivileges.storageDrs)),
  ];
  return missing.length === 0 ? {} : { ownPrivileges: { account, missing } };
}

/** Names of the objects of servers for which this holds. */
function namesOf(
  views: readonly VsphereMachineView[],
  holds: (reference: string) => boolean,
): readonly string[] {
  const named = views.flatMap(({ machine, datacenter, host, datastores }) => [
    { kind: "datacenter", object: datacenter },
    { kind: "machine", object: machine },
    { kind: "host", object: host },
    ...datastores.map((object) => ({ kind: "datastore", object })),
  ]);
  const found = named.flatMap(({ kind, object }) =>
    object !== undefined && holds(object.reference) ? [`${kind} ${object.name}`] : [],
  );
  return [...new Set(found)];
}

function referencesOf(views: readonly VsphereMachineView[]): readonly string[] {
  const references = views.flatMap(({ machine, datacenter, host, datastores }) =>
    machine === undefined
      ? []
      : [
          ...(datacenter === undefined ? [] : [datacenter.reference]),
          machine.reference,
          ...(host === undefined ? [] : [host.reference]),
          ...datastores.map((each) => each.reference),
        ],
  );
  return [...new Set(references)];
}

function onlyProcessServer(
  fabric: OnPremisesFabricFacts | undefined,
): Pick<SiteServerSituation, "processServer"> {
  const [only, ...others] = fabric?.processServers ?? [];
  return only === undefined || others.length > 0 ? {} : { processServer: only };
}
