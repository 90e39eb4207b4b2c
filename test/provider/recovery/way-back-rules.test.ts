import test from "ava";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
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
