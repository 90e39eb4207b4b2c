import * as pulumi from "@pulumi/pulumi";
import { ReplicationPolicy, type ReplicationPolicyArgs } from "../provider/index.ts";

/** An existing policy by name or ARM id, or the settings of one to be made. */
export type PolicyChoice = pulumi.Input<string> | ReplicationPolicyArgs;

/** What a policy of Hyper-V machines towards Azure is made with when nothing else is said. */
export const hyperVPolicyDefaults = {
  replicationInterval: "PT5M",
  recoveryPointRetention: "PT24H",
  applicationConsistentSnapshotFrequency: "PT4H",
} as const;

/**
 * ARM id or name of a policy: of the given one, or of one that is made as `<name>-policy`. Its settings go
 * before the `defaults`, and what is `fixed` before its settings.
 */
export function chosenPolicy(
  name: string,
  choice: PolicyChoice = {},
  defaults: ReplicationPolicyArgs,
  fixed: ReplicationPolicyArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if (!isSettings(choice)) return pulumi.output(choice);
  const settings = { ...defaults, ...choice, ...fixed };
  return new ReplicationPolicy(`${name}-policy`, settings, options).id;
}

/** True for the settings of a policy to be made, false for one that exists. */
function isSettings(choice: PolicyChoice): choice is ReplicationPolicyArgs {
  return typeof choice === "object" && !pulumi.Output.isInstance(choice) && !("then" in choice);
}
