import test from "ava";
import type { ItemFacts } from "../../../provider/recovery/model.ts";
import { committedItem, failedOverItem, protectedItem, replicatingItem } from "./items.ts";
import { destination, failing, situation } from "./situations.ts";

const busy = protectedItem({
  allowedOperations: [],
  currentScenario: { name: "TestFailover", jobName: "j" },
});
const testing = protectedItem({
  testFailoverState: "WaitingForCompletion",
  allowedOperations: ["TestFailoverCleanup"],
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
  situation("Failover", replicatingItem()),
);

test(
  "OP-ALLOWED a verb that the service does not offer is blocked",
  failing,
  "OP-ALLOWED",
  "block",
  situation("Failover", protectedItem({ allowedOperations: ["DisableProtection"] })),
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
function member(name: string): ItemFacts {
  return protectedItem({
    name,
    multiVmGroupName: "orders",
    multiVmGroupId: "g",
    multiVmGroupCreatedByUser: true,
  });
}
