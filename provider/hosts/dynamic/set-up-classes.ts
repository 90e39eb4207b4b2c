import type * as pulumi from "@pulumi/pulumi";
import type { AlertSettingInputs, AlertSettingState } from "../../resources/alert-setting.ts";
import type { FabricInputs, FabricState } from "../../resources/fabric.ts";
import type { NetworkMappingInputs, NetworkMappingState } from "../../resources/network-mapping.ts";
import type {
  ProtectionContainerInputs,
  ProtectionContainerState,
} from "../../resources/protection-container.ts";
import type {
  ProtectionContainerMappingInputs,
  ProtectionContainerMappingState,
} from "../../resources/protection-container-mapping.ts";
import type { RecoveryPlanInputs, RecoveryPlanState } from "../../resources/recovery-plan.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../../resources/replicated-item.ts";
import type {
  ReplicationPolicyInputs,
  ReplicationPolicyState,
} from "../../resources/replication-policy.ts";
import type { VaultInputs, VaultState } from "../../resources/vault.ts";
import { AsrAction } from "./action.ts";
import type { Args, Outputs } from "./property-types.ts";
import { AsrResource, existing } from "./resource.ts";

/** Inputs of {@link Vault}. */
export type VaultArgs = Args<VaultInputs>;

/** A Recovery Services vault: it holds the policies, fabrics and replicated items of a disaster recovery. */
export class Vault extends AsrResource {
  constructor(name: string, args: VaultArgs, options?: pulumi.CustomResourceOptions) {
    super("Vault", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): Vault {
    return new Vault(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface Vault extends Outputs<VaultState> {}

/** Inputs of {@link AlertSetting}. */
export type AlertSettingArgs = Args<AlertSettingInputs>;

/** Whom a vault tells by mail about replication problems. */
export class AlertSetting extends AsrResource {
  constructor(name: string, args: AlertSettingArgs = {}, options?: pulumi.CustomResourceOptions) {
    super("AlertSetting", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): AlertSetting {
    return new AlertSetting(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface AlertSetting extends Outputs<AlertSettingState> {}

/** Inputs of {@link Fabric}. */
export type FabricArgs = Args<FabricInputs>;

/** A fabric: one region or site that machines are replicated between. */
export class Fabric extends AsrResource {
  constructor(name: string, args: FabricArgs, options?: pulumi.CustomResourceOptions) {
    super("Fabric", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): Fabric {
    return new Fabric(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface Fabric extends Outputs<FabricState> {}

/** Inputs of {@link ProtectionContainer}. */
export type ProtectionContainerArgs = Args<ProtectionContainerInputs>;

/** A protection container: the place in a fabric that replicated items lie in. */
export class ProtectionContainer extends AsrResource {
  constructor(name: string, args: ProtectionContainerArgs, options?: pulumi.CustomResourceOptions) {
    super("ProtectionContainer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ProtectionContainer {
    return new ProtectionContainer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ProtectionContainer extends Outputs<ProtectionContainerState> {}

/** Inputs of {@link ReplicationPolicy}. */
export type ReplicationPolicyArgs = Args<ReplicationPolicyInputs>;

/** A replication policy: how long recovery points are kept and how often they are made. */
export class ReplicationPolicy extends AsrResource {
  constructor(
    name: string,
    args: ReplicationPolicyArgs = {},
    options?: pulumi.CustomResourceOptions,
  ) {
    super("ReplicationPolicy", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ReplicationPolicy {
    return new ReplicationPolicy(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ReplicationPolicy extends Outputs<ReplicationPolicyState> {}

/** Inputs of {@link ProtectionContainerMapping}. */
export type ProtectionContainerMappingArgs = Args<ProtectionContainerMappingInputs>;

/** A mapping between two protection containers: who replicates to whom by which policy. */
export class ProtectionContainerMapping extends AsrResource {
  constructor(
    name: string,
    args: ProtectionContainerMappingArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super("ProtectionContainerMapping", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ProtectionContainerMapping {
    return new ProtectionContainerMapping(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ProtectionContainerMapping extends Outputs<ProtectionContainerMappingState> {}

/** Inputs of {@link NetworkMapping}. */
export type NetworkMappingArgs = Args<NetworkMappingInputs>;

/** A mapping between two virtual networks: where machines are connected after a failover. */
export class NetworkMapping extends AsrResource {
  constructor(name: string, args: NetworkMappingArgs, options?: pulumi.CustomResourceOptions) {
    super("NetworkMapping", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): NetworkMapping {
    return new NetworkMapping(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface NetworkMapping extends Outputs<NetworkMappingState> {}

/** Inputs of {@link ReplicatedItem}. */
export type ReplicatedItemArgs = Args<ReplicatedItemInputs>;

/**
 * A replicated item: one protected machine. At preview it reports what a refresh has found, such as a protection that
 * somebody ended.
 */
export class ReplicatedItem extends AsrAction {
  constructor(name: string, args: ReplicatedItemArgs, options?: pulumi.CustomResourceOptions) {
    super("ReplicatedItem", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ReplicatedItem {
    return new ReplicatedItem(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ReplicatedItem extends Outputs<ReplicatedItemState> {}

/** Inputs of {@link RecoveryPlan}. */
export type RecoveryPlanArgs = Args<RecoveryPlanInputs>;

/** A recovery plan: machines that fail over together, in groups with an order. */
export class RecoveryPlan extends AsrResource {
  constructor(name: string, args: RecoveryPlanArgs, options?: pulumi.CustomResourceOptions) {
    super("RecoveryPlan", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): RecoveryPlan {
    return new RecoveryPlan(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface RecoveryPlan extends Outputs<RecoveryPlanState> {}
