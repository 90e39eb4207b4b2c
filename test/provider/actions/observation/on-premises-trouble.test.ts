import test from "ava";
import { classic, modernized, onPremises } from "../../recovery/site-situations.ts";
import { goodScenario, type Look, password, startSiteBench } from "./site-bench.ts";

const reprotect: Look = { action: "Reprotect", generation: classic };

/** Troubles with the vCenter itself: each is one warning that names what was not checked. */
const troubles = [
  {
    title: "a wrong password",
    scenario: { ...goodScenario, accounts: [{ username: "provider", password: "another" }] },
    settings: {},
    text: /user name|password/i,
  },
  {
    title: "a certificate that is not the pinned one",
    scenario: goodScenario,
    settings: { "vcenter-one": { thumbprint: Array(32).fill("AB").join(":") } },
    text: /certificate/i,
  },
  {
    title: "a vCenter that is down",
    scenario: goodScenario,
    settings: { "vcenter-one": { url: "https://127.0.0.1:9/sdk" } },
    text: /ECONNREFUSED|refused|reach/i,
  },
  {
    title: "a vCenter that answers with an error",
    scenario: {
      ...goodScenario,
      faults: [{ method: "RetrievePropertiesEx", fault: "NoPermission" }],
    },
    settings: {},
    text: /NoPermission|permission|refused/i,
  },
] as const;

for (const { title, scenario, settings, text } of troubles) {
  test.serial(
    `VC-ACCESS ${title} is one warning for the action, and no text holds the password`,
    async (t) => {
      const site = await startSiteBench(t, scenario, settings);
      for (const look of [reprotect, { ...reprotect, action: "Failback" }] as const) {
        const findings = await site.findings({ ...look, count: 3 });
        const closed = findings.filter((each) => each.rule === "VC-ACCESS");
        t.is(closed.length, 1);
        t.is(closed[0]?.severity, "warn");
        t.regex(
          closed[0]?.text ?? "",
          /vCenter vcenter-one: It could not be looked at: .*Not checked.*MT-SNAP/s,
        );
        t.regex(closed[0]?.text ?? "", text);
        t.false(JSON.stringify(findings).includes(password));
        t.deepEqual(
          findings.filter((each) => each.severity !== "warn").map((each) => each.text),
          [],
        );
      }
    },
  );
}

test.serial(
  "VC-ACCESS without any vCenter it is said once which rules are left out, and how to configure one",
  async (t) => {
    const site = await startSiteBench(t, {}, "none");
    const findings = await site.findings({ ...reprotect, count: 3 });
    const [closed, ...others] = findings.filter((each) => each.rule === "VC-ACCESS");
    t.deepEqual(others, []);
    t.regex(
      closed?.text ?? "",
      /No vCenter is configured.*MT-UUID.*pulumi config set --secret asr:vcenters/,
    );
    t.deepEqual(
      (await site.findings({ action: "Failover", generation: modernized })).filter(
        (each) => each.rule === "VC-ACCESS",
      ),
      [],
      "a failover to Azure does not ask for a vCenter that nobody configured",
    );
  },
);

test.serial(
  "VC-ACCESS a vCenter that the configuration does not know is told with those it knows",
  async (t) => {
    const site = await startSiteBench(t, goodScenario);
    const [closed] = (
      await site.findings({ ...reprotect, inputs: { vcenter: "vcenter-on" } })
    ).filter((each) => each.rule === "VC-ACCESS");
    t.regex(
      closed?.text ?? "",
      /vCenter vcenter-on: asr:vcenters has no vCenter of this name.*vcenter-one/,
    );
  },
);

test.serial(
  "VC-ACCESS of several vCenters the one at Azure's address is taken, else a name is asked for",
  async (t) => {
    const two = { far: { url: "https://vcenter.invalid/sdk" }, "vcenter-one": {} };
    const site = await startSiteBench(t, goodScenario, two);
    const silent = (await site.findings(reprotect)).filter((each) => each.rule === "VC-ACCESS");
    t.deepEqual(silent, []);
    const [closed] = (await site.findings({ action: "Reprotect", generation: modernized })).filter(
      (each) => each.rule === "VC-ACCESS",
    );
    t.regex(closed?.text ?? "", /far, vcenter-one.*cannot be told.*Give its name as vcenter/);
    const named = await site.findings({
      ...{ action: "Reprotect", generation: modernized },
      inputs: { vcenter: "vcenter-one" },
    });
    t.false(named.some((each) => each.rule === "VC-ACCESS"));
    const called = await site.findings({
      ...{ action: "Reprotect", generation: modernized },
      item: { onPremises: onPremises({ vcenterId: "/VMwareSites/plant/vcenters/vcenter-one" }) },
    });
    t.false(
      called.some((each) => each.rule === "VC-ACCESS"),
      "Azure's name of it is one, too",
    );
  },
);

test.serial(
  "VC-UNIQUE two machines of one name are both listed, and neither is judged",
  async (t) => {
    const machines = goodScenario.machines ?? [];
    const again = machines.find((each) => each.name === "mt-linux");
    const site = await startSiteBench(t, {
      ...goodScenario,
      machines: [
        ...machines,
        ...(again === undefined ? [] : [{ ...again, folder: "old", name: "mt-2", snapshot: true }]),
      ],
    });
    const clean = (await site.findings(reprotect)).filter((each) => each.rule === "VC-UNIQUE");
    t.deepEqual(clean, []);
    await site.bench.change("mt-2", { rename: "mt-linux" });
    const findings = await site.findings(reprotect);
    const [twice, ...others] = findings.filter((each) => each.rule === "VC-UNIQUE");
    t.deepEqual(others, []);
    t.is(twice?.severity, "block");
    t.regex(
      twice?.text ?? "",
      /\[ds1\] mt-linux\/mt-linux\.vmx \(vm-\d+\).*\[ds1\] mt-2\/mt-2\.vmx \(vm-\d+\)/,
    );
    t.false(findings.some((each) => each.rule === "MT-SNAP"));
  },
);

test.serial("VM-RDM raw device mappings of a machine that is there are allowed", async (t) => {
  const site = await startSiteBench(t, {
    ...goodScenario,
    machines: (goodScenario.machines ?? []).map((machine) =>
      machine.name === "web"
        ? { ...machine, disks: [{ sizeGiB: 10, rawDeviceMapping: true }] }
        : machine,
    ),
  });
  const findings = await site.findings(reprotect);
  t.false(findings.some((each) => each.rule === "VM-RDM"));
});

test.serial(
  "VC-ACCESS a session that ends between two looks is renewed, and nothing is found for it",
  async (t) => {
    const site = await startSiteBench(t);
    await site.findings(reprotect);
    await site.bench.expire();
    t.false((await site.findings(reprotect)).some((each) => each.rule === "VC-ACCESS"));
  },
);

test.serial(
  "an action that starts nothing, and a failover that is under way, ask the vCenter nothing",
  async (t) => {
    const site = await startSiteBench(t);
    await site.findings({ ...reprotect, after: 3 });
    await site.findings({ action: "Failback", generation: classic, after: 2 });
    await site.findings({ action: "Failover", generation: classic, preview: false });
    await site.findings({ action: "TestFailover", generation: modernized });
    t.deepEqual(await site.bench.calls(), {});
    await site.findings({ action: "Failover", generation: classic, preview: true });
    t.not(Object.keys(await site.bench.calls()).length, 0);
  },
);

/** Calls that talk to the vCenter. */
const total = (calls: Readonly<Record<string, number>>): number =>
  Object.values(calls).reduce((sum, each) => sum + each, 0);

for (const action of ["Reprotect", "Failback"] as const) {
  for (const generation of [classic, modernized]) {
    test.serial(
      `the rules of 500 machines before a ${action} take at most 20 calls and one page per 100 machines (${generation.scenario})`,
      async (t) => {
        const site = await startSiteBench(t, {
          ...goodScenario,
          machines: [
            ...(goodScenario.machines ?? []).filter((each) => each.name !== "web"),
            { name: "web", count: 500, datastore: "ds1", power: "off" },
          ],
        });
        const findings = await site.findings({ action, generation, count: 500 });
        const calls = await site.bench.calls();
        t.true(total(calls) <= 20 + 6, JSON.stringify(calls));
        t.log(`${total(calls)} calls: ${JSON.stringify(calls)}`);
        t.false(
          findings.some((each) => ["VM-ABSENT", "VC-UNIQUE", "VC-ACCESS"].includes(each.rule)),
        );
        t.deepEqual(
          findings
            .filter((each) => each.severity === "block" && !/DISKS$/.test(each.rule))
            .map((each) => each.text),
          [],
        );
        t.is(
          findings.filter((each) => /DISKS$/.test(each.rule)).length,
          action === "Reprotect" ? 1 : 0,
        );
      },
    );
  }
}

test.serial("DS-SPACE space is reckoned for all machines that the action makes anew", async (t) => {
  const site = await startSiteBench(t, {
    ...goodScenario,
    machines: (goodScenario.machines ?? []).slice(1),
  });
  const look: Look = { ...reprotect, count: 3, item: { disks: [disk(600)] } };
  const [space, ...others] = (await site.findings(look)).filter((each) => each.rule === "DS-SPACE");
  t.deepEqual(others, []);
  t.regex(space?.text ?? "", /1500 GiB free.*1800 GiB/);
});

function disk(sizeGiB: number) {
  return {
    ...{ diskId: "d", name: "d", capacityBytes: sizeGiB * 1024 ** 3, recoveryResourceGroupId: "" },
    ...{ replicaDiskType: "", targetDiskType: "", cacheStorageAccountId: "" },
    ...{ recoveryDiskEncryptionSetId: "", resynchronizationRequired: false },
  };
}
