import * as pulumi from "@pulumi/pulumi";

/**
 * An Azure resource by its ARM id, or as a resource of `@pulumi/azure-native` or any other package
 * whose `id` is the ARM id.
 */
export type AzureReference = pulumi.Input<string> | { readonly id: pulumi.Output<string> };

/** The ARM id of the reference, once it is known. */
export function idOf(reference: AzureReference): pulumi.Output<string> {
  if (typeof reference === "object" && "id" in reference && !pulumi.Output.isInstance(reference)) {
    return reference.id;
  }
  return pulumi.output(reference as pulumi.Input<string>);
}
