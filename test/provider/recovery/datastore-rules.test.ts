import test from "ava";
import type { VsphereDatastoreFacts } from "../../../provider/recovery/vsphere-facts.ts";
import { absent, datastore, host, masterTarget, view, vm } from "./site-facts.ts";
import {
  chosen,
  classic,
  holds,
  modernized,
  onPremises,
  siteSituation,
} from "./site-situations.ts";

const gibibyte = 1024 ** 3;
const on = (changes: Partial<VsphereDatastoreFacts>) => ({
  site: { machine: view(vm("web"), { datastores: [datastore("ds1", changes)] }) },
});
const mount = { hostReference: "host-1", accessMode: "readWrite", mounted: true, accessible: true };

for (const [words, mounts] of [
  ["is not mounted", []],
  ["is not mounted", [{ ...mount, mounted: false }]],
  ["is mounted read-only", [{ ...mount, accessMode: "readOnly" }]],
  ["is not accessible", [{ ...mount, accessible: false }]],
] as const) {
  test(
    `DS-MOUNT R-03 8061 a datastore of the machine that ${words} on the master target's host (${mounts.length})`,
    holds,
    "DS-MOUNT",
    "block",
    siteSituation("Reprotect", classic, on({ mounts })),
    siteSituation("Reprotect", classic),
    new RegExp(`${words} on esx1.*8061`),
  );
}
test(
  "DS-MOUNT a datastore in maintenance stops a failback",
  holds,
  "DS-MOUNT",
  "block",
  siteSituation("Failback", classic, on({ maintenanceMode: "inMaintenance" })),
  siteSituation("Failback", classic),
);

for (const generation of [modernized, classic]) {
  const good = siteSituation("Reprotect", generation);
  test(
    `DS-TYPE NFS is refused (${generation.scenario})`,
    holds,
    "DS-TYPE",
    "block",
    siteSituation("Reprotect", generation, on({ type: "NFS41" })),
    good,
    /ds1 is NFS41.*8061/,
  );
  test(
    `DS-TYPE X2 vSAN is doubtful (${generation.scenario})`,
    holds,
    "DS-TYPE",
    "warn",
    siteSituation("Reprotect", generation, on({ type: "vsan" })),
    good,
    /may be listed and fail/,
  );
  test(
    `DS-FULL another datastore than the machine's means a full download (${generation.scenario})`,
    holds,
    "DS-FULL",
    "warn",
    siteSituation("Reprotect", generation, {
      site: { servers: chosen(generation, { datastore: "ds2" }) },
    }),
    good,
    /full download/,
  );
  test(
    `DS-NAME R-02 a datastore is needed, even where it is ignored (${generation.scenario})`,
    holds,
    "DS-NAME",
    "block",
    siteSituation("Reprotect", generation, {
      site: {
        servers: chosen(generation, {
          problems: [
            {
              input: "datastore",
              fact: "no datastore is given for it (listed: ds1, ds2).",
              remedy: "Name a datastore that the server reaches.",
            },
          ],
        }),
      },
    }),
    good,
    /listed: ds1, ds2.*\(datastore\)/,
  );
  test(
    `DS-SPACE R-03 disks made anew need room (${generation.scenario})`,
    holds,
    "DS-SPACE",
    "warn",
    siteSituation("Reprotect", generation, {
      site: { machine: absent, newDiskBytes: 900 * gibibyte },
    }),
    siteSituation("Reprotect", generation, {
      site: { machine: absent, newDiskBytes: 90 * gibibyte },
    }),
    /500 GiB free.*900 GiB/,
  );
  test(
    `VM-ABSENT R-03 a machine that is gone is made anew, with a full download (${generation.scenario})`,
    holds,
    "VM-ABSENT",
    "warn",
    siteSituation("Reprotect", generation, { site: { machine: absent } }),
    good,
    /new one is made on esx1\.example\.local, on datastore ds1, with a full download/,
  );
  test(
    `VM-RDM a machine with raw device mappings is not made anew (${generation.scenario})`,
    holds,
    "VM-RDM",
    "block",
    siteSituation("Reprotect", generation, {
      site: { machine: absent, rawDeviceMapping: true },
    }),
    siteSituation("Reprotect", generation, { site: { rawDeviceMapping: true } }),
    /cannot be made anew/,
  );
  test(
    `VM-OFF R-05 the machine at the site is on before the reprotect (${generation.scenario})`,
    holds,
    "VM-OFF",
    "warn",
    siteSituation("Reprotect", generation, powered()),
    good,
    /manage: \["powerOffSource"\].*must stay off/,
  );
  test(
    `VM-OFF R-05 with leave the reprotect turns it off in order (${generation.scenario})`,
    holds,
    "VM-OFF",
    "warn",
    siteSituation("Reprotect", generation, {
      ...powered(),
      rest: { manages: ["powerOffSource"] },
    }),
    good,
    /turns it off first/,
  );
  test(
    `VM-OFF R-05 one that was turned on since the reprotect stops the failback (${generation.scenario})`,
    holds,
    "VM-OFF",
    "block",
    siteSituation("Failback", generation, powered()),
    siteSituation("Failback", generation),
    /Turn it off/,
  );
  test(
    `VM-MEMORY 8038 a host without memory for the machine is warned of (${generation.scenario})`,
    holds,
    "VM-MEMORY",
    "warn",
    siteSituation("Failback", generation, {
      site: {
        machine: view(vm("web"), {
          host: host({ memoryBytes: 16 * gibibyte, usedMemoryMebibytes: 12 * 1024 }),
        }),
      },
    }),
    siteSituation("Failback", generation),
    /4 GiB of memory left, it needs 8 GiB.*8038/,
  );
}

test(
  "DS-NAME a datastore that the master target does not reach, for a machine that is made anew",
  holds,
  "DS-NAME",
  "block",
  siteSituation("Reprotect", classic, {
    site: { machine: absent, servers: chosen(classic, { datastore: "ds9" }) },
  }),
  siteSituation("Reprotect", classic, { site: { servers: chosen(classic, { datastore: "ds9" }) } }),
  /no datastore ds9, but ds1/,
);
test(
  "DS-TYPE Azure's list tells the type of the datastore for a machine that is made anew",
  holds,
  "DS-TYPE",
  "block",
  siteSituation("Reprotect", classic, {
    site: { machine: absent, servers: chosen(classic, { datastore: "nfs" }) },
    server: {
      view: undefined as never,
      masterTarget: masterTarget({
        datastores: [{ name: "nfs", uuid: "", capacityBytes: 1, freeBytes: 1, type: "NFS" }],
      }),
    },
  }),
  siteSituation("Reprotect", classic, { site: { machine: absent } }),
);
test(
  "VM-ABSENT R-03 without a vCenter the service's word counts",
  holds,
  "VM-ABSENT",
  "warn",
  siteSituation("Reprotect", modernized, {
    item: { onPremises: onPremises({ sourceDeleted: true }) },
    site: { machine: undefined as never },
  }),
  siteSituation("Reprotect", modernized, { site: { machine: undefined as never } }),
);
test(
  "VM-OFF R-05 without a vCenter the service's word counts",
  holds,
  "VM-OFF",
  "block",
  siteSituation("Failback", modernized, { site: { machine: undefined as never } }),
  siteSituation("Failback", modernized, {
    item: { onPremises: onPremises({ sourcePowerStatus: "OFF" }) },
    site: { machine: undefined as never },
  }),
);
test(
  "VM-NAME 78052 another machine of the name on the master target's host",
  holds,
  "VM-NAME",
  "block",
  siteSituation("Reprotect", classic, { site: { machine: absent } }),
  siteSituation("Reprotect", classic, {
    site: { machine: absent },
    server: { view: view(vm("mt-linux"), { namesOnHost: ["mt-linux"] }) },
  }),
  /78052/,
);
test(
  "VM-SNAP snapshots of the machine itself are left to the service",
  holds,
  "VM-SNAP",
  "warn",
  siteSituation("Reprotect", classic, {
    site: { machine: view(vm("web", { hasSnapshot: true })) },
  }),
  siteSituation("Reprotect", classic),
  /merges/,
);

function powered() {
  return { site: { machine: view(vm("web", { powerState: "poweredOn" })) } };
}
