import type { CheckFailure } from "../../handler.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { isUnknown } from "../../unknown.ts";
import type { ProtectionContainerMappingInputs } from "../protection-container-mapping.ts";

/** What is wrong with who updates agents, as far as the target alone tells, and with Azure as a source. */
export function automationProblems(
  inputs: ProtectionContainerMappingInputs,
): readonly CheckFailure[] {
  const toAzure = inputs.targetContainer === azureTarget;
  const lacking =
    inputs.agentAutoUpdate === true &&
    !inputs.automationAccount &&
    !toAzure &&
    !isUnknown(inputs.targetContainer);
  return [
    ...(lacking
      ? [
          {
            path: "automationAccount",
            reason:
              "is missing: agents are updated by an automation account. Give its ARM id, or leave agentAutoUpdate false.",
          },
        ]
      : []),
    ...(toAzure && inputs.automationAccount
      ? [
          {
            path: "automationAccount",
            reason: `means nothing for a mapping to ${azureTarget}: the site updates its agents itself. Leave it out.`,
          },
        ]
      : []),
    ...(inputs.sourceContainer === azureTarget
      ? [
          {
            path: "sourceContainer",
            reason: `${azureTarget} is no source. Give the container that the machines are in.`,
          },
        ]
      : []),
  ];
}
