import test from "ava";
import { blockers } from "../../../provider/recovery/findings.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { hyperV, hyperVItem, hyperVItemAfter, hyperVScenarios, toAzure } from "./hyper-v-items.ts";
import { found, holds, hyperVSituation } from "./hyper-v-situations.ts";
import { protectedItem } from "./items.ts";
import { situation } from "./situations.ts";
import { generations, siteItem, siteItemAfter } from "./vmware-items.ts";

for (const scenario of hyperVScenarios) {
  const item = hyperVItem(scenario);
  const replicating = hyperVItem(scenario, {
    protectionState: "InitialReplicationInProgress",
    protectionStateDescription: "Initial replication is in progress",
    allowedOperations: ["DisableProtection"],
    initialReplicationPercent: 23,
  });
  const finalizing = hyperVItem(scenario, {
    allowedOperations: [],
    currentScenario: { name: "EnableProtection", jobName: "job" },
    hyperV: hyperV({
      machineProtectionState: "ReplicaConfigurationInProgress",
      machineProtectionStateDescription: "Configuring the replica",
    }),
  });

  for (const action of ["TestFailover", "Failover"] as const) {
    test(
      `HV-FINALIZED H-02 a ${action} during the initial replication is refused with its progress (${scenario})`,
      holds,
      "HV-FINALIZED",
      "block",
      hyperVSituation(action, replicating),
      hyperVSituation(action, item),
      /Initial replication is in progress", 23 %/,
    );
    test(`HV-FINALIZED H-03 a ${action} waits until protection is finalized (${scenario})`, (t) => {
      const waiting = checkMachine(hyperVSituation(action, finalizing)).filter(
        (each) => each.severity !== "warn",
      );
      t.deepEqual(
        waiting.map((each) => [each.rule, each.severity]),
        [["HV-FINALIZED", "wait"]],
      );
      t.regex(waiting[0]?.text ?? "", /Configuring the replica/);
    });
  }

  test(
    `HV-DIRECTION P-02 a reprotect of a machine that never left is refused as the service would (${scenario})`,
    holds,
    "HV-DIRECTION",
    "block",
    hyperVSituation("Reprotect", item),
    hyperVSituation("Reprotect", hyperVItemAfter(scenario, scenario === "VmmToVmm" ? 2 : 4)),
    /at home, in plant-one.*InvalidFailoverDirection/,
  );

  test(`A2-FAILBACK HV-DIRECTION a failback of a machine at home has nothing to do (${scenario})`, (t) => {
    const stops = blockers(checkMachine(hyperVSituation("Failback", item)));
    t.deepEqual(
      stops.map((each) => each.rule),
      ["A2-FAILBACK"],
    );
    t.regex(stops[0]?.text ?? "", /it runs at home, in plant-one/);
  });

  test(`HV-CANCEL no failover of Hyper-V is cancelled, wherever it stands (${scenario})`, (t) => {
    const running = hyperVItemAfter(scenario, 2, {});
    const held = {
      ...running,
      allowedOperations: [],
      currentScenario: { name: "Failback", jobName: "job" },
    };
    for (const each of [item, running, held]) {
      const stops = checkMachine(hyperVSituation("CancelFailover", each));
      t.deepEqual(
        stops.map(({ rule, severity }) => [rule, severity]),
        [["HV-CANCEL", "block"]],
      );
    }
  });
}

for (const scenario of toAzure) {
  for (const [count, remedy] of [
    [1, /Commit the failover, then declare a Failback/],
    [2, /Declare a Failback instead/],
  ] as const) {
    test(`HV-DIRECTION there is no reprotect in Azure before the failback (${scenario}, ${count})`, (t) => {
      const stops = blockers(
        checkMachine(hyperVSituation("Reprotect", hyperVItemAfter(scenario, count))),
      );
      t.deepEqual(
        stops.map((each) => each.rule),
        ["HV-DIRECTION"],
      );
      t.regex(stops[0]?.text ?? "", remedy);
    });
  }

  test(`HV-DIRECTION no manage lets a reprotect begin in Azure (${scenario})`, (t) => {
    const pending = hyperVItemAfter(scenario, 1);
    const commits = hyperVSituation("Reprotect", pending, {}, { commitFirst: true });
    t.true(found("HV-DIRECTION", commits).some((each) => each.severity === "block"));
  });

  test(
    `HV-COMMIT H-07 a failover is committed before the failback (${scenario})`,
    holds,
    "HV-COMMIT",
    "block",
    hyperVSituation("Failback", hyperVItemAfter(scenario, 1)),
    hyperVSituation("Failback", hyperVItemAfter(scenario, 2)),
    /waits for the commit.*set commit to "automatic" on the Failover/,
  );
  test(
    `HV-COMMIT a failback is committed before the reverse replication (${scenario})`,
    holds,
    "HV-COMMIT",
    "block",
    hyperVSituation("Reprotect", hyperVItemAfter(scenario, 3)),
    hyperVSituation("Reprotect", hyperVItemAfter(scenario, 4)),
    /25038.*\(manage\)/,
  );
  test(`HV-COMMIT the reprotect may commit the failback when it is allowed to (${scenario})`, (t) => {
    const pending = hyperVItemAfter(scenario, 3);
    const commits = hyperVSituation("Reprotect", pending, {}, { commitFirst: true });
    t.deepEqual(blockers(checkMachine(commits)), []);
  });
  test(
    `HV-REVERSE H-09 a reprotect waits until the reverse replication is offered (${scenario})`,
    holds,
    "HV-REVERSE",
    "wait",
    hyperVSituation("Reprotect", {
      ...hyperVItemAfter(scenario, 4),
      allowedOperations: ["DisableProtection"],
    }),
    hyperVSituation("Reprotect", hyperVItemAfter(scenario, 4)),
    /does not offer its reverse replication yet \(it offers DisableProtection\)/,
  );
  test(`OP-ALLOWED a failback that the service does not offer is refused (${scenario})`, (t) => {
    const away = { ...hyperVItemAfter(scenario, 2), allowedOperations: ["DisableProtection"] };
    t.is(found("OP-ALLOWED", hyperVSituation("Failback", away))[0]?.severity, "block");
  });
  test(`OP-ALLOWED a second failover of a machine that came home names the way on (${scenario})`, (t) => {
    const home = hyperVItemAfter(scenario, 4);
    const [first] = found("OP-ALLOWED", hyperVSituation("Failover", home));
    t.regex(first?.remedy ?? "", /declare a Reprotect/);
  });
}

for (const count of [1, 2]) {
  test(`HV-DIRECTION S-06 between VMM sites a reprotect comes before the failback (${count})`, (t) => {
    const stops = blockers(
      checkMachine(hyperVSituation("Failback", hyperVItemAfter("VmmToVmm", count))),
    );
    t.deepEqual(
      stops.map((each) => each.rule),
      ["HV-DIRECTION"],
    );
    t.regex(stops[0]?.text ?? "", /not replicated home.*declare a Reprotect/);
  });
}

test("HV-REVERSE S-06 between VMM sites a failback waits until the reverse replication has ended", (t) => {
  const away = {
    ...hyperVItemAfter("VmmToVmm", 3),
    protectionState: "InitialReplicationInProgress",
    allowedOperations: ["DisableProtection"],
  };
  const waits = checkMachine(hyperVSituation("Failback", away)).filter(
    (each) => each.severity !== "warn",
  );
  t.deepEqual(
    waits.map((each) => [each.rule, each.severity]),
    [["HV-REVERSE", "wait"]],
  );
});

test("HV-CANCEL machines between regions and of a classic site are not cancelled, those of a modernized one are", (t) => {
  const [modernized, classic] = generations;
  for (const item of [protectedItem(), siteItem(classic)]) {
    const [first] = found("HV-CANCEL", situation("CancelFailover", item));
    t.is(first?.severity, "block");
    t.regex(first?.text ?? "", /Only the failback of a modernized VMware site/);
  }
  const pending = siteItemAfter(modernized, 4);
  t.deepEqual(found("HV-CANCEL", situation("CancelFailover", pending)), []);
  const [nothing] = found("HV-CANCEL", situation("CancelFailover", siteItem(modernized)));
  t.regex(nothing?.text ?? "", /nothing to cancel/);
});
