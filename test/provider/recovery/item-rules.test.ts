import test from "ava";
import { blockers } from "../../../provider/recovery/findings.ts";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import {
  chosen,
  classic,
  fabric,
  holds,
  modernized,
  onPremises,
  siteSituation,
} from "./site-situations.ts";

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
  test(
    `IT-AZVM 78093 a machine in Azure that is off is not reprotected (${generation.scenario})`,
    holds,
    "IT-AZVM",
    "block",
    siteSituation("Reprotect", generation, { site: stopped() }),
    siteSituation("Reprotect", generation),
    /web-azure\) is deallocated.*78093/,
  );
  test(
    `IT-AZVM with leave the reprotect starts the machine in Azure itself (${generation.scenario})`,
    holds,
    "IT-AZVM",
    "warn",
    siteSituation("Reprotect", generation, {
      site: stopped(),
      rest: { manages: ["startAzureMachine"] },
    }),
    siteSituation("Reprotect", generation, { rest: { manages: ["startAzureMachine"] } }),
    /starts it first/,
  );
  test(
    `IT-AZVM a machine in Azure that does not answer is told in the service's words (${generation.scenario})`,
    holds,
    "IT-AZVM",
    "block",
    siteSituation("Failback", generation, {
      item: {
        healthErrors: [
          {
            code: "78093",
            level: "Error",
            category: "Replication",
            message: "The machine hangs.",
            possibleCauses: "",
            recommendedAction: "Start it again.",
          },
        ],
      },
    }),
    siteSituation("Failback", generation),
    /78093: The machine hangs/,
  );
  test(
    `IT-POINT V-02 a failback waits for the first recovery point (${generation.scenario})`,
    holds,
    "IT-POINT",
    "wait",
    siteSituation("Failback", generation, { site: { recoveryPointCount: 0 } }),
    siteSituation("Failback", generation),
  );
  test(
    `IT-PHYSICAL S-02 a physical server needs a server on VMware to return through (${generation.scenario})`,
    holds,
    "IT-PHYSICAL",
    "block",
    siteSituation("Reprotect", generation, {
      item: physical(),
      server: { fabric: fabric({ masterTargets: [], appliances: [] }) },
    }),
    siteSituation("Reprotect", generation, { item: physical() }),
    /VMware virtual machine only/,
  );
  test(
    `IT-ACCOUNT an account that the site does not know is refused (${generation.scenario})`,
    holds,
    "IT-ACCOUNT",
    "block",
    siteSituation("Reprotect", generation, {
      site: {
        servers: chosen(generation, {
          problems: [
            {
              input: "runAsAccount",
              fact: "there is no account root2.",
              remedy: "Use root, or add it.",
            },
          ],
        }),
      },
    }),
    siteSituation("Reprotect", generation),
    /root2/,
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
  "IT-AGENT V-10 a reprotect waits for the agent that the service calls unregistered",
  holds,
  "IT-AGENT",
  "wait",
  siteSituation("Reprotect", modernized, {
    item: { onPremises: onPremises({ agentRegisteredAfterFailover: false }) },
  }),
  siteSituation("Reprotect", modernized, {
    item: { onPremises: onPremises({ agentRegisteredAfterFailover: true }) },
  }),
  /up to 15 minutes.*95226.*78093/,
);

test(
  "IT-AGENT V-10 a classic reprotect waits for a heartbeat after the failover, in Azure and at the site",
  holds,
  "IT-AGENT",
  "wait",
  siteSituation("Reprotect", classic, { after: 5, ...heartbeat("2026-01-10T11:00:00Z") }),
  siteSituation("Reprotect", classic, { after: 5, ...heartbeat("2026-01-10T11:50:00Z") }),
  /2026-01-10T11:00:00Z/,
);

test("IT-AGENT the agent of a machine that the reprotect starts itself is not asked for before", (t) => {
  const found = checkMachine(
    siteSituation("Reprotect", modernized, {
      item: { onPremises: onPremises({ agentRegisteredAfterFailover: false }) },
      site: stopped(),
      rest: { manages: ["startAzureMachine"] },
    }),
  );
  t.false(found.some((each) => each.rule === "IT-AGENT"));
});

const old = {
  onPremises: onPremises({ discoveryType: "physical", osVersion: "Windows Server 2008 R2 SP1" }),
};
const newer = {
  onPremises: onPremises({ discoveryType: "physical", osVersion: "Windows Server 2019" }),
};
test(
  "IT-2008R2 a failover of a physical Windows Server 2008 R2 is warned of: it never returns",
  holds,
  "IT-2008R2",
  "warn",
  siteSituation("Failover", classic, { item: old }),
  siteSituation("Failover", classic, { item: newer }),
);
test(
  "IT-2008R2 R-06 its reprotect is refused",
  holds,
  "IT-2008R2",
  "block",
  siteSituation("Reprotect", classic, { item: old }),
  siteSituation("Reprotect", classic, { item: newer }),
);

test(
  "IT-DISKSET disks added in Azure do not come back",
  holds,
  "IT-DISKSET",
  "warn",
  siteSituation("Reprotect", modernized, {
    site: { azureMachine: { ...running(), diskCount: 3 } },
  }),
  siteSituation("Reprotect", modernized),
  /3 disks, 1 were replicated/,
);

test(
  "IT-HEALTH an appliance with a warning is told of before a failback",
  holds,
  "IT-HEALTH",
  "warn",
  siteSituation("Failback", modernized, {
    server: { appliance: { ...applianceOf(), health: "Warning" } },
  }),
  siteSituation("Failback", modernized),
  /appliance-1/,
);

test(
  "SC-OLD a failover of a classic machine says that its replication is superseded",
  holds,
  "SC-OLD",
  "warn",
  siteSituation("Failover", classic),
  siteSituation("Failover", modernized),
);

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

function stopped(): object {
  return { azureMachine: { ...running(), powerState: "deallocated" } };
}
function running() {
  return { exists: true, id: "/vm/w", name: "web-azure", powerState: "running", diskCount: 1 };
}
function physical(): object {
  return { onPremises: onPremises({ discoveryType: "physical" }) };
}
function heartbeat(time: string): object {
  return {
    item: {
      lastSuccessfulFailoverTime: "2026-01-10T11:30:00Z",
      onPremises: onPremises({ lastHeartbeat: time }),
    },
  };
}
function applianceOf() {
  const { appliance } = siteSituation("Failback", modernized).onPremises?.server ?? {};
  if (appliance === undefined) throw new Error("no appliance");
  return appliance;
}
