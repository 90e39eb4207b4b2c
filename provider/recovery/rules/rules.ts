import { type Finding, finding } from "../findings.ts";
import type { Situation } from "../situation.ts";
import { createAccessRule } from "./access-rule.ts";
import { datastoreRules } from "./datastore-rules.ts";
import { destinationRules } from "./destination-rules.ts";
import { failbackRules } from "./failback-rules.ts";
import { failoverRules } from "./failover-rules.ts";
import { groupRule } from "./group-rule.ts";
import { hyperVFailbackRules } from "./hyper-v-failback-rules.ts";
import { hyperVRules } from "./hyper-v-rules.ts";
import { hyperVStateRules } from "./hyper-v-state-rules.ts";
import { itemRules } from "./item-rules.ts";
import { itemStateRules } from "./item-state-rules.ts";
import { type ActionSituation, actionRules } from "./plan-rules.ts";
import type { Rule } from "./rule.ts";
import { scenarioRules } from "./scenario-rules.ts";
import { liveScenarios } from "./scenario-sets.ts";
import { serverRules } from "./server-rules.ts";
import { siteMachineRules } from "./site-machine-rules.ts";
import { siteServerRules } from "./site-server-rules.ts";
import { stateRules } from "./state-rules.ts";
import { vcenterRules } from "./vcenter-rules.ts";
import { wayBackRules } from "./way-back-rules.ts";

/** Every rule about machines of a VMware site, in the order of the failback rules' sections. */
const siteRules: readonly Rule[] = [
  ...itemStateRules,
  ...itemRules,
  ...vcenterRules,
  ...serverRules,
  ...siteServerRules,
  ...datastoreRules,
  ...siteMachineRules,
  ...wayBackRules,
  ...failbackRules,
];

/** Every rule about one machine, in the order in which findings are told. */
export const machineRules: readonly Rule[] = [
  ...scenarioRules,
  ...stateRules,
  groupRule,
  ...hyperVStateRules,
  ...failoverRules,
  ...destinationRules,
  ...hyperVRules,
  ...hyperVFailbackRules,
  ...siteRules,
  createAccessRule(siteRules),
];

/** What the rules say about one machine; `waived` holds rule ids that the user waives. */
export function checkMachine(
  situation: Situation,
  waived: readonly string[] = [],
): readonly Finding[] {
  return machineRules
    .filter((rule) => rule.actions.includes(situation.action))
    .filter((rule) => (rule.scenarios ?? liveScenarios).includes(situation.item.scenario))
    .flatMap((rule) =>
      rule.check(situation).map((violation) =>
        finding(
          {
            rule: rule.id,
            severity: rule.severity,
            subject: situation.item.friendlyName,
            ...violation,
          },
          waived,
        ),
      ),
    );
}

/**
 * What the rules say about all machines of an action; what is said of a server that several of them share
 * is told once.
 */
export function checkMachines(
  situations: readonly Situation[],
  waived: readonly string[] = [],
): readonly Finding[] {
  const told = new Map<string, Finding>();
  for (const found of situations.flatMap((situation) => checkMachine(situation, waived))) {
    if (!told.has(found.text)) told.set(found.text, found);
  }
  return [...told.values()];
}

/** What the rules say about the whole set; `subject` names it in the findings. */
export function checkAction(
  subject: string,
  situation: ActionSituation,
  waived: readonly string[] = [],
): readonly Finding[] {
  return actionRules.flatMap((rule) =>
    rule
      .check(situation)
      .map((violation) =>
        finding({ rule: rule.id, severity: rule.severity, subject, ...violation }, waived),
      ),
  );
}
