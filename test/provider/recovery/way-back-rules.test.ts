import test from "ava";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { view, vm } from "./site-facts.ts";
import {
  chosen,
  classic,
  failbackPolicy,
  holds,
  modernized,
  siteItemAfter,
  siteSituation,
} from "./site-situations.ts";
import { situation } from "./situations.ts";

const problem = {
  input: "masterTarget",
  fact: "there are several master targets (mt-1, mt-2).",
  remedy: "Give one of them.",
} as const;

test(
  "PO-FAILBACK R-02 a classic reprotect without the failback policy",
  holds,
  "PO-FAILBACK",
  "block",
  siteSituation("Reprotect", classic, { site: { failbackPolicy: { wanted: "" } } }),
  siteSituation("Reprotect", classic),
  /failback: true.*container with itself/,
);
test(
  "PO-FAILBACK R-02 a failback policy that was edited is told value by value",
  holds,
  "PO-FAILBACK",
  "block",
  siteSituation("Reprotect", classic, {
    site: {
      failbackPolicy: failbackPolicy(classic, {
        recoveryPointHistoryMinutes: 60,
        recoveryPointThresholdMinutes: 30,
      }),
    },
  }),
  siteSituation("Reprotect", classic),
  /RPO threshold 30 min instead of 15, retention 60 min instead of 1440/,
);
test(
  "PO-FAILBACK a policy of the way to Azure is none for the way back",
  holds,
  "PO-FAILBACK",
  "block",
  siteSituation("Reprotect", classic, {
    site: { failbackPolicy: failbackPolicy(classic, { instanceType: "InMageAzureV2" }) },
  }),
  siteSituation("Reprotect", classic),
  /InMageAzureV2, not InMage/,
);
test(
  "PO-FAILBACK a modernized site brings its own policy; one that is named must be there",
  holds,
  "PO-FAILBACK",
  "block",
  siteSituation("Reprotect", modernized, { site: { failbackPolicy: { wanted: "/p/mine" } } }),
  siteSituation("Reprotect", modernized),
  /no policy mine.*\(policy\)/,
);

for (const generation of [modernized, classic]) {
  test(
    `GR-VALUES R-04 in a recovery plan the values of every machine are asked for by its name (${generation.scenario})`,
    holds,
    "GR-VALUES",
    "block",
    siteSituation("Reprotect", generation, {
      site: { servers: chosen(generation, { problems: [problem] }) },
      rest: { byPlan: true },
    }),
    siteSituation("Reprotect", generation, { rest: { byPlan: true } }),
    /machineSettings\.web\.masterTarget/,
  );
  test(
    `FB-DIRECTION V-03 a failback starts from Azure (${generation.scenario})`,
    holds,
    "FB-DIRECTION",
    "block",
    {
      ...siteSituation("Failback", generation, { item: { instanceType: generation.forward } }),
      decision: { kind: "start", verbs: [generation.failback] },
      item: { ...siteItemAfter(generation, 3), activeLocation: "Recovery" },
    },
    siteSituation("Failback", generation),
    /start from Azure/,
  );
  test(
    `FB-POINT V-04 an application-consistent point costs what came after it (${generation.scenario})`,
    holds,
    "FB-POINT",
    "warn",
    siteSituation("Failback", generation, {
      rest: {
        recoveryPoint: {
          wanted: "latestApplicationConsistent",
          kind: "LatestApplicationConsistent",
          time: "2026-01-10T11:00:00Z",
        },
      },
    }),
    siteSituation("Failback", generation),
    /application-consistent.*last 1 h is lost.*\(recoveryPoint\)/,
  );
  test(
    `FB-DOWNTIME V-05 a failback shuts the machines in Azure down (${generation.scenario})`,
    holds,
    "FB-DOWNTIME",
    "warn",
    siteSituation("Failback", generation),
    siteSituation("Reprotect", generation),
    /shut down/,
  );
  test(
    `FB-STOPPED V-06 the commit waits until the machine in Azure is stopped (${generation.scenario})`,
    holds,
    "FB-STOPPED",
    "wait",
    siteSituation("Failback", generation, { after: 4, commit: true }),
    siteSituation("Failback", generation, {
      after: 4,
      commit: true,
      site: { azureMachine: machine("deallocated") },
    }),
    /web-azure\) is running/,
  );
  test(
    `FB-COMMIT V-07 the commit names the machine in Azure that it removes (${generation.scenario})`,
    holds,
    "FB-COMMIT",
    "warn",
    siteSituation("Failback", generation, { commit: true }),
    siteSituation("Failback", generation),
    /removes its machine in Azure, web-azure/,
  );
  test(
    `FB-TOOLS V-08 VMware Tools of a Windows machine run again after the failback (${generation.scenario})`,
    holds,
    "FB-TOOLS",
    "warn",
    returned({ osType: "Windows" }, "guestToolsNotRunning"),
    returned({ osType: "Windows" }, "guestToolsRunning"),
    /guestToolsNotRunning/,
  );
  test(`FB-TOOLS V-08 Linux machines are not asked for them (${generation.scenario})`, (t) => {
    const found = checkMachine(returned({ osType: "Linux" }, "guestToolsNotRunning"));
    t.false(found.some((each) => each.rule === "FB-TOOLS"));
  });
  test(
    `FB-AGAIN V-09 after the commit machines are not protected (${generation.scenario})`,
    holds,
    "FB-AGAIN",
    "warn",
    siteSituation("Failback", generation, { commit: true }),
    siteSituation("Failback", generation),
    /Declare a Reprotect/,
  );
  test(
    `FB-NETMAN Network Manager of Linux machines is gone (${generation.scenario})`,
    holds,
    "FB-NETMAN",
    "warn",
    siteSituation("Failback", generation),
    siteSituation("Failback", generation, { item: { osType: "Windows" } }),
  );

  function returned(item: object, toolsRunningStatus: string) {
    return siteSituation("Failback", generation, {
      after: 4,
      commit: true,
      item,
      site: {
        azureMachine: machine("deallocated"),
        machine: view(vm("web", { powerState: "poweredOn", toolsRunningStatus })),
      },
    });
  }
}

const group = { multiVmGroupId: "g", multiVmGroupName: "orders", multiVmGroupCreatedByUser: true };
test("GR-PLAN R-04 a member of a classic group is reprotected through a recovery plan only", (t) => {
  const item = siteItemAfter(classic, 2, group);
  const other = siteItemAfter(classic, 2, { ...group, name: "app" });
  const asked = (byPlan: boolean) =>
    checkMachine(
      situation("Reprotect", item, {
        byPlan,
        vaultItems: [item, other],
        companions: byPlan ? [item, other] : [item],
      }),
    ).filter((each) => each.rule === "GR-PLAN");
  t.regex(asked(false)[0]?.text ?? "", /orders.*\(recoveryPlan\)/);
  t.is(asked(false)[0]?.severity, "block");
  t.deepEqual(asked(true), []);
});
test("GR-PLAN R-04 one member of a group does not fail back alone", (t) => {
  const item = siteItemAfter(classic, 3, group);
  const other = siteItemAfter(classic, 3, { ...group, name: "app" });
  const asked = (companions: readonly (typeof item)[]) =>
    checkMachine(situation("Failback", item, { vaultItems: [item, other], companions })).filter(
      (each) => each.rule === "GR-PLAN",
    );
  t.regex(asked([item])[0]?.text ?? "", /app/);
  t.deepEqual(asked([item, other]), []);
});
test(
  "GR-SAME-MT R-04 a group returns through one master target",
  holds,
  "GR-SAME-MT",
  "block",
  siteSituation("Reprotect", classic, {
    item: group,
    rest: { byPlan: true },
    site: { groupMembers: [member({ masterTarget: "mt-other" })] },
  }),
  siteSituation("Reprotect", classic, {
    item: group,
    rest: { byPlan: true },
    site: { groupMembers: [member({ masterTarget: "mt-linux" })] },
  }),
  /app \(mt-other\)/,
);
test(
  "GR-SAME-OS a group is of one family",
  holds,
  "GR-SAME-OS",
  "block",
  siteSituation("Reprotect", classic, {
    item: group,
    site: { groupMembers: [member({ osType: "Windows" })] },
  }),
  siteSituation("Reprotect", classic, { item: group, site: { groupMembers: [member({})] } }),
  /app \(Windows\)/,
);

function member(changes: object) {
  return { machine: "app", osType: "Linux", masterTarget: "mt-linux", ...changes };
}
function machine(powerState: string) {
  return { exists: true, id: "/vm/web-azure", name: "web-azure", powerState, diskCount: 1 };
}
