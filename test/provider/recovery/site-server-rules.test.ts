import test from "ava";
import type { ProcessServerFacts } from "../../../provider/recovery/on-premises.ts";
import { protectedItem } from "./items.ts";
import { fabric, processServer } from "./site-facts.ts";
import { chosen, classic, holds, siteSituation } from "./site-situations.ts";

const withServer = (changes: Partial<ProcessServerFacts>) => ({
  server: { processServer: processServer(changes) },
});

for (const action of ["Reprotect", "Failback"] as const) {
  const good = siteSituation(action, classic);
  test(
    `CS-UP V-01 a configuration server that is silent stops a ${action}`,
    holds,
    "CS-UP",
    "block",
    siteSituation(action, classic, {
      server: { fabric: fabric({ lastHeartbeat: "2026-01-08T12:00:00Z" }) },
    }),
    good,
    /configuration server cs-1: it has been silent for 2 days.*10\.1\.0\.10/,
  );
  test(
    `CS-UP one whose services are stopped stops a ${action}`,
    holds,
    "CS-UP",
    "block",
    siteSituation(action, classic, { server: { fabric: fabric({ serviceStatus: "Stopped" }) } }),
    good,
    /Stopped/,
  );
  test(
    `CS-UP one that the vault does not know stops a ${action}`,
    holds,
    "CS-UP",
    "block",
    siteSituation(action, classic, { server: { fabric: undefined as never } }),
    good,
  );
  test(
    `PS-HEARTBEAT V-01 a process server that is silent stops a ${action}`,
    holds,
    "PS-HEARTBEAT",
    "block",
    siteSituation(action, classic, withServer({ lastHeartbeat: "2026-01-10T11:00:00Z" })),
    good,
    /process server ps-azure: it has been silent for 1 h.*443/,
  );
  test(
    `PS-HEARTBEAT one in critical health is told in the service's words before a ${action}`,
    holds,
    "PS-HEARTBEAT",
    "block",
    siteSituation(
      action,
      classic,
      withServer({
        health: "Critical",
        healthErrors: [
          {
            code: "4060",
            level: "Error",
            category: "",
            message: "Its cache is full.",
            possibleCauses: "",
            recommendedAction: "",
          },
        ],
      }),
    ),
    good,
    /4060: Its cache is full/,
  );
  test(
    `PS-HEARTBEAT one whose services do not run stops a ${action}`,
    holds,
    "PS-HEARTBEAT",
    "block",
    siteSituation(action, classic, withServer({ serviceStatus: "NotRunning" })),
    good,
  );
}

test(
  "PS-HEARTBEAT V-09 the reprotect to Azure needs a process server, too",
  holds,
  "PS-HEARTBEAT",
  "block",
  siteSituation("Reprotect", classic, {
    after: 5,
    site: {
      servers: chosen(classic, {
        way: "toAzure",
        problems: [
          {
            input: "processServer",
            fact: "there is no process server ps-9.",
            remedy: "There are cs-1, ps-azure.",
          },
        ],
      }),
    },
  }),
  siteSituation("Reprotect", classic, { after: 5 }),
  /ps-9/,
);

test(
  "CS-RESTORE a changed address stops a failback",
  holds,
  "CS-RESTORE",
  "block",
  siteSituation("Failback", classic, { server: { fabric: fabric({ address: "10.1.0.99" }) } }),
  siteSituation("Failback", classic),
  /10\.1\.0\.99; at the reprotect it was 10\.1\.0\.10/,
);
test(
  "CS-RESTORE before a reprotect its backup is reminded of, with the address to keep",
  holds,
  "CS-RESTORE",
  "warn",
  siteSituation("Reprotect", classic),
  siteSituation("Failback", classic),
  /same address \(10\.1\.0\.10\)/,
);

const [nic] = protectedItem().nics;
test(
  "CS-NIC machines that kept their addresses in Azure need a second network card",
  holds,
  "CS-NIC",
  "warn",
  siteSituation("Reprotect", classic, {
    item: {
      nics: nic === undefined ? [] : [{ ...nic, recoveryAddress: nic.sourceAddress }],
    },
  }),
  siteSituation("Reprotect", classic),
  /second network card/,
);

test(
  "PS-PLACE V-01 a reprotect without a process server",
  holds,
  "PS-PLACE",
  "block",
  siteSituation("Reprotect", classic, { server: { processServer: undefined as never } }),
  siteSituation("Reprotect", classic),
  /\(processServer\)/,
);
test(
  "PS-PLACE V-01 R-02 a process server that is not there is told with those that are",
  holds,
  "PS-PLACE",
  "block",
  siteSituation("Reprotect", classic, {
    server: { processServer: undefined as never },
    site: {
      servers: chosen(classic, {
        problems: [
          {
            input: "processServer",
            fact: "there is no process server ps-9.",
            remedy: "There are cs-1, ps-azure.",
          },
        ],
      }),
    },
  }),
  siteSituation("Reprotect", classic),
  /ps-9.*ps-azure/,
);
test(
  "PS-PLACE V-01 a process server far from the machine in Azure is warned of",
  holds,
  "PS-PLACE",
  "warn",
  siteSituation("Reprotect", classic, withServer({ address: "10.1.0.44" })),
  siteSituation("Reprotect", classic, withServer({ address: "10.2.0.44" })),
  /ExpressRoute/,
);
test(
  "PS-PLACE the configuration server's own one is on-premises",
  holds,
  "PS-PLACE",
  "warn",
  siteSituation("Reprotect", classic, withServer({ address: "10.1.0.10" })),
  siteSituation("Reprotect", classic),
  /on-premises/,
);

test(
  "NET-PATH V-01 95226 a gateway connection that is down",
  holds,
  "NET-PATH",
  "block",
  siteSituation("Reprotect", classic, { site: { connectionState: "NotConnected" } }),
  siteSituation("Reprotect", classic, { site: { connectionState: "Connected" } }),
  /NotConnected.*95226/,
);
test(
  "NET-PATH V-01 a way that nobody can see is reminded of",
  holds,
  "NET-PATH",
  "warn",
  siteSituation("Reprotect", classic),
  siteSituation("Reprotect", classic, { site: { connectionState: "Connected" } }),
  /95226/,
);
test(
  "NET-PORTS the ports are named, those of a group, too",
  holds,
  "NET-PORTS",
  "warn",
  siteSituation("Reprotect", classic, {
    site: { groupMembers: [{ machine: "app", osType: "Linux", masterTarget: "" }] },
  }),
  siteSituation("Failback", classic),
  /443 and 9443.*20004/,
);
