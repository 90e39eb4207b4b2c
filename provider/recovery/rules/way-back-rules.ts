import { nameOf } from "../identity.ts";
import type { PolicyFacts } from "../model.ts";
import type { Rule, Violation } from "./rule.ts";
import { machineRule, none, type SiteSituation } from "./site-rule.ts";
import { problemsWith, toldByPlan } from "./wanted-values.ts";
import { listed } from "./words.ts";

/** The classic failback policy, which comes with the forward one and is not editable (003:239). */
const classicFailbackPolicy = {
  instanceType: "InMage",
  recoveryPointThresholdMinutes: 15,
  recoveryPointHistoryMinutes: 24 * 60,
  applicationConsistentFrequencyMinutes: 60,
} as const;

const modernizedPolicyType = "InMageRcmFailback";

/** Rules about policy and replication groups of the way back (failback rules, section 6). */
export const wayBackRules: readonly Rule[] = [
  machineRule({
    id: "PO-FAILBACK",
    source: "003:239; docs",
    summary:
      "The failback policy is there and as the service made it: RPO threshold 15 minutes, retention 24 hours, application-consistent points every 60 minutes.",
    severity: "block",
    generation: "both",
    phases: ["reprotect", "protectAgain"],
    check: policyProblems,
  }),
  machineRule({
    id: "GR-VALUES",
    source: "003:250",
    summary: "In a recovery plan the values are given for every machine.",
    severity: "block",
    generation: "both",
    phases: ["reprotect"],
    check: (situation) => {
      if (!toldByPlan(situation)) return none;
      return (situation.onPremises.servers?.problems ?? []).map(({ fact, remedy, input }) => ({
        fact,
        remedy: `${remedy} Values for single machines go into machineSettings.`,
        path: `machineSettings.${situation.item.name}.${input}`,
      }));
    },
  }),
  machineRule({
    id: "GR-SAME-MT",
    source: "003:251, 252",
    summary:
      "All members of a replication group return through one master target, or they have no common point in time.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises, item }) => {
      const own = onPremises.server.masterTarget?.name;
      const others = onPremises.groupMembers.filter(
        (each) => each.masterTarget !== "" && each.masterTarget !== own,
      );
      return own === undefined || others.length === 0
        ? none
        : [
            {
              fact: `it would return through master target ${own}, other members of its replication group ${item.multiVmGroupName} through another: ${listed(others.map((each) => `${each.machine} (${each.masterTarget})`))}.`,
              remedy: "Give one master target to the whole group.",
              path: "masterTarget",
            },
          ];
    },
  }),
  machineRule({
    id: "GR-SAME-OS",
    source: "docs",
    summary: "A replication group is all Windows or all Linux.",
    severity: "block",
    generation: "classic",
    phases: ["reprotect"],
    check: ({ onPremises, item }) => {
      const others = onPremises.groupMembers.filter(
        (each) =>
          each.osType !== "" &&
          item.osType !== "" &&
          each.osType.toLowerCase() !== item.osType.toLowerCase(),
      );
      return others.length === 0
        ? none
        : [
            {
              fact: `it runs ${item.osType}, other members of its replication group ${item.multiVmGroupName} do not: ${listed(others.map((each) => `${each.machine} (${each.osType})`))}.`,
              remedy: "Take it out of the group: one master target serves one family.",
            },
          ];
    },
  }),
];

function policyProblems(situation: SiteSituation): readonly Violation[] {
  const { onPremises } = situation;
  const named = problemsWith(situation, "policy");
  const view = onPremises.failbackPolicy;
  if (named.length > 0 || view === undefined) return named;
  const { policy, wanted } = view;
  const classic = onPremises.generation === "classic";
  const remedy = classic
    ? "Declare a ReplicationPolicy with failback: true, and a ProtectionContainerMapping of the container with itself that uses it."
    : "Leave policy out: the service brings its own.";
  if (policy === undefined) {
    if (!classic && wanted === "") return none;
    return [
      {
        fact:
          wanted === ""
            ? "there is no failback policy: no mapping of its container with itself."
            : `there is no policy ${nameOf(wanted)}.`,
        remedy,
        path: "policy",
      },
    ];
  }
  const type = classic ? classicFailbackPolicy.instanceType : modernizedPolicyType;
  if (policy.instanceType !== type) {
    return [
      {
        fact: `policy ${policy.name} is none for the way back (${policy.instanceType}, not ${type}).`,
        remedy,
        path: "policy",
      },
    ];
  }
  const edited = classic ? editedValues(policy) : [];
  return edited.length === 0
    ? none
    : [
        {
          fact: `failback policy ${policy.name} was edited: ${edited.join(", ")}.`,
          remedy: `${remedy} Its values are fixed.`,
          path: "policy",
        },
      ];
}

function editedValues(policy: PolicyFacts): readonly string[] {
  const values = [
    ["RPO threshold", policy.recoveryPointThresholdMinutes, "recoveryPointThresholdMinutes"],
    ["retention", policy.recoveryPointHistoryMinutes, "recoveryPointHistoryMinutes"],
    [
      "application-consistent points every",
      policy.applicationConsistentFrequencyMinutes,
      "applicationConsistentFrequencyMinutes",
    ],
  ] as const;
  return values
    .filter(([, value, key]) => value !== undefined && value !== classicFailbackPolicy[key])
    .map(([label, value, key]) => `${label} ${value} min instead of ${classicFailbackPolicy[key]}`);
}
