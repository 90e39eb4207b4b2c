/**
 * Components of disaster recovery: what belongs together, made together.
 * @packageDocumentation
 */

export type { AzureReference } from "./azure-reference.ts";
export type { AzureSide } from "./azure-side.ts";
export { FailbackPath, type FailbackPathArgs, type GatewayConnection } from "./failback-path.ts";
export { HyperVSite, type HyperVSiteArgs } from "./hyper-v-site.ts";
export type { ProtectArgs } from "./protect.ts";
export type { ProtectOnSiteArgs } from "./protect-on-site.ts";
export {
  type NetworkPair,
  RegionPair,
  type RegionPairArgs,
  type RegionSide,
} from "./region-pair.ts";
export type { PolicyChoice } from "./replication-policy.ts";
export type { SiteServer, SiteServersArgs } from "./site-servers.ts";
export { type ProtectInVmmPairArgs, VmmPair, type VmmPairArgs, type VmmSide } from "./vmm-pair.ts";
export { VmmSite, type VmmSiteArgs } from "./vmm-site.ts";
export { VmwareSite, type VmwareSiteArgs } from "./vmware-site.ts";
