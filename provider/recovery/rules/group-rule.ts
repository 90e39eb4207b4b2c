import { positionOf } from "../position.ts";
import { otherMembers } from "../replication-group.ts";
import type { Situation } from "../situation.ts";
import { willFailOver, willStart } from "../situation.ts";
import type { Rule, Violation } from "./rule.ts";

const none: readonly Violation[] = [];

/** A replication group is failed over as a whole, and a classic one reprotected through a recovery plan. */
export const groupRule: Rule = {
  id: "GR-PLAN",
  source: "site-recovery 12.1: no failover of one member of a multi-VM group",
  summary: "The machines of a replication group move together.",
  severity: "block",
  actions: ["Failover", "Failback", "Reprotect"],
  check: (situation) => {
    const { item, companions, vaultItems, byPlan } = situation;
    if (reprotectsGroupMember(situation)) {
      return byPlan
        ? none
        : [
            {
              fact: `it is a member of replication group ${item.multiVmGroupName}, which is reprotected through a recovery plan only.`,
              remedy:
                "Give a recovery plan that holds every member of the group as recoveryPlan; each is reprotected in this one action, through one master target.",
              path: "recoveryPlan",
            },
          ];
    }
    if (!willFailOver(situation)) return none;
    const missing = otherMembers(item, vaultItems).filter(
      (each) => !companions.some((companion) => companion.name === each.name),
    );
    return missing.length === 0
      ? none
      : [
          {
            fact: `it is a member of replication group ${item.multiVmGroupName}, whose other members (${missing.map((each) => each.friendlyName).join(", ")}) are not part of this action.`,
            remedy: "Fail the group over together, with a recovery plan that names every member.",
          },
        ];
  },
};

/** True for a member of a classic group that is reprotected to its site. */
function reprotectsGroupMember(situation: Situation): boolean {
  const { item } = situation;
  return (
    willStart(situation, "reprotect") &&
    item.scenario === "VmwareToAzureClassic" &&
    positionOf(item).away &&
    otherMembers(item, situation.vaultItems).length > 0
  );
}
