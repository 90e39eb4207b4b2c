import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "ava";
import { SiteError } from "../../../../provider/errors.ts";
import { makeRun, password, startRun } from "./support/bench-site.ts";

const accounts = [{ username: "admin", password }];

test("P-07 a wrong password is told with the settings to look at, and is tried once", async (t) => {
  const wrong = "not-the-password-77";
  const run = await startRun(t, { accounts }, { password: wrong });
  const error = await t.throwsAsync(run.machine("web"), { instanceOf: SiteError });
  t.is(error.serviceCode, "InvalidLogin");
  t.is(error.operation, "Login");
  t.is(error.site, "vcenter vcenter-one");
  t.regex(error.message, /refused to sign in admin: InvalidLogin/);
  t.regex(
    error.message,
    /asr:vcenters\.vcenter-one\.username.*asr:vcenters\.vcenter-one\.password/,
  );
  t.false(error.message.includes(wrong));
  for (let caller = 0; caller < 9; caller += 1) await t.throwsAsync(run.machine("web"));
  await run.context.clock.sleep(3_600_000);
  await t.throwsAsync(run.machine("web"));
  t.is((await run.bench.calls()).Login, 1, "more would lock the account");
});

test("a certificate that nobody vouches for is told with its thumbprint and the way to pin it", async (t) => {
  const { bench } = await startRun(t);
  const run = makeRun(t, bench, { caFile: emptyAuthority(t) });
  const error = await t.throwsAsync(run.site.about(run.context), { instanceOf: SiteError });
  t.true(error.message.includes(bench.thumbprint), error.message);
  t.regex(error.message, /is not trusted \(.*nothing was sent/);
  t.regex(error.message, /set asr:vcenters\.vcenter-one\.thumbprint to it, or .*caFile/);
  t.deepEqual(await bench.calls(), {});
});

test("a vCenter that shows another certificate than the pinned one gets not a byte", async (t) => {
  const { bench } = await startRun(t, { machines: [{ name: "web" }] });
  const pinned = Array.from({ length: 32 }, () => "00").join(":");
  const run = makeRun(t, bench, { thumbprint: pinned });
  const error = await t.throwsAsync(run.machine("web"), { instanceOf: SiteError });
  t.regex(error.message, /is not the one that asr:vcenters\.vcenter-one\.thumbprint pins/);
  t.true(error.message.includes(bench.thumbprint));
  t.deepEqual(await bench.calls(), {});
});

test("a certificate is checked by the file of its authority", async (t) => {
  const { bench } = await startRun(t, { machines: [{ name: "web" }] });
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asr-ca-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, bench.certificate);
  const run = makeRun(t, bench, { caFile });
  t.is((await run.machine("web")).name, "web");
});

test("a file of an authority that is not there is told by its setting", async (t) => {
  const { bench } = await startRun(t);
  const run = makeRun(t, bench, { caFile: "/nowhere/ca.pem" });
  const error = await t.throwsAsync(run.site.about(run.context), { instanceOf: SiteError });
  t.regex(error.message, /asr:vcenters\.vcenter-one\.caFile cannot be read: ENOENT/);
});

test("checks of certificates stay on for everything else in the process", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }] });
  await run.machine("web");
  t.is(process.env.NODE_TLS_REJECT_UNAUTHORIZED, undefined);
  const error = await t.throwsAsync(fetch(run.bench.url));
  t.regex(String(error?.cause), /self-signed|unable to verify|certificate/i);
});

test("a session that ends in the middle is renewed once, in both forms in which that shows", async (t) => {
  const run = await startRun(t, { accounts, machines: [{ name: "web", power: "off" }] });
  const { reference, hostReference } = await run.machine("web");
  // Property reads answer with properties that are missing.
  await run.bench.expire();
  run.site.forget();
  t.is((await run.machine("web")).name, "web");
  // All other calls answer with a fault.
  await run.bench.expire();
  t.deepEqual(await run.site.missingPrivileges(run.context, [reference], ["System.Read"]), []);
  await run.bench.expire();
  await run.site.powerOn(run.context, reference);
  t.is((await run.bench.describe("web")).power, "poweredOn");
  t.is((await run.bench.calls()).Login, 4);
  // The fault form of a property read, as a vCenter may give it too.
  await run.bench.faults.add({
    ...{ method: "RetrievePropertiesEx", fault: "NotAuthenticated", max: 1 },
  });
  run.site.forget();
  t.is((await run.site.hosts(run.context, [hostReference])).length, 1);
});

test("many who notice that the session has ended sign in once", async (t) => {
  const run = await startRun(t, { accounts, machines: [{ name: "web" }] });
  const { reference } = await run.machine("web");
  await run.bench.expire();
  await Promise.all(
    ["A", "B", "C", "D", "E"].map((id) =>
      run.site.missingPrivileges(run.context, [reference], [`Some.${id}`]),
    ),
  );
  t.is((await run.bench.calls()).Login, 2);
});

test("sessions that end at once are an error and no circle", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "web" }],
    faults: [{ method: "CreateContainerView", fault: "NotAuthenticated" }],
  });
  const error = await t.throwsAsync(run.machine("web"), { instanceOf: SiteError });
  t.is(error.serviceCode, "NotAuthenticated");
  t.is((await run.bench.calls()).Login, 2);
});

test("parallel first calls sign in once", async (t) => {
  const run = await startRun(t, { accounts, machines: [{ name: "web" }] });
  await Promise.all(Array.from({ length: 20 }, () => run.machine("web")));
  t.is((await run.bench.calls()).Login, 1);
});

test("a vCenter that is down is told after a few attempts, for all who ask", async (t) => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await new Promise((resolve) => server.close(resolve));
  const { bench } = await startRun(t);
  const run = makeRun(t, bench, { url: `https://127.0.0.1:${port}/sdk` });
  const error = await t.throwsAsync(run.machine("web"), { instanceOf: SiteError });
  t.regex(
    error.message,
    /127\.0\.0\.1:\d+ cannot be reached.*ECONNREFUSED.*asr:vcenters\.vcenter-one\.url/,
  );
  t.true(error.retryable);
  t.deepEqual(run.sleeps, [1_000, 2_000]);
  t.is(await t.throwsAsync(run.machine("web")), error, "one cause is one error for all");
  t.deepEqual(run.sleeps, [1_000, 2_000]);
});

test("a vCenter that starts is waited for, and a server that is none is told", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "web" }],
    faults: [{ method: "*", status: 503, max: 2 }],
  });
  t.is((await run.machine("web")).name, "web");
  const other = makeRun(t, run.bench, { url: run.bench.control });
  const error = await t.throwsAsync(other.machine("web"), { instanceOf: SiteError });
  t.regex(error.message, /it answered 40\d/);
});

test("a lost connection does not fail a read", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "web" }],
    faults: [
      { method: "RetrievePropertiesEx", lose: "before", max: 1 },
      { method: "RetrievePropertiesEx", lose: "after", max: 1, skip: 1 },
    ],
  });
  t.is((await run.machine("web")).name, "web");
});

test("VC-PRIV a read-only account lacks what Azure and the fixes need, and changes name the privilege", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "mt", power: "off", snapshot: true }],
    denied: [{ privilege: "*" }],
  });
  const { reference, datastoreReferences } = await run.machine("mt");
  const wanted = ["Datastore.AllocateSpace", "System.Read", "VirtualMachine.Config.AddNewDisk"];
  const objects = [reference, ...datastoreReferences];
  t.deepEqual(await run.site.missingPrivileges(run.context, objects, wanted), [
    "Datastore.AllocateSpace",
    "VirtualMachine.Config.AddNewDisk",
  ]);
  const error = await t.throwsAsync(run.site.powerOn(run.context, reference), {
    instanceOf: SiteError,
  });
  t.is(error.serviceCode, "NoPermission");
  t.regex(
    error.message,
    /refused to power on mt: NoPermission: lacks VirtualMachine\.Interact\.PowerOn/,
  );
  t.regex(error.message, /Give the account admin .* a role with VirtualMachine\.Interact\.PowerOn/);
  t.is(
    (await run.site.hosts(run.context, [(await run.machine("mt")).hostReference]))[0]
      ?.licenceEdition,
    "",
  );
});

test("VC-PRIV the rights of another account are told by its name, object by object", async (t) => {
  const run = await startRun(t, {
    machines: [{ name: "mt" }, { name: "web" }],
    denied: [{ privilege: "Datastore.Browse", user: "azure@vsphere.local", object: "mt" }],
  });
  const mt = await run.machine("mt");
  const web = await run.machine("web");
  const lacking = (references: readonly string[], user?: string) =>
    run.site.missingPrivileges(run.context, references, ["Datastore.Browse"], user);
  t.deepEqual(await lacking([web.reference, mt.reference], "azure@vsphere.local"), [
    "Datastore.Browse",
  ]);
  t.deepEqual(await lacking([web.reference], "azure@vsphere.local"), []);
  t.deepEqual(await lacking([mt.reference]), []);
});

test("VC-LICENCE a host of the free edition refuses changes, and the remedy is a licence", async (t) => {
  const run = await startRun(t, {
    hosts: [{ name: "esx1", licence: "esxBasic" }],
    machines: [{ name: "mt", power: "off" }],
    faults: [
      {
        ...{ method: "ReconfigVM_Task", fault: "RestrictedVersion" },
        message: "Current license or ESXi version prohibits execution of the requested operation.",
      },
    ],
  });
  const { reference } = await run.machine("mt");
  const error = await t.throwsAsync(run.site.enableDiskUuid(run.context, reference));
  t.regex(
    error.message,
    /refused to set disk\.EnableUUID of mt: RestrictedVersion: Current license or ESXi version prohibits.*free edition of ESXi.*give it a licence/,
  );
});

test("a machine that was moved, cloned or snapshotted behind the provider's back shows so", async (t) => {
  const run = await startRun(t, {
    datastores: [{ name: "ds1" }, { name: "ds2" }],
    machines: [
      { name: "mt", datastore: "ds1" },
      { name: "web", datastore: "ds1" },
    ],
  });
  const before = await run.machine("mt");
  await run.bench.change("mt", { datastore: "ds2", snapshot: true });
  await run.bench.change("web", { biosUuid: before.biosUuid, rename: "mt" });
  run.site.forget();
  const [after] = await run.find({ instanceUuid: before.instanceUuid });
  t.notDeepEqual(after?.datastoreReferences, before.datastoreReferences);
  t.is(after?.configurationFile, "[ds2] mt/mt.vmx");
  t.is(after?.disks[0]?.fileName, "[ds2] mt/mt.vmdk");
  t.is(after?.disks[0]?.uuid, before.disks[0]?.uuid);
  t.true(after?.hasSnapshot);
  t.is((await run.find({ name: "mt" })).length, 2);
  t.is((await run.find({ biosUuid: before.biosUuid })).length, 2);
});

test("a change to a machine that is gone says so", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", power: "off" }] });
  const { reference } = await run.machine("web");
  await run.bench.change("web", { removed: true });
  const error = await t.throwsAsync(run.site.powerOn(run.context, reference), {
    instanceOf: SiteError,
  });
  t.is(error.serviceCode, "ManagedObjectNotFound");
  t.regex(error.message, /removed, or taken into the inventory anew/);
});

test("a cancelled caller leaves, and those who wait with it get their answer", async (t) => {
  const { bench } = await startRun(t, {
    machines: [{ name: "web" }],
    delays: { methods: { CreateContainerView: 200 } },
  });
  const run = makeRun(t, bench);
  const leaver = new AbortController();
  const first = run.site.findMachines({ ...run.context, signal: leaver.signal }, [{ name: "web" }]);
  const second = run.machine("web");
  leaver.abort();
  await t.throwsAsync(first, { name: "CancelledError" });
  t.is((await second).name, "web");
});

test("the session ends with the run, and when the site is closed", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web" }] });
  await run.machine("web");
  t.is(await run.bench.sessions(), 1);
  await run.site.close();
  t.is(await run.bench.sessions(), 0);
  run.site.forget();
  await run.machine("web");
  t.is(await run.bench.sessions(), 1);
  // The process may end the moment a run is over: the session ends before anything else happens.
  run.cancel();
  t.is((await run.bench.calls()).Logout, 2);
  t.is(await run.bench.sessions(), 0);
});

test("P-07 neither the password nor a session's cookie stands in any line or error", async (t) => {
  const run = await startRun(t, {
    accounts,
    machines: [{ name: "web", power: "off" }],
    faults: [
      {
        ...{ method: "PowerOnVM_Task", fault: "InvalidState" },
        message: `password ${password} of admin is no reason`,
      },
    ],
  });
  const { reference } = await run.machine("web");
  const error = await t.throwsAsync(run.site.powerOn(run.context, reference));
  t.false(`${error.message}${error.stack}${run.lines.join()}`.includes(password));
  t.regex(error.message, /\[hidden\]/);
});

/** A certificate of an authority that vouched for nobody here. */
function emptyAuthority(t: { teardown(end: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-asr-ca-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "ca.pem");
  writeFileSync(file, "");
  return file;
}

test("a query that names nothing finds nothing", async (t) => {
  const run = await startRun(t, { machines: [{ name: "web", biosUuid: "" }] });
  for (const key of ["path", "instanceUuid", "biosUuid", "name"] as const) {
    t.deepEqual(await run.find({ [key]: "" }), []);
  }
});
