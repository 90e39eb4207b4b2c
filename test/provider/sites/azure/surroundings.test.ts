import test from "ava";
import { apiVersionOf } from "../../../../provider/sites/azure/api-versions.ts";
import { createRun } from "./support/run.ts";
import { startStub } from "./support/stub-service.ts";

test("what exists is asked for once in a run, what is absent again after a moment", async (t) => {
  let storage = false;
  const stub = await startStub(t, (request) =>
    request.path.includes("storageaccounts") && storage
      ? { status: 200, body: { id: "/s" } }
      : undefined,
  );
  const { context, clock } = createRun();
  const id = "/subscriptions/1/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/cache";
  t.false(await stub.site.exists(context, id));
  storage = true;
  t.false(await stub.site.exists(context, id));
  await clock.sleep(21_000);
  t.true(
    await stub.site.exists(context, id.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions")),
  );
  t.true(await stub.site.exists(context, id));
  t.is(stub.journal.length, 2);
});

test("A-03 eligibility errors come in the service's words, and none where nothing is known", async (t) => {
  const errors = [
    { code: "150001", message: "The disk is not supported.", recommendedAction: "Exclude it." },
  ];
  const stub = await startStub(t, (request) =>
    request.path.includes("/virtualmachines/bad/")
      ? { status: 200, body: { properties: { errors } } }
      : undefined,
  );
  const { context } = createRun();
  const machine = (name: string): string =>
    `/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/${name}`;
  t.deepEqual(await stub.site.eligibilityErrors(context, machine("bad")), [
    "150001: The disk is not supported. Recommended action: Exclude it.",
  ]);
  t.deepEqual(await stub.site.eligibilityErrors(context, machine("good")), []);
});

test("regions are read once, with their display names", async (t) => {
  const value = [{ name: "northeurope", displayName: "North Europe" }];
  const stub = await startStub(t, (request) =>
    request.path.endsWith("/locations") ? { status: 200, body: { value } } : undefined,
  );
  const { context } = createRun();
  const [regions] = await Promise.all([stub.site.regions(context), stub.site.regions(context)]);
  t.is(regions.get("northeurope"), "North Europe");
  t.is(stub.journal.length, 1);
});

for (const [id, version] of [
  ["/subscriptions/1/resourceGroups/g", "2022-09-01"],
  ["/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/v", "2024-07-01"],
  ["/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/disks/d", "2023-10-02"],
  [
    "/subscriptions/1/resourceGroups/g/providers/microsoft.network/virtualnetworks/n/subnets/s",
    "2024-05-01",
  ],
  ["/subscriptions/1/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v", "2025-02-01"],
  [
    "/Subscriptions/1/resourceGroups/g/providers/Microsoft.RecoveryServices/vaults/v/replicationPolicies/p",
    "2023-06-01",
  ],
] as const) {
  test(`${id} is read with api-version ${version}`, (t) => {
    t.is(apiVersionOf(id), version);
  });
}
