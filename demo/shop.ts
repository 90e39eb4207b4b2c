import * as pulumi from "@pulumi/pulumi";

const subscriptionId = new pulumi.Config("asr").require("subscriptionId");

/** ARM id of something of the shop that exists already: the demo protects it and does not manage it. */
export function armId(resourceGroup: string, type: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.${type}/${name}`;
}

/** ARM id of a resource group. */
export function groupId(name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${name}`;
}
