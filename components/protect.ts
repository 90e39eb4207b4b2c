import * as pulumi from "@pulumi/pulumi";
import type { ReplicatedItemArgs } from "../provider/index.ts";
import { type AzureReference, idOf } from "./azure-reference.ts";
import type { RegionPairArgs, RegionSide } from "./region-pair.ts";

type Target = NonNullable<pulumi.Unwrap<ReplicatedItemArgs["target"]>>;

/** What protecting a machine needs beyond the pair; whatever is given here wins over the pair's. */
export interface ProtectArgs
  extends Omit<
    ReplicatedItemArgs,
    "vault" | "machine" | "container" | "recoveryContainer" | "policy" | "target"
  > {
  /** The virtual machine: its ARM id or resource. */
  readonly machine: AzureReference;
  /** Settings of the recovered machine that differ from the pair's recovery side. */
  readonly target?: pulumi.Input<Partial<Target>>;
}

/** The way out of a pair. */
export type Route = Required<
  Pick<ReplicatedItemArgs, "container" | "recoveryContainer" | "policy">
>;

/** The arguments of the item: the pair's way out, cache and recovery side, and what was given. */
export function replicatedItemArgs(
  pair: RegionPairArgs,
  { container, recoveryContainer, policy }: Route,
  { machine, target, ...given }: ProtectArgs,
): ReplicatedItemArgs {
  return {
    cacheStorageAccount: idOf(pair.primary.cacheStorageAccount),
    ...given,
    machine: idOf(machine),
    container,
    recoveryContainer,
    policy,
    target: targetOn(pair.recovery, target),
  };
}

/** The settings of a recovered machine: those of its own go before those of the side. */
export function targetOn(
  side: Omit<RegionSide, "location">,
  own: ProtectArgs["target"],
): pulumi.Output<Target> {
  return pulumi
    .all([sideTarget(side), own ?? {}])
    .apply(([standard, given]) => ({ ...standard, ...given }));
}

/** What a side gives to all machines that come to it. */
function sideTarget(side: Omit<RegionSide, "location">): pulumi.Output<Target> {
  const { network, subnet, testNetwork } = side;
  return pulumi.output({
    resourceGroup: idOf(side.resourceGroup),
    ...(network === undefined ? {} : { network: idOf(network) }),
    ...(subnet === undefined ? {} : { subnet }),
    ...(testNetwork === undefined ? {} : { testNetwork: idOf(testNetwork) }),
  }) as pulumi.Output<Target>;
}
