import type { Simulation } from "../../simulation.ts";
import type { JsonObject } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { classicDetails } from "./classic/details-body.ts";
import { classicFailbackDetails } from "./classic/failback-details-body.ts";
import { hyperVAzureDetails } from "./hyper-v/details-body.ts";
import type { ProtectedItem } from "./item.ts";
import type { ItemKind } from "./kinds.ts";
import { rcmDetails } from "./rcm/details-body.ts";
import { rcmFailbackDetails } from "./rcm/failback-details-body.ts";
import { vmmDetails } from "./vmm/details-body.ts";

/** Writes `providerSpecificDetails`. */
export type DetailsBody = (simulation: Simulation, vault: Vault, item: ProtectedItem) => JsonObject;

/** `providerSpecificDetails` of items of a site, by their kind. */
export const SITE_DETAILS: Readonly<Record<Exclude<ItemKind, "A2A">, DetailsBody>> = {
  InMageRcm: rcmDetails,
  InMageRcmFailback: rcmFailbackDetails,
  InMageAzureV2: classicDetails,
  InMage: classicFailbackDetails,
  HyperVReplicaAzure: hyperVAzureDetails,
  HyperVReplica2012R2: vmmDetails,
  HyperVReplica2012: vmmDetails,
  San: (_simulation, _vault, { kind }) => ({ instanceType: kind }),
};
