import type {
  ApplyRecoveryPointInput,
  ApplyRecoveryPointProviderSpecificInputUnion,
  DisableProtectionInput,
  TestFailoverCleanupInput,
} from "@azure/arm-recoveryservices-siterecovery";
import type { VerbRequest, VerbTarget } from "../verb-request.ts";
import { plannedFailoverBody, testFailoverBody, unplannedFailoverBody } from "./verb-failover.ts";
import { betweenSitesDetails, isBetweenSites } from "./verb-hyper-v.ts";
import { reprotectCall } from "./verb-reprotect.ts";

/** How a verb goes over the wire: POST to the path, which begins with an ARM id, with this body. */
export interface VerbCall {
  readonly path: string;
  /** Absent for verbs without a body. */
  readonly body?: object;
}

/** The call for a verb. Throws when the item's kind does not know it. */
export function verbCall(request: VerbRequest): VerbCall {
  refuseRetired(request);
  const id = targetId(request.target);
  switch (request.verb) {
    case "testFailover":
      return { path: `${id}/testFailover`, body: testFailoverBody(request) };
    case "testFailoverCleanup":
      return { path: `${id}/testFailoverCleanup`, body: cleanupBody(request.comments) };
    case "unplannedFailover":
      return { path: `${id}/unplannedFailover`, body: unplannedFailoverBody(request) };
    case "plannedFailover":
      return { path: `${id}/plannedFailover`, body: plannedFailoverBody(request) };
    case "commit":
      return { path: `${id}/failoverCommit` };
    case "cancelFailover":
      return { path: `${id}/failoverCancel` };
    case "resynchronize":
      return { path: `${id}/repairReplication` };
    case "completeMigration":
      return { path: `${id}/remove`, body: completeMigrationBody() };
    case "changeRecoveryPoint":
      return { path: `${id}/applyRecoveryPoint`, body: applyRecoveryPointBody(request) };
    case "reprotect":
      return reprotectCall(request);
  }
}

/** Of items that a SAN replicated the service's api knows none any more; only their protection can end. */
function refuseRetired({ verb, target }: VerbRequest): void {
  if (target.kind !== "item" || target.item.instanceType !== "San") return;
  throw new Error(`${target.item.friendlyName}: an item of kind San has no ${verb} any more.`);
}

function targetId(target: VerbTarget): string {
  return target.kind === "item" ? target.item.armId : target.plan.id;
}

function cleanupBody(comments: string): TestFailoverCleanupInput {
  return { properties: { comments } };
}

/** The service completes a migration by forgetting the item for that reason. */
function completeMigrationBody(): DisableProtectionInput {
  return { properties: { disableProtectionReason: "MigrationComplete" } };
}

function applyRecoveryPointBody(
  request: Extract<VerbRequest, { readonly verb: "changeRecoveryPoint" }>,
): ApplyRecoveryPointInput {
  const { recoveryPointId, target } = request;
  const instanceType = target.kind === "item" ? target.item.instanceType : "A2A";
  return {
    properties: {
      recoveryPointId,
      providerSpecificDetails: pointDetails(instanceType, recoveryPointId),
    },
  };
}

function pointDetails(
  instanceType: string,
  recoveryPointId: string,
): ApplyRecoveryPointProviderSpecificInputUnion {
  if (isBetweenSites(instanceType)) return betweenSitesDetails("changeRecoveryPoint");
  switch (instanceType) {
    case "InMageRcm":
      return { instanceType, recoveryPointId };
    case "InMageAzureV2":
    case "HyperVReplicaAzure":
      return { instanceType };
    default:
      return { instanceType: "A2A" };
  }
}
