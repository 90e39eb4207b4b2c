import test from "ava";
import { startRun } from "./support/bench-site.ts";

test("a machine is read with its disks, controllers, guest and place", async (t) => {
  const run = await startRun(t, {
    hosts: [{ name: "esx1.example.local", memoryMiB: 65536, usedMiB: 1024 }],
    datastores: [
      { name: "ds1", freeGiB: 100 },
      { name: "nfs1", type: "NFS" },
    ],
    machines: [
      {
        name: "mt-linux",
        datastore: "ds1",
        power: "off",
        snapshot: true,
        biosUuid: "42128c0d-0000-4000-8000-000000000001",
        instanceUuid: "50128c0d-0000-4000-8000-000000000001",
        controllers: ["VirtualLsiLogicController", "ParaVirtualSCSIController"],
        disks: [
          { sizeGiB: 64, uuid: "6000C29a" },
          { sizeGiB: 2048, rawDeviceMapping: true },
        ],
        extraConfig: { "disk.enableUUID": "true" },
        guestId: "ubuntu64Guest",
        guestVolumes: [{ path: "/mnt/retention", sizeGiB: 500, freeGiB: 400, fileSystem: "ext4" }],
        memoryMiB: 8192,
        processors: 4,
        toolsRunning: true,
      },
    ],
  });
  const machine = await run.machine("mt-linux");
  const [host] = await run.site.hosts(run.context, [machine.hostReference]);
  const [store] = await run.site.datastores(run.context, machine.datastoreReferences);
  t.like(machine, {
    name: "mt-linux",
    biosUuid: "42128c0d-0000-4000-8000-000000000001",
    instanceUuid: "50128c0d-0000-4000-8000-000000000001",
    powerState: "poweredOff",
    hasSnapshot: true,
    diskUuidEnabled: true,
    configurationFile: "[ds1] mt-linux/mt-linux.vmx",
    guestId: "ubuntu64Guest",
    guestFamily: "linuxGuest",
    toolsRunningStatus: "guestToolsRunning",
    memoryMebibytes: 8192,
    processorCount: 4,
  });
  t.deepEqual(
    machine.controllers.map(({ kind }) => kind),
    ["VirtualLsiLogicController", "ParaVirtualSCSIController"],
  );
  t.deepEqual(machine.guestVolumes, [
    {
      path: "/mnt/retention",
      capacityBytes: 500 * 2 ** 30,
      freeBytes: 400 * 2 ** 30,
      fileSystem: "ext4",
    },
  ]);
  const [first, second] = machine.disks;
  t.like(first, {
    fileName: "[ds1] mt-linux/mt-linux.vmdk",
    uuid: "6000C29a",
    capacityBytes: 64 * 2 ** 30,
    controllerKey: machine.controllers[0]?.key,
    unitNumber: 0,
    rawDeviceMapping: false,
  });
  t.true(second?.rawDeviceMapping);
  t.like(host, {
    name: "esx1.example.local",
    connectionState: "connected",
    inMaintenanceMode: false,
    memoryBytes: 65536 * 2 ** 20,
    usedMemoryMebibytes: 1024,
    licenceEdition: "eval",
  });
  t.deepEqual(host?.machineReferences, [machine.reference]);
  t.is(host?.datastoreReferences.length, 2);
  t.like(store, { name: "ds1", type: "VMFS", accessible: true, freeBytes: 100 * 2 ** 30 });
  t.like(store?.mounts[0], {
    hostReference: host?.reference,
    accessMode: "readWrite",
    mounted: true,
    accessible: true,
  });
});

test("a machine that has nothing is read as having nothing", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }] });
  const machine = await run.machine("web");
  t.like(machine, { hasSnapshot: false, diskUuidEnabled: false, powerState: "poweredOn" });
  t.deepEqual(machine.guestVolumes, []);
});

test("hosts that are away, read-only mounts, NFS and vSAN, full and closed datastores are told", async (t) => {
  const run = await startRun(t, {
    hosts: [
      { name: "esx1", connection: "disconnected", maintenance: true, licence: "esxBasic" },
      { name: "esx2", datastores: ["nfs1"] },
    ],
    datastores: [
      {
        name: "vs",
        type: "vsan",
        accessible: false,
        maintenanceMode: "inMaintenance",
        mounts: { esx1: { accessMode: "readOnly", mounted: false, accessible: false } },
      },
      { name: "nfs1", type: "NFS" },
    ],
    machines: [
      { name: "a", host: "esx1", datastore: "vs" },
      { name: "b", host: "esx2", datastore: "nfs1" },
    ],
  });
  const a = await run.machine("a");
  const b = await run.machine("b");
  const [first, second] = await run.site.hosts(run.context, [a.hostReference, b.hostReference]);
  t.like(first, {
    connectionState: "disconnected",
    inMaintenanceMode: true,
    licenceEdition: "esxBasic",
  });
  t.deepEqual(second?.datastoreReferences, b.datastoreReferences);
  const [vsan] = await run.site.datastores(run.context, a.datastoreReferences);
  t.like(vsan, { type: "vsan", accessible: false, maintenanceMode: "inMaintenance" });
  t.deepEqual(vsan?.mounts, [
    {
      hostReference: a.hostReference,
      accessMode: "readOnly",
      mounted: false,
      accessible: false,
    },
  ]);
});

test("a datastore cluster tells whether Storage DRS is on and whom it leaves alone", async (t) => {
  const run = await startRun(t, {
    datastores: [{ name: "ds1", pod: "cluster" }, { name: "ds2", pod: "cluster" }, { name: "ds3" }],
    pods: [
      { name: "cluster", enabled: true, excluded: ["mt"] },
      { name: "other", enabled: false },
    ],
    machines: [
      { name: "mt", datastore: "ds1" },
      { name: "web", datastore: "ds3" },
    ],
  });
  const mt = await run.machine("mt");
  const [store] = await run.site.datastores(run.context, mt.datastoreReferences);
  const pods = await run.site.storagePods(run.context, [store?.storagePodReference ?? ""]);
  t.deepEqual(pods, [
    {
      reference: store?.storagePodReference ?? "",
      name: "cluster",
      storageDrsEnabled: true,
      excludedMachineReferences: [mt.reference],
    },
  ]);
  const web = await run.machine("web");
  const [alone] = await run.site.datastores(run.context, web.datastoreReferences);
  t.is(alone?.storagePodReference, "");
});

test("machines are found by path, instance id, BIOS id and name, and all that match are told", async (t) => {
  const run = await startRun(t, {
    datacenter: "Berlin",
    machines: [
      { name: "web", folder: "shop", biosUuid: "42128c0d-0000-4000-8000-00000000000a" },
      { name: "web", folder: "test", biosUuid: "42128C0D-0000-4000-8000-00000000000B" },
      { name: "clone", biosUuid: "42128c0d-0000-4000-8000-00000000000a" },
      { name: "App" },
    ],
  });
  const names = async (query: Parameters<typeof run.find>[0]) =>
    (await run.find(query)).map(({ reference }) => reference);
  const shop = await names({ path: "/Berlin/vm/shop/web" });
  const other = await names({ path: "Berlin/vm/test/web" });
  t.is(shop.length, 1);
  t.notDeepEqual(shop, other);
  t.deepEqual((await names({ name: "web" })).toSorted(), [...shop, ...other].toSorted());
  t.deepEqual(await names({ name: "WEB", path: "/Berlin/vm/shop/web" }), shop, "the first counts");
  t.is(
    (await names({ name: "app" })).length,
    1,
    "letter case does not matter when nothing else fits",
  );
  t.deepEqual(await names({ biosUuid: "42128c0d00004000800000000000000b" }), other);
  t.is((await names({ biosUuid: "42128C0D-0000-4000-8000-00000000000A" })).length, 2);
  const instanceUuid = (await run.find({ path: "/Berlin/vm/shop/web" }))[0]?.instanceUuid ?? "";
  t.deepEqual(await names({ instanceUuid }), shop);
  t.deepEqual(await names({ name: "absent" }), []);
  t.deepEqual(await names({ path: "/Berlin/vm/absent" }), []);
  t.deepEqual(await names({}), []);
});

test("VC-PRIV the datacenter of a machine is told with what found it: no call is made for it", async (t) => {
  const run = await startRun(t, {
    datacenter: "Berlin",
    machines: [{ name: "mt", folder: "recovery" }, { name: "web" }],
  });
  const mt = await run.machine("mt");
  const web = await run.machine("web");
  await run.bench.forgetCalls();
  const found = await run.site.datacenters(run.context, [mt.reference, web.reference, "vm-999"]);
  t.deepEqual([...found.keys()], [mt.reference, web.reference]);
  t.deepEqual([...new Set([...found.values()].map(({ name }) => name))], ["Berlin"]);
  t.deepEqual(await run.bench.calls(), {});
  const { reference = "" } = found.get(mt.reference) ?? {};
  await run.bench.deny({ privilege: "Datastore.Browse", user: "azure", object: "Berlin" });
  const lacking = (object: string) =>
    run.site.missingPrivileges(run.context, [object], ["Datastore.Browse"], "azure");
  t.deepEqual(await lacking(reference), ["Datastore.Browse"]);
  t.deepEqual(await lacking(mt.reference), []);
});

test("VC-PRIV a host that is used alone has a datacenter, too, of whatever kind its ids are", async (t) => {
  const run = await startRun(t, { kind: "esxi", machines: [{ name: "mt" }] });
  const mt = await run.machine("mt");
  const found = await run.site.datacenters(run.context, [mt.reference]);
  const { reference = "" } = found.get(mt.reference) ?? {};
  t.not(reference, "");
  t.deepEqual(await run.site.missingPrivileges(run.context, [reference], ["Datastore.Browse"]), []);
});

test("names of every kind are read as people gave them", async (t) => {
  const hostile = [
    `a&b <c> "d" 'e'`,
    "007",
    "1e3",
    " padded ",
    "ünïcode-機械",
    "50%25/\\slash",
    "]]>&amp;",
    "true",
  ];
  const run = await startRun(t, { machines: hostile.map((name) => ({ name })) });
  for (const name of hostile) t.is((await run.machine(name)).name, name);
  const slash = await run.find({ path: "/DC0/vm/50%2525%2f%5cslash" });
  t.is(slash.length, 1);
});

test("machine names are told by reference, without those that are gone", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }, { name: "app" }] });
  const web = await run.machine("web");
  const names = await run.site.machineNames(run.context, [web.reference, "vm-999"]);
  t.deepEqual([...names], [[web.reference, "web"]]);
});

test("about tells the vCenter's kind, version and id without a session", async (t) => {
  const run = await startRun(t, { apiVersion: "7.0.3.0", instanceUuid: "11111111-aaaa" });
  t.deepEqual(await run.site.about(run.context), {
    apiType: "VirtualCenter",
    version: "7.0.3.0",
    instanceUuid: "11111111-aaaa",
  });
  t.is(run.site.host, "127.0.0.1");
  t.is(await run.bench.sessions(), 0);
});

test("a stand-alone ESXi host is read too, with its licence", async (t) => {
  const run = await startRun(t, {
    kind: "esxi",
    hosts: [{ name: "esx9", licence: "esxBasic" }],
    machines: [{ name: "web" }],
  });
  t.is((await run.site.about(run.context)).apiType, "HostAgent");
  const web = await run.machine("web");
  const [host] = await run.site.hosts(run.context, [web.hostReference]);
  t.like(host, { name: "esx9", licenceEdition: "esxBasic" });
  t.is((await run.site.datastores(run.context, web.datastoreReferences)).length, 1);
});

test("two vCenters with the same object ids are kept apart", async (t) => {
  const first = await startRun(t, { machines: [{ name: "web" }] });
  const second = await startRun(t, { machines: [{ name: "app" }] });
  const web = await first.machine("web");
  const app = await second.machine("app");
  t.is(web.reference, app.reference);
  t.deepEqual(await second.find({ name: "web" }), []);
});

test("a licence key is told to nobody", async (t) => {
  const run = await startRun(t, {
    hosts: [{ name: "esx1", licence: "esx.enterprisePlus" }],
    machines: [{ name: "web" }],
  });
  const web = await run.machine("web");
  const hosts = await run.site.hosts(run.context, [web.hostReference]);
  t.is(hosts[0]?.licenceEdition, "esx.enterprisePlus");
  t.false(JSON.stringify([hosts, run.lines]).includes("SECRT"));
});
