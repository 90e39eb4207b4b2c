import { type JsonObject, listAt, numberAt, textAt } from "../../state/json.ts";
import type { HyperVPolicy, Policy } from "../../state/model.ts";

/** What a policy between VMM sites has when nobody says otherwise. */
export const BETWEEN_SITES: NonNullable<HyperVPolicy["betweenSites"]> = {
  compression: "Enable",
  initialReplicationMethod: "OverNetwork",
  replicationPort: 8083,
  allowedAuthenticationType: 1,
  replicaDeletion: "None",
};

/** Documented defaults: points of two hours, an application-consistent one each hour, data every five minutes. */
const DEFAULTS = { historyHours: 2, appConsistentHours: 1, intervalSeconds: 300 } as const;

type PolicyContents = Omit<Policy, "name" | "instanceType">;

const common = (input: unknown, historyHours: number | undefined): PolicyContents => ({
  recoveryPointHistoryMinutes: (historyHours ?? DEFAULTS.historyHours) * 60,
  crashConsistentMinutes: 0,
  appConsistentMinutes:
    (numberAt(input, "applicationConsistentSnapshotFrequencyInHours") ??
      DEFAULTS.appConsistentHours) * 60,
  multiVmSync: false,
});

/** Reads the input of a policy for Hyper-V to Azure. */
export function readHyperVAzure(input: unknown): PolicyContents {
  const account = listAt(input, "storageAccounts").find((each) => typeof each === "string");
  return {
    ...common(input, numberAt(input, "recoveryPointHistoryDuration")),
    hyperV: {
      replicationIntervalSeconds:
        numberAt(input, "replicationInterval") ?? DEFAULTS.intervalSeconds,
      onlineReplicationStartTime: textAt(input, "onlineReplicationStartTime") ?? null,
      storageAccountId: (account as string | undefined) ?? null,
      betweenSites: null,
    },
  };
}

/** Reads the input of a policy between VMM sites; only 2012 R2 has a frequency. */
export function readHyperVSites(input: unknown): PolicyContents {
  return {
    ...common(input, numberAt(input, "recoveryPoints")),
    hyperV: {
      replicationIntervalSeconds:
        numberAt(input, "replicationFrequencyInSeconds") ?? DEFAULTS.intervalSeconds,
      onlineReplicationStartTime: textAt(input, "onlineReplicationStartTime") ?? null,
      storageAccountId: null,
      betweenSites: {
        compression: textAt(input, "compression") ?? BETWEEN_SITES.compression,
        initialReplicationMethod:
          textAt(input, "initialReplicationMethod") ?? BETWEEN_SITES.initialReplicationMethod,
        replicationPort: numberAt(input, "replicationPort") ?? BETWEEN_SITES.replicationPort,
        allowedAuthenticationType:
          numberAt(input, "allowedAuthenticationType") ?? BETWEEN_SITES.allowedAuthenticationType,
        replicaDeletion: textAt(input, "replicaDeletion") ?? BETWEEN_SITES.replicaDeletion,
      },
    },
  };
}

/** A policy for Hyper-V to Azure as it is read: other names than it was written with (reference, section 11). */
export function showHyperVAzure(policy: Policy): JsonObject {
  return {
    recoveryPointHistoryDurationInHours: policy.recoveryPointHistoryMinutes / 60,
    applicationConsistentSnapshotFrequencyInHours: policy.appConsistentMinutes / 60,
    replicationInterval: policy.hyperV?.replicationIntervalSeconds ?? DEFAULTS.intervalSeconds,
    onlineReplicationStartTime: policy.hyperV?.onlineReplicationStartTime ?? null,
    encryption: "Disabled",
    activeStorageAccountId: policy.hyperV?.storageAccountId ?? null,
  };
}

/** A policy between VMM sites (2012) as it is read; published fields. */
export function showHyperV2012(policy: Policy): JsonObject {
  const { compression, initialReplicationMethod, replicationPort, ...sites } =
    policy.hyperV?.betweenSites ?? BETWEEN_SITES;
  return {
    recoveryPoints: policy.recoveryPointHistoryMinutes / 60,
    applicationConsistentSnapshotFrequencyInHours: policy.appConsistentMinutes / 60,
    compression,
    initialReplicationMethod,
    onlineReplicationStartTime: policy.hyperV?.onlineReplicationStartTime ?? null,
    offlineReplicationImportPath: null,
    offlineReplicationExportPath: null,
    replicationPort,
    allowedAuthenticationType: sites.allowedAuthenticationType,
    replicaDeletionOption: sites.replicaDeletion,
  };
}

/** A policy between VMM sites (2012 R2) as it is read. */
export function showHyperV2012R2(policy: Policy): JsonObject {
  return {
    replicationFrequencyInSeconds:
      policy.hyperV?.replicationIntervalSeconds ?? DEFAULTS.intervalSeconds,
    ...showHyperV2012(policy),
  };
}

/** Seconds between two transmissions that Hyper-V knows; to Azure fifteen minutes are none of them. */
const INTERVALS_SECONDS = { azure: [30, 300], sites: [30, 300, 900] } as const;

/** What of the settings of a policy for Hyper-V the service does not take (CH-HV-POLICIES). */
export function hyperVProblem(policy: Policy): string | undefined {
  const { hyperV, recoveryPointHistoryMinutes: history, appConsistentMinutes: app } = policy;
  if (!hyperV) return undefined;
  const isToAzure = hyperV.betweenSites === null;
  const interval = isToAzure ? "replicationInterval" : "replicationFrequencyInSeconds";
  const points = isToAzure ? "recoveryPointHistoryDuration" : "recoveryPoints";
  const frequency = "applicationConsistentSnapshotFrequencyInHours";
  const intervals: readonly number[] = INTERVALS_SECONDS[isToAzure ? "azure" : "sites"];
  if (!intervals.includes(hyperV.replicationIntervalSeconds))
    return `${interval} must be ${intervals.join(" or ")}, and is ${hyperV.replicationIntervalSeconds}`;
  for (const [field, minutes] of [
    [points, history],
    [frequency, app],
  ] as const) {
    if (minutes % 60 !== 0) return `${field} must be a whole number of hours`;
  }
  if (history > 0 && app > history) return `${frequency} must not exceed ${points}`;
  const start = hyperV.onlineReplicationStartTime;
  if (start !== null && !/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(start))
    return `onlineReplicationStartTime must be a time of day HH:MM:SS, and is '${start}'`;
  return undefined;
}
