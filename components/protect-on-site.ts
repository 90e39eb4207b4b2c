import type * as pulumi from "@pulumi/pulumi";
import type { ReplicatedItemArgs } from "../provider/index.ts";
import { idOf } from "./azure-reference.ts";
import type { AzureSide } from "./azure-side.ts";
import { type ProtectArgs, targetOn } from "./protect.ts";

/** What protecting a machine needs beyond its site; whatever is given here wins over the site's. */
export interface ProtectOnSiteArgs
  extends Omit<
    ReplicatedItemArgs,
    "vault" | "machine" | "container" | "recoveryContainer" | "policy" | "target"
  > {
  /**
   * The machine or physical server: the name that the site knows it by, or its id.
   * @defaultValue the resource's name
   */
  readonly machine?: pulumi.Input<string>;
  /** Settings of the machine in Azure that differ from the site's recovery side. */
  readonly target?: ProtectArgs["target"];
}

/** The way from a site to Azure. */
export type WayToAzure = Required<Pick<ReplicatedItemArgs, "container" | "policy">>;

/** The arguments of the item: the site's way to Azure and recovery side, and what was given. */
export function siteItemArgs(
  name: string,
  recovery: AzureSide,
  { container, policy }: WayToAzure,
  { machine, target, ...given }: ProtectOnSiteArgs,
): ReplicatedItemArgs {
  return {
    cacheStorageAccount: idOf(recovery.cacheStorageAccount),
    ...given,
    machine: machine ?? name,
    container,
    policy,
    target: targetOn(recovery, target),
  };
}
