import test from "ava";
import type { ApplianceFacts } from "../../../provider/recovery/on-premises.ts";
import { absent, appliance, datastore, view, vm } from "./site-facts.ts";
import {
  chosen,
  holds,
  holdsForServer,
  modernized,
  server,
  siteSituation,
} from "./site-situations.ts";

const good = siteSituation("Reprotect", modernized);
const withAppliance = (changes: Partial<ApplianceFacts>) => ({ appliance: appliance(changes) });

for (const action of ["Reprotect", "Failback"] as const) {
  test(
    `AP-HEALTH an appliance that is silent stops a ${action}`,
    holds,
    "AP-HEALTH",
    "block",
    siteSituation(action, modernized, {
      server: withAppliance({ lastHeartbeat: "2026-01-10T08:00:00Z" }),
    }),
    siteSituation(action, modernized),
    /appliance appliance-1: it has been silent for 4 h/,
  );
  test(
    `AP-HEALTH one in critical health is told in the service's words before a ${action}`,
    holds,
    "AP-HEALTH",
    "block",
    siteSituation(action, modernized, {
      server: withAppliance({
        health: "Critical",
        healthErrors: [
          {
            code: "52003",
            level: "Error",
            category: "",
            message: "It cannot reach the vault.",
            possibleCauses: "",
            recommendedAction: "",
          },
        ],
      }),
    }),
    siteSituation(action, modernized),
    /52003: It cannot reach the vault/,
  );
}
test(
  "AP-HEALTH R-01 an appliance that Azure does not list yet is waited for",
  holdsForServer,
  "AP-HEALTH",
  "wait",
  server(modernized, { appliance: undefined as never }),
  server(modernized),
);
test(
  "AP-HEALTH R-02 a reprotect without an appliance",
  holds,
  "AP-HEALTH",
  "block",
  siteSituation("Reprotect", modernized, { server: { appliance: undefined as never } }),
  good,
  /\(appliance\)/,
);
test(
  "AP-HEALTH R-02 an appliance that is not there is told with those that are",
  holds,
  "AP-HEALTH",
  "block",
  siteSituation("Reprotect", modernized, {
    server: { appliance: undefined as never },
    site: {
      servers: chosen(modernized, {
        problems: [
          {
            input: "appliance",
            fact: "there is no appliance appliance-9.",
            remedy: "There is appliance-1.",
          },
        ],
      }),
    },
  }),
  good,
  /appliance-9/,
);

test(
  "AP-DATASTORE R-03 the appliance reaches the machine's datastore",
  holds,
  "AP-DATASTORE",
  "block",
  siteSituation("Reprotect", modernized, {
    server: withAppliance({ accessibleDatastores: ["ds2", "ds3"] }),
  }),
  good,
  /cannot read and write datastore ds1; it can ds2, ds3/,
);
test(
  "AP-DATASTORE R-03 or the one that is given for a machine that is made anew",
  holds,
  "AP-DATASTORE",
  "block",
  siteSituation("Reprotect", modernized, {
    site: { machine: absent, servers: chosen(modernized, { datastore: "ds9" }) },
  }),
  siteSituation("Reprotect", modernized, { site: { machine: absent } }),
  /ds9/,
);
test(
  "AP-DISKS more than sixty disks on the appliance",
  holds,
  "AP-DISKS",
  "block",
  siteSituation("Reprotect", modernized, { server: { disksToCome: 60 } }),
  siteSituation("Reprotect", modernized, { server: { disksToCome: 59 } }),
  /1 disks, and 60 come/,
);

test(
  "AP-MOVED an appliance that Storage vMotion has moved since the reprotect",
  holds,
  "AP-MOVED",
  "block",
  siteSituation("Failback", modernized, {
    server: {
      view: view(vm("appliance-1", { datastoreReferences: ["datastore-ds2"] }), {
        datastores: [datastore("ds2")],
      }),
    },
  }),
  siteSituation("Failback", modernized),
  /appliance appliance-1: it was moved.*left ds1 for ds2/,
);
test(
  "AP-MOVED R-01 an appliance that Storage DRS may move is warned of when it is set up",
  holdsForServer,
  "AP-MOVED",
  "warn",
  server(modernized, inPod([])),
  server(modernized, inPod(["vm-appliance-1"])),
  /Storage DRS of pod-1/,
);
test(
  "AP-MOVED and before a reprotect",
  holds,
  "AP-MOVED",
  "warn",
  siteSituation("Reprotect", modernized, { server: inPod([]) }),
  siteSituation("Reprotect", modernized, { server: inPod(["vm-appliance-1"]) }),
);

const { cacheStorageAccountId: _, ...without } = chosen(modernized);
test(
  "AP-STORAGE R-02 a reprotect without a storage account for the log",
  holds,
  "AP-STORAGE",
  "block",
  siteSituation("Reprotect", modernized, { site: { servers: without } }),
  good,
  /\(cacheStorageAccount\)/,
);

function inPod(excludedMachineReferences: readonly string[]) {
  return {
    view: view(vm("appliance-1"), {
      datastores: [datastore("ds1", { storagePodReference: "pod-1" })],
      storagePods: [
        { reference: "pod-1", name: "pod-1", storageDrsEnabled: true, excludedMachineReferences },
      ],
    }),
  };
}
