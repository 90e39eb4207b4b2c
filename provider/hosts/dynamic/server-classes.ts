import type * as pulumi from "@pulumi/pulumi";
import type {
  MasterTargetServerInputs,
  MasterTargetServerState,
} from "../../resources/on-premises/master-target-server.ts";
import type {
  ReplicationApplianceInputs,
  ReplicationApplianceState,
} from "../../resources/on-premises/replication-appliance.ts";
import { AsrAction } from "./action.ts";
import type { Args, Outputs } from "./property-types.ts";

/** Arguments of a resource that is looked up: Pulumi fills in everything. */
const existing = {} as never;

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
