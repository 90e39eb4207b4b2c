import type { Context } from "../../context.ts";
import { itemIdentity, nameOf, sameId } from "../../recovery/identity.ts";
import type {
  AccountPrivileges,
  VsphereAccess,
  VsphereMachineView,
} from "../../recovery/on-premises-situation.ts";
import type { VsphereSite } from "../../sites/vsphere/site.ts";
import { placementFor } from "../placement.ts";
import type { MachineLookup } from "./on-premises-inventory.ts";
import { readViews } from "./on-premises-inventory.ts";
import { applianceLookup, machineLookup, masterTargetLookup } from "./on-premises-lookups.ts";
import { discoveredAt, labelsOf, readOwnPrivileges, readPrivileges } from "./on-premises-server.ts";
import type { SiteMachine } from "./on-premises-sites.ts";
import { type ChosenVCenter, chooseVCenter, closedBy } from "./on-premises-vcenter.ts";
import { reprotectSettings } from "./reprotect-target.ts";

/** What one vCenter shows to all machines of an action that belong to it. */
export interface VCenterLook {
  readonly access: VsphereAccess;
  /** By `machineKey` and `serverKey`. */
  readonly views: ReadonlyMap<string, VsphereMachineView>;
  readonly privileges?: AccountPrivileges;
  readonly ownPrivileges?: AccountPrivileges;
}

const unasked: VCenterLook = { access: { kind: "unasked" }, views: new Map() };

/** By what a protected machine's view is found. */
export function machineKey({ ask }: SiteMachine): string {
  return `machine ${itemIdentity(ask.item.vaultId, ask.item.name)}`;
}

/** By what the view of its server is found; all machines that share the server share the view. */
export function serverKey({ masterTarget, appliance }: SiteMachine): string {
  return `server ${masterTarget?.id ?? appliance?.id ?? ""}`;
}

/** Looks at each vCenter once for all machines that belong to it. */
export async function lookAtVCenters(
  context: Context,
  machines: readonly SiteMachine[],
): Promise<ReadonlyMap<SiteMachine, VCenterLook>> {
  const groups = new Map<
    string,
    { readonly chosen: ChosenVCenter; readonly members: SiteMachine[] }
  >();
  const looks = new Map<SiteMachine, VCenterLook>();
  for (const machine of machines) {
    if (lookupsOf(context, machine).length === 0) {
      looks.set(machine, unasked);
      continue;
    }
    const chosen = await chooseVCenter(context, wantedOf(machine), knownAs(machine));
    // A failover does not ask for a vCenter that nobody configured: what it would tell only warns.
    const leaves = machine.phases.includes("failover");
    if ("closed" in chosen && leaves && context.sites.vcenterNames.length === 0) {
      looks.set(machine, unasked);
      continue;
    }
    const key = "closed" in chosen ? `closed ${chosen.closed.reason}` : chosen.vsphere.name;
    const group = groups.get(key) ?? { chosen, members: [] };
    group.members.push(machine);
    groups.set(key, group);
  }
  for (const { chosen, members } of groups.values()) {
    const look =
      "closed" in chosen
        ? { access: chosen.closed, views: new Map() }
        : await lookAt(context, chosen.vsphere, members);
    for (const machine of members) looks.set(machine, look);
  }
  return looks;
}

/** The name that the inputs, or the record of the reprotect, give the vCenter. */
function wantedOf({ ask }: SiteMachine): string | undefined {
  const given = reprotectSettings(ask.item, ask.inputs).vcenter;
  const recorded = placementFor(ask.item, ask.inputs.placement)?.vcenter;
  return given || recorded || undefined;
}

/** What Azure calls the machine's own vCenter: address and names, or those of all that it knows there. */
function knownAs({ ask, discovered }: SiteMachine): readonly string[] {
  const id = ask.item.onPremises?.vcenterId ?? "";
  const own = discovered.filter((each) => sameId(each.id, id) || sameId(each.name, id));
  const texts = (own.length > 0 ? own : discovered).flatMap(labelsOf);
  return id === "" || own.length > 0 ? texts : [...texts, nameOf(id)];
}

/** What the rules of the machine's phases look at in a vCenter. */
function lookupsOf(context: Context, machine: SiteMachine): readonly MachineLookup[] {
  const { phases, ask, masterTarget, appliance, generation } = machine;
  const has = (...wanted: readonly SiteMachine["phases"][number][]): boolean =>
    wanted.some((phase) => phases.includes(phase));
  // On its way to Azure a machine may leave a site that is down: nothing but a preview waits for that.
  const leaves = has("failover") && context.preview;
  const tools = has("commit") && /windows/i.test(ask.item.osType);
  const own =
    leaves || tools || has("reprotect", "failback")
      ? [machineLookup(machineKey(machine), ask.item)]
      : [];
  if (!has("reprotect", "replicating", "failback")) return own;
  const key = serverKey(machine);
  const server =
    generation === "classic"
      ? masterTarget && { ...masterTargetLookup(key, masterTarget), namesOnHost: true }
      : appliance && applianceLookup(key, appliance);
  return server === undefined ? own : [...own, server];
}

async function lookAt(
  context: Context,
  vsphere: VsphereSite,
  members: readonly SiteMachine[],
): Promise<VCenterLook> {
  const lookups = new Map<string, MachineLookup>();
  for (const machine of members) {
    for (const lookup of lookupsOf(context, machine)) lookups.set(lookup.key, lookup);
  }
  try {
    const views = await readViews(context, vsphere, [...lookups.values()]);
    return {
      access: { kind: "open", vcenter: vsphere.name, host: vsphere.host },
      views,
      ...(await accountsOf(context, vsphere, members, views)),
    };
  } catch (error) {
    return { access: closedBy(vsphere.name, error), views: new Map() };
  }
}

/** The rights that a reprotect needs: of Azure's account on the servers, of our own where it may turn machines off. */
async function accountsOf(
  context: Context,
  vsphere: VsphereSite,
  members: readonly SiteMachine[],
  views: ReadonlyMap<string, VsphereMachineView>,
): Promise<Pick<VCenterLook, "privileges" | "ownPrivileges">> {
  const reprotecting = members.filter((each) => each.phases.includes("reprotect"));
  const [first] = reprotecting;
  if (first === undefined) return {};
  const keys = new Set(reprotecting.map(serverKey));
  const servers = [...keys].flatMap((key) => views.get(key) ?? []);
  const running = reprotecting
    .filter(({ ask }) => ask.inputs.manage?.includes("powerOffSource") === true)
    .map((each) => views.get(machineKey(each)))
    .filter((view) => view?.machine?.powerState === "poweredOn");
  const inUse = discoveredAt(first.discovered, vsphere.host);
  return {
    ...(await readPrivileges(context, vsphere, first.fabric, inUse, servers)),
    ...(running.length === 0
      ? {}
      : await readOwnPrivileges(context, vsphere, ["powerOffSource"], ...running)),
  };
}
