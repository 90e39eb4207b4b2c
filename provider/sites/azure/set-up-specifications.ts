import type { Scenario } from "../../recovery/model.ts";
import type { HyperVPolicySpecification } from "./hyper-v-site.ts";

/** What a policy is created or updated with. */
export interface PolicySpecification {
  /** Absent means region to region. */
  readonly scenario?: Scenario;
  /** True for the way back of a classic VMware site, which has a policy of its own kind. */
  readonly failback?: boolean;
  readonly recoveryPointHistoryMinutes: number;
  readonly applicationConsistentFrequencyMinutes: number;
  readonly crashConsistentFrequencyMinutes: number;
  readonly multiVmSync: boolean;
  /** Age of the newest recovery point, in minutes, at which the service warns; classic VMware sites only. */
  readonly recoveryPointThresholdMinutes?: number;
  /** What only Hyper-V policies take. */
  readonly hyperV?: HyperVPolicySpecification;
}

/** What a container mapping is created with. */
export interface ContainerMappingSpecification {
  /** Absent means region to region. */
  readonly scenario?: Scenario;
  /** True for the mapping of a classic container with itself, which the way back needs. */
  readonly failback?: boolean;
  /** ARM id, or `Microsoft Azure` for a site that is no region. */
  readonly targetContainerId: string;
  readonly policyId: string;
  readonly agentAutoUpdate: boolean;
  readonly automationAccountId?: string;
  readonly automationAccountAuthenticationType?: string;
}

/** What a network mapping is created or updated with. */
export interface NetworkMappingSpecification {
  readonly primaryNetworkId: string;
  readonly recoveryNetworkId: string;
  readonly recoveryFabricName: string;
}
