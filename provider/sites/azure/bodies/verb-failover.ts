import type {
  PlannedFailoverInput,
  PlannedFailoverProviderSpecificFailoverInputUnion,
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
import {
  betweenSitesDetails,
  failbackDetails,
  isBetweenSites,
  planFailbackDetails,
  planToAzureDetails,
} from "./verb-hyper-v.ts";

type Request<Verb extends VerbRequest["verb"]> = Extract<VerbRequest, { readonly verb: Verb }>;
type UnplannedRequest = Request<"unplannedFailover">;
type PlannedRequest = Request<"plannedFailover">;
type ItemTarget = Extract<VerbTarget, { readonly kind: "item" }>;
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
  if (isBetweenSites(instanceType)) return betweenSitesDetails("unplannedFailover");
  // Without a point the service takes the latest, after it has processed all data.
  const point = optional("recoveryPointId", recoveryPoint.recoveryPointId);
  switch (instanceType) {
    case "InMageRcm":
      return { instanceType, performShutdown: String(shutdownSource), ...point };
    case "InMageAzureV2":
    case "HyperVReplicaAzure":
      return { instanceType, ...point };
    case "InMage":
      return { instanceType, recoveryPointType: classicFailbackPoint(recoveryPoint.kind) };
    default:
      return { instanceType: "A2A", ...point };
  }
}

/** Body of a failover that is prepared at the source; for a modernized or Hyper-V machine in Azure it is the failback. */
export function plannedFailoverBody(
  request: PlannedRequest,
): PlannedFailoverInput | RecoveryPlanPlannedFailoverInput {
  const { target, recoveryPoint, direction } = request;
  if (target.kind === "recoveryPlan") {
    return {
      properties: {
        failoverDirection: direction ?? "RecoveryToPrimary",
        providerSpecificDetails: planFailover(target, recoveryPoint, request),
      },
    };
  }
  return {
    properties: {
      ...optional("failoverDirection", direction),
      providerSpecificDetails: plannedDetails(target.item, request),
    },
  };
}

/** Throws for kinds of item that have no planned failover. */
function plannedDetails(
  { instanceType, friendlyName }: ItemTarget["item"],
  request: PlannedRequest,
): PlannedFailoverProviderSpecificFailoverInputUnion {
  const { recoveryPoint } = request;
  if (isBetweenSites(instanceType)) return betweenSitesDetails("plannedFailover");
  switch (instanceType) {
    case "InMageRcmFailback":
      return { instanceType, recoveryPointType: modernizedFailbackPoint(recoveryPoint.kind) };
    case "HyperVReplicaAzure":
      return comesHome(request)
        ? failbackDetails(request.failback)
        : { instanceType, ...optional("recoveryPointId", recoveryPoint.recoveryPointId) };
    default:
      throw new Error(`${friendlyName}: an item of kind ${instanceType} has no planned failover.`);
  }
}

/** A Hyper-V machine keeps its sides for life: the direction tells whether it goes to Azure or returns. */
const comesHome = ({ direction, failback }: PlannedRequest): boolean =>
  failback !== undefined || direction === "RecoveryToPrimary";

/** Body of a drill. */
export function testFailoverBody(
  request: Request<"testFailover">,
): TestFailoverInput | RecoveryPlanTestFailoverInput {
  const { target, recoveryPoint, networkId } = request;
  const common = {
    failoverDirection: request.direction,
    // Between VMM sites a drill may do without a network.
    ...(networkId === ""
      ? { networkType: "NoNetworkAttachAsInput" }
      : { networkType: "VmNetworkAsInput", networkId }),
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
  if (isBetweenSites(instanceType)) return betweenSitesDetails("testFailover");
  const point = optional("recoveryPointId", recoveryPointId);
  switch (instanceType) {
    case "InMageRcm":
      return { instanceType, networkId, ...point };
    case "InMageAzureV2":
    case "HyperVReplicaAzure":
      return { instanceType, ...point };
    default:
      return { instanceType: "A2A", ...point };
  }
}

/** A plan is told once per kind of item in it; of those between VMM sites there is nothing to tell. */
function planFailover(
  target: PlanTarget,
  choice: RecoveryPointChoice,
  planned?: PlannedRequest,
): RecoveryPlanProviderSpecificFailoverInputUnion[] {
  const types = target.instanceTypes.length === 0 ? ["A2A"] : target.instanceTypes;
  return types
    .filter((instanceType) => !isBetweenSites(instanceType))
    .map((instanceType) =>
      instanceType === "HyperVReplicaAzure" && planned !== undefined
        ? plannedPlanDetails(planned)
        : planDetails(instanceType, choice),
    );
}

/** Recorded without a point, because all data are sent first; an older one is named, as without notice. */
function plannedPlanDetails(
  planned: PlannedRequest,
): RecoveryPlanProviderSpecificFailoverInputUnion {
  if (comesHome(planned)) return planFailbackDetails(planned.failback);
  return planned.recoveryPoint.kind === "Latest"
    ? { instanceType: "HyperVReplicaAzure" }
    : planToAzureDetails(planned.recoveryPoint);
}

function planDetails(
  instanceType: string,
  choice: RecoveryPointChoice,
): RecoveryPlanProviderSpecificFailoverInputUnion {
  const { kind, multiVmSyncPoint } = choice;
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
    case "HyperVReplicaAzure":
      return planToAzureDetails(choice);
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
