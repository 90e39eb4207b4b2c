import * as pulumi from "@pulumi/pulumi";
import { vault } from "./shop-azure.ts";

const fabric = new pulumi.Config().require("fabric");

/** Container of the machines of the site; appliance or configuration server made it when it registered. */
export const container: string = `${vault}/replicationFabrics/${fabric}/replicationProtectionContainers/plant-machines`;
