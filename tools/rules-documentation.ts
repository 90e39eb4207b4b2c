import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { actionWords } from "../provider/recovery/action-kinds.ts";
import type { Severity } from "../provider/recovery/findings.ts";
import type { Scenario } from "../provider/recovery/model.ts";
import { actionRules } from "../provider/recovery/rules/plan-rules.ts";
import type { Rule, RuleGeneration, RulePhase } from "../provider/recovery/rules/rule.ts";
import { machineRules } from "../provider/recovery/rules/rules.ts";
import {
  betweenRegions,
  fromHyperV,
  hyperVToAzure,
  intoAzure,
  ofVmm,
  oldScenarios,
  retiredScenarios,
} from "../provider/recovery/rules/scenario-sets.ts";
import { serverRules } from "../provider/recovery/rules/server-rules.ts";
import { table } from "./markdown-table.ts";

/** The page that this command writes. */
const file = join(resolve(import.meta.dirname, ".."), "docs/rules.md");

/** What the weight of a finding means for the user. */
const severityWords: Readonly<Record<Severity, string>> = {
  block: "stops the action",
  warn: "warns",
  wait: "is waited for",
};

/** When a rule about a VMware site is asked, in words. */
const phaseWords: Readonly<Record<RulePhase, string>> = {
  server: "server created or changed",
  failover: "failover",
  reprotect: "reprotect to the site",
  protectAgain: "reprotect to Azure",
  replicating: "after the reprotect",
  failback: "failback",
  commit: "commit of the failback",
};

/** Which sites a rule is about. */
const generationWords: Readonly<Record<RuleGeneration, string>> = {
  classic: "classic",
  modernized: "modernized",
  both: "both",
};

/** Which machines a rule is about, as the words of the table; sets that rules share have words of their own. */
const scenarioSets: readonly (readonly [readonly Scenario[], string])[] = [
  [betweenRegions, "region to region"],
  [intoAzure, "all but VMM to VMM"],
  [fromHyperV, "all of Hyper-V"],
  [hyperVToAzure, "Hyper-V to Azure"],
  [ofVmm, "VMM clouds"],
  [oldScenarios, "classic VMware, VMM clouds"],
  [retiredScenarios, "retired"],
  [[...betweenRegions, ...hyperVToAzure], "region to region, Hyper-V to Azure"],
];

function scenarioWords(scenarios: readonly Scenario[] | undefined): string {
  if (scenarios === undefined) return "all";
  const words = scenarioSets.find(([set]) => set.join() === scenarios.join())?.[1];
  return words ?? scenarios.join(", ");
}

const hyperVIntroduction = `Asked for machines of a Hyper-V site or of a VMM cloud, on top of those above. Some of them weigh less in
a milder case: a host that an unplanned failover can do without only warns, an initial replication that
runs stops a drill while its last step is waited for.`;

const siteIntroduction = `Asked for machines that come from a VMware site or were physical servers, and for the master target or
appliance that takes their data. "after the reprotect" is looked at before the failback begins. A rule
marked with * needs a look at the vCenter (\`asr:vcenters\`); without one, \`VC-ACCESS\` names what was
not checked. Where a fix is named, the provider does it itself when \`manage\` of the action or of the
server's resource lists it, and preview shows it first.`;

const introduction = `# Rules

<!-- Generated from provider/recovery/rules by \`node tools/rules-documentation.ts\`. Do not edit. -->

Before a drill, failover, reprotect, failback or another action, and again at the moment of action, the provider
checks these rules. \`pulumi preview\` prints what they find, for every machine of every resource in
one run:

\`\`\`text
SUBJECT: FACT REMEDY (PATH OF THE INPUT) [RULE]
\`\`\`

- A finding that **stops the action** fails the preview, and \`pulumi up\` ends before it touches
  anything. \`waive: ["RULE"]\` on the resource turns it into a warning and records the waiver in the
  state (\`waivedFindings\`).
- A finding that **warns** is printed and stops nothing.
- A finding that **is waited for** passes by itself: the action waits until it has, within its
  \`timeout\`.`;

/** Findings that no rule of the tables makes: nobody waives them, because the program settles them or nothing can. */
const fixedFindings: readonly (readonly [rule: string, says: string, severity: Severity])[] = [
  ["VA-UNKNOWN", "There is no such vault.", "block"],
  ["IT-UNKNOWN", "The vault has no such replicated item.", "block"],
  ["IT-AMBIGUOUS", "Several replicated machines have the name.", "block"],
  ["PL-UNKNOWN", "There is no such recovery plan.", "block"],
  ["PL-ALLOWED", "The plan names a machine that the vault does not replicate any more.", "block"],
  ["PL-CHANGED", "The plan's machines were changed since the action began.", "block"],
  ["MG-CONFIRM", "A completed migration is confirmed by the names of its machines.", "block"],
  ["OP-REPLACE", "A replacement of the resource would begin its action anew.", "block"],
  ["OP-DROPPED", "The action has treated a machine that it names no more.", "warn"],
  ["OP-AGAIN", "A new action moves a machine that has gone this way before.", "warn"],
  ["ITEM-ENDED", "Somebody ended the protection of a `ReplicatedItem`.", "warn"],
  ["ITEM-MACHINE", "The machine that a `ReplicatedItem` protects is not there any more.", "warn"],
  ["ITEM-CHANGE", "Settings of a `ReplicatedItem` cannot change in its state.", "block"],
  ["ITEM-DRILL", "A `ReplicatedItem` cannot be destroyed while its drill is open.", "block"],
];

/** The text of docs/rules.md as the rule tables demand it. */
export function renderRules(): string {
  const general = machineRules.filter((rule) => rule.generation === undefined);
  const machines = general.filter((rule) => !isAboutHyperV(rule)).map(machineRow);
  const hyperV = general.filter(isAboutHyperV).map(machineRow);
  const sites = machineRules.flatMap((rule) =>
    rule.generation === undefined
      ? []
      : [
          [
            `\`${rule.id}\`${rule.vsphere === true ? " *" : ""}`,
            rule.summary,
            severityWords[rule.severity],
            generationWords[rule.generation],
            (rule.phases ?? []).map((phase) => phaseWords[phase]).join(", "),
            rule.fix === undefined ? "-" : `\`${rule.fix}\``,
          ],
        ],
  );
  const sets = actionRules.map((rule) => [
    `\`${rule.id}\``,
    rule.summary,
    severityWords[rule.severity],
  ]);
  const lines = [
    introduction,
    "",
    "## About each machine",
    "",
    ...table(machineHeading, machines),
    "",
    "`A2-REVERSE` stops a reprotect when no container mapping leads back: it could not begin.",
    "",
    "## About machines of a Hyper-V site or a VMM cloud",
    "",
    ...hyperVIntroduction.split("\n"),
    "",
    ...table(machineHeading, hyperV),
    "",
    "## About machines and servers of a VMware site",
    "",
    ...siteIntroduction.split("\n"),
    "",
    ...table(["rule", "what must hold", "if it does not", "site", "when", "fix"], sites),
    "",
    "Some of them weigh less in a milder case: a doubtful datastore or controller, an agent of another",
    "version, a fact that cannot be seen from outside and a fix that the action was allowed to make only",
    `warn. ${serverRules.filter((rule) => rule.phases?.includes("server") === true).length} of them are asked of servers by themselves, too.`,
    "",
    "## About the recovery plan and the set of machines",
    "",
    "Asked before every action.",
    "",
    ...table(["rule", "what must hold", "if it does not"], sets),
    "",
    "## What cannot be waived",
    "",
    "There is nothing to act on, or the program settles it: see [actions.md](actions.md).",
    "",
    ...table(
      ["finding", "what it says", "what it does"],
      fixedFindings.map(([id, says, severity]) => [`\`${id}\``, says, severityWords[severity]]),
    ),
  ];
  return `${lines.join("\n")}\n`;
}

/** All actions but the clean-up, which few rules can have anything against. */
const everyActionCount = Object.keys(actionWords).length - 1;

const machineHeading = ["rule", "what must hold", "if it does not", "machines", "asked before"];

function machineRow(rule: Rule): readonly string[] {
  return [
    `\`${rule.id}\``,
    rule.summary,
    severityWords[rule.severity],
    scenarioWords(rule.scenarios),
    rule.actions.length >= everyActionCount
      ? "every action"
      : rule.actions.map((action) => actionWords[action].title.toLowerCase()).join(", "),
  ];
}

/** True for a rule that is about Hyper-V alone. */
const isAboutHyperV = ({ id, scenarios }: Rule): boolean =>
  id.startsWith("HV-") || scenarios?.every((each) => fromHyperV.includes(each)) === true;

/** The text of docs/rules.md as it is. */
export function readRules(): string {
  return readFileSync(file, "utf8");
}

if (import.meta.main) {
  writeFileSync(file, renderRules());
  console.log("docs/rules.md written.");
}
