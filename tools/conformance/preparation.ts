import type { Simulator } from "../../simulator/index.ts";
import type { Exchange } from "./exchanges.ts";
import type { Ask, Reply } from "./replay.ts";
import { BODIES, NAMES } from "./world.ts";

/** Names that a preparation found, by the segments of the exchange's path. */
export type Prepared = Readonly<Record<string, string | undefined>>;

interface Bench {
  readonly simulator: Simulator;
  readonly ask: Ask;
  /** Does a write and waits for its end. */
  readonly run: Ask;
}

const VAULT = `/subscriptions/${NAMES.subscriptionId}/resourceGroups/${NAMES.resourceGroupName}/providers/Microsoft.RecoveryServices/vaults/${NAMES.resourceName}`;
const FABRIC = `${VAULT}/replicationFabrics/${NAMES.fabricName}`;
const CONTAINER = `${FABRIC}/replicationProtectionContainers/${NAMES.protectionContainerName}`;
const ITEM = `${CONTAINER}/replicationProtectedItems/${NAMES.replicatedProtectedItemName}`;
const PLAN = `${VAULT}/replicationRecoveryPlans/${NAMES.recoveryPlanName}`;

type Step = (bench: Bench) => Promise<Prepared>;

const body = (operationId: string) => ({ properties: BODIES[operationId] });
const verb =
  (base: string, name: string, operationId?: string): Step =>
  async ({ run }) => {
    await run("POST", `${base}/${name}`, operationId === undefined ? undefined : body(operationId));
    return {};
  };

const failOver = verb(ITEM, "unplannedFailover", "ReplicationProtectedItems_UnplannedFailover");
const commit = verb(ITEM, "failoverCommit");
const drill = verb(ITEM, "testFailover", "ReplicationProtectedItems_TestFailover");
const planFailOver = verb(PLAN, "unplannedFailover", "ReplicationRecoveryPlans_UnplannedFailover");
const planDrill = verb(PLAN, "testFailover", "ReplicationRecoveryPlans_TestFailover");
const switchSides = verb(
  CONTAINER,
  "switchprotection",
  "ReplicationProtectionContainers_SwitchProtection",
);
const makePlan: Step = async ({ run }) => {
  await run("PUT", PLAN, body("ReplicationRecoveryPlans_Create"));
  return {};
};
const makeIntent: Step = async ({ ask }) => {
  await ask(
    "PUT",
    `${VAULT}/replicationProtectionIntents/new`,
    body("ReplicationProtectionIntents_Create"),
  );
  return { intentObjectName: "new" };
};
const refreshHealth = verb(VAULT, "replicationVaultHealth/default/refresh");

function lastSegment(reply: Reply): string | undefined {
  const poll = new URL(reply.headers.get("azure-asyncoperation") ?? "");
  return poll.pathname.split("/").at(-1);
}

/** Starts a write and lets some minutes pass; the job is what the exchange is about. */
function startJob(path: string, operationId: string, minutes: number): Step {
  return async ({ simulator, ask }) => {
    const reply = await ask("POST", path, body(operationId));
    simulator.clock.advance(minutes * 60_000);
    return { jobName: lastSegment(reply) };
  };
}

const failOverRunning = startJob(
  `${ITEM}/unplannedFailover`,
  "ReplicationProtectedItems_UnplannedFailover",
  1,
);
const refusedJob = startJob(
  `${ITEM}/plannedFailover`,
  "ReplicationProtectedItems_PlannedFailover",
  1,
);

/** A failover cancelled half-way leaves a replication to be repaired. */
const cancelFailOver: Step = async (bench) => {
  const { jobName } = await failOverRunning(bench);
  await bench.run("POST", `${VAULT}/replicationJobs/${jobName}/cancel`);
  return {};
};

/** A plan that waits for a person at its manual action. */
const waitingPlan: Step = async ({ simulator, ask, run }) => {
  const plan = BODIES.ReplicationRecoveryPlans_Create as { groups: readonly object[] };
  const action = {
    actionName: "look",
    failoverTypes: ["UnplannedFailover"],
    failoverDirections: ["PrimaryToRecovery"],
    customDetails: { instanceType: "ManualActionDetails", description: "Look." },
  };
  const groups = plan.groups.map((group) => ({ ...group, startGroupActions: [action] }));
  await run("PUT", PLAN, { properties: { ...plan, groups } });
  await ask(
    "POST",
    `${PLAN}/unplannedFailover`,
    body("ReplicationRecoveryPlans_UnplannedFailover"),
  );
  simulator.clock.advance(60 * 60_000);
  const { value } = (await ask("GET", `${VAULT}/replicationJobs`)).body as JobList;
  const waiting = value.find(({ properties }) => properties.state === "Suspended");
  return { jobName: waiting?.name };
};

interface JobList {
  readonly value: readonly { readonly name: string; readonly properties: { state: string } }[];
}

const inMachinesGroup: Step = async () => ({ resourceGroupName: "rg-east" });

function named(segment: string, list: string): Step {
  return async ({ ask }) => {
    const { value } = (await ask("GET", list)).body as { value: readonly { name: string }[] };
    return { [segment]: value[0]?.name };
  };
}

const fromJob = named("jobName", `${VAULT}/replicationJobs`);
const fromEvent = named("eventName", `${VAULT}/replicationEvents`);

/** The process servers of the classic site. */
const processServers: Step = async ({ ask }) => {
  const { properties } = (await ask("GET", `${VAULT}/replicationFabrics/server`)).body as {
    properties: { customDetails: { processServers: readonly { id: string }[] } };
  };
  const [first, second] = properties.customDetails.processServers;
  return { sourceProcessServer: first?.id, targetProcessServer: second?.id };
};

const protectable = named(
  "protectableItemName",
  `${VAULT}/replicationFabrics/server/replicationProtectionContainers/server-container/replicationProtectableItems`,
);

const startRefresh: Step = async ({ ask }) => ({
  operation: lastSegment(await ask("POST", `${VAULT}/replicationVaultHealth/default/refresh`)),
});

const makeVault: Step = async ({ ask }) => ({
  resourceName: "new",
  operation: lastSegment(
    await ask("PUT", VAULT.replace(/[^/]+$/, "new"), {
      location: "westus",
      sku: { name: "Standard" },
      properties: {},
    }),
  ),
});

const letPass: Step = async ({ simulator }) => {
  simulator.clock.advance(60 * 60_000);
  return {};
};

/** What has to be done before an operation has something to work on. */
const STEPS: Readonly<Record<string, readonly Step[]>> = {
  ReplicationProtectedItems_FailoverCommit: [failOver],
  ReplicationProtectedItems_ApplyRecoveryPoint: [failOver],
  ReplicationProtectedItems_TestFailoverCleanup: [drill],
  ReplicationProtectedItems_Reprotect: [failOver, commit],
  ReplicationProtectedItems_RepairReplication: [cancelFailOver],
  ReplicationProtectionContainers_SwitchProtection: [failOver, commit],
  ReplicationRecoveryPlans_FailoverCommit: [makePlan, planFailOver],
  ReplicationRecoveryPlans_TestFailoverCleanup: [makePlan, planDrill],
  ReplicationRecoveryPlans_List: [makePlan],
  ReplicationProtectionIntents_Get: [makeIntent],
  ReplicationProtectionIntents_List: [makeIntent],
  ReplicationEvents_List: [failOver],
  ReplicationEvents_Get: [failOver, fromEvent],
  RecoveryPoints_Get: [named("recoveryPointName", `${ITEM}/recoveryPoints`)],
  ReplicationJobs_Cancel: [failOverRunning],
  ReplicationJobs_Restart: [refusedJob],
  ReplicationJobs_Resume: [waitingPlan],
  ReplicationEligibilityResults_List: [inMachinesGroup],
  ReplicationEligibilityResults_Get: [inMachinesGroup],
  VaultOperationStatus: [makeVault, letPass],
  ReplicationJobs_List: [refreshHealth],
  ReplicationJobs_Get: [refreshHealth, fromJob],
  ReplicationFabrics_ReassociateGateway: [processServers],
  ReplicationProtectableItems_Get: [protectable],
  ReplicationPolicies_Delete: [async () => ({ policyName: "unused" })],
};

/** Operations that work on an existing plan. */
const ON_PLAN = /^ReplicationRecoveryPlans_(?!Create|List)/;
/** Operations that make an object of a new name. */
const MAKES: Readonly<Record<string, Prepared>> = {
  ReplicationProtectionContainers_Create: { protectionContainerName: "new" },
  ReplicationProtectedItems_Create: { replicatedProtectedItemName: "new" },
  ReplicationPolicies_Create: { policyName: "new" },
  Vaults: { resourceName: "new" },
};
const ON_PROVIDER = named("providerName", `${FABRIC}/replicationRecoveryServicesProviders`);

/** Brings the world into the state the exchange needs; returns the names of what it is about. */
export async function prepare(exchange: Exchange, bench: Bench): Promise<Prepared> {
  const { operationId, path, source } = exchange;
  const steps: Step[] = [...(STEPS[operationId] ?? [])];
  if (steps.length === 0 && ON_PLAN.test(operationId)) steps.push(makePlan);
  if (path.includes("{providerName}")) steps.push(ON_PROVIDER);
  if (operationId === "ReplicationOperationStatus") steps.push(startRefresh);
  if (source.includes("opstatus-succeeded")) steps.push(letPass);
  if (source.includes("after-switch")) steps.push(failOver, commit, switchSides, movedItem);
  if (source.includes("commit-pending")) steps.push(failOver);
  let prepared: Prepared = MAKES[exchange.method === "PUT" ? operationId : ""] ?? {};
  for (const step of steps) prepared = { ...prepared, ...(await step(bench)) };
  return prepared;
}

const movedItem: Step = async ({ simulator }) => {
  simulator.clock.advance(60 * 60_000);
  return { fabricName: "fabric-west", protectionContainerName: "container-west" };
};
