import * as pulumi from "@pulumi/pulumi";
import {
  NetworkMapping,
  ProtectionContainerMapping,
  ReplicatedItem,
  type ReplicatedItemArgs,
  StorageClassificationMapping,
  VmmServer,
} from "../provider/index.ts";
import { chosenPolicy, type PolicyChoice } from "./replication-policy.ts";
import { containerOfCloud } from "./vmm-cloud.ts";

/** One of the two sites. */
export interface VmmSide {
  /** The VMM server, by the name that it registered with; it is waited for. */
  readonly server: string;
  /** The cloud, by its name in VMM. */
  readonly cloud: string;
}

/** What a pair of VMM clouds is made from. */
export interface VmmPairArgs {
  /** Vault that both VMM servers are registered with: its name or ARM id. Default: the setting `asr:vault`. */
  readonly vault?: pulumi.Input<string>;
  /** Where the machines run. */
  readonly primary: VmmSide;
  /** Where they are replicated to. */
  readonly recovery: VmmSide;
  /** VM networks of the second site by those of the first that they stand for. */
  readonly networks: Readonly<Record<string, string>>;
  /**
   * Storage classifications of the second site by those of the first that they stand for.
   * @defaultValue none: the second site's hosts choose
   */
  readonly storageClassifications?: Readonly<Record<string, string>>;
  /**
   * An existing policy by name or ARM id, or the settings of one to be made. Default: changes are sent every
   * five minutes, recovery points are kept for 4 hours, none of them application-consistent.
   */
  readonly policy?: PolicyChoice;
}

/** What protecting a machine needs beyond the pair; whatever is given here wins over the pair's. */
export interface ProtectInVmmPairArgs
  extends Omit<
    ReplicatedItemArgs,
    "vault" | "machine" | "container" | "recoveryContainer" | "policy" | "target"
  > {
  /**
   * The machine, by the name that VMM knows it by, or its id.
   * @defaultValue the resource's name
   */
  readonly machine?: pulumi.Input<string>;
}

const policyDefaults = {
  replicationInterval: "PT5M",
  recoveryPointRetention: "PT4H",
  applicationConsistentSnapshotFrequency: "PT0S",
} as const;

/**
 * Two VMM clouds of two sites, the machines of one replicated to the other: both servers, network and storage
 * mappings, the policy, and the pairing of the clouds. A machine keeps its item whichever way it goes. Azure has
 * superseded this way of replicating; the preview that begins one says so, and what to use.
 *
 * @example
 * ```ts
 * const pair = new VmmPair("plants", {
 *     primary: { server: "vmm-1.plant.example", cloud: "Gold" },
 *     recovery: { server: "vmm-2.annex.example", cloud: "Replica" },
 *     networks: { corp: "corp-annex" },
 *     storageClassifications: { Fast: "Fast" },
 * });
 * const web = pair.protect("web");
 * ```
 */
export class VmmPair extends pulumi.ComponentResource {
  /** The VMM server of the first site. */
  readonly primary: VmmServer;
  /** The VMM server of the second site; the same one where both clouds are its own. */
  readonly recovery: VmmServer;
  /** ARM id of the container of the first cloud. */
  readonly container: pulumi.Output<string>;
  /** ARM id of the container of the second cloud. */
  readonly recoveryContainer: pulumi.Output<string>;
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  /** The pairing of the clouds. */
  readonly outward: ProtectionContainerMapping;
  /** Which networks and storage classifications stand for which. */
  readonly mappings: readonly (NetworkMapping | StorageClassificationMapping)[];

  constructor(name: string, args: VmmPairArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:VmmPair", name, {}, options);
    const child = { parent: this };
    const vault = args.vault === undefined ? {} : { vault: args.vault };
    this.primary = new VmmServer(`${name}-primary`, { ...vault, name: args.primary.server }, child);
    this.recovery =
      args.recovery.server === args.primary.server
        ? this.primary
        : new VmmServer(`${name}-recovery`, { ...vault, name: args.recovery.server }, child);
    this.container = this.primary.clouds.apply((clouds) =>
      containerOfCloud(clouds, args.primary.server, args.primary.cloud),
    );
    this.recoveryContainer = this.recovery.clouds.apply((clouds) =>
      containerOfCloud(clouds, args.recovery.server, args.recovery.cloud),
    );
    this.policy = chosenPolicy(
      name,
      args.policy,
      { ...vault, ...policyDefaults },
      { scenario: "VmmToVmm" },
      child,
    );
    this.outward = new ProtectionContainerMapping(
      `${name}-outward`,
      {
        sourceContainer: this.container,
        targetContainer: this.recoveryContainer,
        policy: this.policy,
      },
      child,
    );
    const fabrics = {
      primaryFabric: this.primary.fabricId,
      recoveryFabric: this.recovery.fabricId,
    };
    this.mappings = [
      ...Object.entries(args.networks).map(
        ([primaryNetwork, recoveryNetwork]) =>
          new NetworkMapping(
            `${name}-${primaryNetwork}`,
            { ...fabrics, primaryNetwork, recoveryNetwork },
            child,
          ),
      ),
      ...Object.entries(args.storageClassifications ?? {}).map(
        ([primaryStorageClassification, recoveryStorageClassification]) =>
          new StorageClassificationMapping(
            `${name}-${primaryStorageClassification}`,
            { ...fabrics, primaryStorageClassification, recoveryStorageClassification },
            child,
          ),
      ),
    ];
    this.registerOutputs({
      container: this.container,
      recoveryContainer: this.recoveryContainer,
      policy: this.policy,
    });
  }

  /** Protects a machine of the first cloud. The item waits for the pairing and the mappings. */
  protect(
    name: string,
    { machine, ...given }: ProtectInVmmPairArgs = {},
    options?: pulumi.CustomResourceOptions,
  ): ReplicatedItem {
    const order = { parent: this, dependsOn: [this.outward, ...this.mappings] };
    return new ReplicatedItem(
      name,
      {
        ...given,
        machine: machine ?? name,
        container: this.container,
        recoveryContainer: this.recoveryContainer,
        policy: this.policy,
      },
      pulumi.mergeOptions(order, options),
    );
  }
}
