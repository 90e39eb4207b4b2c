import type { NetworkConnectionFacts, NetworkFacts, PolicyFacts } from "./model.ts";
import type {
  ApplianceFacts,
  DiscoveredVCenterFacts,
  MasterTargetFacts,
  OnPremisesFabricFacts,
  ProcessServerFacts,
} from "./on-premises.ts";
import type { ServerPlacement } from "./placement.ts";
import type { ChosenServers } from "./site-servers.ts";
import type {
  DatacenterFacts,
  StoragePodFacts,
  VsphereDatastoreFacts,
  VsphereHostFacts,
  VsphereMachineFacts,
} from "./vsphere-facts.ts";

/** `classic` sites are replicated by a configuration server, `modernized` ones by appliances. */
export type SiteGeneration = "classic" | "modernized";

/**
 * What the provider may mend by itself when the inputs allow it. The first four are done to a server's
 * virtual machine, the last three by an action.
 */
export type FixName =
  | "diskUuid"
  | "retentionDisk"
  | "snapshots"
  | "storageDrs"
  | "startAzureMachine"
  | "powerOffSource"
  | "commit";

/** Whether the vCenter of a machine or server can be looked at. */
export type VsphereAccess =
  /** It answers under this name of `asr:vcenters`. */
  | { readonly kind: "open"; readonly vcenter: string; readonly host: string }
  /** It could not be asked; `reason` is one sentence that says why, `remedy` what to do. */
  | {
      readonly kind: "closed";
      readonly vcenter: string;
      readonly reason: string;
      readonly remedy: string;
    }
  /** Nothing of it was needed. */
  | { readonly kind: "unasked" };

/** A virtual machine with its host and storage as its vCenter shows them. */
export interface VsphereMachineView {
  /** All machines that answer to the name or id; one, when all is well. */
  readonly matches: readonly VsphereMachineFacts[];
  /** True when it was looked for by an id, so that a machine of its name is another one. */
  readonly soughtById: boolean;
  /** The machine, when exactly one was found. */
  readonly machine?: VsphereMachineFacts;
  readonly host?: VsphereHostFacts;
  /** The datacenter of a server; absent when not asked, or not seen. */
  readonly datacenter?: DatacenterFacts;
  /** Datastores of the machine and of its host, without doubles. */
  readonly datastores: readonly VsphereDatastoreFacts[];
  readonly storagePods: readonly StoragePodFacts[];
  /** Names of the machines on its host; absent when not asked. */
  readonly namesOnHost?: readonly string[];
}

/** What the account that Azure uses lacks on the vCenter; absent facts were not told. */
export interface AccountPrivileges {
  readonly account: string;
  readonly missing: readonly string[];
  /** The objects on which they are missing, such as `datacenter DC0`; absent when not told apart. */
  readonly on?: readonly string[];
}

/** The server that takes the data at the site, with all around it: what the rules about servers look at. */
export interface SiteServerSituation {
  readonly generation: SiteGeneration;
  readonly now: Date;
  readonly fabric?: OnPremisesFabricFacts;
  /** vCenters that the site's fabric has discovered. */
  readonly discoveredVCenters: readonly DiscoveredVCenterFacts[];
  /** The one of them that the server, or the machine, belongs to. */
  readonly vcenterInUse?: DiscoveredVCenterFacts;
  /** Classic. */
  readonly masterTarget?: MasterTargetFacts;
  /** Modernized. */
  readonly appliance?: ApplianceFacts;
  readonly processServer?: ProcessServerFacts;
  /** The volume for retention data that is asked for; absent means the default of its system. */
  readonly retentionVolume?: string;
  readonly access: VsphereAccess;
  /** The server's own virtual machine; absent when the vCenter was not looked at. */
  readonly view?: VsphereMachineView;
  readonly privileges?: AccountPrivileges;
  /** What the provider's own account lacks for what it is allowed to mend. */
  readonly ownPrivileges?: AccountPrivileges;
  /** Where it lay when the machine was reprotected; absent when nobody recorded it. */
  readonly recorded?: ServerPlacement;
  /** Disks that machines of this action will hang on it. */
  readonly disksToCome: number;
}

/** The machine in Azure that was failed over to. */
export interface AzureMachineView {
  /** False when it is not to be found. */
  readonly exists: boolean;
  readonly id: string;
  readonly name: string;
  /** `running`, `deallocated`, `stopped`, …; empty while unknown. */
  readonly powerState: string;
  readonly diskCount: number;
}

/** Another member of a machine's replication group. */
export interface GroupMember {
  readonly machine: string;
  readonly osType: string;
  /** Name of the master target that this action gives it; empty when it gives none. */
  readonly masterTarget: string;
}

/** The policy of the way back. */
export interface FailbackPolicyView {
  readonly policy?: PolicyFacts;
  /** What the inputs name, or the container's mapping with itself; empty when there is none. */
  readonly wanted: string;
}

/** What is known of the site that a machine comes from or returns to; rules about VMware look at it. */
export interface OnPremisesSituation {
  /** The servers that a reprotect will use; absent when the action is no reprotect. */
  readonly servers?: ChosenServers;
  readonly generation: SiteGeneration;
  /** The server that takes, or will take, the machine's data at the site. */
  readonly server: SiteServerSituation;
  /** The protected machine in its vCenter; absent when that was not looked at. */
  readonly machine?: VsphereMachineView;
  readonly azureMachine?: AzureMachineView;
  /** The network that the Azure machine is in; absent when not asked. */
  readonly azureNetwork?: NetworkFacts;
  /**
   * State of the way to the site, in Azure's word: `Connected` when any of its connections is. Absent while
   * nobody told, as for a network that uses the gateway of a peer.
   */
  readonly connectionState?: string;
  /** The gateway's connections to sites; absent when not asked, or not to be read. */
  readonly connections?: readonly NetworkConnectionFacts[];
  /** Number of recovery points; absent when not asked. */
  readonly recoveryPointCount?: number;
  readonly failbackPolicy?: FailbackPolicyView;
  /** Bytes of all disks that this action will make anew on the machine's datastore. */
  readonly newDiskBytes: number;
  /** Other members of its replication group. */
  readonly groupMembers: readonly GroupMember[];
  /** Whether the machine had raw device mappings; absent when that cannot be told any more. */
  readonly rawDeviceMapping?: boolean;
}

/** True when the vCenter was looked at and has no such machine. */
export function isAbsent(view: VsphereMachineView | undefined): boolean {
  return view !== undefined && view.matches.length === 0;
}

/** The datastores that a machine itself lies on. */
export function ownDatastores(
  view: VsphereMachineView | undefined,
): readonly VsphereDatastoreFacts[] {
  const references = view?.machine?.datastoreReferences ?? [];
  return (view?.datastores ?? []).filter((each) => references.includes(each.reference));
}

/** The datastores that a machine's host reaches. */
export function hostDatastores(
  view: VsphereMachineView | undefined,
): readonly VsphereDatastoreFacts[] {
  const references = view?.host?.datastoreReferences ?? [];
  return (view?.datastores ?? []).filter((each) => references.includes(each.reference));
}
