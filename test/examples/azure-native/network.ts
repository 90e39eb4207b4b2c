import type * as pulumi from "@pulumi/pulumi";
import { type AzureArgs, AzureResource } from "./azure-resource.ts";

/** A subnet as a network is made from it. */
export interface SubnetArgs {
  readonly name?: pulumi.Input<string>;
  readonly addressPrefix?: pulumi.Input<string>;
}

/** A subnet as a network shows it. */
export interface SubnetResponse {
  readonly id?: string;
  readonly name?: string;
}

/** What a virtual network is made from. */
export interface VirtualNetworkArgs extends AzureArgs {
  readonly addressSpace?: pulumi.Input<{
    readonly addressPrefixes?: pulumi.Input<pulumi.Input<string>[]>;
  }>;
  readonly subnets?: pulumi.Input<pulumi.Input<SubnetArgs>[]>;
}

/** A virtual network. */
export class VirtualNetwork extends AzureResource {
  declare readonly subnets: pulumi.Output<SubnetResponse[] | undefined>;

  constructor(name: string, args: VirtualNetworkArgs) {
    super("network:VirtualNetwork", name, args, ["subnets"]);
  }
}

/** An address of an interface. */
export interface IpConfigurationArgs {
  readonly name?: pulumi.Input<string>;
  readonly primary?: pulumi.Input<boolean>;
  readonly subnet?: pulumi.Input<{ readonly id?: pulumi.Input<string> }>;
}

/** What a network interface is made from. */
export interface NetworkInterfaceArgs extends AzureArgs {
  readonly ipConfigurations?: pulumi.Input<pulumi.Input<IpConfigurationArgs>[]>;
}

/** A network interface. */
export class NetworkInterface extends AzureResource {
  constructor(name: string, args: NetworkInterfaceArgs) {
    super("network:NetworkInterface", name, args);
  }
}
