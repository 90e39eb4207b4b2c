import test from "ava";
import type { ActionKind } from "../../../provider/recovery/action-kinds.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import { blockers } from "../../../provider/recovery/findings.ts";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { choosePoint } from "../../../provider/recovery/recovery-point.ts";
import { actionRules } from "../../../provider/recovery/rules/plan-rules.ts";
import { checkAction, checkMachine, machineRules } from "../../../provider/recovery/rules/rules.ts";
import type { Situation } from "../../../provider/recovery/situation.ts";
import { committedItem, failedOverItem, pointAt, protectedItem, reprotectedItem } from "./items.ts";

const now = new Date("2026-01-10T12:00:00Z");

const mapping = {
  id: "m",
  name: "back",
  fabricName: "f",
  containerName: "c",
  targetContainerId: "t",
  policyId: "p",
  state: "Paired",
  health: "Normal",
  agentAutoUpdate: false,
  automationAccountId: "",
  automationAccountAuthenticationType: "",
} as const;

const networkMapping = {
  id: "n",
  name: "back",
  fabricName: "f",
  networkName: "azureNetwork",
  primaryNetworkId: "",
  recoveryNetworkId: "",
  recoveryFabricId: "",
  state: "Paired",
} as const;

function situation(
  action: ActionKind,
  item: ItemFacts,
  changes: Partial<Situation> = {},
): Situation {
  return {
    action,
    item,
    decision: decide({ kind: action, commit: false }, item, []),
    now,
    shutdownSource: true,
    changesRecoveryPoint: false,
    destination: {
      resources: [{ kind: "cache storage account", id: "/cache", exists: true }],
      eligibilityErrors: [],
      reverseContainerMapping: mapping,
      reverseNetworkMapping: networkMapping,
    },
    byPlan: false,
    companions: [item],
    vaultItems: [item],
    projected: false,
    ...changes,
  };
}

/** The destination of a clean situation with changes. */
const destination = (
  changes: Partial<Situation["destination"]>,
): Pick<Situation, "destination"> => ({
  destination: { ...situation("Failover", protectedItem()).destination, ...changes },
});

const size = {
  name: "Standard_D2s_v5",
  coreCount: 2,
  memoryGibibytes: 8,
  maximumDataDiskCount: 4,
  maximumNicCount: 2,
};
const vnet = {
  id: "/x/westeurope-vnet",
  location: "westeurope",
  subnets: [{ name: "apps", addressPrefixes: ["10.2.0.0/24"] }],
};

const passing = test.macro({
  exec: (t, action: ActionKind, item: ItemFacts) => {
    t.deepEqual(checkMachine(situation(action, item)), []);
  },
  title: (_, action: ActionKind) => `no rule finds anything against a ${action} in good order`,
});
test(passing, "Failover", protectedItem());
test(passing, "TestFailover", protectedItem());
test(passing, "Reprotect", committedItem());
test(passing, "Failback", reprotectedItem());

/** Every rule in a failing state: the finding has its id, weight and path. */
const failing = test.macro<[string, string, Situation, string?]>({
  exec: (t, rule: string, severity: string, failingSituation: Situation, path = "") => {
    const found = checkMachine(failingSituation).filter((each) => each.rule === rule);
    t.true(found.length > 0, `no finding of ${rule}`);
    t.is(found[0]?.severity, severity as never);
    t.is(found[0]?.path, path);
    t.true(found[0]?.text.includes("web"), "the finding names its machine");
    t.not(found[0]?.remedy, "");
  },
  title: (name = "") => name,
});

const busy = protectedItem({
  allowedOperations: [],
  currentScenario: { name: "TestFailover", jobName: "j" },
});
const testing = protectedItem({
  testFailoverState: "WaitingForCompletion",
  allowedOperations: ["TestFailoverCleanup"],
});
const replicating = protectedItem({
  protectionState: "InitialReplicationInProgress",
  allowedOperations: ["DisableProtection"],
});

test(
  "OP-BUSY a machine held by another job is waited for",
  failing,
  "OP-BUSY",
  "wait",
  situation("Failover", busy),
);
test(
  "OP-CLEANUP a waiting drill blocks a failover",
  failing,
  "OP-CLEANUP",
  "block",
  situation("Failover", testing),
);
test(
  "OP-ALLOWED P-02 a failover of a machine that is not protected yet is blocked",
  failing,
  "OP-ALLOWED",
  "block",
  situation("Failover", replicating),
);
test(
  "OP-ALLOWED a verb that the service does not offer is blocked",
  failing,
  "OP-ALLOWED",
  "block",
  situation("Failover", protectedItem({ allowedOperations: ["DisableProtection"] })),
);
test(
  "A2-DRILL A-02 a failover without a drill before it is warned of",
  failing,
  "A2-DRILL",
  "warn",
  situation("Failover", withoutDrill()),
);
test(
  "A2-POINT A-04 a recovery point that does not exist blocks",
  failing,
  "A2-POINT",
  "block",
  situation("Failover", protectedItem(), {
    recoveryPoint: choosePoint("2020-01-01T00:00:00Z", protectedItem(), [
      pointAt("2026-01-10T11:00:00Z"),
    ]),
  }),
  "recoveryPoint",
);
test(
  "A2-LAG a replication that lags behind the threshold is warned of",
  failing,
  "A2-LAG",
  "warn",
  situation("Failover", protectedItem({ replicationLagSeconds: 3600 })),
);
test(
  "A2-SHUTDOWN A-05 a source that is left running is warned of",
  failing,
  "A2-SHUTDOWN",
  "warn",
  situation("Failover", protectedItem(), { shutdownSource: false }),
  "shutdownSource",
);
test(
  "A2-COMMIT A-07 A-08 changing the point after the commit is blocked",
  failing,
  "A2-COMMIT",
  "block",
  situation("Failover", committedItem(), { changesRecoveryPoint: true }),
  "recoveryPoint",
);
test(
  "A2-REPROTECT A-09 reprotect before the commit is blocked",
  failing,
  "A2-REPROTECT",
  "block",
  situation("Reprotect", failedOverItem()),
);
test(
  "A2-REPROTECT A-09 reprotect without a failover is blocked",
  failing,
  "A2-REPROTECT",
  "block",
  situation("Reprotect", protectedItem()),
);
test(
  "A2-REGION A-09 reprotect towards a region that does not answer is blocked",
  failing,
  "A2-REGION",
  "block",
  situation("Reprotect", committedItem(), destination({ trouble: "the region is down" })),
);
test(
  "A2-REGION a fabric in critical health blocks",
  failing,
  "A2-REGION",
  "block",
  situation("Failover", protectedItem(), destination({ fabricHealth: "Critical" })),
);
test(
  "A2-CACHE a reprotect without a cache storage account is blocked",
  failing,
  "A2-CACHE",
  "block",
  situation("Reprotect", committedItem(), destination({ resources: [] })),
  "cacheStorageAccount",
);
test(
  "A2-NEW A-11 resources that a reprotect creates are warned of",
  failing,
  "A2-NEW",
  "warn",
  situation(
    "Reprotect",
    committedItem(),
    destination({ resources: [{ kind: "resource group", id: "/rg/new", exists: false }] }),
  ),
);
test(
  "A2-SOURCE the original machine that becomes the seed is named",
  failing,
  "A2-SOURCE",
  "warn",
  situation("Reprotect", committedItem(), destination({ seedMachineId: "/vm/web" })),
);
test(
  "A2-GONE a failed-over machine that was deleted cannot be reprotected",
  failing,
  "A2-GONE",
  "block",
  situation("Reprotect", committedItem(), destination({ runningMachineExists: false })),
);
test(
  "A2-FAILBACK A-13 a failback of a machine that runs at home is blocked",
  failing,
  "A2-FAILBACK",
  "block",
  situation("Failback", protectedItem()),
);
test(
  "A2-FAILBACK A-13 a failback before the reprotect is blocked",
  failing,
  "A2-FAILBACK",
  "block",
  situation("Failback", committedItem()),
);
test(
  "A2-TARGET a target network in another region is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({ network: { ...vnet, location: "northeurope" } }),
  ),
);
test(
  "A2-TARGET a subnet that is not there is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation("Failover", protectedItem(), destination({ network: { ...vnet, subnets: [] } })),
);
test(
  "A2-TARGET an address outside its subnet is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({
      network: { ...vnet, subnets: [{ name: "apps", addressPrefixes: ["10.9.0.0/24"] }] },
    }),
  ),
);
test(
  "A2-TARGET a resource group that is not there is blocked",
  failing,
  "A2-TARGET",
  "block",
  situation(
    "Failover",
    protectedItem(),
    destination({ resources: [{ kind: "resource group", id: "/rg", exists: false }] }),
  ),
);
test(
  "A2-REQUIREMENTS A-03 a size that is not offered is blocked",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation("TestFailover", protectedItem(), destination({ sizes: [] })),
);
test(
  "A2-REQUIREMENTS A-03 more network interfaces than the size takes are blocked",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation("Failover", protectedItem(), destination({ sizes: [{ ...size, maximumNicCount: 0 }] })),
);
test(
  "A2-REQUIREMENTS A-03 what the service says against the machine blocks in its words",
  failing,
  "A2-REQUIREMENTS",
  "block",
  situation(
    "TestFailover",
    protectedItem(),
    destination({ eligibilityErrors: ["The OS is not supported."] }),
  ),
);
test(
  "A2-TEST-NETWORK a drill in the production network is blocked",
  failing,
  "A2-TEST-NETWORK",
  "block",
  situation("TestFailover", protectedItem(), {
    testNetworkId: protectedItem().target.networkId.toUpperCase(),
  }),
  "network",
);
test(
  "A2-REVERSE a failover without a way back is warned of, not blocked",
  failing,
  "A2-REVERSE",
  "warn",
  situation("Failover", protectedItem(), { destination: { resources: [], eligibilityErrors: [] } }),
);
test(
  "A2-REVERSE a reprotect without a container mapping is blocked",
  failing,
  "A2-REVERSE",
  "block",
  situation("Reprotect", committedItem(), {
    destination: { resources: [], eligibilityErrors: [] },
  }),
);
test(
  "IT-HEALTH health errors are told in the service's words",
  failing,
  "IT-HEALTH",
  "warn",
  situation(
    "Failover",
    protectedItem({
      healthErrors: [
        {
          code: "153007",
          level: "Critical",
          category: "Replication",
          message: "No point for 60 minutes.",
          possibleCauses: "",
          recommendedAction: "Look at the agent.",
        },
      ],
    }),
  ),
);
test(
  "GR-PLAN one member of a replication group does not move alone",
  failing,
  "GR-PLAN",
  "block",
  situation("Failover", member("web"), { vaultItems: [member("web"), member("app")] }),
);

function withoutDrill(): ItemFacts {
  const { lastSuccessfulTestFailoverTime: _, ...item } = protectedItem();
  return item;
}

function member(name: string): ItemFacts {
  return protectedItem({
    name,
    multiVmGroupName: "orders",
    multiVmGroupId: "g",
    multiVmGroupCreatedByUser: true,
  });
}

test("P-02 a blocker that is waived by its id weighs as a warning and says so", (t) => {
  const [found] = checkMachine(situation("Failover", replicating), ["OP-ALLOWED"]);
  t.like(found, { rule: "OP-ALLOWED", severity: "warn", waived: true });
  t.regex(found?.text ?? "", /waived/);
});

test("P-02 a warning never blocks", (t) => {
  const found = checkMachine(situation("Failover", withoutDrill(), { shutdownSource: false }));
  t.is(found.length, 2);
  t.deepEqual(blockers(found), []);
});

const setting = {
  action: "Failover",
  items: [protectedItem()],
  ageOf: [protectedItem()],
  pointTimes: new Map([["web", "2026-01-10T11:00:00Z"]]),
  now,
} as const;

test("the expected blast radius is checked by items, number and age of the points", (t) => {
  const rules = (expect: object): readonly string[] =>
    checkAction("x", { ...setting, expect }).map((each) => each.rule);
  t.deepEqual(
    rules({ items: ["web"], count: 1, recoveryPointMaximumAgeMilliseconds: 7_200_000 }),
    [],
  );
  t.deepEqual(rules({ items: ["web", "app"] }), ["EX-ITEMS"]);
  t.deepEqual(rules({ count: 3 }), ["EX-COUNT"]);
  t.deepEqual(rules({ recoveryPointMaximumAgeMilliseconds: 60_000 }), ["EX-POINT-AGE"]);
});

test("a recovery plan takes no given point, has machines and keeps the service's limits", (t) => {
  const plan = {
    id: "p",
    name: "orders",
    friendlyName: "orders",
    primaryFabricId: "",
    recoveryFabricId: "",
    primaryZone: "",
    recoveryZone: "",
    allowedOperations: [],
    groups: Array.from({ length: 8 }, () => ({
      type: "Boot" as const,
      itemNames: [],
      startActions: [],
      endActions: [],
    })),
  };
  const rules = checkAction("plan", {
    ...setting,
    plan,
    items: [],
    wantedPoint: "2026-01-01T00:00:00Z",
  }).map((each) => each.rule);
  t.deepEqual(rules, ["PL-EMPTY", "PL-LIMITS", "PL-POINT"]);
});

test("every rule has an id of its own, a source and a summary", (t) => {
  const ids = [...machineRules, ...actionRules].map((rule) => rule.id);
  t.is(new Set(ids).size, ids.length);
  for (const rule of [...machineRules, ...actionRules]) {
    t.true(rule.summary.endsWith("."), rule.id);
    t.not(rule.source, "");
  }
});
