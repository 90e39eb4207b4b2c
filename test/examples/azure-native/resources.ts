import type * as pulumi from "@pulumi/pulumi";
import { AzureResource } from "./azure-resource.ts";

/** A resource group. */
export class ResourceGroup extends AzureResource {
  constructor(name: string, args: { readonly location?: pulumi.Input<string> }) {
    super("resources:ResourceGroup", name, args);
  }
}
