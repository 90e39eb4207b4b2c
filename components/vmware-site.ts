import * as pulumi from "@pulumi/pulumi";
import {
  ProtectionContainerMapping,
  ReplicatedItem,
  ReplicationPolicy,
  Reprotect,
  type ReprotectArgs,
} from "../provider/index.ts";
import { type AzureReference, idOf } from "./azure-reference.ts";
import type { AzureSide } from "./azure-side.ts";
import { type ProtectOnSiteArgs, siteItemArgs } from "./protect-on-site.ts";
import { chosenPolicy, type PolicyChoice } from "./replication-policy.ts";
import {
  declareServers,
  foreignServers,
  type SiteServer,
  type SiteServersArgs,
} from "./site-servers.ts";

/** What a VMware site is made from. */
export interface VmwareSiteArgs {
  /** Vault that the site is registered with: its name or ARM id. Default: the vault that `container` names. */
  readonly vault?: pulumi.Input<string>;
  /**
   * How the site replicates: `modernized` by appliances, `classic` by a configuration server. Classic is old:
   * it works as long as the service takes it, and the preview that begins one says so.
   * @defaultValue modernized
   */
  readonly generation?: "modernized" | "classic";
  /**
   * ARM id of the container that the site's machines lie in. Appliance or configuration server make it when
   * they register; `az site-recovery protection-container list` shows it.
   */
  readonly container: AzureReference;
  /** What machines use in Azure. */
  readonly recovery: AzureSide;
  /**
   * An existing policy by name or ARM id, or the settings of one to be made. Default: recovery points are kept
   * for 24 hours, an application-consistent one is taken every 4 hours.
   */
  readonly policy?: PolicyChoice;
  /** Existing policy of the way back by name or ARM id; classic only. Default: one is made, its values are fixed. */
  readonly failbackPolicy?: pulumi.Input<string>;
  /**
   * Whether the appliance keeps the agents of the machines up to date; modernized only.
   * @defaultValue true
   */
  readonly agentAutoUpdate?: pulumi.Input<boolean>;
  /**
   * Process server at the site that sends the machines' data to Azure: its name or id. Default: the only one;
   * a classic site with one in Azure for the way back has several.
   */
  readonly processServer?: pulumi.Input<string>;
  /** Account of the site that signs in to the machines: its name or id. Default: the only one. */
  readonly runAsAccount?: pulumi.Input<string>;
  /** Servers of the site, to be waited for and judged. Default: none. */
  readonly servers?: SiteServersArgs;
}

const scenarios = { modernized: "VmwareToAzure", classic: "VmwareToAzureClassic" } as const;

/** What a policy is made with when nothing else is said. */
const policyDefaults = {
  recoveryPointRetention: "PT24H",
  applicationConsistentSnapshotFrequency: "PT4H",
} as const;

/**
 * A VMware site whose machines, and physical servers, are replicated to Azure: policy and container mapping of
 * the way out and, for a classic site, those of the way back, so that it is there before anybody leaves.
 *
 * @example
 * ```ts
 * const site = new VmwareSite("plant", {
 *     container: plantContainerId,
 *     recovery: { resourceGroup: group, cacheStorageAccount: cache, network, subnet: "servers" },
 * });
 * const web = site.protect("web");
 * ```
 */
export class VmwareSite extends pulumi.ComponentResource {
  /** How the site replicates. */
  readonly generation: "modernized" | "classic";
  /** ARM id of the container of the site's machines. */
  readonly container: pulumi.Output<string>;
  /** ARM id of the site's fabric. */
  readonly fabric: pulumi.Output<string>;
  /** ARM id or name of the policy, made here or given. */
  readonly policy: pulumi.Output<string>;
  /** The way to Azure. */
  readonly outward: ProtectionContainerMapping;
  /** The way back of a classic site; a modernized one needs none. */
  readonly back: ProtectionContainerMapping | undefined;
  /** Servers that were declared. */
  readonly servers: readonly SiteServer[];

  readonly #recovery: AzureSide;
  readonly #sender: Pick<ReprotectArgs, "processServer" | "runAsAccount">;

  constructor(name: string, args: VmwareSiteArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:VmwareSite", name, {}, options);
    const { generation = "modernized", vault: given, recovery } = args;
    refuseOfOtherGeneration(args, generation);
    const scenario = scenarios[generation];
    const child = { parent: this };
    this.#recovery = recovery;
    this.#sender = {
      ...(args.processServer === undefined ? {} : { processServer: args.processServer }),
      ...(args.runAsAccount === undefined ? {} : { runAsAccount: args.runAsAccount }),
    };
    this.generation = generation;
    this.container = idOf(args.container);
    this.fabric = this.container.apply((id) => before(id, "/replicationProtectionContainers/"));
    const vault = given ?? this.container.apply((id) => before(id, "/replicationFabrics/"));

    const defaults = { vault, ...policyDefaults };
    this.policy = chosenPolicy(name, args.policy, defaults, { scenario }, child);
    this.outward = mapping("outward", this.container, "Microsoft Azure", this.policy);
    this.back =
      generation === "classic"
        ? mapping("back", this.container, this.container, failbackPolicy())
        : undefined;
    this.servers = declareServers(name, this.fabric, args.servers ?? {}, child);

    this.registerOutputs({
      container: this.container,
      fabric: this.fabric,
      policy: this.policy,
    });

    function failbackPolicy(): pulumi.Input<string> {
      if (args.failbackPolicy !== undefined) return args.failbackPolicy;
      return new ReplicationPolicy(`${name}-failback`, { vault, scenario, failback: true }, child)
        .id;
    }

    function mapping(
      direction: string,
      sourceContainer: pulumi.Input<string>,
      targetContainer: pulumi.Input<string>,
      policy: pulumi.Input<string>,
    ): ProtectionContainerMapping {
      const updates =
        generation === "modernized" ? { agentAutoUpdate: args.agentAutoUpdate ?? true } : {};
      return new ProtectionContainerMapping(
        `${name}-${direction}`,
        { sourceContainer, targetContainer, policy, ...updates },
        child,
      );
    }
  }

  /**
   * Protects a machine or a physical server of the site; what is not given comes from the site.
   * The item waits for mappings and servers, so that the way back is there too.
   */
  protect(
    name: string,
    args: ProtectOnSiteArgs = {},
    options?: pulumi.CustomResourceOptions,
  ): ReplicatedItem {
    const way = { container: this.container, policy: this.policy };
    const ways = this.back === undefined ? [this.outward] : [this.outward, this.back];
    const order = { parent: this, dependsOn: [...ways, ...this.servers] };
    return new ReplicatedItem(
      name,
      siteItemArgs(name, this.#recovery, way, { ...this.#sender, ...args }),
      pulumi.mergeOptions(order, options),
    );
  }

  /**
   * Reprotects machines that came home towards Azure again, as they were protected in the beginning; what is
   * given goes before what the site gives.
   */
  protectAgain(
    name: string,
    args: ReprotectArgs,
    options?: pulumi.CustomResourceOptions,
  ): Reprotect {
    const child = { parent: this };
    return new Reprotect(name, { ...this.#sender, ...args }, pulumi.mergeOptions(child, options));
  }
}

/** Throws for an argument that means nothing for this kind of site. */
function refuseOfOtherGeneration(args: VmwareSiteArgs, generation: VmwareSite["generation"]): void {
  const own = generation === "classic" ? "agentAutoUpdate" : "failbackPolicy";
  const servers = foreignServers[generation].filter((each) => args.servers?.[each] !== undefined);
  const foreign = [
    ...(args[own] === undefined ? [] : [own]),
    ...servers.map((each) => `servers.${each}`),
  ];
  if (foreign.length === 0) return;
  throw new pulumi.RunError(
    `${foreign.join(", ")}: not for a ${generation} VMware site. Leave it out, or set generation.`,
  );
}

/** The part of an ARM id before a collection. */
function before(id: string, collection: string): string {
  const at = id.toLowerCase().indexOf(collection.toLowerCase());
  return at < 0 ? id : id.slice(0, at);
}
