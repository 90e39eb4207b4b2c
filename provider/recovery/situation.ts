import type { ActionKind } from "./action-kinds.ts";
import type { Decision, FailoverMode } from "./decision.ts";
import type { HyperVSituation } from "./hyper-v-situation.ts";
import type { ManagedFix } from "./managed-fixes.ts";
import type {
  ContainerMappingFacts,
  Health,
  ItemFacts,
  MachineSizeFacts,
  NetworkFacts,
  NetworkMappingFacts,
  PolicyFacts,
  Verb,
} from "./model.ts";
import type { OnPremisesSituation } from "./on-premises-situation.ts";
import type { ChosenPoint } from "./recovery-point.ts";
import { failsOver } from "./verbs.ts";

/** A named thing of the destination and whether it is there; absent `exists` means it was not asked. */
export interface DestinationResource {
  /** `resource group`, `virtual network`, `availability set`, `storage account`, … */
  readonly kind: string;
  readonly id: string;
  readonly exists?: boolean;
}

/** What is known of the place that a machine will run at, or be replicated to. */
export interface DestinationFacts {
  /** The network that the machine will be in; absent when it was not found or not asked for. */
  readonly network?: NetworkFacts;
  /** Size of the machine where it runs now; absent when not asked or not answered. */
  readonly runningMachineSize?: string;
  /** Sizes that the service offers for the machine there; absent when not asked. */
  readonly sizes?: readonly MachineSizeFacts[];
  readonly resources: readonly DestinationResource[];
  /** Health of the fabric there. */
  readonly fabricHealth?: Health;
  /** What the site answered when the destination could not be looked at; absent when it could. */
  readonly trouble?: string;
  /** Mapping by which the machine can be replicated back from there. */
  readonly reverseContainerMapping?: ContainerMappingFacts;
  readonly reverseNetworkMapping?: NetworkMappingFacts;
  /** False when the machine that now runs is not to be found in Azure; absent when not asked. */
  readonly runningMachineExists?: boolean;
  /** ARM id of the machine in Azure that a machine of a site was failed over to; absent when not asked or not there. */
  readonly runningMachineId?: string;
  /** Region in which the machine runs, when it runs in Azure and was looked at. */
  readonly runningMachineLocation?: string;
  /** Power state of the machine that runs in Azure, such as `running`; absent when not asked or not told. */
  readonly runningMachinePowerState?: string;
  /** Number of its disks; absent when not asked. */
  readonly runningMachineDiskCount?: number;
  /** The original machine that the reprotect will turn off and delete; absent when there is none or it was not asked. */
  readonly seedMachineId?: string;
  /** What the service says against the machine, in its words. */
  readonly eligibilityErrors: readonly string[];
}

/** How a Hyper-V machine is brought home from Azure. */
export interface FailbackChoices {
  /**
   * `beforeDowntime` copies the changes while the machine runs in Azure, then shuts it down for the rest;
   * `duringDowntime` shuts it down first and downloads its disks as a whole.
   */
  readonly dataSynchronization: "beforeDowntime" | "duringDowntime";
  /** True when the service may make the machine where the site has none. */
  readonly createMachineIfAbsent: boolean;
  /** The registered host that takes the machine, where it is to be another than its own. */
  readonly alternateHost?: {
    readonly name: string;
    /** ARM id of its agent; absent when no registered host has the name. */
    readonly providerId?: string;
  };
}

/** Everything that the rules look at for one machine. */
export interface Situation {
  readonly action: ActionKind;
  readonly item: ItemFacts;
  readonly decision: Decision;
  readonly now: Date;
  readonly shutdownSource: boolean;
  readonly recoveryPoint?: ChosenPoint;
  /** True when the update asks for another point than the one the machine was failed over to. */
  readonly changesRecoveryPoint: boolean;
  readonly testNetworkId?: string;
  readonly policy?: PolicyFacts;
  readonly destination: DestinationFacts;
  /** What is known of the VMware site; absent for machines that replicate between regions. */
  readonly onPremises?: OnPremisesSituation;
  /** What is known of the Hyper-V site or the VMM servers; absent for every other machine. */
  readonly hyperV?: HyperVSituation;
  /** What the action may put right by itself. */
  readonly manages?: readonly ManagedFix[];
  /** How a failback of a Hyper-V machine from Azure is made; absent for everything else. */
  readonly failback?: FailbackChoices;
  /** The kind of failover that was asked for; absent where the inputs do not say. */
  readonly mode?: FailoverMode;
  /** True when a recovery plan carries the action. */
  readonly byPlan: boolean;
  /** Names of all items that the same action moves. */
  readonly companions: readonly ItemFacts[];
  /** Items of the vault, to find the other members of a replication group. */
  readonly vaultItems: readonly ItemFacts[];
  /** True when the item is a projection of an action before this one, so that live facts say nothing. */
  readonly projected: boolean;
}

/** True when the action will send a failover verb for this machine. */
export function willFailOver(situation: Situation): boolean {
  const { decision } = situation;
  return decision.kind === "start" && failsOver(decision.verbs);
}

/** True when the action will start any of the machine's verbs. */
export function willStart(situation: Situation, verb: Verb): boolean {
  const { decision } = situation;
  return decision.kind === "start" && decision.verbs.includes(verb);
}
