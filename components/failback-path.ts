import * as pulumi from "@pulumi/pulumi";
import {
  MasterTargetServer,
  type MasterTargetServerArgs,
  ProcessServer,
  type ProcessServerArgs,
  Reprotect,
  type ReprotectArgs,
} from "../provider/index.ts";
import { type AzureReference, idOf } from "./azure-reference.ts";
import { VmwareSite } from "./vmware-site.ts";

/** Inputs of a server that the path gives. */
type GivenByPath = "vault" | "fabric" | "name";

/** A gateway's connection to the site, such as a `VirtualNetworkGatewayConnection` of `@pulumi/azure-native`. */
export interface GatewayConnection {
  /** `Connected` while data pass, in Azure's word. */
  readonly connectionStatus: pulumi.Input<string | undefined>;
}

/** What a way back is made from. */
export interface FailbackPathArgs {
  /** The classic site: its component, or the ARM id of its fabric. */
  readonly site: VmwareSite | AzureReference;
  /**
   * Process server that takes the data in Azure, by the name that Azure lists it by, with its settings.
   * It stands in the network of the recovered machines, unless `placement` says otherwise.
   */
  readonly processServer: { readonly name: string } & Omit<ProcessServerArgs, GivenByPath>;
  /** Master targets at the site, by the names that Azure lists them by: one for each kind of operating system. */
  readonly masterTargets: Readonly<Record<string, Omit<MasterTargetServerArgs, GivenByPath>>>;
  /**
   * The VPN or ExpressRoute connection to the site. One that is not connected is warned of; a way that is
   * not given cannot be seen.
   */
  readonly connection?: GatewayConnection;
}

/**
 * The way back from Azure to a classic VMware site: the process server in Azure, the master targets at the
 * site, and the network between. Made before it is needed, it tells on a good day what a failback would miss.
 *
 * @example
 * ```ts
 * const path = new FailbackPath("plant", {
 *     site,
 *     processServer: { name: "ps-azure" },
 *     masterTargets: { "mt-linux": { osType: "Linux", manage: ["diskUuid", "reboot"] } },
 * });
 * const away = path.reprotect("away", { item: web.id }, { dependsOn: failover });
 * ```
 */
export class FailbackPath extends pulumi.ComponentResource {
  /** Takes the machines' data in Azure. */
  readonly processServer: ProcessServer;
  /** Write the data to the machines' disks at the site. */
  readonly masterTargets: readonly MasterTargetServer[];

  readonly #servers: Pick<ReprotectArgs, "processServer" | "masterTarget">;

  constructor(name: string, args: FailbackPathArgs, options?: pulumi.ComponentResourceOptions) {
    super("asr:index:FailbackPath", name, {}, options);
    const child = { parent: this };
    const fabric = fabricOf(args.site);
    const { name: processServer, ...settings } = args.processServer;
    const names = Object.keys(args.masterTargets);
    const [only] = names;
    if (only === undefined) {
      throw new pulumi.RunError("masterTargets: is empty. Name the master target of the site.");
    }
    this.processServer = new ProcessServer(
      `${name}-${processServer}`,
      { placement: "azure", ...settings, fabric, name: processServer },
      child,
    );
    this.masterTargets = Object.entries(args.masterTargets).map(
      ([target, rest]) =>
        new MasterTargetServer(`${name}-${target}`, { ...rest, fabric, name: target }, child),
    );
    // With several the service's own choice counts: the one of the machine's operating system.
    this.#servers = { processServer, ...(names.length === 1 ? { masterTarget: only } : {}) };
    this.registerOutputs({ connection: watched(this, args.connection) });
  }

  /**
   * Reprotects machines from Azure to the site through these servers, and waits for them; what is given
   * goes before what the path gives.
   */
  reprotect(name: string, args: ReprotectArgs, options?: pulumi.CustomResourceOptions): Reprotect {
    const order = { parent: this, dependsOn: [this.processServer, ...this.masterTargets] };
    return new Reprotect(name, { ...this.#servers, ...args }, pulumi.mergeOptions(order, options));
  }
}

function fabricOf(site: FailbackPathArgs["site"]): pulumi.Output<string> {
  if (!(site instanceof VmwareSite)) return idOf(site);
  if (site.generation === "classic") return site.fabric;
  throw new pulumi.RunError(
    "site: a modernized site needs no way back of its own: its appliance takes the data. Leave the FailbackPath out.",
  );
}

/**
 * The connection's status. A warning and no error: on the day that the site is lost the connection is
 * lost too, and the failover has to go on.
 */
function watched(
  path: FailbackPath,
  connection: GatewayConnection | undefined,
): pulumi.Output<string> {
  return pulumi.output(connection?.connectionStatus).apply((status = "") => {
    if (status !== "" && status !== "Connected") {
      void pulumi.log.warn(
        `The connection between Azure and the site is "${status}". Bring the VPN or ExpressRoute up before a reprotect: it fails with 95226 otherwise. [NET-PATH]`,
        path,
      );
    }
    return status;
  });
}
