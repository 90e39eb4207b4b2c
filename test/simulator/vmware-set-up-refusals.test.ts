import test from "ava";
import { enableClassic, protectableItem, protectClassic } from "./classic-protection.ts";
import { GROUP, NETWORK } from "./recovered-side.ts";
import { refused } from "./refused.ts";
import type { Body } from "./shop.ts";
import {
  ACCOUNT,
  classic,
  type Estate,
  MODERN,
  modern,
  openEstate,
  policy,
  properties,
  RECOVERY,
} from "./vmware.ts";

const WEB = modern("web-1");
const _OLD = classic("old-1");

const REFUSED: Readonly<Record<string, readonly [path: string, change: object, code: RegExp]>> = {
  "an unknown machine": [
    MODERN,
    { fabricDiscoveryMachineId: "/subscriptions/x/machines/nobody" },
    /MISSING-REFERENCE/,
  ],
  "an unknown appliance": [MODERN, { processServerId: "nobody" }, /MISSING-REFERENCE/],
  "an unknown run-as account": [MODERN, { runAsAccountId: "nobody" }, /MISSING-REFERENCE/],
  "a resource group that does not exist": [
    MODERN,
    { targetResourceGroupId: `${GROUP}x` },
    /MISSING-REFERENCE/,
  ],
  "a subnet that the network does not have": [
    MODERN,
    { targetSubnetName: "cellar" },
    /MISSING-REFERENCE/,
  ],
  "a log account that does not exist": [
    MODERN,
    { disksDefault: { diskType: "Premium_LRS", logStorageAccountId: `${ACCOUNT}x` } },
    /MISSING-REFERENCE/,
  ],
  "no disks at all": [MODERN, { disksDefault: null }, /INVALID-INPUT/],
  "a data disk without the operating system": [
    MODERN,
    {
      disksToInclude: [
        { diskId: "/dev/sdb", diskType: "Premium_LRS", logStorageAccountId: ACCOUNT },
      ],
    },
    /INVALID-INPUT/,
  ],
  "the details of a region": [
    MODERN,
    { instanceType: "A2A", fabricObjectId: "x" },
    /INVALID-INPUT/,
  ],
};

for (const [what, [container, change, code]] of Object.entries(REFUSED)) {
  test(`The protection of a machine of a site is refused at once with ${what}`, async (t) => {
    const estate = await openEstate(t);
    const body = await enableModern(estate, "web-3", change);
    const path = `${container}/replicationProtectedItems/fresh`;
    t.regex((await refused(estate, "PUT", path, body)).code, code);
    t.is((await estate.ask("GET", path)).status, 404);
  });
}

async function enableModern(estate: Estate, name: string, change: object = {}): Promise<object> {
  const { processServers, vmwareSiteId } = await estate.fabric("site");
  const { value } = await estate.get(`${vmwareSiteId}/machines`);
  const machine = value.find((each: Body) => each.properties.displayName === name);
  return properties(
    {
      instanceType: "InMageRcm",
      disksDefault: { diskType: "Premium_LRS", logStorageAccountId: ACCOUNT },
      fabricDiscoveryMachineId: machine.id,
      processServerId: processServers[0].id,
      targetNetworkId: NETWORK,
      targetResourceGroupId: GROUP,
      ...change,
    },
    { policyId: policy("modern") },
  );
}

test("A machine of a site is protected once only, and needs a mapping to Azure", async (t) => {
  const estate = await openEstate(t);
  const again = await estate.run("PUT", modern("twin"), await enableModern(estate, "web-1"));
  t.is(again.error.code, "45031");
  t.is(again.status, "Failed");
  const same = await estate.run("PUT", WEB, await enableModern(estate, "web-1"));
  t.is(same.status, "Succeeded");
  t.is(same.error.code, "45031");
  await estate.failOver(WEB);
  const away = await estate.run("PUT", modern("twin"), await enableModern(estate, "web-1"));
  t.is(away.error.code, "45031");
  const { id } = await protectableItem(estate, "old-3");
  const classicPath = classic("twin");
  t.is((await protectClassic(estate, classicPath, id)).status, "Succeeded");
  t.regex(
    (await refused(estate, "PUT", classic("other"), enableClassic(`${id}x`))).code,
    /MISSING-REFERENCE/,
  );
  t.regex(
    (
      await refused(
        estate,
        "PUT",
        classic("other"),
        enableClassic(id, { targetAzureV2ResourceGroupId: null }),
      )
    ).message,
    /targetAzureV2ResourceGroupId' is required/,
  );
  await estate.run("PUT", policy("unmapped"), {
    properties: { providerSpecificInput: { instanceType: "InMageRcm" } },
  });
  const body = (await enableModern(estate, "web-3")) as Body;
  body.properties.policyId = `${RECOVERY}/replicationPolicies/unmapped`;
  t.regex((await refused(estate, "PUT", modern("fresh"), body)).message, /is not mapped to/);
});

test("A machine that is off cannot be protected: its agent cannot be installed", async (t) => {
  const estate = await openEstate(t);
  await estate.change("machines", { name: "web-3", power: "off" });
  const status = await estate.run("PUT", modern("fresh"), await enableModern(estate, "web-3"));
  t.is(status.error.code, "SIM-MACHINE-OFF");
  t.is((await estate.ask("GET", modern("fresh"))).status, 404);
});
