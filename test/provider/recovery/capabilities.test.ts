import test from "ava";
import { type ActionKind, actionWords } from "../../../provider/recovery/action-kinds.ts";
import {
  capabilities,
  capabilityOf,
  failoversOf,
  isRetired,
  knows,
  retirementOf,
} from "../../../provider/recovery/capabilities.ts";
import { decide } from "../../../provider/recovery/decision.ts";
import type { RetiredScenario, Scenario } from "../../../provider/recovery/model.ts";
import { movesFrom } from "../../../provider/recovery/moves.ts";
import { hyperVItem } from "./hyper-v-items.ts";
import { protectedItem } from "./items.ts";
import { generations, siteItem } from "./vmware-items.ts";

const scenarios = Object.keys(capabilities) as Scenario[];
const retired: Readonly<Record<RetiredScenario, string>> = {
  VmwareToVmwareScout: "S-05 InMage Scout between VMware sites",
  VmmToVmmSan: "S-07 SAN replication between VMM sites",
  ClassicPortal: "S-05 S-07 what was set up in the classic portal",
};

for (const [scenario, name] of Object.entries(retired) as [RetiredScenario, string][]) {
  test(`${name} is retired: the table names the year, the source and a current scenario to use`, (t) => {
    t.true(isRetired(scenario));
    const { since, source, instead } = retirementOf(scenario);
    t.regex(since, /^20\d\d/);
    t.regex(source, /Microsoft/);
    t.regex(instead, /VmwareToAzure|HyperVToAzure|current scenario/);
  });

  test(`${name} knows no move: no action begins anything with an item that is left of it`, (t) => {
    t.deepEqual(capabilityOf(scenario).moves, []);
    for (const protectionState of ["Protected", "UnplannedFailoverCommitted", "RestoreFinalized"]) {
      const item = protectedItem({
        scenario,
        instanceType: "San",
        protectionState,
        initialPrimaryLocation: "",
      });
      for (const kind of Object.keys(actionWords) as ActionKind[]) {
        t.not(
          decide({ kind, commit: true }, item, []).kind,
          "start",
          `${kind}, ${protectionState}`,
        );
      }
    }
  });
}

test("every scenario that is not current says since when and what to use, current ones say nothing", (t) => {
  for (const scenario of scenarios) {
    const { status, retirement } = capabilities[scenario];
    t.is(retirement === undefined, status === "current", scenario);
    t.is(isRetired(scenario), status === "retired", scenario);
  }
});

test("X15 VMM scenarios and classic VMware are superseded, and can do all they could", (t) => {
  for (const scenario of ["VmmToAzure", "VmmToVmm", "VmwareToAzureClassic"] as const) {
    t.is(capabilities[scenario].status, "superseded");
    t.regex(retirementOf(scenario)?.since ?? "", /^2023-03/);
    t.true(capabilities[scenario].moves.length > 0);
  }
});

test("S-04 with VMM or without, Hyper-V machines know the same moves to Azure and home", (t) => {
  t.deepEqual(capabilities.VmmToAzure.moves, capabilities.HyperVToAzure.moves);
  t.deepEqual(failoversOf("HyperVToAzure", false), ["plannedFailover", "unplannedFailover"]);
  t.deepEqual(failoversOf("HyperVToAzure", true), ["plannedFailover"]);
});

test("S-06 between VMM sites every move of one side is one of the other, but the migration", (t) => {
  for (const standing of ["protected", "testing", "failedOver", "committed"] as const) {
    const away = movesFrom("VmmToVmm", { standing, away: true });
    const home = movesFrom("VmmToVmm", { standing, away: false });
    t.deepEqual(
      away.filter((verb) => verb !== "completeMigration"),
      home,
    );
  }
});

test("S-08 a migration is completed from where the machine was failed over to, committed or not, never from home", (t) => {
  for (const scenario of scenarios.filter((each) => !isRetired(each))) {
    const allowed = (standing: "protected" | "failedOver" | "committed", away: boolean): boolean =>
      movesFrom(scenario, { standing, away }).includes("completeMigration");
    t.true(allowed("failedOver", true) && allowed("committed", true), scenario);
    t.false(allowed("failedOver", false) || allowed("committed", false), scenario);
    t.false(allowed("protected", true) || allowed("protected", false), scenario);
  }
});

test("S-08 a completed migration ends the graph in every scenario: no failback, no reprotect", (t) => {
  for (const scenario of scenarios) {
    t.deepEqual(movesFrom(scenario, { standing: "migrated", away: true }), []);
  }
});

test("HV-CANCEL only the modernized VMware failback can be cancelled", (t) => {
  t.deepEqual(
    scenarios.filter((each) => knows(each, "cancelFailover")),
    ["VmwareToAzure"],
  );
});

test("H-07 a planned failover away from home is one of Hyper-V machines only", (t) => {
  const planned = [
    protectedItem(),
    ...generations.map((each) => siteItem(each)),
    hyperVItem("HyperVToAzure"),
    hyperVItem("VmmToAzure"),
    hyperVItem("VmmToVmm"),
  ].filter(
    (item) =>
      decide({ kind: "Failover", commit: false, mode: "planned" }, item, []).kind === "start",
  );
  t.deepEqual(
    planned.map((item) => item.scenario),
    ["HyperVToAzure", "VmmToAzure", "VmmToVmm"],
  );
});

test("H-07 S-07 the commit was automatic with SAN replication, as the table says", (t) => {
  t.regex(capabilityOf("VmmToVmmSan").title, /SAN replication, which commits a failover by itself/);
});
