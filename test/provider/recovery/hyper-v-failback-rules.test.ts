import test from "ava";
import { hyperVItemAfter, toAzure } from "./hyper-v-items.ts";
import {
  agent,
  daysAgo,
  failback,
  found,
  holds,
  hyperVSituation,
  lost,
  servers,
} from "./hyper-v-situations.ts";

const host2 = agent("host-2");
const toHost2 = {
  createMachineIfAbsent: true,
  alternateHost: { name: "host-2", providerId: host2.id },
} as const;

for (const scenario of toAzure) {
  const away = hyperVItemAfter(scenario, 2, { lastSuccessfulFailoverTime: daysAgo(3) });

  test(`HV-SYNC a failback says that data are synchronized while the machine runs (${scenario})`, (t) => {
    const [first] = found("HV-SYNC", hyperVSituation("Failback", away));
    t.is(first?.severity, "warn");
    t.regex(first?.text ?? "", /shut down only for the last changes.*duringDowntime/);
  });

  test(`HV-SYNC a full download is said to mean downtime (${scenario})`, (t) => {
    const choice = failback({ dataSynchronization: "duringDowntime" });
    const [first] = found("HV-SYNC", hyperVSituation("Failback", away, choice));
    t.regex(first?.text ?? "", /downloaded in full: downtime is as long as that takes/);
  });

  test(`HV-SYNC after a month in Azure the full download is advised (${scenario})`, (t) => {
    const old = { ...away, lastSuccessfulFailoverTime: daysAgo(45) };
    const [first] = found("HV-SYNC", hyperVSituation("Failback", old));
    t.regex(first?.text ?? "", /^web: it has run in Azure for 45 d.*duringDowntime/);
  });

  test(`HV-SYNC for a machine that its host has lost the full download is advised (${scenario})`, (t) => {
    const choice = failback({ createMachineIfAbsent: true });
    const [first] = found("HV-SYNC", hyperVSituation("Failback", away, choice));
    t.regex(first?.text ?? "", /made anew.*duringDowntime/);
  });

  test(`HV-SNAP a failback reminds of checkpoints, which no interface of Azure tells (${scenario})`, (t) => {
    const [first] = found("HV-SNAP", hyperVSituation("Failback", away));
    t.is(first?.severity, "warn");
    t.regex(first?.text ?? "", /no checkpoint and stay off/);
  });
}

const away = hyperVItemAfter("HyperVToAzure", 2);
const clean = hyperVSituation("Failback", away, {
  ...failback({ createMachineIfAbsent: true }),
});

test(
  "HV-ALTERNATE another host has to be registered",
  holds,
  "HV-ALTERNATE",
  "block",
  hyperVSituation("Failback", away, {
    ...failback({ createMachineIfAbsent: true, alternateHost: { name: "host-9" } }),
  }),
  clean,
  /host host-9 is not registered in a Hyper-V site of the vault \(host-1, host-2 are\).*\(alternateHost\)/,
);

test(
  "HV-ALTERNATE another host has to be connected",
  holds,
  "HV-ALTERNATE",
  "block",
  hyperVSituation("Failback", away, {
    ...failback(toHost2),
    hyperV: servers(away, { alternate: agent("host-2", lost) }),
  }),
  clean,
  /host host-2 is not connected/,
);

test(
  "HV-ALTERNATE another host has to be allowed to make the machine",
  holds,
  "HV-ALTERNATE",
  "block",
  hyperVSituation("Failback", away, {
    ...failback({ ...toHost2, createMachineIfAbsent: false }),
    hyperV: servers(away, { alternate: host2 }),
  }),
  clean,
  /\(createMachineIfAbsent\)/,
);

test("HV-ALTERNATE of a host in good order only the switches are left to be compared, and the lost host does not matter", (t) => {
  const situation = hyperVSituation("Failback", away, {
    ...failback(toHost2),
    hyperV: servers(away, { alternate: host2, home: agent("host-1", lost) }),
  });
  const told = found("HV-ALTERNATE", situation);
  t.deepEqual(
    told.map((each) => each.severity),
    ["warn"],
  );
  t.regex(told[0]?.text ?? "", /Hyper-V host host-2: .*switches of the same names/);
  t.deepEqual(found("HV-CONNECTED", situation), []);
});

test("HV-ALTERNATE a machine of a VMM cloud is placed by VMM", (t) => {
  const machine = hyperVItemAfter("VmmToAzure", 2);
  const situation = hyperVSituation("Failback", machine, { ...failback(toHost2) });
  const [first] = found("HV-ALTERNATE", situation);
  t.is(first?.severity, "block");
  t.regex(first?.text ?? "", /VMM server chooses the host/);
});

test("A2-GONE H-09 a machine that is not in Azure any more cannot come home", (t) => {
  const gone = {
    destination: { resources: [], eligibilityErrors: [], runningMachineExists: false },
  };
  const [first] = found("A2-GONE", hyperVSituation("Failback", away, gone));
  t.is(first?.severity, "block");
  t.regex(first?.text ?? "", /in Azure is not there any more/);
});
