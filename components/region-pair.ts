import * as pulumi from "@pulumi/pulumi";
import {
  Fabric,
  NetworkMapping,
  ProtectionContainer,
  ProtectionContainerMapping,
  ReplicatedItem,
} from "../provider/index.ts";
import { type AzureReference, idOf } from "./azure-reference.ts";
import { type ProtectArgs, replicatedItemArgs } from "./protect.ts";
import { chosenPolicy, type PolicyChoice } from "./replication-policy.ts";

/** One region of a pair, with what machines that come to it will use. */
export interface RegionSide {
  /** Azure region, such as `westeurope`. */
  readonly location: pulumi.Input<string>;
  /** Resource group that machines are recovered into when they come to this region: its ARM id, name or resource. */
  readonly resourceGroup: AzureReference;
  /** Storage account in this region that changes of its machines pass through: its ARM id or resource. */
  readonly cacheStorageAccount: AzureReference;
  /** Virtual network of this region: its ARM id or resource. Given on both sides, the two are mapped in both directions. */
  readonly network?: AzureReference;
  /** Subnet of the network that machines come into. */
  readonly subnet?: pulumi.Input<string>;
  /** Virtual network that drills use when machines are tested in this region: its ARM id or resource. */
  readonly testNetwork?: AzureReference;
}

/** Two more networks that stand for each other. */
export interface NetworkPair {
  /** Network in the primary region. */
  readonly primary: AzureReference;
  /** Network in the recovery region. */
  readonly recovery: AzureReference;
}

/** What a pair of regions is made from. */
export interface RegionPairArgs {
  /** Vault that holds the pair: its name or ARM id. Default: the vault of the provider's configuration. */
  readonly vault?: pulumi.Input<string>;
  /** Region that the machines run in on a good day. */
  readonly primary: RegionSide;
  /** Region that they fail over to. */
  readonly recovery: RegionSide;
  /** An existing policy by name or ARM id, or the settings of one to be made. Default: the policy resource's own defaults. */
  readonly policy?: PolicyChoice;
  /** Networks to be mapped beside those of the two sides. */
  readonly networks?: readonly NetworkPair[];
}

/**
 * Two regions that protect each other: fabrics, containers, policy, and the mappings of containers and
 * networks in both directions, so that the way back is there before anybody leaves.
 *
 * @example
 * ```ts
 * const pair = new RegionPair("shop", {
 *     vault: vault.id,
 *     primary: { location: "westeurope", resourceGroup: westGroup, cacheStorageAccount: westCache },
 *     recovery: { location: "northeurope", resourceGroup: northGroup, cacheStorageAccount: northCache },
 * });
 * const web = pair.protect("web", { machine: vm });
 * ```
 */
export class RegionPair extends pulumi.ComponentResource {
  /** Fabric of the primary region. */
  readonly primaryFabric: Fabric;
  /** Fabric of the recovery region. */
  readonly recoveryFabric: Fabric;
  /** Container of machines that run in the primary region. */
  readonly primaryContainer: ProtectionContainer;
  /** Container of machines that run in the recovery region. */
  readonly recoveryContainer: ProtectionContainer;
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  /** The way out. */
  readonly outward: ProtectionContainerMapping;
  /** The way back. */
  readonly back: ProtectionContainerMapping;
  /** Mappings of the networks, those of each pair in both directions. */
  readonly networkMappings: readonly NetworkMapping[];

  readonly #args: RegionPairArgs;

  constructor(name: string, args: RegionPairArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:RegionPair", name, {}, options);
    // Everything refers to `id`: when an update is due the engine knows ids at preview, other outputs it
    // does not know, and a change of the vault's tags would look like a replacement of everything in it.
    const child = { parent: this };
    const vault = args.vault === undefined ? {} : { vault: args.vault };
    this.#args = args;

    this.primaryFabric = fabric("primary");
    this.recoveryFabric = fabric("recovery");
    this.primaryContainer = container("primary", this.primaryFabric);
    this.recoveryContainer = container("recovery", this.recoveryFabric);
    this.policy = chosenPolicy(name, args.policy, vault, {}, child);
    this.outward = mapping("outward", this.primaryContainer, this.recoveryContainer, this.policy);
    this.back = mapping("back", this.recoveryContainer, this.primaryContainer, this.policy);
    this.networkMappings = networkMappings(this.primaryFabric, this.recoveryFabric);

    this.registerOutputs({
      primaryFabric: this.primaryFabric.id,
      recoveryFabric: this.recoveryFabric.id,
      primaryContainer: this.primaryContainer.id,
      recoveryContainer: this.recoveryContainer.id,
      policy: this.policy,
    });

    function fabric(side: "primary" | "recovery"): Fabric {
      return new Fabric(`${name}-${side}`, { ...vault, location: args[side].location }, child);
    }

    function container(side: string, { id: fabric }: Fabric): ProtectionContainer {
      return new ProtectionContainer(`${name}-${side}`, { fabric }, child);
    }

    function mapping(
      direction: string,
      { id: sourceContainer }: ProtectionContainer,
      { id: targetContainer }: ProtectionContainer,
      underPolicy: pulumi.Output<string>,
    ): ProtectionContainerMapping {
      return new ProtectionContainerMapping(
        `${name}-${direction}`,
        { sourceContainer, targetContainer, policy: underPolicy },
        child,
      );
    }

    function networkMappings(primary: Fabric, recovery: Fabric): readonly NetworkMapping[] {
      return networkPairs(args).flatMap((pair, index) => {
        const suffix = index === 0 ? "" : `-${index + 1}`;
        return [
          networkMapping(
            `network-outward${suffix}`,
            primary,
            pair.primary,
            recovery,
            pair.recovery,
          ),
          networkMapping(`network-back${suffix}`, recovery, pair.recovery, primary, pair.primary),
        ];
      });
    }

    function networkMapping(
      suffix: string,
      { id: primaryFabric }: Fabric,
      primaryNetwork: AzureReference,
      { id: recoveryFabric }: Fabric,
      recoveryNetwork: AzureReference,
    ): NetworkMapping {
      return new NetworkMapping(
        `${name}-${suffix}`,
        {
          primaryFabric,
          recoveryFabric,
          primaryNetwork: idOf(primaryNetwork),
          recoveryNetwork: idOf(recoveryNetwork),
        },
        child,
      );
    }
  }

  /**
   * Protects a machine of the primary region; what is not given comes from the pair.
   * The item waits for all mappings, so that the way back is there too.
   */
  protect(name: string, args: ProtectArgs, options?: pulumi.CustomResourceOptions): ReplicatedItem {
    const order = { parent: this, dependsOn: [this.outward, this.back, ...this.networkMappings] };
    const route = {
      container: this.primaryContainer.id,
      recoveryContainer: this.recoveryContainer.id,
      policy: this.policy,
    };
    return new ReplicatedItem(
      name,
      replicatedItemArgs(this.#args, route, args),
      pulumi.mergeOptions(order, options),
    );
  }
}

/** The networks of the two sides first, then the further ones. */
function networkPairs(args: RegionPairArgs): readonly NetworkPair[] {
  const { primary, recovery, networks = [] } = args;
  if (primary.network === undefined || recovery.network === undefined) return networks;
  return [{ primary: primary.network, recovery: recovery.network }, ...networks];
}
