import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { actionWords } from "../provider/recovery/action-kinds.ts";
import type { Severity } from "../provider/recovery/findings.ts";
import { actionRules } from "../provider/recovery/rules/plan-rules.ts";
import type { RuleGeneration, RulePhase } from "../provider/recovery/rules/rule.ts";
import { machineRules } from "../provider/recovery/rules/rules.ts";
import { serverRules } from "../provider/recovery/rules/server-rules.ts";

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

const siteIntroduction = `Asked for machines that come from a VMware site or were physical servers, and for the master target or
appliance that takes their data. "after the reprotect" is looked at before the failback begins. A rule
marked with * needs a look at the vCenter (\`asr:vcenters\`); without one, \`VC-ACCESS\` names what was
not checked. Where a fix is named, the provider does it itself when \`manage\` of the action or of the
server's resource lists it, and preview shows it first.`;

const introduction = `# Rules

<!-- Generated from provider/recovery/rules by \`node tools/rules-documentation.ts\`. Do not edit. -->

Before a drill, failover, reprotect or failback, and again at the moment of action, the provider
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
  \`timeout\`.

Four more findings cannot be waived, because there is nothing to act on: \`VA-UNKNOWN\` (no such
vault), \`IT-UNKNOWN\` (no such replicated item), \`PL-UNKNOWN\` (no such recovery plan), and
\`PL-ALLOWED\` (the plan names a machine that the vault does not replicate any more).`;

/** The text of docs/rules.md as the rule tables demand it. */
export function renderRules(): string {
  const general = machineRules.filter((rule) => rule.generation === undefined);
  const machines = general.map((rule) => [
    `\`${rule.id}\``,
    rule.summary,
    severityWords[rule.severity],
    rule.actions.map((action) => actionWords[action].title.toLowerCase()).join(", "),
  ]);
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
    ...table(["rule", "what must hold", "if it does not", "asked before"], machines),
    "",
    "`A2-REVERSE` stops a reprotect when no container mapping leads back: it could not begin.",
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
  ];
  return `${lines.join("\n")}\n`;
}

/** The text of docs/rules.md as it is. */
export function readRules(): string {
  return readFileSync(file, "utf8");
}

function table(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(heading), line(heading.map(() => "---")), ...rows.map(line)];
}

if (import.meta.main) {
  writeFileSync(file, renderRules());
  console.log("docs/rules.md written.");
}
