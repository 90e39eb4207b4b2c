import test from "ava";
import { checkMachine } from "../../../provider/recovery/rules/rules.ts";
import { fabric } from "./site-facts.ts";
import {
  chosen,
  classic,
  holds,
  modernized,
  onPremises,
  siteSituation,
} from "./site-situations.ts";

for (const generation of [modernized, classic]) {
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
  test(`IT-AZVM with leave the failback starts it itself, without leave it says which one (${generation.scenario})`, (t) => {
    const found = (rest: object) =>
      checkMachine(siteSituation("Failback", generation, { site: stopped(), rest })).find(
        (each) => each.rule === "IT-AZVM",
      );
    t.like(found({ manages: ["startAzureMachine"] }), {
      severity: "warn",
      remedy: "The failback starts it first.",
    });
    t.like(found({}), { severity: "block", path: "manage" });
  });
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

function stopped(): object {
  return { azureMachine: { ...running(), powerState: "deallocated" } };
}
function running() {
  return { exists: true, id: "/vm/w", name: "web-azure", powerState: "running", diskCount: 1 };
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
function physical(): object {
  return { onPremises: onPremises({ discoveryType: "physical" }) };
}
