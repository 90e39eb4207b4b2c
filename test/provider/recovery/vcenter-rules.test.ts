import test from "ava";
import type { SiteServerSituation } from "../../../provider/recovery/on-premises-situation.ts";
import { checkMachines } from "../../../provider/recovery/rules/rules.ts";
import { appliance, datastore, discovered, host, masterTarget, view, vm } from "./site-facts.ts";
import {
  classic,
  holds,
  holdsForServer,
  modernized,
  onPremises,
  server,
  siteSituation,
} from "./site-situations.ts";

const readOnly = {
  privileges: {
    account: "azure-discovery",
    missing: ["Datastore.AllocateSpace", "VirtualMachine.Config.AddNewDisk"],
  },
};
const closed = {
  access: {
    kind: "closed",
    vcenter: "vcenter-one",
    reason: "It could not be looked at: Sign-in was refused.",
    remedy: "Mend the password.",
  },
} as const;
const mtOn = (changes: Parameters<typeof host>[0]) => ({
  view: view(vm("mt-linux"), { host: host(changes) }),
});

for (const generation of [modernized, classic]) {
  test(
    `VC-PRIV Azure's account without the rights of a failback is told with groups and ids (${generation.scenario})`,
    holds,
    "VC-PRIV",
    "block",
    siteSituation("Reprotect", generation, { server: readOnly }),
    siteSituation("Reprotect", generation),
    /azure-discovery lacks 2 privileges.*Datastore\.AllocateSpace.*Datastore; Virtual machine, configuration/,
  );
  test(
    `VC-PRIV a server is judged by it when it is set up (${generation.scenario})`,
    holdsForServer,
    "VC-PRIV",
    "block",
    server(generation, readOnly),
    server(generation),
  );
  test(
    `VC-PRIV our own account is told of what it lacks for a fix that was allowed (${generation.scenario})`,
    holds,
    "VC-PRIV",
    "block",
    siteSituation("Reprotect", generation, {
      server: {
        ownPrivileges: {
          account: "the provider's account on vCenter vcenter-one",
          missing: ["VirtualMachine.Interact.PowerOff"],
        },
      },
    }),
    siteSituation("Reprotect", generation),
    /the provider's account on vCenter vcenter-one lacks VirtualMachine.Interact.PowerOff/,
  );
  test(
    `VC-LICENCE the free edition of ESXi is warned of before a failover (${generation.scenario})`,
    holds,
    "VC-LICENCE",
    "warn",
    siteSituation("Failover", generation, {
      site: { machine: view(vm("web"), { host: host({ licenceEdition: "esxBasic" }) }) },
    }),
    siteSituation("Failover", generation),
    /failover works, failback does not/,
  );
  test(
    `VC-LICENCE it stops a failback (${generation.scenario})`,
    holds,
    "VC-LICENCE",
    "block",
    siteSituation("Failback", generation, { server: mtOn({ licenceEdition: "esxBasic" }) }),
    siteSituation("Failback", generation),
    /esx1\.example\.local/,
  );
  test(
    `VC-LICENCE it stops the set-up of a server (${generation.scenario})`,
    holdsForServer,
    "VC-LICENCE",
    "block",
    server(generation, mtOn({ licenceEdition: "esxBasic" })),
    server(generation),
  );
  test(
    `VC-LICENCE an evaluation passes with a warning (${generation.scenario})`,
    holdsForServer,
    "VC-LICENCE",
    "warn",
    server(generation, mtOn({ licenceEdition: "eval" })),
    server(generation),
    /evaluation/,
  );
  test(
    `VC-CONNECTED a host that is disconnected stops a reprotect (${generation.scenario})`,
    holds,
    "VC-CONNECTED",
    "block",
    siteSituation("Reprotect", generation, { server: mtOn({ connectionState: "disconnected" }) }),
    siteSituation("Reprotect", generation),
    /disconnected/,
  );
  test(
    `VC-CONNECTED a host in maintenance stops the set-up of a server (${generation.scenario})`,
    holdsForServer,
    "VC-CONNECTED",
    "block",
    server(generation, mtOn({ inMaintenanceMode: true })),
    server(generation),
    /maintenance/,
  );
  test(
    `VC-UNIQUE two machines of one name are both told (${generation.scenario})`,
    holds,
    "VC-UNIQUE",
    "block",
    siteSituation("Reprotect", generation, { site: { machine: twice("web") } }),
    siteSituation("Reprotect", generation),
    /\[ds1\] web\/web\.vmx \(vm-web\), \[ds2\] web\/web\.vmx \(vm-99\)/,
  );
  test(
    `VC-UNIQUE two servers of one name are both told (${generation.scenario})`,
    holdsForServer,
    "VC-UNIQUE",
    "block",
    server(generation, { view: twice("mt-linux") }),
    server(generation),
    /vm-99/,
  );
  test(
    `VC-ACCESS a closed vCenter only warns, and names the rules that were not checked (${generation.scenario})`,
    holds,
    "VC-ACCESS",
    "warn",
    siteSituation("Failback", generation, { server: { ...closed } }),
    siteSituation("Failback", generation),
    generation === classic ? /Sign-in was refused.*MT-SNAP.*DS-MOUNT/ : /AP-MOVED.*VM-MEMORY/,
  );
}

test(
  "VC-PRIV a master target without datastores is the sign of a read-only account",
  holds,
  "VC-PRIV",
  "block",
  siteSituation("Reprotect", classic, {
    server: { masterTarget: masterTarget({ datastores: [] }) },
  }),
  siteSituation("Reprotect", classic),
  /may only read/,
);
test(
  "VC-PRIV an appliance without datastores is the same sign",
  holds,
  "VC-PRIV",
  "block",
  siteSituation("Reprotect", modernized, {
    server: { appliance: appliance({ accessibleDatastores: [] }) },
  }),
  siteSituation("Reprotect", modernized),
);
test("VC-PRIV datastores that Tools cannot find are not blamed on the account", (t) => {
  const found = checkMachines([
    siteSituation("Reprotect", classic, {
      server: {
        masterTarget: masterTarget({ datastores: [] }),
        view: view(vm("mt-linux", { toolsRunningStatus: "guestToolsNotRunning" })),
      },
    }),
  ]).map((each) => each.rule);
  t.true(found.includes("MT-TOOLS"));
  t.false(found.includes("VC-PRIV"));
});
test("VC-PRIV an account that the vCenter does not know by its name in Azure is not judged", (t) => {
  const found = checkMachines([
    siteSituation("Reprotect", classic, {
      server: { privileges: { account: "linux-root", missing: ["System.Read", "Network.Assign"] } },
    }),
  ]);
  t.false(found.some((each) => each.rule === "VC-PRIV"));
});

test(
  "VC-CONNECTED a vCenter whose discovery failed stops a failback",
  holds,
  "VC-CONNECTED",
  "block",
  siteSituation("Failback", classic, {
    server: { discoveredVCenters: [discovered({ discoveryStatus: "DiscoveryFailed" })] },
  }),
  siteSituation("Failback", classic),
  /DiscoveryFailed/,
);
test(
  "VC-CONNECTED only the machine's own vCenter counts, and its silence does",
  holds,
  "VC-CONNECTED",
  "block",
  siteSituation("Failback", classic, {
    server: { vcenterInUse: discovered({ lastHeartbeat: "2026-01-10T09:00:00Z" }) },
  }),
  siteSituation("Failback", classic, {
    server: {
      vcenterInUse: discovered(),
      discoveredVCenters: [discovered({ id: "other", discoveryStatus: "DiscoveryFailed" })],
    },
  }),
  /silent for 3 h/,
);

test(
  "VC-ORIGINAL a machine does not return to a vCenter that is not its own, unless that is waived",
  holds,
  "VC-ORIGINAL",
  "block",
  siteSituation("Reprotect", classic, { server: elsewhere() }),
  siteSituation("Reprotect", classic, {
    server: { access: { kind: "open", vcenter: "vcenter-one", host: "vcenter.example.local" } },
  }),
  /vcenter-one \(10\.1\.0\.5\), and vcenter-two is second \(10\.9\.0\.5\)/,
);
test(
  "VC-ORIGINAL a vCenter that Azure has not discovered any more is told",
  holds,
  "VC-ORIGINAL",
  "block",
  siteSituation("Reprotect", classic, {
    item: { onPremises: onPremises({ vcenterId: "/vault/replicationvCenters/lost" }) },
  }),
  siteSituation("Reprotect", classic),
  /\(lost\) is not discovered/,
);
test(
  "VC-ORIGINAL an appliance of another vCenter is told",
  holds,
  "VC-ORIGINAL",
  "block",
  siteSituation("Reprotect", modernized, {
    server: { appliance: appliance({ vcenterId: "/vcenters/other" }) },
  }),
  siteSituation("Reprotect", modernized),
  /appliance-1 works for other/,
);
test("VC-ORIGINAL X3 it is waived by its id, and the waiver is seen", (t) => {
  const [found] = checkMachines(
    [siteSituation("Reprotect", classic, { server: elsewhere() })],
    ["VC-ORIGINAL"],
  ).filter((each) => each.rule === "VC-ORIGINAL");
  t.like(found, { severity: "warn", waived: true });
});

test("VC-ACCESS what many machines share is told once", (t) => {
  const many = ["web", "app", "db"].map((friendlyName) =>
    siteSituation("Failback", classic, {
      item: { friendlyName, name: friendlyName },
      server: { ...closed },
    }),
  );
  const found = checkMachines(many);
  t.is(found.filter((each) => each.rule === "VC-ACCESS").length, 1);
  t.is(found.filter((each) => each.rule === "FB-DOWNTIME").length, 1);
});

function elsewhere(): Partial<SiteServerSituation> {
  return {
    access: { kind: "open", vcenter: "vcenter-two", host: "10.9.0.5" },
    discoveredVCenters: [
      discovered(),
      discovered({ id: "second", name: "second", friendlyName: "second", address: "10.9.0.5" }),
    ],
  };
}
function twice(name: string) {
  const other = vm(name, { reference: "vm-99", configurationFile: `[ds2] ${name}/${name}.vmx` });
  const { machine: _, host: __, ...rest } = view(vm(name));
  return { ...rest, matches: [vm(name), other], datastores: [datastore("ds1")] };
}
