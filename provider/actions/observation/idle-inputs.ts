import { type ActionKind, actionWords } from "../../recovery/action-kinds.ts";
import { capabilityOf, failoversOf } from "../../recovery/capabilities.ts";
import { type Finding, type FindingFacts, finding } from "../../recovery/findings.ts";
import { goesToAzure, isFromHyperV } from "../../recovery/position.ts";
import type { Situation } from "../../recovery/situation.ts";
import type { AnyActionInputs } from "../settings.ts";

/** Settings of a reprotect that say where the replication goes; a Hyper-V machine keeps its sides for life. */
const reprotectInputs = [
  "cacheStorageAccount",
  "resourceGroup",
  "policy",
  "availabilitySet",
  "availabilityZone",
  "proximityPlacementGroup",
  "processServer",
  "masterTarget",
  "appliance",
  "datastore",
  "retentionVolume",
  "runAsAccount",
  "vcenter",
  "machineSettings",
] as const satisfies readonly (keyof AnyActionInputs)[];

/** Actions that go to no recovery point. */
const pointless: readonly ActionKind[] = [
  "Reprotect",
  "CompleteMigration",
  "CancelFailover",
  "Resynchronize",
];

/**
 * What the inputs ask for that no verb of the machine can carry (OP-INPUT): it would be passed over in silence,
 * and somebody counts on it. What a rule can see of it in the situation, the rule tells.
 */
export function idleInputFindings(
  action: ActionKind,
  inputs: AnyActionInputs,
  situations: readonly Situation[],
  waived: readonly string[],
): readonly Finding[] {
  return situations
    .filter(({ decision }) => decision.kind === "start" || decision.kind === "impossible")
    .flatMap((situation) => idleInputs(action, inputs, situation))
    .map((each) => finding(each, waived));
}

function idleInputs(
  action: ActionKind,
  { mode, reverseReplicate, manage = [], ...inputs }: AnyActionInputs,
  { item }: Situation,
): readonly FindingFacts[] {
  const { title } = capabilityOf(item.scenario);
  const facts = { rule: "OP-INPUT", severity: "block", subject: item.friendlyName } as const;
  const findings: FindingFacts[] = [];
  if (action === "Failback" && reverseReplicate === true && !comesFromAzure(item)) {
    findings.push({
      ...facts,
      fact: `reverseReplicate is for Hyper-V machines that come back from Azure, and this is one of ${title}.`,
      remedy: "Leave it away, and declare a Reprotect after the Failback.",
      path: "reverseReplicate",
    });
  }
  const homeward = failoversOf(item.scenario, true);
  if (action === "Failback" && mode === "planned" && !homeward.includes("plannedFailover")) {
    findings.push({
      ...facts,
      fact: `a planned failback is asked for, and there is none for ${title}.`,
      remedy:
        "Leave mode away: with shutdownSource the source is shut down first, too, and it goes on if that fails.",
      path: "mode",
    });
  }
  const given = reprotectInputs.filter((name) => inputs[name] !== undefined);
  const [first] = given;
  if (action === "Reprotect" && isFromHyperV(item) && first !== undefined) {
    findings.push({
      ...facts,
      severity: "warn",
      fact: `its replication is turned round as it is; ${given.join(", ")} ${given.length === 1 ? "means" : "mean"} nothing for it.`,
      remedy: `Leave ${given.length === 1 ? "it" : "them"} away.`,
      path: first,
    });
  }
  const age = inputs.expect?.recoveryPointMaximumAge;
  if (age !== undefined && pointless.includes(action)) {
    findings.push({
      ...facts,
      severity: "warn",
      fact: `expect.recoveryPointMaximumAge means nothing here: ${actionWords[action].title.toLowerCase()} goes to no recovery point.`,
      remedy: "Leave it away.",
      path: "expect.recoveryPointMaximumAge",
    });
  }
  const idleFixes = manage.filter((each) => each !== "commit");
  if (isFromHyperV(item) && idleFixes.length > 0) {
    findings.push({
      ...facts,
      severity: "warn",
      fact: `${idleFixes.join(", ")} ${idleFixes.length === 1 ? "means" : "mean"} nothing for a Hyper-V machine: the service starts and stops it by itself.`,
      remedy: `Leave ${idleFixes.length === 1 ? "it" : "them"} out of manage.`,
      path: "manage",
    });
  }
  return findings;
}

const comesFromAzure = (item: Situation["item"]): boolean =>
  isFromHyperV(item) && goesToAzure(item);
