import type { OperationContext } from "../../context.ts";
import type { DiscoveredVCenterFacts, ProtectableItemFacts } from "../../recovery/on-premises.ts";

/** What a discovered vCenter is added or changed with. */
export interface VCenterSpecification {
  readonly friendlyName: string;
  /** Host name or address as the process server reaches it. */
  readonly address: string;
  readonly port: string;
  readonly processServerId: string;
  readonly runAsAccountId: string;
}

/** The part of a vault that concerns sites with servers of their own; reached as `vault.onPremises`. */
export interface OnPremisesVaultSite {
  vcenters(context: OperationContext): Promise<readonly DiscoveredVCenterFacts[]>;
  /** Machines that a container has discovered, protected ones included. */
  protectableItems(
    context: OperationContext,
    containerId: string,
  ): Promise<readonly ProtectableItemFacts[]>;
  putVCenter(
    context: OperationContext,
    fabricName: string,
    name: string,
    specification: VCenterSpecification,
  ): Promise<DiscoveredVCenterFacts>;
  updateVCenter(
    context: OperationContext,
    fabricName: string,
    name: string,
    specification: VCenterSpecification,
  ): Promise<DiscoveredVCenterFacts>;
  removeVCenter(context: OperationContext, fabricName: string, name: string): Promise<void>;
  /** Has the site's server look at its machines and servers anew (refreshProvider of the fabric's provider). */
  refresh(context: OperationContext, fabricName: string): Promise<void>;
  /** Makes a physical server known: its discovery job is followed to the end. */
  discoverMachine(
    context: OperationContext,
    containerId: string,
    machine: {
      readonly friendlyName: string;
      readonly address: string;
      readonly osType: "Windows" | "Linux";
    },
  ): Promise<void>;
  /** Moves machines from one process server to another; all of them when none is named. */
  moveMachines(
    context: OperationContext,
    fabricName: string,
    move: {
      readonly containerName: string;
      readonly sourceProcessServerId: string;
      readonly targetProcessServerId: string;
      readonly machineIds?: readonly string[];
    },
  ): Promise<void>;
}
