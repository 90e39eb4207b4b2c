import type * as pulumi from "@pulumi/pulumi";
import { type AzureArgs, AzureResource } from "./azure-resource.ts";

/** What a storage account is made from. */
export interface StorageAccountArgs extends AzureArgs {
  readonly kind: pulumi.Input<string>;
  readonly sku: pulumi.Input<{ readonly name: pulumi.Input<string> }>;
}

/** A storage account. */
export class StorageAccount extends AzureResource {
  constructor(name: string, args: StorageAccountArgs) {
    super("storage:StorageAccount", name, args);
  }
}
