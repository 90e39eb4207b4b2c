import * as pulumi from "@pulumi/pulumi";
import {
  Fabric,
  HyperVHost,
  type ProtectionContainerMapping,
  ReplicatedItem,
} from "../provider/index.ts";
import type { AzureSide } from "./azure-side.ts";
import { type HyperVWayArgs, hyperVWayToAzure } from "./hyper-v-way.ts";
import { type ProtectOnSiteArgs, siteItemArgs } from "./protect-on-site.ts";

/** What a Hyper-V site is made from. */
export interface HyperVSiteArgs extends HyperVWayArgs {
  /** Name of the site in the vault. Default: the resource's name. */
  readonly name?: string;
  /**
   * Hyper-V hosts of the site by name: each is waited for until it has registered, which a person does on the
   * host with a key of the site that is good for five days. Default: none is waited for, and machines can be
   * protected when their host is there.
   */
  readonly hosts?: readonly string[];
  /**
   * How long each host is waited for, as an ISO 8601 duration.
   * @defaultValue what HyperVHost waits
   */
  readonly hostTimeout?: string;
}

/**
 * A site of Hyper-V hosts without VMM whose machines are replicated to Azure: the site, its hosts, the policy
 * and the mapping to Azure. The way back needs nothing of its own.
 *
 * @example
 * ```ts
 * const site = new HyperVSite("plant", {
 *     hosts: ["hv-1.plant.example", "hv-2.plant.example"],
 *     recovery: { resourceGroup: group, cacheStorageAccount: cache, network, subnet: "servers" },
 * });
 * const web = site.protect("web");
 * ```
 */
export class HyperVSite extends pulumi.ComponentResource {
  /** The site in the vault. */
  readonly fabric: Fabric;
  /** ARM id of the container that the site's machines lie in. */
  readonly container: pulumi.Output<string>;
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  /** Hosts that were named. */
  readonly hosts: readonly HyperVHost[];
  /** The way to Azure. */
  readonly outward: ProtectionContainerMapping;

  readonly #recovery: AzureSide;

  constructor(name: string, args: HyperVSiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:HyperVSite", name, {}, options);
    const child = { parent: this };
    const vault = args.vault === undefined ? {} : { vault: args.vault };
    const timeout = args.hostTimeout === undefined ? {} : { timeout: args.hostTimeout };
    this.#recovery = args.recovery;
    this.fabric = new Fabric(
      `${name}-site`,
      { ...vault, kind: "HyperVSite", name: args.name ?? name },
      child,
    );
    // A Hyper-V site always comes with its container.
    this.container = this.fabric.containerId.apply((id) => id ?? "");
    this.hosts = (args.hosts ?? []).map(
      (host) =>
        new HyperVHost(
          `${name}-${host}`,
          { ...timeout, fabric: this.fabric.id, name: host },
          child,
        ),
    );
    const way = hyperVWayToAzure(name, "HyperVToAzure", this.container, args, child);
    this.policy = way.policy;
    this.outward = way.outward;
    this.registerOutputs({
      fabric: this.fabric.id,
      container: this.container,
      policy: this.policy,
    });
  }

  /**
   * Protects a machine of the site; what is not given comes from the site. The item waits for the mapping and
   * for the hosts.
   */
  protect(
    name: string,
    args: ProtectOnSiteArgs = {},
    options?: pulumi.CustomResourceOptions,
  ): ReplicatedItem {
    const way = { container: this.container, policy: this.policy };
    const order = { parent: this, dependsOn: [this.outward, ...this.hosts] };
    return new ReplicatedItem(
      name,
      siteItemArgs(name, this.#recovery, way, args),
      pulumi.mergeOptions(order, options),
    );
  }
}
