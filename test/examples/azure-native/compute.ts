import type * as pulumi from "@pulumi/pulumi";
import { type AzureArgs, AzureResource } from "./azure-resource.ts";

/** What a virtual machine is made from; the parts that the example does not look at are any maps. */
export interface VirtualMachineArgs extends AzureArgs {
  readonly hardwareProfile?: pulumi.Input<{ readonly vmSize?: pulumi.Input<string> }>;
  readonly networkProfile?: pulumi.Input<{
    readonly networkInterfaces?: pulumi.Input<
      pulumi.Input<{
        readonly id?: pulumi.Input<string>;
        readonly primary?: pulumi.Input<boolean>;
      }>[]
    >;
  }>;
  readonly osProfile?: pulumi.Input<Readonly<Record<string, unknown>>>;
  readonly storageProfile?: pulumi.Input<Readonly<Record<string, unknown>>>;
}

/** A virtual machine. */
export class VirtualMachine extends AzureResource {
  constructor(name: string, args: VirtualMachineArgs) {
    super("compute:VirtualMachine", name, args);
  }
}
