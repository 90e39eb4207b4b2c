import { durationMilliseconds, formatDuration } from "../../inputs/duration.ts";
import type { PolicyFacts, Scenario } from "../../recovery/model.ts";
import { isFromHyperV } from "../../recovery/position.ts";
import type { HyperVPolicySpecification } from "../../sites/azure/hyper-v-site.ts";
import { isUnknown } from "../../unknown.ts";
import type { ReplicationPolicyInputs } from "../replication-policy.ts";

const standardInterval = "PT5M";
/** The ports that the service proposes for the two ways in which hosts know each other. */
const standardPorts = { Kerberos: 8083, Certificate: 8084 } as const;

/** True for a scenario whose policies are those of Hyper-V. */
export function isHyperVScenario(scenario: Scenario | undefined): boolean {
  return scenario !== undefined && isFromHyperV({ scenario });
}

/** Inputs of a Hyper-V policy with what nobody asked for. */
export function completeHyperV(
  inputs: ReplicationPolicyInputs,
  scenario: Scenario | undefined,
): ReplicationPolicyInputs {
  const common: ReplicationPolicyInputs = {
    applicationConsistentSnapshotFrequency: "PT0S",
    replicationInterval: standardInterval,
    ...inputs,
  };
  if (scenario !== "VmmToVmm") return common;
  const { authentication = "Kerberos" } = inputs;
  return {
    compression: true,
    ...(isUnknown(authentication) ? {} : { replicationPort: standardPorts[authentication] }),
    deleteReplica: false,
    ...common,
    authentication,
  };
}

/** What the service shows of a Hyper-V policy, as inputs; nothing for every other policy. */
export function hyperVSettings({ hyperV }: PolicyFacts): Partial<ReplicationPolicyInputs> {
  if (hyperV === undefined) return {};
  const { betweenSites } = hyperV;
  return {
    // A policy that somebody made elsewhere may have another interval, which the comparison then shows.
    replicationInterval: formatDuration(hyperV.replicationIntervalSeconds * 1000) as NonNullable<
      ReplicationPolicyInputs["replicationInterval"]
    >,
    initialReplicationStartTime: hyperV.initialReplicationStartTime ?? "",
    ...(betweenSites === undefined
      ? { storageAccount: hyperV.storageAccountId }
      : {
          compression: betweenSites.compression,
          replicationPort: betweenSites.port,
          authentication: betweenSites.authentication,
          deleteReplica: betweenSites.deletesReplica,
        }),
  };
}

/** What a Hyper-V policy is sent with. */
export function hyperVSpecification(
  inputs: ReplicationPolicyInputs,
  scenario: Scenario,
): HyperVPolicySpecification {
  const { initialReplicationStartTime, storageAccount, authentication = "Kerberos" } = inputs;
  const interval = durationMilliseconds(inputs.replicationInterval ?? standardInterval) ?? 0;
  return {
    replicationIntervalSeconds: interval / 1000,
    ...(initialReplicationStartTime ? { initialReplicationStartTime } : {}),
    ...(storageAccount ? { storageAccountId: storageAccount } : {}),
    ...(scenario === "VmmToVmm"
      ? {
          betweenSites: {
            compression: inputs.compression ?? true,
            port: inputs.replicationPort ?? standardPorts[authentication],
            authentication,
            deletesReplica: inputs.deleteReplica ?? false,
          },
        }
      : {}),
  };
}
