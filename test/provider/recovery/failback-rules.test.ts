import test from "ava";
import { checkMachine, checkMachines } from "../../../provider/recovery/rules/rules.ts";
import { view, vm } from "./site-facts.ts";
import { classic, holds, modernized, siteItemAfter, siteSituation } from "./site-situations.ts";

for (const generation of [modernized, classic]) {
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

test(
  "FB-ADDRESS a static address of a Linux machine becomes DHCP",
  holds,
  "FB-ADDRESS",
  "warn",
  siteSituation("Failback", classic),
  siteSituation("Failback", classic, { item: { osType: "Windows" } }),
  /DHCP/,
);
test(
  "FB-ADDRESS X10 a modernized failback keeps no address, on Windows neither",
  holds,
  "FB-ADDRESS",
  "warn",
  siteSituation("Failback", modernized, { item: { osType: "Windows" } }),
  siteSituation("Reprotect", modernized),
  /no machine keeps its address/,
);
test(
  "FB-POINT V-04 members of a group have no common latest point",
  holds,
  "FB-POINT",
  "warn",
  siteSituation("Failback", classic, {
    item: { multiVmGroupName: "orders" },
    site: { groupMembers: [member({})] },
  }),
  siteSituation("Failback", classic),
  /replication group orders: each member goes to its own/,
);
test("FB-CANCEL a failover that is being cancelled stops everything else, but for a modernized failback", (t) => {
  const cancelled = {
    decision: { kind: "busy", jobName: "j", scenario: "CancelFailover" },
  } as const;
  const rules = (found: readonly { readonly rule: string }[]) => found.map((each) => each.rule);
  t.true(
    rules(checkMachine({ ...siteSituation("Failback", classic), ...cancelled })).includes(
      "FB-CANCEL",
    ),
  );
  t.true(
    rules(checkMachine({ ...siteSituation("Failover", modernized), ...cancelled })).includes(
      "FB-CANCEL",
    ),
  );
  t.false(
    rules(checkMachine({ ...siteSituation("Failback", modernized), ...cancelled })).includes(
      "FB-CANCEL",
    ),
  );
});
test(
  "FB-CANCEL no action cancels a classic failover",
  holds,
  "FB-CANCEL",
  "block",
  {
    ...siteSituation("Failback", classic, { after: 4 }),
    decision: { kind: "start", verbs: ["cancelFailover"] },
  },
  {
    ...siteSituation("Failback", modernized, { after: 4 }),
    decision: { kind: "start", verbs: ["cancelFailover"] },
  },
);

test("P-02 what a failback says in general is said once, however many machines it moves", (t) => {
  const many = Array.from({ length: 200 }, (_, index) =>
    siteSituation("Failback", modernized, { item: { friendlyName: `vm${index}` } }),
  );
  t.true(checkMachines(many).length < 10, String(checkMachines(many).length));
});

function member(changes: object) {
  return { machine: "app", osType: "Linux", masterTarget: "mt-linux", ...changes };
}
function _machine(powerState: string) {
  return { exists: true, id: "/vm/web-azure", name: "web-azure", powerState, diskCount: 1 };
}
function machine(powerState: string) {
  return { exists: true, id: "/vm/web-azure", name: "web-azure", powerState, diskCount: 1 };
}
