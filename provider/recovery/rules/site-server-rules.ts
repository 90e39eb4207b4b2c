import { addressInPrefixes } from "../addresses.ts";
import type { ProcessServerFacts } from "../on-premises.ts";
import type { SiteServerSituation } from "../on-premises-situation.ts";
import type { Rule, Violation } from "./rule.ts";
import { machineRule, none, type SiteSituation } from "./site-rule.ts";
import { problemsWith } from "./wanted-values.ts";
import { listed, silence, tellsTrouble } from "./words.ts";

const configurationServer = ({ fabric }: SiteServerSituation): string =>
  `configuration server ${fabric?.hostName || fabric?.address || ""}`.trim();

/** Rules about configuration server, process server and the way between the sites (failback rules, section 4). */
export const siteServerRules: readonly Rule[] = [
  machineRule({
    id: "CS-UP",
    source: "003:129-131; 001/before 2",
    summary: "The configuration server runs on-premises and is connected.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect", "protectAgain", "failback"],
    check: ({ onPremises }) => {
      const { fabric, now } = onPremises.server;
      const subject = configurationServer(onPremises.server);
      if (fabric === undefined) {
        return [
          {
            subject,
            fact: "the vault does not know it any more.",
            remedy: "Restore the configuration server, with the address it had.",
          },
        ];
      }
      const quiet = silence(fabric.lastHeartbeat, now);
      const stopped = tellsTrouble(fabric.serviceStatus)
        ? `its services are ${fabric.serviceStatus}`
        : undefined;
      const facts = [stopped, quiet === undefined ? undefined : `it ${quiet}`];
      return facts
        .filter((each) => each !== undefined)
        .map((each) => ({
          subject,
          fact: `${each}.`,
          remedy: `Start it and its services, and check its way to Azure; if it is lost, restore it with the address ${fabric.address}.`,
        }));
    },
  }),
  machineRule({
    id: "CS-RESTORE",
    source: "003:132, 133",
    summary:
      "The configuration server is backed up, and after a disaster restored with the same address.",
    severity: "warn",
    generation: "classic",
    phases: ["reprotect", "failback"],
    check: ({ onPremises }, phases) => {
      const { fabric, recorded } = onPremises.server;
      if (fabric === undefined) return none;
      const subject = configurationServer(onPremises.server);
      const before = recorded?.configurationServerAddress;
      if (before !== undefined && before !== fabric.address) {
        return [
          {
            subject,
            fact: `its address is ${fabric.address}; at the reprotect it was ${before}.`,
            remedy: `Restore it with the address ${before}.`,
            severity: "block",
          },
        ];
      }
      return phases.includes("reprotect")
        ? [
            {
              subject,
              fact: "the machines come back only as long as it exists.",
              remedy: `Back it up now; should it be lost, restore it with the same address (${fabric.address}).`,
            },
          ]
        : none;
    },
  }),
  machineRule({
    id: "CS-NIC",
    source: "docs",
    summary:
      "The configuration server has a second network card if machines in Azure kept their addresses.",
    severity: "warn",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ item, onPremises }) =>
      item.nics.some(
        (nic) => nic.recoveryAddress !== "" && nic.recoveryAddress === nic.sourceAddress,
      )
        ? [
            {
              subject: configurationServer(onPremises.server),
              fact: "machines kept their addresses in Azure, so that it cannot reach both places through one network card.",
              remedy: "Make sure that it has a second network card for the failback.",
            },
          ]
        : none,
  }),
  machineRule({
    id: "PS-PLACE",
    source: "003:118-121, 146-157, 160-163; 001/before 2",
    summary:
      "A process server stands near the machine in Azure; one on-premises needs ExpressRoute.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: processServerPlace,
  }),
  machineRule({
    id: "PS-HEARTBEAT",
    source: "003:147, 148, 279-281; docs",
    summary: "The process server reaches the configuration server and has a heartbeat.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect", "protectAgain", "failback"],
    check: (situation, phases) => {
      const { processServer, now } = situation.onPremises.server;
      const missing = phases.includes("protectAgain")
        ? problemsWith(situation, "processServer")
        : none;
      return processServer === undefined
        ? missing
        : [...missing, ...processServerHealth(processServer, now)];
    },
  }),
  machineRule({
    id: "NET-PATH",
    source: "003:144-148, 158, 159; 001/before 2",
    summary:
      "A site-to-site VPN or ExpressRoute private peering leads from the machine in Azure to the site.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises }) => pathToSite(onPremises),
  }),
  machineRule({
    id: "NET-PORTS",
    source: "003:164, 279; docs",
    summary: "Ports 443, 9443 and, for replication groups, 20004 are open between the parts.",
    severity: "warn",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises }) => [
      {
        subject: "network between Azure and the site",
        fact: `ports cannot be seen from here: 443 and 9443 must be open between machines, process server, configuration server and master target${onPremises.groupMembers.length > 0 ? ", 20004 among the machines of a replication group" : ""}.`,
        remedy: "Check them; a closed one shows as 95226.",
      },
    ],
  }),
  machineRule({
    id: "IT-ACCOUNT",
    source: "this product; 001/reprotect",
    summary: "The account with which the service signs in to the machine is known to the site.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "protectAgain"],
    check: (situation) => problemsWith(situation, "runAsAccount"),
  }),
];

function processServerPlace(situation: SiteSituation): readonly Violation[] {
  const { onPremises } = situation;
  const { processServer, fabric } = onPremises.server;
  if (processServer === undefined) {
    const problems = problemsWith(situation, "processServer");
    if (problems.length > 0 || situation.byPlan) return problems;
    return [
      {
        fact: "there is no process server for the way back.",
        remedy: "Set up a process server in Azure, near the machine, and give it as processServer.",
        path: "processServer",
      },
    ];
  }
  const subnets = onPremises.azureNetwork?.subnets ?? [];
  const prefixes = subnets.flatMap((each) => each.addressPrefixes);
  const near =
    prefixes.length > 0 &&
    processServer.address !== "" &&
    addressInPrefixes(processServer.address, prefixes);
  const atSite = processServer.address !== "" && processServer.address === fabric?.address;
  const unknown = prefixes.length === 0 || processServer.address === "";
  return near || (unknown && !atSite)
    ? none
    : [
        {
          subject: `process server ${processServer.name}`,
          fact: atSite
            ? "it is the configuration server's own, on-premises: all data crosses the line uncompressed."
            : `its address ${processServer.address} is not in the network of the machines in Azure.`,
          remedy:
            "A process server in Azure is advised; one on-premises works with ExpressRoute private peering only.",
          severity: "warn",
        },
      ];
}

function processServerHealth(server: ProcessServerFacts, now: Date): readonly Violation[] {
  const subject = `process server ${server.name}`;
  const quiet = silence(server.lastHeartbeat, now);
  const facts = [
    quiet === undefined ? undefined : `it ${quiet}.`,
    tellsTrouble(server.serviceStatus) ? `its services are ${server.serviceStatus}.` : undefined,
    ...(server.health === "Critical"
      ? server.healthErrors.length === 0
        ? ["its health is critical."]
        : server.healthErrors.map((error) => `${error.code}: ${error.message}`)
      : []),
  ].filter((each) => each !== undefined);
  return facts.map((fact) => ({
    subject,
    fact,
    remedy:
      "Start it and its services; it must reach the configuration server on port 443, and the master target.",
  }));
}

function pathToSite({
  connectionState,
  connections = [],
}: SiteSituation["onPremises"]): readonly Violation[] {
  const subject = "network between Azure and the site";
  const isUp = (state: string | undefined): boolean => state?.toLowerCase() === "connected";
  const down = connections.filter(({ status }) => !isUp(status));
  const told = listed(down.map(({ name, status }) => `${name} is ${status || "of unknown state"}`));
  if (isUp(connectionState)) {
    return down.length === 0
      ? none
      : [
          {
            subject,
            fact: `one of the gateway's connections is up, and ${told}; which of them leads to the site cannot be seen from here.`,
            remedy:
              "Make sure that the one to the site is up; the reprotect fails with 95226 otherwise.",
            severity: "warn",
          },
        ];
  }
  return [
    connectionState === undefined
      ? {
          subject,
          fact: "whether a VPN or ExpressRoute private peering is up cannot be seen from here.",
          remedy:
            "Make sure that the machines in Azure reach the configuration server; the reprotect fails with 95226 otherwise.",
          severity: "warn",
        }
      : {
          subject,
          fact: `the gateway's connection is ${connectionState}${down.length === 0 ? "" : ` (${told})`}.`,
          remedy:
            "Bring the VPN or ExpressRoute up, or waive this rule if another way leads there; the reprotect fails with 95226 otherwise.",
        },
  ];
}
