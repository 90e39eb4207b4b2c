import test from "ava";
import { SiteError } from "../../../../../provider/errors.ts";
import {
  providerWire,
  storageClassificationMappingWire,
  storageClassificationWire,
} from "../facts/hyper-v-wires.ts";
import { fixture } from "../support/fixture.ts";
import { createRun } from "../support/run.ts";
import { type StubAnswer, startStub } from "../support/stub-service.ts";

const listOf = (...value: object[]): StubAnswer => ({ status: 200, body: { value } });

test("S-03 S-06 agents, VM networks and storage of all sites are listed once, and shared", async (t) => {
  const azureNetwork = {
    id: "/vault/replicationFabrics/north/replicationNetworks/azureNetwork",
    name: "azureNetwork",
    properties: { fabricType: "Azure" },
  };
  const lists: Readonly<Record<string, StubAnswer>> = {
    replicationrecoveryservicesproviders: listOf(providerWire),
    replicationnetworks: listOf(azureNetwork, fixture("hyperv-network")),
    replicationstorageclassifications: listOf(storageClassificationWire),
    replicationstorageclassificationmappings: listOf(storageClassificationMappingWire),
  };
  const stub = await startStub(t, ({ path }) => lists[path.slice(path.lastIndexOf("/") + 1)]);
  const { context } = createRun();
  const { hyperV } = stub.vault;
  const read = async (): Promise<readonly (readonly string[])[]> => [
    (await hyperV.providers(context)).map((each) => each.friendlyName),
    (await hyperV.networks(context)).map((each) => each.friendlyName),
    (await hyperV.storageClassifications(context)).map((each) => each.friendlyName),
    (await hyperV.storageClassificationMappings(context)).map((each) => each.name),
  ];
  t.deepEqual(await read(), [["host-1.example"], ["corp"], ["gold"], ["gold"]]);
  await read();
  t.is(stub.journal.length, 4);
});

test("S-03 a Hyper-V site is put and read back, and the fabrics are read anew", async (t) => {
  const stub = await startStub(t, ({ method, path }) => {
    if (path.endsWith("/replicationfabrics")) return listOf(fixture("hyperv-fabric"));
    if (!path.endsWith("/replicationfabrics/site1")) return undefined;
    return { status: 200, body: method === "PUT" ? {} : fixture("hyperv-fabric") };
  });
  const { context } = createRun();
  await stub.vault.fabrics(context);
  const facts = await stub.vault.hyperV.putSite(context, "site1");
  t.is(facts.friendlyName, "IDCLAB-A409.fareast.corp.microsoft.com");
  t.deepEqual(stub.journal.find((each) => each.method === "PUT")?.body, {
    properties: { customDetails: { instanceType: "HyperVSite" } },
  });
  await stub.vault.fabrics(context);
  t.is(stub.count("GET", "/replicationfabrics"), 2);
});

test("S-06 a storage classification mapping is put below its classification, and its removal may find nothing", async (t) => {
  const stub = await startStub(t, ({ method, path }) => {
    if (!path.endsWith("/replicationstorageclassificationmappings/gold")) return undefined;
    if (method === "DELETE") return { status: 404, body: {} };
    return { status: 200, body: method === "PUT" ? {} : storageClassificationMappingWire };
  });
  const { context } = createRun();
  const { hyperV } = stub.vault;
  const facts = await hyperV.putStorageClassificationMapping(
    context,
    "vmm1",
    "gold-guid",
    "gold",
    "/silver",
  );
  t.is(facts.storageClassificationName, "gold-guid");
  const put = stub.journal.find((each) => each.method === "PUT");
  t.true(
    put?.path.endsWith(
      "/replicationfabrics/vmm1/replicationstorageclassifications/gold-guid/replicationstorageclassificationmappings/gold",
    ),
  );
  t.deepEqual(put?.body, { properties: { targetStorageClassificationId: "/silver" } });
  await hyperV.removeStorageClassificationMapping(context, "vmm1", "gold-guid", "gold");
  t.is(stub.count("DELETE", "/gold"), 1);
});

test("H-09 a suspended job is taken up again once, with a word why", async (t) => {
  const stub = await startStub(t, ({ path }) =>
    path.endsWith("/replicationjobs/job-1/resume") ? { status: 202 } : undefined,
  );
  await stub.vault.hyperV.resumeJob(createRun().context, "job-1", "the downtime begins");
  t.deepEqual(
    stub.journal.map(({ method, body }) => ({ method, body })),
    [{ method: "POST", body: { properties: { comments: "the downtime begins" } } }],
  );
});

test("P-03 an order to take a job up again whose answer was lost is not sent twice", async (t) => {
  const stub = await startStub(t, ({ method }) => (method === "POST" ? "reset" : undefined));
  const error = await t.throwsAsync(
    stub.vault.hyperV.resumeJob(createRun().context, "job-1", "go on"),
    { instanceOf: SiteError },
  );
  t.true(error?.effectUnknown);
  t.is(stub.count("POST", "/resume"), 1);
});
