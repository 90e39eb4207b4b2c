import type { Rule, Violation } from "./rule.ts";
import { concerns, generationOf, machineRule, none, phasesOf } from "./site-rule.ts";

/**
 * The rule that tells, once for an action, that a vCenter could not be looked at, and which of the given
 * rules could therefore not be checked. It never stops a failback: the vCenter may be part of the disaster.
 */
export function createAccessRule(rules: readonly Rule[]): Rule {
  return machineRule({
    id: "VC-ACCESS",
    source: "this product: what could not be checked is said",
    summary: "The vCenter can be looked at, so that no rule about it is left out.",
    severity: "warn",
    generation: "both",
    phases: ["failover", "reprotect", "failback", "commit"],
    vsphere: true,
    check: (situation): readonly Violation[] => {
      const { access } = situation.onPremises.server;
      const generation = generationOf(situation);
      if (access.kind !== "closed" || generation === undefined) return none;
      const phases = phasesOf(situation);
      const left = rules
        .filter((rule) => rule.vsphere === true && concerns(rule, generation))
        .filter((rule) => rule.phases?.some((phase) => phases.includes(phase)) === true)
        .map((rule) => rule.id);
      return [
        {
          subject: access.vcenter === "" ? "vCenter" : `vCenter ${access.vcenter}`,
          fact: `${access.reason} Not checked, or not in full: ${left.join(", ")}.`,
          remedy: access.remedy,
        },
      ];
    },
  });
}
