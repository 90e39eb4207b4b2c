import type {
  HyperVReplicaAzureFailbackProviderInput,
  RecoveryPlanProviderSpecificFailoverInputUnion,
  ReverseReplicationInput,
  ReverseReplicationProviderSpecificInputUnion,
} from "@azure/arm-recoveryservices-siterecovery";
import { optional } from "../facts/wire.ts";
import type {
  HyperVFailback,
  RecoveryPointChoice,
  ReverseReplication,
  VerbTarget,
} from "../verb-request.ts";

type Item = Extract<VerbTarget, { readonly kind: "item" }>["item"];

/**
 * What details of items between VMM sites are called. No union of the service has a kind for them: recorded
 * are the names of the base types, which the service takes by what the item itself is. The names of today's
 * api-version are not recorded, they are chosen after those of 2017.
 */
const baseTypes = {
  testFailover: "TestFailoverProviderSpecificInput",
  plannedFailover: "PlannedFailoverProviderSpecificFailoverInput",
  unplannedFailover: "UnplannedFailoverProviderSpecificInput",
  changeRecoveryPoint: "ApplyRecoveryPointProviderSpecificInput",
  reprotect: "ReverseReplicationProviderSpecificInput",
} as const;

/** Wire names of items between VMM sites. */
const betweenSites: readonly string[] = ["HyperVReplica2012R2", "HyperVReplica2012"];

/** True for items between VMM sites, which take no details of their own. */
export function isBetweenSites(instanceType: string): boolean {
  return betweenSites.includes(instanceType);
}

/** Details of a verb on an item between VMM sites; its wire name is in no union, hence the type to be given. */
export function betweenSitesDetails<Details>(verb: keyof typeof baseTypes): Details {
  return { instanceType: baseTypes[verb] } as Details;
}

/** How a failback goes when nothing else is asked for: as recorded. */
const recordedFailback: HyperVFailback = {
  dataSynchronization: "beforeDowntime",
  createMachine: false,
};

/** Details of the planned failover by which a Hyper-V machine returns from Azure. */
export function failbackDetails(
  failback: HyperVFailback = recordedFailback,
): HyperVReplicaAzureFailbackProviderInput {
  return {
    instanceType: "HyperVReplicaAzureFailback",
    ...failbackOptions(failback),
    ...optional("providerIdForAlternateRecovery", failback.alternateProviderId),
  };
}

function failbackOptions({ dataSynchronization, createMachine }: HyperVFailback): {
  readonly dataSyncOption: "ForSynchronization" | "ForDownTime";
  readonly recoveryVmCreationOption: "CreateVmIfNotFound" | "NoAction";
} {
  return {
    dataSyncOption: dataSynchronization === "beforeDowntime" ? "ForSynchronization" : "ForDownTime",
    recoveryVmCreationOption: createMachine ? "CreateVmIfNotFound" : "NoAction",
  };
}

/** What a plan is told of its machines that return from Azure; another host is no choice of plans. */
export function planFailbackDetails(
  failback: HyperVFailback = recordedFailback,
): RecoveryPlanProviderSpecificFailoverInputUnion {
  return { instanceType: "HyperVReplicaAzureFailback", ...failbackOptions(failback) };
}

/**
 * What a plan is told of its machines that go to Azure. It knows no kind for the latest crash-consistent
 * point: the latest processed one is that.
 */
export function planToAzureDetails({
  kind,
}: RecoveryPointChoice): RecoveryPlanProviderSpecificFailoverInputUnion {
  return {
    instanceType: "HyperVReplicaAzure",
    recoveryPointType: kind === "LatestCrashConsistent" ? "LatestProcessed" : kind,
  };
}

/** Body of a reprotect that turns the replication of a Hyper-V machine around. */
export function reverseReplicationBody(
  item: Item,
  { direction, hostMachineGuid }: ReverseReplication,
): ReverseReplicationInput {
  return {
    properties: {
      failoverDirection: direction,
      providerSpecificDetails: isBetweenSites(item.instanceType)
        ? betweenSitesDetails<ReverseReplicationProviderSpecificInputUnion>("reprotect")
        : toAzureAgain(item, hostMachineGuid),
    },
  };
}

/** The service asks for the machine anew; its disk goes by another spelling than at enabling. */
function toAzureAgain(
  item: Item,
  hostMachineGuid: string | undefined,
): ReverseReplicationProviderSpecificInputUnion {
  const { hyperV } = item;
  const known = (text: string | undefined): string | undefined => text || undefined;
  return {
    instanceType: "HyperVReplicaAzure",
    ...optional("hvHostVmId", known(hostMachineGuid)),
    vmName: item.friendlyName,
    ...optional("osType", known(item.osType)),
    ...optional("vHDId", known(hyperV?.osDiskId)),
    ...optional("storageAccountId", known(hyperV?.storageAccountId)),
    ...optional("logStorageAccountId", known(hyperV?.logStorageAccountId)),
  };
}
