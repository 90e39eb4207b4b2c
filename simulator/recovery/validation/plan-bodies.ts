import {
  type BodyRule,
  DIRECTION,
  EXTENDED_LOCATION,
  type Fields,
  listOf,
  needed,
  neededText,
  objectOf,
  oneOf,
  properties,
  SITE_OPERATIONS,
  text,
  unionOf,
} from "./body-rule.ts";
import { SITE_PLAN_FAILOVER } from "./site-bodies.ts";
import { VMM_PLAN_FAILOVER } from "./vmm-bodies.ts";

const FAILOVER_TYPE = oneOf(
  "ReverseReplicate",
  "Commit",
  "PlannedFailover",
  "UnplannedFailover",
  "DisableProtection",
  "TestFailover",
  "TestFailoverCleanup",
  "Failback",
  "FinalizeFailback",
  "CancelFailover",
  "ChangePit",
  "RepairReplication",
  "SwitchProtection",
  "CompleteMigration",
);

const ACTION = objectOf({
  actionName: neededText,
  failoverTypes: needed(listOf(FAILOVER_TYPE)),
  failoverDirections: needed(listOf(DIRECTION)),
  customDetails: needed(
    unionOf({
      AutomationRunbookActionDetails: {
        runbookId: text,
        timeout: text,
        fabricLocation: needed(oneOf("Primary", "Recovery")),
      },
      ManualActionDetails: { description: text },
      ScriptActionDetails: {
        path: neededText,
        timeout: text,
        fabricLocation: needed(oneOf("Primary", "Recovery")),
      },
    }),
  ),
});

const GROUPS: BodyRule = {
  is: "list",
  most: 9,
  of: objectOf({
    groupType: needed(oneOf("Shutdown", "Boot", "Failover")),
    replicationProtectedItems: listOf(objectOf({ id: text, virtualMachineId: text })),
    startGroupActions: listOf(ACTION),
    endGroupActions: listOf(ACTION),
  }),
};

const PLAN_POINT: Fields = {
  recoveryPointType: needed(
    oneOf("Latest", "LatestApplicationConsistent", "LatestCrashConsistent", "LatestProcessed"),
  ),
  cloudServiceCreationOption: text,
  multiVmSyncPointOption: oneOf("UseMultiVmSyncRecoveryPoint", "UsePerVmRecoveryPoint"),
};

/** Hyper-V knows no kind for the latest crash-consistent point; the recorded client named none. */
const HYPER_V_POINT: Fields = {
  primaryKekCertificatePfx: text,
  secondaryKekCertificatePfx: text,
  recoveryPointType: oneOf("Latest", "LatestApplicationConsistent", "LatestProcessed"),
};

const FAILOVER_DETAILS: Readonly<Record<string, Fields>> = {
  A2A: PLAN_POINT,
  HyperVReplicaAzure: HYPER_V_POINT,
  HyperVReplicaAzureFailback: {
    dataSyncOption: needed(oneOf("ForDownTime", "ForSynchronization")),
    recoveryVmCreationOption: needed(oneOf("CreateVmIfNotFound", "NoAction")),
  },
  ...VMM_PLAN_FAILOVER,
  ...SITE_PLAN_FAILOVER,
};

/** Names of the request bodies of recovery plans and their verbs. */
export type PlanBodyName =
  | "plan"
  | "planUpdate"
  | "planTestFailover"
  | "planUnplannedFailover"
  | "planPlannedFailover";

/** What the bodies of recovery plans and their verbs must be; from the swagger's definitions, the members of the unions that are simulated. */
export const PLAN_BODIES: Readonly<Record<PlanBodyName, Fields>> = {
  plan: properties({
    primaryFabricId: neededText,
    recoveryFabricId: neededText,
    failoverDeploymentModel: oneOf("NotApplicable", "Classic", "ResourceManager"),
    groups: needed(GROUPS),
    providerSpecificInput: listOf(
      unionOf({
        A2A: {
          primaryZone: text,
          recoveryZone: text,
          primaryExtendedLocation: EXTENDED_LOCATION,
          recoveryExtendedLocation: EXTENDED_LOCATION,
        },
      }),
    ),
  }),
  planUpdate: properties({ groups: GROUPS }),
  planTestFailover: properties({
    failoverDirection: needed(DIRECTION),
    networkType: neededText,
    networkId: text,
    providerSpecificDetails: listOf(unionOf(FAILOVER_DETAILS)),
  }),
  planPlannedFailover: properties({
    failoverDirection: needed(DIRECTION),
    providerSpecificDetails: listOf(unionOf(FAILOVER_DETAILS)),
  }),
  planUnplannedFailover: properties({
    failoverDirection: needed(DIRECTION),
    sourceSiteOperations: needed(SITE_OPERATIONS),
    providerSpecificDetails: listOf(unionOf(FAILOVER_DETAILS)),
  }),
};
