import * as pulumi from "@pulumi/pulumi";

/** What every resource of Azure takes. */
export interface AzureArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string>;
}

/** A resource of Azure, whose `id` is its ARM id. */
export abstract class AzureResource extends pulumi.CustomResource {
  declare readonly name: pulumi.Output<string>;

  constructor(token: string, name: string, args: object, outputs: readonly string[] = []) {
    const unset = Object.fromEntries(["name", ...outputs].map((each) => [each, undefined]));
    super(`azure-native:${token}`, name, { ...unset, ...args });
  }
}
