import type {
  ApplyRecoveryPointInput,
  RecoveryPlanA2AFailoverInput,
  RecoveryPlanTestFailoverInput,
  RecoveryPlanUnplannedFailoverInput,
  SwitchProtectionInput,
  TestFailoverCleanupInput,
  TestFailoverInput,
  UnplannedFailoverInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type { RecoveryPointChoice, VerbRequest, VerbTarget } from "../verb-request.ts";
import { managedDisks } from "./item.ts";

/** How a verb goes over the wire: POST to the path, which begins with an ARM id, with this body. */
export interface VerbCall {
  readonly path: string;
  /** Absent for verbs without a body. */
  readonly body?: object;
}

type Request<Verb extends VerbRequest["verb"]> = Extract<VerbRequest, { readonly verb: Verb }>;

/** The call for a verb. */
export function verbCall(request: VerbRequest): VerbCall {
  const id = targetId(request.target);
  switch (request.verb) {
    case "testFailover":
      return { path: `${id}/testFailover`, body: testFailoverBody(request) };
    case "testFailoverCleanup":
      return { path: `${id}/testFailoverCleanup`, body: cleanupBody(request) };
    case "unplannedFailover":
      return { path: `${id}/unplannedFailover`, body: unplannedFailoverBody(request) };
    case "commit":
      return { path: `${id}/failoverCommit` };
    case "changeRecoveryPoint":
      return { path: `${id}/applyRecoveryPoint`, body: applyRecoveryPointBody(request) };
    case "reprotect":
      // Region to region is switched on the container that the item lies in now.
      return {
        path: `${request.target.item.primary.containerId}/switchprotection`,
        body: switchProtectionBody(request),
      };
  }
}

function targetId(target: VerbTarget): string {
  return target.kind === "item" ? target.item.armId : target.plan.id;
}

function unplannedFailoverBody(
  request: Request<"unplannedFailover">,
): UnplannedFailoverInput | RecoveryPlanUnplannedFailoverInput {
  const common = {
    failoverDirection: request.direction,
    sourceSiteOperations: request.shutdownSource ? "Required" : "NotRequired",
  };
  const { target, recoveryPoint } = request;
  return target.kind === "item"
    ? { properties: { ...common, providerSpecificDetails: itemFailover(recoveryPoint) } }
    : { properties: { ...common, providerSpecificDetails: planFailover(target, recoveryPoint) } };
}

function testFailoverBody(
  request: Request<"testFailover">,
): TestFailoverInput | RecoveryPlanTestFailoverInput {
  const common = {
    failoverDirection: request.direction,
    networkType: "VmNetworkAsInput",
    networkId: request.networkId,
  };
  const { target, recoveryPoint } = request;
  return target.kind === "item"
    ? { properties: { ...common, providerSpecificDetails: itemFailover(recoveryPoint) } }
    : { properties: { ...common, providerSpecificDetails: planFailover(target, recoveryPoint) } };
}

/** Without a point the service takes the latest, after it has processed all data. */
function itemFailover(choice: RecoveryPointChoice) {
  return { instanceType: "A2A" as const, ...optional("recoveryPointId", choice.recoveryPointId) };
}

function planFailover(
  target: Extract<VerbTarget, { readonly kind: "recoveryPlan" }>,
  choice: RecoveryPointChoice,
): RecoveryPlanA2AFailoverInput[] {
  const types = target.instanceTypes.length === 0 ? ["A2A"] : target.instanceTypes;
  return types.map((instanceType) => ({
    // The union of the SDK is closed; a plan's own types come from its items.
    instanceType: instanceType as "A2A",
    recoveryPointType: choice.kind,
    ...optional("multiVmSyncPointOption", multiVmOption(choice.multiVmSyncPoint)),
  }));
}

function multiVmOption(common: boolean | undefined): string | undefined {
  if (common === undefined) return undefined;
  return common ? "UseMultiVmSyncRecoveryPoint" : "UsePerVmRecoveryPoint";
}

function cleanupBody(request: Request<"testFailoverCleanup">): TestFailoverCleanupInput {
  return { properties: { comments: request.comments } };
}

function applyRecoveryPointBody(request: Request<"changeRecoveryPoint">): ApplyRecoveryPointInput {
  return {
    properties: {
      recoveryPointId: request.recoveryPointId,
      providerSpecificDetails: { instanceType: "A2A" },
    },
  };
}

function switchProtectionBody(request: Request<"reprotect">): SwitchProtectionInput {
  return {
    properties: {
      replicationProtectedItemName: request.target.item.name,
      providerSpecificDetails: {
        instanceType: "A2A",
        recoveryContainerId: request.recoveryContainerId,
        policyId: request.policyId,
        recoveryResourceGroupId: request.recoveryResourceGroupId,
        ...optional("recoveryAvailabilitySetId", request.recoveryAvailabilitySetId),
        ...optional("recoveryAvailabilityZone", request.recoveryAvailabilityZone),
        ...optional("recoveryProximityPlacementGroupId", request.recoveryProximityPlacementGroupId),
        ...optional("recoveryBootDiagStorageAccountId", request.bootDiagnosticsStorageAccountId),
        vmManagedDisks: managedDisks(request.disks),
      },
    },
  };
}
