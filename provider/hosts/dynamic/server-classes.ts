import type * as pulumi from "@pulumi/pulumi";
import type {
  ConfigurationServerInputs,
  ConfigurationServerState,
} from "../../resources/on-premises/configuration-server.ts";
import type {
  MasterTargetServerInputs,
  MasterTargetServerState,
} from "../../resources/on-premises/master-target-server.ts";
import type {
  PhysicalServerInputs,
  PhysicalServerState,
} from "../../resources/on-premises/physical-server.ts";
import type {
  ProcessServerInputs,
  ProcessServerState,
} from "../../resources/on-premises/process-server.ts";
import type {
  ReplicationApplianceInputs,
  ReplicationApplianceState,
} from "../../resources/on-premises/replication-appliance.ts";
import type { VCenterInputs, VCenterState } from "../../resources/on-premises/v-center.ts";
import { AsrAction } from "./action.ts";
import type { Args, Outputs } from "./property-types.ts";
import { AsrResource, existing } from "./resource.ts";

/** Inputs of {@link ConfigurationServer}. */
export type ConfigurationServerArgs = Args<ConfigurationServerInputs>;

/** The configuration server of a classic VMware site: what is expected of it, waited for and watched. */
export class ConfigurationServer extends AsrResource {
  constructor(
    name: string,
    args: ConfigurationServerArgs = {},
    options?: pulumi.CustomResourceOptions,
  ) {
    super("ConfigurationServer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ConfigurationServer {
    return new ConfigurationServer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ConfigurationServer extends Outputs<ConfigurationServerState> {}

/** Inputs of {@link ProcessServer}. */
export type ProcessServerArgs = Args<ProcessServerInputs>;

/** A process server of a classic VMware site: waited for, and given the machines of another one. */
export class ProcessServer extends AsrResource {
  constructor(name: string, args: ProcessServerArgs, options?: pulumi.CustomResourceOptions) {
    super("ProcessServer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ProcessServer {
    return new ProcessServer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ProcessServer extends Outputs<ProcessServerState> {}

/** Inputs of {@link VCenter}. */
export type VCenterArgs = Args<VCenterInputs>;

/** A vCenter or ESXi host whose machines a configuration server discovers. */
export class VCenter extends AsrResource {
  constructor(name: string, args: VCenterArgs, options?: pulumi.CustomResourceOptions) {
    super("VCenter", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): VCenter {
    return new VCenter(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface VCenter extends Outputs<VCenterState> {}

/** Inputs of {@link MasterTargetServer}. */
export type MasterTargetServerArgs = Args<MasterTargetServerInputs>;

/** A master target server of a classic VMware site, made fit for a failback. */
export class MasterTargetServer extends AsrAction {
  constructor(name: string, args: MasterTargetServerArgs, options?: pulumi.CustomResourceOptions) {
    super("MasterTargetServer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): MasterTargetServer {
    return new MasterTargetServer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface MasterTargetServer extends Outputs<MasterTargetServerState> {}

/** Inputs of {@link ReplicationAppliance}. */
export type ReplicationApplianceArgs = Args<ReplicationApplianceInputs>;

/** A replication appliance of a modernized VMware site, waited for and kept where it is. */
export class ReplicationAppliance extends AsrAction {
  constructor(
    name: string,
    args: ReplicationApplianceArgs,
    options?: pulumi.CustomResourceOptions,
  ) {
    super("ReplicationAppliance", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): ReplicationAppliance {
    return new ReplicationAppliance(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface ReplicationAppliance extends Outputs<ReplicationApplianceState> {}

/** Inputs of {@link PhysicalServer}. */
export type PhysicalServerArgs = Args<PhysicalServerInputs>;

/** A physical server that a configuration server is told of, so that it can be protected. */
export class PhysicalServer extends AsrResource {
  constructor(name: string, args: PhysicalServerArgs, options?: pulumi.CustomResourceOptions) {
    super("PhysicalServer", name, args, options);
  }

  /** Looks up one that exists, by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    options?: pulumi.CustomResourceOptions,
  ): PhysicalServer {
    return new PhysicalServer(name, existing, { ...options, id });
  }
}

/** Outputs of the class. */
export interface PhysicalServer extends Outputs<PhysicalServerState> {}
