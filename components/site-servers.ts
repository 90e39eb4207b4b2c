import type * as pulumi from "@pulumi/pulumi";
import {
  ConfigurationServer,
  type ConfigurationServerArgs,
  ReplicationAppliance,
  type ReplicationApplianceArgs,
  VCenter,
  type VCenterArgs,
} from "../provider/index.ts";

/** Inputs of a server that its site gives. */
type GivenBySite = "vault" | "fabric" | "name";

/** Servers of a VMware site; those of a modernized site are appliances, the others belong to a classic one. */
export interface SiteServersArgs {
  /** Appliances by the names that Azure lists them by: waited for and judged. Modernized sites only. */
  readonly appliances?: Readonly<Record<string, Omit<ReplicationApplianceArgs, GivenBySite>>>;
  /** What is expected of the configuration server: address, version, backup. Classic sites only. */
  readonly configurationServer?: Omit<ConfigurationServerArgs, GivenBySite>;
  /** vCenters by name that the configuration server discovers. Classic sites only. */
  readonly vcenters?: Readonly<Record<string, Omit<VCenterArgs, GivenBySite>>>;
}

/** A server of a site. */
export type SiteServer = ReplicationAppliance | ConfigurationServer | VCenter;

/** Servers that mean nothing for a site of the other kind. */
export const foreignServers: Readonly<
  Record<"modernized" | "classic", readonly (keyof SiteServersArgs)[]>
> = { modernized: ["configurationServer", "vcenters"], classic: ["appliances"] };

/** Declares the servers of a site; vCenters wait for the configuration server. */
export function declareServers(
  siteName: string,
  fabric: pulumi.Output<string>,
  { appliances = {}, configurationServer, vcenters = {} }: SiteServersArgs,
  options: pulumi.CustomResourceOptions,
): readonly SiteServer[] {
  const appliancesDeclared = Object.entries(appliances).map(
    ([name, rest]) =>
      new ReplicationAppliance(`${siteName}-${name}`, { ...rest, fabric, name }, options),
  );
  const before =
    configurationServer === undefined
      ? []
      : [
          new ConfigurationServer(
            `${siteName}-configuration-server`,
            { ...configurationServer, fabric },
            options,
          ),
        ];
  const after = { ...options, dependsOn: before };
  const vcentersDeclared = Object.entries(vcenters).map(
    ([name, rest]) => new VCenter(`${siteName}-${name}`, { ...rest, fabric, name }, after),
  );
  return [...appliancesDeclared, ...before, ...vcentersDeclared];
}
