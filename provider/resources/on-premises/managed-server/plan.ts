import { type Finding, type FindingFacts, finding } from "../../../recovery/findings.ts";
import { sameId } from "../../../recovery/identity.ts";
import type { SiteServerSituation } from "../../../recovery/on-premises-situation.ts";
import { checkServer, serverRules } from "../../../recovery/rules/server-rules.ts";
import { serverName } from "../../../recovery/rules/site-rule.ts";
import { listed } from "../../../recovery/rules/words.ts";
import { planRetentionDisk } from "./retention-disk.ts";
import { movingPods } from "./storage-pods.ts";
import type { AnyServerInputs, PlannedServerFix, ServerChanges, ServerFixName } from "./types.ts";

/** What will be mended, and what is left to say then. */
export interface ServerPlan {
  readonly fixes: readonly PlannedServerFix[];
  readonly findings: readonly Finding[];
}

/** What the plan of a server is made from. */
export interface PlanFacts {
  readonly situation: SiteServerSituation;
  readonly inputs: AnyServerInputs;
  /** What this resource has changed so far. */
  readonly changes: ServerChanges;
  /** Names of the machines that return through the server now: it is not turned off under them. */
  readonly users: readonly string[];
  /** True when datastores that Azure does not see yet may come by waiting. */
  readonly mayAppear?: boolean;
}

/** The order in which things are mended: snapshots first, because disks cannot change under them. */
const order: readonly ServerFixName[] = ["snapshots", "diskUuid", "retentionDisk", "storageDrs"];

/**
 * Judges a server: each finding is mended when `manage` allows it and a machine can do it, else it stays. Sends
 * nothing.
 */
export function planServer(facts: PlanFacts): ServerPlan {
  const { situation, inputs } = facts;
  const { waive = [], manage = [] } = inputs;
  const plan: ServerPlan[] = [
    ...checkServer(situation, waive).map((each) => answerTo(each, facts)),
    ...unlistedServer(facts),
  ];
  const closed = closedVCenter(situation, manage.length > 0);
  // Two clusters are two findings and one thing to mend.
  const fixes = new Map(plan.flatMap((each) => each.fixes).map((each) => [each.fix, each]));
  return {
    fixes: [...fixes.values()].toSorted(
      (left, right) => order.indexOf(left.fix) - order.indexOf(right.fix),
    ),
    findings: [
      ...plan.flatMap(({ findings }) => findings),
      ...(closed === undefined ? [] : [finding(closed, waive)]),
      ...otherSystem(facts).map((each) => finding(each, waive)),
    ],
  };
}

function answerTo(found: Finding, facts: PlanFacts): ServerPlan {
  const { manage = [], waive = [] } = facts.inputs;
  const fix = serverRules.find((rule) => rule.id === found.rule)?.fix;
  const stays: ServerPlan = { fixes: [], findings: [found] };
  if (facts.mayAppear === true && isInvisible(found, facts)) {
    const { rule, subject, fact } = found;
    const remedy = "The site is refreshed, and they are waited for.";
    const waits: FindingFacts = { rule, subject, fact, remedy, severity: "wait" };
    return { fixes: [], findings: [finding(waits, waive)] };
  }
  // An action's own fixes concern no server.
  if (found.waived || !isServerFix(fix) || !manage.includes(fix)) return stays;
  const machine = facts.situation.view?.machine;
  if (machine === undefined) return stays;
  const subject = machine.name;
  const mends = (text: string): ServerPlan => ({
    fixes: [{ fix, text: `${subject}: ${text}` }],
    findings: [],
  });
  switch (fix) {
    case "snapshots":
      return mends(
        "all of its snapshots are merged into its disks; nothing goes back to them then.",
      );
    case "storageDrs":
      return mends(
        `it is excluded from Storage DRS of ${listed(movingPods(facts.situation).map((each) => each.name))}.`,
      );
    case "retentionDisk":
      return planRetentionDisk(found, facts);
    case "diskUuid": {
      if (machine.powerState === "poweredOff") return mends("disk.EnableUUID is set to TRUE.");
      if (!manage.includes("reboot")) return stays;
      if (facts.users.length === 0) {
        return mends(
          "its guest is shut down, disk.EnableUUID is set to TRUE, and it is turned on again.",
        );
      }
      const busy: FindingFacts = {
        rule: found.rule,
        severity: "block",
        subject: found.subject,
        fact: `disk.EnableUUID is not true, and it cannot be turned off while machines return through it: ${listed(facts.users)}.`,
        remedy: "Let them fail back first.",
      };
      return { fixes: [], findings: [finding(busy, waive)] };
    }
  }
}

/** VC-PRIV says of the server that its datastores are not seen; what it says of accounts, it says of the vCenter. */
function isInvisible({ rule, subject, severity }: Finding, { situation }: PlanFacts): boolean {
  return rule === "VC-PRIV" && severity === "block" && subject === serverName(situation);
}

/** A server that Azure does not list yet can get its retention disk all the same. */
function unlistedServer(facts: PlanFacts): readonly ServerPlan[] {
  const { situation, inputs } = facts;
  const wanted = inputs.manage?.includes("retentionDisk") === true;
  if (situation.masterTarget !== undefined || !wanted) return [];
  return situation.view?.machine === undefined ? [] : [planRetentionDisk(undefined, facts)];
}

/** A vCenter that cannot be asked stops what is to be mended there, and nothing else. */
function closedVCenter(situation: SiteServerSituation, managed: boolean): FindingFacts | undefined {
  const { access } = situation;
  if (access.kind !== "closed") return undefined;
  return {
    rule: "VC-ACCESS",
    severity: managed ? "block" : "warn",
    subject: access.vcenter === "" ? "vCenter" : `vCenter ${access.vcenter}`,
    fact: `${access.reason} The virtual machine of ${serverName(situation)} is not looked at${managed ? ", and nothing can be mended there" : ""}.`,
    remedy: access.remedy,
  };
}

function otherSystem({ situation, inputs }: PlanFacts): readonly FindingFacts[] {
  const told = situation.masterTarget?.osType ?? "";
  if (inputs.osType === undefined || told === "" || sameId(told, inputs.osType)) return [];
  return [
    {
      rule: "MT-OS",
      severity: "block",
      subject: serverName(situation),
      fact: `Azure lists it as a ${told} server, and ${inputs.osType} is given.`,
      remedy: `Correct osType, or name the ${inputs.osType} master target.`,
      path: "osType",
    },
  ];
}

function isServerFix(fix: string | undefined): fix is ServerFixName {
  return order.some((each) => each === fix);
}
