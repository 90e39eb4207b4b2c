import test from "ava";
import { SiteError } from "../../../../../provider/errors.ts";
import { itemFacts } from "../../../../../provider/sites/azure/facts/item.ts";
import { protectableItemWire, vcenterWire } from "../facts/classic-wires.ts";
import { fixture } from "../support/fixture.ts";
import { createRun } from "../support/run.ts";
import { type SeenRequest, type StubAnswer, startStub } from "../support/stub-service.ts";

const done: StubAnswer = { status: 200, body: {} };
const specification = {
  friendlyName: "vcenter-one",
  address: "10.1.0.5",
  port: "443",
  processServerId: "ps-guid",
  runAsAccountId: "1",
};

test("S-01 a vCenter is put and read back, and its list is shared until the next write", async (t) => {
  const stub = await startStub(t, (request) => {
    if (request.path.endsWith("/replicationvcenters")) {
      return { status: 200, body: { value: [vcenterWire] } };
    }
    if (!request.path.endsWith("/replicationfabrics/f1/replicationvcenters/one")) return undefined;
    return request.method === "PUT" ? done : { status: 200, body: vcenterWire };
  });
  const { context } = createRun();
  const { onPremises } = stub.vault;
  await Promise.all([onPremises.vcenters(context), onPremises.vcenters(context)]);
  t.is(stub.count("GET", "/replicationvcenters"), 1);
  const facts = await onPremises.putVCenter(context, "f1", "one", specification);
  t.is(facts.address, "10.1.0.5");
  t.deepEqual(stub.journal.find((each) => each.method === "PUT")?.body, {
    properties: {
      friendlyName: "vcenter-one",
      ipAddress: "10.1.0.5",
      port: "443",
      processServerId: "ps-guid",
      runAsAccountId: "1",
    },
  });
  await onPremises.vcenters(context);
  t.is(stub.count("GET", "/replicationvcenters"), 2);
});

test("S-01 discovered machines are read through all pages, the last of which is empty", async (t) => {
  const stub = await startStub(t, (request) => {
    if (!request.path.endsWith("/c/replicationprotectableitems")) return undefined;
    if (request.url.includes("skipToken")) return { status: 200, body: { value: [] } };
    const nextLink = `http://${request.headers.host}${request.url}&$skipToken=ReplicationGroup%3ABegin`;
    return { status: 200, body: { value: [protectableItemWire], nextLink } };
  });
  const { context } = createRun();
  const read = () => stub.vault.onPremises.protectableItems(context, `${stub.vaultId}/c`);
  t.deepEqual(
    (await read()).map((each) => each.friendlyName),
    ["metal-1"],
  );
  await read();
  t.is(stub.count("GET", "/c/replicationprotectableitems"), 2);
});

test("S-01 a site is refreshed through the provider that is connected", async (t) => {
  const provider = (name: string, connectionStatus: string): object => ({
    id: `/subscriptions/x/providers/${name}`,
    name,
    properties: { connectionStatus },
  });
  const value = [provider("old", "Disconnected"), provider("new", "Connected")];
  const stub = await startStub(t, (request) =>
    request.path.endsWith("/replicationfabrics/f1/replicationrecoveryservicesproviders")
      ? { status: 200, body: { value } }
      : request.path.endsWith("/refreshprovider")
        ? done
        : undefined,
  );
  await stub.vault.onPremises.refresh(createRun().context, "f1");
  t.deepEqual(
    stub.journal.filter((each) => each.method === "POST").map((each) => each.path),
    ["/subscriptions/x/providers/new/refreshprovider"],
  );
});

test("S-01 a site for which nobody reports says so instead of doing nothing", async (t) => {
  const stub = await startStub(t, () => ({ status: 200, body: { value: [] } }));
  const error = await t.throwsAsync(stub.vault.onPremises.refresh(createRun().context, "f1"), {
    instanceOf: SiteError,
  });
  t.regex(error?.message ?? "", /No provider reports for the site f1\. Check that its/);
});

test("S-02 P-03 a physical server whose discovery was not answered is looked for before it is discovered again", async (t) => {
  const stub = await startStub(t, (request) =>
    request.method === "POST" ? "reset" : { status: 200, body: { value: [protectableItemWire] } },
  );
  const machine = { friendlyName: "metal-1", address: "10.1.1.50", osType: "Windows" } as const;
  await stub.vault.onPremises.discoverMachine(createRun().context, `${stub.vaultId}/c`, machine);
  t.is(stub.count("POST", "/c/discoverprotectableitem"), 1);
});

test("S-01 machines move to another process server, all of them or those named", async (t) => {
  const stub = await startStub(t, () => done);
  const { context } = createRun();
  const move = { containerName: "c", sourceProcessServerId: "a", targetProcessServerId: "b" };
  await stub.vault.onPremises.moveMachines(context, "f1", move);
  await stub.vault.onPremises.moveMachines(context, "f1", { ...move, machineIds: ["m"] });
  const types = (request: SeenRequest): unknown =>
    (request.body as { properties: Record<string, unknown> }).properties.updateType;
  t.deepEqual(stub.journal.map(types), ["SystemLevel", "ServerLevel"]);
});

test("V-06 the machine that a modernized failover made is found by its disk, which the service tells of", async (t) => {
  const id = "/subscriptions/0/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/web-2";
  const stub = await startStub(t, (request) => {
    if (request.path.includes("/disks/")) return { status: 200, body: { managedBy: id } };
    const statuses = [{ code: "PowerState/deallocated" }];
    return request.path === id.toLowerCase()
      ? { status: 200, body: { id, name: "web-2", properties: { instanceView: { statuses } } } }
      : undefined;
  });
  const { context } = createRun();
  const item = itemFacts(stub.vaultId, fixture("rcm-item-commit-pending"));
  const machine = await stub.site.recoveredMachine(context, item);
  t.like(machine, { id, powerState: "deallocated" });
  const home = itemFacts(stub.vaultId, fixture("rcm-item-protected"));
  t.is(await stub.site.recoveredMachine(context, home), undefined);
});

test("a machine in Azure is started, and looked at when the answer is lost", async (t) => {
  const id = "/subscriptions/0/resourceGroups/r/providers/Microsoft.Compute/virtualMachines/web";
  const statuses = [{ code: "PowerState/running" }];
  const stub = await startStub(t, (request) =>
    request.method === "POST"
      ? "reset"
      : { status: 200, body: { id, properties: { instanceView: { statuses } } } },
  );
  await stub.site.startMachine(createRun().context, id);
  t.is(stub.count("POST", "/web/start"), 1);
});
