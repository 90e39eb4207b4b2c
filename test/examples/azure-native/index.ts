/**
 * Stands in for `@pulumi/azure-native`, of whose classes the example uses five: the package holds 136 MB of
 * declarations, which the linter reads whole (two minutes for a single file). Types and tokens are those of
 * its version 3.28.0, against which the example was checked by hand.
 */
export * as compute from "./compute.ts";
export * as network from "./network.ts";
export * as resources from "./resources.ts";
export * as storage from "./storage.ts";
