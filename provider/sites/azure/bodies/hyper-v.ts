import type {
  FabricCreationInput,
  HyperVReplicaAzurePolicyInput,
  HyperVReplicaBluePolicyInput,
  ResumeJobParams,
  StorageClassificationMappingInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { InvalidInputError } from "../../../errors.ts";
import { optional } from "../facts/wire.ts";
import type { HyperVPolicySpecification } from "../hyper-v-site.ts";
import type { PolicySpecification } from "../set-up-specifications.ts";

const minutesPerHour = 60;

/** The service's numbers for how the hosts of two sites know each other. */
const authenticationTypes = { Kerberos: 1, Certificate: 2 } as const;

/** Body of PUT fabric for a Hyper-V site. The SDK's union lacks what the service takes (reference, 1.2). */
export function hyperVSiteBody(): FabricCreationInput {
  return { properties: { customDetails: { instanceType: "HyperVSite" as "Azure" } } };
}

/** Settings of a policy for Hyper-V machines that Azure takes over. */
export function toAzurePolicy(specification: PolicySpecification): HyperVReplicaAzurePolicyInput {
  const hyperV = settingsOf(specification);
  return {
    instanceType: "HyperVReplicaAzure",
    recoveryPointHistoryDuration: hours(specification.recoveryPointHistoryMinutes),
    applicationConsistentSnapshotFrequencyInHours: hours(
      specification.applicationConsistentFrequencyMinutes,
    ),
    replicationInterval: hyperV.replicationIntervalSeconds,
    ...optional("onlineReplicationStartTime", hyperV.initialReplicationStartTime),
    ...(hyperV.storageAccountId === undefined
      ? {}
      : { storageAccounts: [hyperV.storageAccountId] }),
  };
}

/** Settings of a policy for Hyper-V machines that a second VMM site takes over; it keeps a point of every hour. */
export function betweenSitesPolicy(
  specification: PolicySpecification,
): HyperVReplicaBluePolicyInput {
  const hyperV = settingsOf(specification);
  const { betweenSites } = hyperV;
  if (betweenSites === undefined) throw withoutSettings("hyperV.betweenSites");
  return {
    instanceType: "HyperVReplica2012R2",
    recoveryPoints: hours(specification.recoveryPointHistoryMinutes),
    applicationConsistentSnapshotFrequencyInHours: hours(
      specification.applicationConsistentFrequencyMinutes,
    ),
    replicationFrequencyInSeconds: hyperV.replicationIntervalSeconds,
    compression: betweenSites.compression ? "Enable" : "Disable",
    initialReplicationMethod: "OverNetwork",
    ...optional("onlineReplicationStartTime", hyperV.initialReplicationStartTime),
    replicationPort: betweenSites.port,
    allowedAuthenticationType: authenticationTypes[betweenSites.authentication],
    // The words that stock clients send; the service's own text knows None and OnRecoveryCloud.
    replicaDeletion: betweenSites.deletesReplica ? "Required" : "NotRequired",
  };
}

function settingsOf(specification: PolicySpecification): HyperVPolicySpecification {
  if (specification.hyperV === undefined) throw withoutSettings("hyperV");
  return specification.hyperV;
}

function withoutSettings(property: string): InvalidInputError {
  return new InvalidInputError(property, `${property}: a policy for Hyper-V needs these settings.`);
}

const hours = (minutes: number): number => Math.round(minutes / minutesPerHour);

/** Body of PUT mapping of storage classifications. */
export function storageClassificationMappingBody(
  targetStorageClassificationId: string,
): StorageClassificationMappingInput {
  return { properties: { targetStorageClassificationId } };
}

/** Body of POST resume of a job. */
export function resumeJobBody(comments: string): ResumeJobParams {
  return { properties: { comments } };
}
