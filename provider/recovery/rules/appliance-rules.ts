import { sameId } from "../identity.ts";
import { ownDatastores } from "../on-premises-situation.ts";
import { diskProblem } from "./master-target-machine-rules.ts";
import type { Violation } from "./rule.ts";
import { movedServer, storageDrsProblems } from "./server-move-rules.ts";
import { none, type ServerRule, type SiteSituation, serverRule } from "./site-rule.ts";
import { problemsWith } from "./wanted-values.ts";
import { listed, silence } from "./words.ts";

/** Rules about the appliance of a modernized site (failback rules, section 7). */
export const applianceRules: readonly ServerRule[] = [
  serverRule({
    id: "AP-HEALTH",
    source: "docs",
    summary: "A healthy, registered appliance with a heartbeat carries the data back.",
    severity: "block",
    generation: "modernized",
    phases: ["server", "reprotect", "failback"],
    checkServer: ({ appliance, now }, phase) => {
      if (appliance === undefined) {
        return phase === "server"
          ? [
              {
                fact: "Azure does not list it yet.",
                remedy: "Register the appliance with the vault; this waits for it.",
                severity: "wait",
              },
            ]
          : none;
      }
      const quiet = silence(appliance.lastHeartbeat, now);
      const errors = appliance.healthErrors.map((error) => `${error.code}: ${error.message}`);
      const facts = [
        ...(quiet === undefined ? [] : [`it ${quiet}.`]),
        ...(appliance.health === "Critical"
          ? errors.length > 0
            ? errors
            : ["its health is critical."]
          : []),
      ];
      return facts.map((fact) => ({
        fact,
        remedy:
          "Mend the appliance, or give another one: a failed reprotect may be tried again with it.",
      }));
    },
    checkMachine: (situation, phases) =>
      phases.includes("reprotect")
        ? [...problemsWith(situation, "appliance"), ...missingAppliance(situation)]
        : none,
  }),
  serverRule({
    id: "AP-DATASTORE",
    source: "docs",
    summary: "The appliance can read and write the datastore that the machine returns to.",
    severity: "block",
    generation: "modernized",
    phases: ["reprotect"],
    checkServer: () => none,
    checkMachine: unreachableDatastores,
  }),
  serverRule({
    id: "AP-DISKS",
    source: "docs",
    summary: "At most 60 disks hang on the appliance.",
    severity: "block",
    generation: "modernized",
    phases: ["reprotect"],
    checkServer: (server) => diskProblem(server, "Use another appliance for some machines."),
  }),
  serverRule({
    id: "AP-MOVED",
    source: "docs",
    summary: "Storage vMotion has not moved the appliance since the reprotect, and will not.",
    severity: "block",
    generation: "modernized",
    phases: ["server", "reprotect", "replicating", "failback"],
    fix: "storageDrs",
    vsphere: true,
    checkServer: (server, phase) =>
      phase === "server"
        ? storageDrsProblems(server).map((each) => ({ ...each, severity: "warn" as const }))
        : none,
    checkMachine: ({ onPremises }, phases) => {
      const { server } = onPremises;
      const found: readonly Violation[] = phases.includes("reprotect")
        ? storageDrsProblems(server).map((each) => ({ ...each, severity: "warn" as const }))
        : movedServer(server);
      return found.map((each) => ({ subject: `appliance ${server.appliance?.name}`, ...each }));
    },
  }),
  serverRule({
    id: "AP-STORAGE",
    source: "docs; site-recovery 4.2: logStorageAccountId is required",
    summary:
      "A log storage account is given; retention disk, process server in Azure, master target and VPN are not needed.",
    severity: "block",
    generation: "modernized",
    phases: ["reprotect"],
    checkServer: () => none,
    checkMachine: (situation) => {
      const { servers } = situation.onPremises;
      const problems = problemsWith(situation, "cacheStorageAccount");
      if (problems.length > 0 || servers === undefined) return problems;
      return servers.cacheStorageAccountId === undefined && !situation.byPlan
        ? [
            {
              fact: "no storage account for the log is given.",
              remedy:
                "Set cacheStorageAccount to a storage account in the region of the machine in Azure.",
              path: "cacheStorageAccount",
            },
          ]
        : none;
    },
  }),
];

function missingAppliance(situation: SiteSituation): readonly Violation[] {
  const { server, servers } = situation.onPremises;
  const told = servers?.problems.some((each) => each.input === "appliance") === true;
  return server.appliance !== undefined || told || situation.byPlan
    ? none
    : [
        {
          fact: "there is no appliance for the way back.",
          remedy: "Register a replication appliance with the vault, and give it as appliance.",
          path: "appliance",
        },
      ];
}

function unreachableDatastores({ onPremises }: SiteSituation): readonly Violation[] {
  const { appliance } = onPremises.server;
  // An appliance that sees nothing at all has an account without rights (VC-PRIV).
  if (appliance === undefined || appliance.accessibleDatastores.length === 0) return none;
  const own = ownDatastores(onPremises.machine).map((each) => each.name);
  const wanted = onPremises.servers?.datastore;
  const needed = own.length > 0 ? own : wanted === undefined ? [] : [wanted];
  const closed = needed.filter(
    (name) => !appliance.accessibleDatastores.some((each) => sameId(each, name)),
  );
  return closed.length === 0
    ? none
    : [
        {
          fact: `appliance ${appliance.name} cannot read and write datastore ${listed(closed)}; it can ${listed(appliance.accessibleDatastores)}.`,
          remedy: "Mount the datastore on its host, choose one of these, or use another appliance.",
          path: "datastore",
        },
      ];
}
