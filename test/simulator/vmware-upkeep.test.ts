import test from "ava";
import { GROUP, NETWORK } from "./recovered-side.ts";
import { classic, modern, OUT, openEstate, properties } from "./vmware.ts";

const WEB = modern("web-1");
const OLD = classic("old-1");
const DRILL = NETWORK.replace(/azure$/, "drill");

test("Settings of a protected machine of a site are changed by its own fields", async (t) => {
  const estate = await openEstate(t);
  const [nic] = (await estate.details(WEB)).vmNics;
  await estate.run(
    "PATCH",
    WEB,
    properties({
      instanceType: "InMageRcm",
      targetVmName: "web-after",
      targetVmSize: "Standard_D4s_v5",
      licenseType: "WindowsServer",
      testNetworkId: DRILL,
      vmNics: [
        {
          nicId: nic.nicId,
          isPrimaryNic: "true",
          isSelectedForFailover: "true",
          targetSubnetName: "web",
          targetStaticIPAddress: "10.9.1.77",
        },
      ],
    }),
  );
  const details = await estate.details(WEB);
  t.like(details, {
    targetVmName: "web-after",
    targetVmSize: "Standard_D4s_v5",
    licenseType: "WindowsServer",
    testNetworkId: DRILL,
  });
  t.like(details.vmNics[0], { targetIPAddress: "10.9.1.77", targetIPAddressType: "Static" });
  await estate.run(
    "PATCH",
    OLD,
    properties(
      { instanceType: "InMageAzureV2", recoveryAzureV2ResourceGroupId: GROUP },
      { recoveryAzureVMName: "old-after", recoveryAzureVMSize: "Standard_F4s_v2" },
    ),
  );
  t.like(await estate.details(OLD), {
    recoveryAzureVMName: "old-after",
    recoveryAzureVMSize: "Standard_F4s_v2",
  });
  await estate.does(WEB, "unplannedFailover", OUT);
  t.is(await estate.azurePower("web-after"), "PowerState/running");
  const status = await estate.run("PATCH", WEB, properties({ instanceType: "InMageRcm" }));
  t.is(status.error.code, "25037");
});

test("A silent agent or appliance stops the recovery points of a machine, and its health tells", async (t) => {
  const estate = await openEstate(t);
  await estate.change("machines", { name: "web-1", agent: "silent" });
  estate.minutes(20);
  const warned = await estate.item(WEB);
  t.is(warned.replicationHealth, "Warning");
  t.is(warned.healthErrors[0].errorCode, "547000");
  estate.minutes(60);
  t.is((await estate.item(WEB)).replicationHealth, "Critical");
  await estate.change("machines", { name: "web-1", agent: "reports" });
  estate.minutes(10);
  t.is((await estate.item(WEB)).replicationHealth, "Normal");
  await estate.change("servers", { name: "appliance-1", heartbeat: "silent" });
  estate.minutes(20);
  t.is((await estate.item(modern("web-2"))).replicationHealth, "Warning");
});

test("The agent of a machine that runs on premises is updated; one that cannot be reached fails as recorded", async (t) => {
  const estate = await openEstate(t);
  const body = { properties: { runAsAccountId: "1" } };
  await estate.does(OLD, "updateMobilityService", body);
  await estate.change("machines", { name: "old-1", power: "off" });
  t.is(await estate.fails(OLD, "updateMobilityService", body), "559");
});

test("A resynchronization that is due is offered and done", async (t) => {
  const estate = await openEstate(t);
  await estate.ask("POST", "/_simulator/items", { id: WEB, resyncRequired: true });
  const due = await estate.item(WEB);
  t.is(due.allowedOperations[0], "RepairReplication");
  t.is(due.providerSpecificDetails.resyncRequired, "true");
  await estate.does(WEB, "repairReplication");
  t.is((await estate.item(WEB)).protectionState, "InitialReplicationInProgress");
  await estate.until(WEB, "Protected");
});

test("Items of sites are found by their kind, and by what is around them", async (t) => {
  const estate = await openEstate(t);
  const count = async (filter: string) => {
    const path = `${WEB.split("/replicationFabrics")[0]}/replicationProtectedItems`;
    return (await estate.get(`${path}?$filter=${encodeURIComponent(filter)}`)).value.length;
  };
  t.is(await count("InstanceType eq 'InMageRcm'"), 3);
  t.is(await count("VCenterName eq 'vcenter-one'"), 5);
  const { processServers } = await estate.fabric("site");
  t.is(await count(`ProcessServerId eq '${processServers[0].id}'`), 3);
});
