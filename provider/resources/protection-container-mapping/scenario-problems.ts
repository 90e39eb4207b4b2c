import type { CheckFailure } from "../../handler.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ContainerFacts, PolicyFacts } from "../../recovery/model.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ProtectionContainerMappingInputs } from "../protection-container-mapping.ts";
import { type SetUpScenario, scenarioOfFabric, scenarioOfPolicy } from "../scenario.ts";

/** What each scenario takes as the target, completing "give …". */
const targets: Readonly<Record<SetUpScenario, string>> = {
  AzureToAzure: "a container of the other region",
  VmwareToAzure: `"${azureTarget}"`,
  VmwareToAzureClassic: `"${azureTarget}", or with a failback policy the source container itself`,
};

/**
 * What does not fit the kind of site that the source container belongs to: target, policy, agent updates.
 */
export function scenarioProblems(
  inputs: ProtectionContainerMappingInputs,
  containers: readonly ContainerFacts[],
  policies: readonly PolicyFacts[],
): readonly CheckFailure[] {
  if (hasUnknown(inputs.sourceContainer)) return [];
  const source = containers.find((each) => sameId(each.id, inputs.sourceContainer));
  // Only containers of regions are made by a program, all others register themselves.
  const scenario = source === undefined ? "AzureToAzure" : scenarioOfFabric(source.fabricType);
  if (scenario === undefined) return [];
  const policy = policies.find((each) => sameId(each.id, inputs.policy));
  return [
    ...targetProblems(inputs, scenario, policy),
    ...(policy === undefined ? [] : policyProblems(policy, scenario, inputs)),
    ...(scenario === "VmwareToAzureClassic" && inputs.agentAutoUpdate === true
      ? [
          {
            path: "agentAutoUpdate",
            reason:
              "cannot be had for a classic VMware site: agents are updated from the configuration server or by hand. Leave it out.",
          },
        ]
      : []),
  ];
}

function targetProblems(
  inputs: ProtectionContainerMappingInputs,
  scenario: SetUpScenario,
  policy: PolicyFacts | undefined,
): readonly CheckFailure[] {
  const { sourceContainer, targetContainer } = inputs;
  if (hasUnknown(targetContainer)) return [];
  const itself = sameId(sourceContainer, targetContainer);
  const failback = policy?.instanceType === "InMage";
  const fits: Readonly<Record<SetUpScenario, boolean>> = {
    AzureToAzure: !itself && targetContainer !== azureTarget,
    VmwareToAzure: targetContainer === azureTarget,
    // A policy that this run makes has no kind to look at yet.
    VmwareToAzureClassic:
      policy === undefined
        ? itself || targetContainer === azureTarget
        : failback
          ? itself
          : targetContainer === azureTarget,
  };
  if (fits[scenario]) return [];
  const what = itself
    ? "is the source container itself"
    : `does not fit ${nameOf(sourceContainer)}`;
  const under = policy === undefined ? "" : `, under the policy ${policy.name}`;
  return [{ path: "targetContainer", reason: `${what}${under}. Give ${targets[scenario]}.` }];
}

function policyProblems(
  policy: PolicyFacts,
  scenario: SetUpScenario,
  { sourceContainer }: ProtectionContainerMappingInputs,
): readonly CheckFailure[] {
  const own = scenarioOfPolicy(policy.instanceType);
  if (own === scenario) return [];
  return [
    {
      path: "policy",
      reason: `${policy.name} is a policy of the scenario ${own}, the container ${nameOf(sourceContainer)} belongs to ${scenario}. Give a policy of that scenario.`,
    },
  ];
}
