import test from "ava";
import { blockers } from "../../../provider/recovery/findings.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { classic, holds, modernized, onPremises, siteSituation } from "./site-situations.ts";

const gone = {
  azureMachine: { exists: false, id: "/vm/w", name: "web-azure", powerState: "", diskCount: 0 },
};

for (const generation of [modernized, classic]) {
  for (const action of ["Failover", "Reprotect", "Failback"] as const) {
    test(`P-02 nothing blocks a ${action} in good order (${generation.scenario})`, (t) => {
      const found = checkMachine(siteSituation(action, generation));
      t.deepEqual(
        found.filter((each) => each.severity !== "warn").map((each) => each.text),
        [],
      );
    });
  }
  test(
    `IT-GONE R-06 no reprotect once the machine in Azure is gone (${generation.scenario})`,
    holds,
    "IT-GONE",
    "block",
    siteSituation("Reprotect", generation, { site: gone }),
    siteSituation("Reprotect", generation),
    /web-azure.*deleted, or moved/,
  );
  test(
    `IT-GONE R-06 no failback once the machine in Azure is gone (${generation.scenario})`,
    holds,
    "IT-GONE",
    "block",
    siteSituation("Failback", generation, { site: gone }),
    siteSituation("Failback", generation),
  );
  test(
    `IT-GONE R-06 no reprotect that the service does not offer (${generation.scenario})`,
    holds,
    "IT-GONE",
    "block",
    siteSituation("Reprotect", generation, { item: { allowedOperations: ["DisableProtection"] } }),
    siteSituation("Reprotect", generation),
    /completed migration/,
  );
  test(
    `MG-ONEWAY R-06 S-09 an instance of AWS has no way back (${generation.scenario})`,
    holds,
    "MG-ONEWAY",
    "block",
    siteSituation("Reprotect", generation, {
      item: { onPremises: onPremises({ discoveryType: "AwsPhysical" }) },
    }),
    siteSituation("Reprotect", generation),
    /Amazon/,
  );
  test(
    `IT-PROTECTED V-02 a failback waits until the reprotect has finished (${generation.scenario})`,
    holds,
    "IT-PROTECTED",
    "wait",
    siteSituation("Failback", generation, {
      item: {
        protectionState: "InitialReplicationInProgress",
        protectionStateDescription: "Initial replication is in progress",
        initialReplicationPercent: 42,
        allowedOperations: ["DisableProtection"],
      },
    }),
    siteSituation("Failback", generation),
    /42 %/,
  );
  test(
    `IT-PROTECTED V-02 a failback before any reprotect is refused (${generation.scenario})`,
    holds,
    "IT-PROTECTED",
    "block",
    siteSituation("Failback", generation, { after: 2 }),
    siteSituation("Failback", generation),
    /declare a Reprotect/,
  );
  test(
    `IT-PROTECTED V-02 a failback waits until the service offers it (${generation.scenario})`,
    holds,
    "IT-PROTECTED",
    "wait",
    siteSituation("Failback", generation, { item: { allowedOperations: ["DisableProtection"] } }),
    siteSituation("Failback", generation),
  );
}

test(
  "IT-COMMITTED a classic failover is committed before its reprotect",
  holds,
  "IT-COMMITTED",
  "block",
  siteSituation("Reprotect", classic, { after: 1 }),
  siteSituation("Reprotect", classic),
  /manage: \["commit"\]/,
);

test("IT-COMMITTED a modernized failover is reprotected from its open commit, too", (t) => {
  const found = checkMachine(siteSituation("Reprotect", modernized, { after: 1 }));
  t.deepEqual(
    blockers(found).map((each) => each.text),
    [],
  );
});

test(
  "OP-COMMIT a commit that the service does not offer is refused",
  holds,
  "OP-COMMIT",
  "block",
  siteSituation("Failback", classic, {
    after: 4,
    commit: true,
    item: { allowedOperations: ["DisableProtection"] },
  }),
  siteSituation("Failback", classic, { after: 4, commit: true }),
);

test(
  "OP-ALLOWED a reprotect of a machine that was never failed over is refused",
  holds,
  "OP-ALLOWED",
  "block",
  siteSituation("Reprotect", modernized, { after: 0 }),
  siteSituation("Reprotect", modernized),
  /after its failover/,
);

test("A2-FAILBACK a failback of a machine at its site has nothing to do, and names the site", (t) => {
  const [found] = checkMachine(siteSituation("Failback", modernized, { after: 0 })).filter(
    (each) => each.severity === "block",
  );
  t.is(found?.rule, "A2-FAILBACK");
  t.regex(found?.text ?? "", /plant-one/);
});

test("rules between regions say nothing of machines of a VMware site", (t) => {
  const between = ["A2-REPROTECT", "A2-GONE", "A2-REVERSE", "A2-SOURCE", "A2-CACHE", "A2-NEW"];
  for (const generation of [modernized, classic]) {
    for (const action of ["Failover", "Reprotect", "Failback"] as const) {
      for (const after of [0, 1, 2, 3, 4, 5]) {
        const found = checkMachine(siteSituation(action, generation, { after }));
        t.deepEqual(
          found.filter((each) => between.includes(each.rule)),
          [],
        );
      }
    }
  }
});

test("OP-ALLOWED whatever leads nowhere is refused by exactly one rule", (t) => {
  for (const generation of [modernized, classic]) {
    for (const action of ["Failover", "Reprotect", "Failback"] as const) {
      for (const after of [0, 1, 2, 3, 4, 5]) {
        const asked = siteSituation(action, generation, { after });
        if (asked.decision.kind !== "impossible") continue;
        const found = blockers(checkMachine(asked)).map((each) => each.rule);
        t.is(found.length, 1, `${action} after ${after} verbs: ${found.join()}`);
      }
    }
  }
});
function _physical(): object {
  return { onPremises: onPremises({ discoveryType: "physical" }) };
}
