import test from "ava";
import type { VsphereMachineFacts } from "../../../provider/recovery/vsphere-facts.ts";
import { datastore, view, vm } from "./site-facts.ts";
import { classic, holds, holdsForServer, server, siteSituation } from "./site-situations.ts";

const withMachine = (changes: Partial<VsphereMachineFacts>) => ({
  view: view(vm("mt-linux", changes)),
});

test(
  "MT-SDRS a master target that is excluded passes",
  holdsForServer,
  "MT-SDRS",
  "warn",
  server(classic, inPod(["vm-other"])),
  server(classic, inPod(["vm-mt-linux"])),
);

const attached = vm("mt-linux").disks[0];
test(
  "MT-MOVED a master target that Storage vMotion has moved since the reprotect",
  holds,
  "MT-MOVED",
  "block",
  siteSituation("Failback", classic, {
    server: {
      view: view(
        vm("mt-linux", {
          configurationFile: "[ds2] mt-linux/mt-linux.vmx",
          disks: [],
          datastoreReferences: ["datastore-ds2"],
        }),
        { datastores: [datastore("ds2")] },
      ),
    },
  }),
  siteSituation("Failback", classic),
  /\[ds1\] mt-linux\/mt-linux\.vmx is now \[ds2\].*attach them by hand/,
);
test(
  "MT-MOVED disks of the machines that it carries do not count as its own",
  holds,
  "MT-MOVED",
  "block",
  siteSituation("Failback", classic, { server: withMachine({ disks: [] }) }),
  siteSituation("Failback", classic, {
    server: withMachine({
      disks: [
        ...(attached === undefined ? [] : [attached]),
        { ...(attached as NonNullable<typeof attached>), fileName: "[ds3] web/web.vmdk" },
      ],
    }),
  }),
  /not attached any more/,
);
test(
  "MT-MOVED without a record it is said that this cannot be told",
  holds,
  "MT-MOVED",
  "warn",
  siteSituation("Failback", classic, { server: { recorded: undefined as never } }),
  siteSituation("Failback", classic),
  /reprotect\.placement/,
);
function inPod(excludedMachineReferences: readonly string[]) {
  return {
    view: view(vm("mt-linux"), {
      datastores: [datastore("ds1", { storagePodReference: "pod-1" })],
      storagePods: [
        { reference: "pod-1", name: "pod-1", storageDrsEnabled: true, excludedMachineReferences },
      ],
    }),
  };
}
