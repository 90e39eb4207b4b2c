import type * as pulumi from "@pulumi/pulumi";
import { ProtectionContainerMapping, type ReplicationPolicyArgs } from "../provider/index.ts";
import type { AzureSide } from "./azure-side.ts";
import { chosenPolicy, hyperVPolicyDefaults, type PolicyChoice } from "./replication-policy.ts";

/** What Hyper-V machines need to be replicated to Azure, with or without VMM. */
export interface HyperVWayArgs {
  /** Vault that the site is registered with: its name or ARM id. Default: the setting `asr:vault`. */
  readonly vault?: pulumi.Input<string>;
  /** What machines use in Azure. */
  readonly recovery: AzureSide;
  /**
   * An existing policy by name or ARM id, or the settings of one to be made. Default: changes are sent every
   * five minutes, recovery points are kept for 24 hours, an application-consistent one is taken every 4 hours.
   */
  readonly policy?: PolicyChoice;
}

/** Policy and container mapping by which a container's machines are replicated to Azure. */
export interface HyperVWay {
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  readonly outward: ProtectionContainerMapping;
}

/** Makes the way of Hyper-V machines from their container to Azure. */
export function hyperVWayToAzure(
  name: string,
  scenario: NonNullable<ReplicationPolicyArgs["scenario"]>,
  sourceContainer: pulumi.Output<string>,
  { vault: given, policy: choice }: HyperVWayArgs,
  options: pulumi.CustomResourceOptions,
): HyperVWay {
  const vault = given === undefined ? {} : { vault: given };
  const defaults = { ...vault, ...hyperVPolicyDefaults };
  const policy = chosenPolicy(name, choice, defaults, { scenario }, options);
  const outward = new ProtectionContainerMapping(
    `${name}-outward`,
    { sourceContainer, targetContainer: "Microsoft Azure", policy },
    options,
  );
  return { policy, outward };
}
