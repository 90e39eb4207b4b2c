import test from "ava";
import { blockers } from "../../../provider/recovery/findings.ts";
import { checkMachine, checkMachines } from "../../../provider/recovery/rules/rules.ts";
import {
  hyperVItem,
  hyperVItemAfter,
  hyperVScenarios,
  markedItem,
  toAzure,
} from "./hyper-v-items.ts";
import {
  agent,
  failback,
  found,
  holds,
  hyperVSituation,
  lost,
  servers,
} from "./hyper-v-situations.ts";

const planned = { mode: "planned" } as const;

for (const scenario of hyperVScenarios) {
  const item = hyperVItem(scenario);
  const away = hyperVItemAfter(scenario, scenario === "VmmToVmm" ? 3 : 2);
  const home = hyperVItemAfter(scenario, scenario === "VmmToVmm" ? 2 : 4);

  test(`P-02 nothing blocks an action of ${scenario} in good order`, (t) => {
    for (const situation of [
      hyperVSituation("TestFailover", item),
      hyperVSituation("Failover", item),
      hyperVSituation("Failover", item, {}, planned),
      hyperVSituation("Failback", away),
      hyperVSituation("Reprotect", home),
      hyperVSituation("Resynchronize", markedItem(scenario)),
    ]) {
      t.is(situation.decision.kind, "start");
      t.deepEqual(
        checkMachine(situation)
          .filter((each) => each.severity !== "warn")
          .map((each) => each.text),
        [],
      );
    }
  });

  test(
    `HV-CONNECTED H-07 a planned failover needs the server of the source (${scenario})`,
    holds,
    "HV-CONNECTED",
    "block",
    hyperVSituation(
      "Failover",
      item,
      { hyperV: servers(item, { home: agent("host-1", lost) }) },
      planned,
    ),
    hyperVSituation("Failover", item, {}, planned),
    /host-1: it is not connected to Azure \("Disconnected", last heard of 2026/,
  );
  test(
    `HV-CONNECTED H-08 an unplanned failover goes on without the server of the source (${scenario})`,
    holds,
    "HV-CONNECTED",
    "warn",
    hyperVSituation("Failover", item, {
      hyperV: servers(item, { home: agent("host-1", lost) }),
    }),
    hyperVSituation("Failover", item),
    /goes on without it/,
  );
  test(
    `HV-CONNECTED S-03 a failback needs the server that the machine returns to (${scenario})`,
    holds,
    "HV-CONNECTED",
    "block",
    hyperVSituation("Failback", away, {
      hyperV: servers(item, { home: agent("host-1", lost) }),
    }),
    hyperVSituation("Failback", away),
  );
  test(`HV-CONNECTED a server that has not registered, or not any more, stops a failback (${scenario})`, (t) => {
    const { home: _, ...none } = servers(item);
    const [first] = found("HV-CONNECTED", hyperVSituation("Failback", away, { hyperV: none }));
    t.is(first?.severity, "block");
    t.regex(first?.text ?? "", /of plant-one: it is not registered\. Register it/);
  });
  test(
    `HV-CONNECTED a server that is called connected and is silent is warned of (${scenario})`,
    holds,
    "HV-CONNECTED",
    "warn",
    hyperVSituation("Failback", away, {
      hyperV: servers(item, {
        home: agent("host-1", { lastHeartbeat: "2026-01-10T11:00:00Z" }),
      }),
    }),
    hyperVSituation("Failback", away),
    /silent for 1 h/,
  );
  test(
    `HV-RESYNC H-05 a failover of a machine that is marked for resynchronization is warned of (${scenario})`,
    holds,
    "HV-RESYNC",
    "warn",
    hyperVSituation("Failover", markedItem(scenario)),
    hyperVSituation("Failover", item),
    /Declare a Resynchronize/,
  );
  test(
    `HV-PLANNED H-07 a planned failover shuts the source down and says that it stops when it cannot (${scenario})`,
    holds,
    "HV-PLANNED",
    "warn",
    hyperVSituation("Failover", item, {}, planned),
    hyperVSituation("Failover", item),
    /where that fails, the failover stops/,
  );
  test(
    `HV-PLANNED a planned failover that may not shut the source down is a contradiction (${scenario})`,
    holds,
    "HV-PLANNED",
    "block",
    hyperVSituation("Failover", item, { shutdownSource: false }, planned),
    hyperVSituation("Failover", item, { shutdownSource: false }),
    /\(shutdownSource\)/,
  );
  test(
    `HV-UNPLANNED H-08 an unplanned failover says what is lost (${scenario})`,
    holds,
    "HV-UNPLANNED",
    "warn",
    hyperVSituation("Failover", item),
    hyperVSituation("Failover", item, {}, planned),
    /what has not been replicated yet is lost/,
  );
}

test("HV-CONNECTED S-06 between VMM sites the server that takes over must be there, whatever the failover", (t) => {
  const item = hyperVItem("VmmToVmm");
  const gone = { hyperV: servers(item, { second: agent("vmm-2", lost) }) };
  for (const situation of [
    hyperVSituation("TestFailover", item, gone),
    hyperVSituation("Failover", item, gone),
    hyperVSituation("Failover", item, gone, planned),
  ]) {
    t.is(found("HV-CONNECTED", situation)[0]?.severity, "block", situation.action);
  }
  const away = hyperVItemAfter("VmmToVmm", 3);
  t.is(
    found("HV-CONNECTED", hyperVSituation("Failback", away, gone, { mode: "unplanned" }))[0]
      ?.severity,
    "warn",
  );
});

test("HV-CONNECTED HV-ALTERNATE a host that is to register in the same program stops nothing, one that fell silent does", (t) => {
  const away = hyperVItemAfter("HyperVToAzure", 2);
  const waits = servers(away, { home: agent("host-1", lost), comingNames: ["host-1", "host-3"] });
  const { home: _, ...unregistered } = waits;
  const comes = hyperVSituation("Failback", away, { hyperV: unregistered });
  t.deepEqual(found("HV-CONNECTED", comes), []);
  const silent = hyperVSituation("Failback", away, { hyperV: waits });
  t.is(found("HV-CONNECTED", silent)[0]?.severity, "block");
  const choice = failback({ createMachineIfAbsent: true, alternateHost: { name: "Host-3" } });
  const elsewhere = hyperVSituation("Failback", away, { ...choice, hyperV: waits });
  t.deepEqual(found("HV-ALTERNATE", elsewhere), []);
});

for (const scenario of hyperVScenarios) {
  test(`HV-CONNECTED HV-NETMAP a commit at the other site needs nothing of the site that was lost (${scenario})`, (t) => {
    const pending = hyperVItemAfter(scenario, 1);
    const ruined = {
      hyperV: servers(pending, { home: agent("host-1", lost), networksMapped: false }),
    };
    const commit = hyperVSituation("Failover", pending, ruined, { commit: true });
    t.deepEqual(commit.decision, { kind: "start", verbs: ["commit"] });
    t.deepEqual(
      checkMachine(commit).map((each) => each.text),
      [],
    );
  });
}

test("HV-CONNECTED a drill in Azure needs no host", (t) => {
  const item = hyperVItem("HyperVToAzure");
  const gone = { hyperV: servers(item, { home: agent("host-1", lost) }) };
  t.deepEqual(found("HV-CONNECTED", hyperVSituation("TestFailover", item, gone)), []);
});

test("HV-CONNECTED a host that many machines share is told of once", (t) => {
  const situations = ["a", "b", "c"].map((name) => {
    const item = hyperVItem("HyperVToAzure", { name, friendlyName: name });
    return hyperVSituation(
      "Failover",
      item,
      { hyperV: servers(item, { home: agent("host-1", lost) }) },
      planned,
    );
  });
  const told = checkMachines(situations).filter((each) => each.rule === "HV-CONNECTED");
  t.deepEqual(
    told.map((each) => each.subject),
    ["Hyper-V host host-1"],
  );
});

for (const scenario of ["VmmToAzure", "VmmToVmm"] as const) {
  const item = hyperVItem(scenario);
  test(
    `HV-NETMAP S-04 S-06 a machine of a VMM cloud is not failed over without a network mapping (${scenario})`,
    holds,
    "HV-NETMAP",
    "block",
    hyperVSituation("Failover", item, { hyperV: servers(item, { networksMapped: false }) }),
    hyperVSituation("Failover", item),
    /Declare a NetworkMapping from a VM network of plant-one/,
  );
}

test("HV-NETMAP a Hyper-V site without VMM needs no network mapping", (t) => {
  const item = hyperVItem("HyperVToAzure");
  t.deepEqual(found("HV-NETMAP", hyperVSituation("Failover", item)), []);
});

for (const scenario of toAzure) {
  const away = hyperVItemAfter(scenario, 2);
  test(
    `HV-POINT a failback from Azure goes to the latest data (${scenario})`,
    holds,
    "HV-POINT",
    "block",
    hyperVSituation("Failback", away, {
      recoveryPoint: { wanted: "latestProcessed", kind: "Latest" },
    }),
    hyperVSituation("Failback", away, { recoveryPoint: { wanted: "latest", kind: "Latest" } }),
    /\(recoveryPoint\)/,
  );
  test(`HV-POINT a failover to Azure may go to another point (${scenario})`, (t) => {
    const point = { wanted: "latestApplicationConsistent", kind: "Custom" } as const;
    const situation = hyperVSituation("Failover", hyperVItem(scenario), { recoveryPoint: point });
    t.deepEqual(found("HV-POINT", situation), []);
  });
}

test("HV-POINT a failover or drill between VMM sites goes to the latest data", (t) => {
  const point = { wanted: "latestApplicationConsistent", kind: "Custom" } as const;
  for (const action of ["Failover", "TestFailover"] as const) {
    const situation = hyperVSituation(action, hyperVItem("VmmToVmm"), { recoveryPoint: point });
    t.is(found("HV-POINT", situation)[0]?.severity, "block");
  }
});

test("HV-POINT A-07 the point is changed in Azure before the commit, not at home and not between VMM sites", (t) => {
  const change = { changesRecoveryPoint: true };
  const inAzure = hyperVSituation("Failover", hyperVItemAfter("HyperVToAzure", 1), change);
  t.deepEqual(found("HV-POINT", inAzure), []);
  for (const [action, item] of [
    ["Failback", hyperVItemAfter("HyperVToAzure", 3)],
    ["Failover", hyperVItemAfter("VmmToVmm", 1)],
  ] as const) {
    const [first] = found("HV-POINT", hyperVSituation(action, item, change));
    t.is(first?.severity, "block");
    t.is(first?.path, "recoveryPoint");
  }
});

test("P-02 what an action before this one will change is not judged by what the servers are now", (t) => {
  const item = hyperVItem("VmmToAzure");
  const { hyperV: _, ...unseen } = hyperVSituation("Failover", item, { projected: true });
  t.deepEqual(blockers(checkMachine(unseen)), []);
});
