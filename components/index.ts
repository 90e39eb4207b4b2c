/**
 * Components of disaster recovery: what belongs together, made together.
 * @packageDocumentation
 */

export type { AzureReference } from "./azure-reference.ts";
export type { ProtectArgs } from "./protect.ts";
export {
  type NetworkPair,
  RegionPair,
  type RegionPairArgs,
  type RegionSide,
} from "./region-pair.ts";
