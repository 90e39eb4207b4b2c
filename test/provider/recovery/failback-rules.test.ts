import test from "ava";
import { checkMachine, checkMachines } from "../../../provider/recovery/rules/rules.ts";
import { classic, holds, modernized, siteSituation } from "./site-situations.ts";

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
