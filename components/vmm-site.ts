import * as pulumi from "@pulumi/pulumi";
import {
  NetworkMapping,
  type ProtectionContainerMapping,
  ReplicatedItem,
  VmmServer,
} from "../provider/index.ts";
import { type AzureReference, idOf } from "./azure-reference.ts";
import type { AzureSide } from "./azure-side.ts";
import { type HyperVWayArgs, hyperVWayToAzure } from "./hyper-v-way.ts";
import { type ProtectOnSiteArgs, siteItemArgs } from "./protect-on-site.ts";
import { containerOfCloud } from "./vmm-cloud.ts";

/** What a VMM cloud that is replicated to Azure is made from. */
export interface VmmSiteArgs extends HyperVWayArgs {
  /** The VMM server, by the name that it registered with; it is waited for. */
  readonly server: string;
  /** The cloud whose machines are replicated, by its name in VMM. */
  readonly cloud: string;
  /**
   * Virtual networks of Azure, ARM id or resource, by the VM networks that they stand for. A machine whose VM
   * network is not mapped comes up in Azure without a network, and the service refuses to protect it.
   */
  readonly networks: Readonly<Record<string, AzureReference>>;
}

/**
 * A cloud of a VMM server whose machines are replicated to Azure: the server, network mappings, policy and the
 * mapping to Azure. Azure has superseded this way of replicating; the preview that begins one says so, and what
 * to use.
 *
 * @example
 * ```ts
 * const cloud = new VmmSite("plant", {
 *     server: "vmm-1.plant.example",
 *     cloud: "Production",
 *     networks: { corp: network },
 *     recovery: { resourceGroup: group, cacheStorageAccount: cache, network, subnet: "servers" },
 * });
 * const web = cloud.protect("web");
 * ```
 */
export class VmmSite extends pulumi.ComponentResource {
  /** The VMM server. */
  readonly server: VmmServer;
  /** ARM id of the container that the cloud's machines lie in. */
  readonly container: pulumi.Output<string>;
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  /** The way to Azure. */
  readonly outward: ProtectionContainerMapping;
  /** Where the machines of each VM network go. */
  readonly networkMappings: readonly NetworkMapping[];

  readonly #recovery: AzureSide;

  constructor(name: string, args: VmmSiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:VmmSite", name, {}, options);
    const child = { parent: this };
    const vault = args.vault === undefined ? {} : { vault: args.vault };
    this.#recovery = args.recovery;
    this.server = new VmmServer(`${name}-server`, { ...vault, name: args.server }, child);
    this.container = this.server.clouds.apply((clouds) =>
      containerOfCloud(clouds, args.server, args.cloud),
    );
    const way = hyperVWayToAzure(name, "VmmToAzure", this.container, args, child);
    this.policy = way.policy;
    this.outward = way.outward;
    this.networkMappings = Object.entries(args.networks).map(
      ([vmNetwork, network]) =>
        new NetworkMapping(
          `${name}-${vmNetwork}`,
          {
            primaryFabric: this.server.fabricId,
            primaryNetwork: vmNetwork,
            recoveryFabric: "Microsoft Azure",
            recoveryNetwork: idOf(network),
          },
          child,
        ),
    );
    this.registerOutputs({ container: this.container, policy: this.policy });
  }

  /** Protects a machine of the cloud; what is not given comes from the site. The item waits for the mappings. */
  protect(
    name: string,
    args: ProtectOnSiteArgs = {},
    options?: pulumi.CustomResourceOptions,
  ): ReplicatedItem {
    const way = { container: this.container, policy: this.policy };
    const order = { parent: this, dependsOn: [this.outward, ...this.networkMappings] };
    return new ReplicatedItem(
      name,
      siteItemArgs(name, this.#recovery, way, args),
      pulumi.mergeOptions(order, options),
    );
  }
}
