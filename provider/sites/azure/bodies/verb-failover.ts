import type {
  PlannedFailoverInput,
  RecoveryPlanPlannedFailoverInput,
  RecoveryPlanProviderSpecificFailoverInputUnion,
  RecoveryPlanTestFailoverInput,
  RecoveryPlanUnplannedFailoverInput,
  TestFailoverInput,
  TestFailoverProviderSpecificInputUnion,
  UnplannedFailoverInput,
  UnplannedFailoverProviderSpecificInputUnion,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type {
  RecoveryPointChoice,
  RecoveryPointKind,
  VerbRequest,
  VerbTarget,
} from "../verb-request.ts";

type Request<Verb extends VerbRequest["verb"]> = Extract<VerbRequest, { readonly verb: Verb }>;
type UnplannedRequest = Request<"unplannedFailover">;
type PlanTarget = Extract<VerbTarget, { readonly kind: "recoveryPlan" }>;

/** Body of a failover without notice; for a classic machine in Azure it is the failback. */
export function unplannedFailoverBody(
  request: UnplannedRequest,
): UnplannedFailoverInput | RecoveryPlanUnplannedFailoverInput {
  const { target, recoveryPoint, direction, shutdownSource } = request;
  const sourceSiteOperations = shutdownSource ? "Required" : "NotRequired";
  if (target.kind === "recoveryPlan") {
    return {
      properties: {
        failoverDirection: direction,
        sourceSiteOperations,
        providerSpecificDetails: planFailover(target, recoveryPoint),
      },
    };
  }
  const providerSpecificDetails = unplannedDetails(target.item.instanceType, request);
  return {
    properties: {
      failoverDirection: direction,
      // Modernized items have a switch of their own and were recorded without this one.
      sourceSiteOperations:
        providerSpecificDetails.instanceType === "InMageRcm" ? "NotRequired" : sourceSiteOperations,
      providerSpecificDetails,
    },
  };
}

function unplannedDetails(
  instanceType: string,
  { recoveryPoint, shutdownSource }: UnplannedRequest,
): UnplannedFailoverProviderSpecificInputUnion {
  // Without a point the service takes the latest, after it has processed all data.
  const point = optional("recoveryPointId", recoveryPoint.recoveryPointId);
  switch (instanceType) {
    case "InMageRcm":
      return { instanceType, performShutdown: String(shutdownSource), ...point };
    case "InMageAzureV2":
      return { instanceType, ...point };
    case "InMage":
      return { instanceType, recoveryPointType: classicFailbackPoint(recoveryPoint.kind) };
    default:
      return { instanceType: "A2A", ...point };
  }
}

/** Body of a failover that is prepared at the source; for a modernized machine in Azure it is the failback. */
export function plannedFailoverBody(
  request: Request<"plannedFailover">,
): PlannedFailoverInput | RecoveryPlanPlannedFailoverInput {
  const { target, recoveryPoint, direction } = request;
  if (target.kind === "recoveryPlan") {
    return {
      properties: {
        failoverDirection: direction ?? "RecoveryToPrimary",
        providerSpecificDetails: planFailover(target, recoveryPoint),
      },
    };
  }
  const { instanceType, friendlyName } = target.item;
  if (instanceType !== "InMageRcmFailback") {
    throw new Error(`${friendlyName}: an item of kind ${instanceType} has no planned failover.`);
  }
  return {
    properties: {
      ...optional("failoverDirection", direction),
      providerSpecificDetails: {
        instanceType,
        recoveryPointType: modernizedFailbackPoint(recoveryPoint.kind),
      },
    },
  };
}

/** Body of a drill. */
export function testFailoverBody(
  request: Request<"testFailover">,
): TestFailoverInput | RecoveryPlanTestFailoverInput {
  const { target, recoveryPoint, networkId } = request;
  const common = {
    failoverDirection: request.direction,
    networkType: "VmNetworkAsInput",
    networkId,
  };
  if (target.kind === "recoveryPlan") {
    return {
      properties: { ...common, providerSpecificDetails: planFailover(target, recoveryPoint) },
    };
  }
  return {
    properties: {
      ...common,
      providerSpecificDetails: testDetails(target.item.instanceType, networkId, recoveryPoint),
    },
  };
}

function testDetails(
  instanceType: string,
  networkId: string,
  { recoveryPointId }: RecoveryPointChoice,
): TestFailoverProviderSpecificInputUnion {
  const point = optional("recoveryPointId", recoveryPointId);
  switch (instanceType) {
    case "InMageRcm":
      return { instanceType, networkId, ...point };
    case "InMageAzureV2":
      return { instanceType, ...point };
    default:
      return { instanceType: "A2A", ...point };
  }
}

/** A plan is told once per kind of item in it. */
function planFailover(
  target: PlanTarget,
  choice: RecoveryPointChoice,
): RecoveryPlanProviderSpecificFailoverInputUnion[] {
  const types = target.instanceTypes.length === 0 ? ["A2A"] : target.instanceTypes;
  return types.map((instanceType) => planDetails(instanceType, choice));
}

function planDetails(
  instanceType: string,
  { kind, multiVmSyncPoint }: RecoveryPointChoice,
): RecoveryPlanProviderSpecificFailoverInputUnion {
  // The service takes this truth as text.
  const common = optional(
    "useMultiVmSyncPoint",
    multiVmSyncPoint === undefined ? undefined : String(multiVmSyncPoint),
  );
  switch (instanceType) {
    case "InMageRcm":
    case "InMageAzureV2":
      return { instanceType, recoveryPointType: kind, ...common };
    case "InMageRcmFailback":
      return { instanceType, recoveryPointType: modernizedFailbackPoint(kind), ...common };
    case "InMage":
      return { instanceType, recoveryPointType: classicFailbackPoint(kind) };
    default:
      return {
        // The union of the SDK is closed; a plan's own types come from its items.
        instanceType: instanceType as "A2A",
        recoveryPointType: kind,
        ...optional("multiVmSyncPointOption", multiVmOption(multiVmSyncPoint)),
      };
  }
}

function multiVmOption(common: boolean | undefined): string | undefined {
  if (common === undefined) return undefined;
  return common ? "UseMultiVmSyncRecoveryPoint" : "UsePerVmRecoveryPoint";
}

const modernizedFailbackPoint = (kind: RecoveryPointKind): string =>
  kind === "LatestApplicationConsistent" ? "ApplicationConsistent" : "CrashConsistent";

const classicFailbackPoint = (kind: RecoveryPointKind): string =>
  kind === "LatestApplicationConsistent" ? "LatestTag" : "LatestTime";
