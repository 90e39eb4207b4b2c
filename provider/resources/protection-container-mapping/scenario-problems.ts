import type { CheckFailure } from "../../handler.ts";
import { isRetired } from "../../recovery/capabilities.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ContainerFacts, PolicyFacts } from "../../recovery/model.ts";
import { isFromHyperV } from "../../recovery/position.ts";
import { azureTarget } from "../../sites/azure/azure-target.ts";
import { hasUnknown } from "../../unknown.ts";
import type { ProtectionContainerMappingInputs } from "../protection-container-mapping.ts";
import {
  retiredReason,
  type SetUpScenario,
  samePolicyKind,
  scenarioOfFabric,
  scenarioOfPolicy,
  vmmFabricType,
} from "../scenario.ts";

/** What each scenario takes as the target, completing "give …". */
const targets: Readonly<Record<SetUpScenario, string>> = {
  AzureToAzure: "a container of the other region",
  VmwareToAzure: `"${azureTarget}"`,
  VmwareToAzureClassic: `"${azureTarget}", or with a failback policy the source container itself`,
  HyperVToAzure: `"${azureTarget}"`,
  VmmToAzure: `"${azureTarget}"`,
  VmmToVmm: `a cloud of the second VMM server, or "${azureTarget}"`,
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
  const scenario = source === undefined ? "AzureToAzure" : scenarioOf(source, inputs);
  if (scenario === undefined) return [];
  const policy = policies.find((each) => sameId(each.id, inputs.policy));
  const target = containers.find((each) => sameId(each.id, inputs.targetContainer));
  return [
    ...targetProblems(inputs, scenario, policy),
    ...cloudProblems(scenario, source, target),
    ...(policy === undefined ? [] : policyProblems(policy, scenario, inputs)),
    ...(isFromHyperV({ scenario }) && inputs.agentAutoUpdate === true
      ? [
          {
            path: "agentAutoUpdate",
            reason:
              "cannot be had for Hyper-V: nothing is installed in the machines, and the provider of the hosts is updated by their set-up. Leave it out.",
          },
        ]
      : []),
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

/** A cloud's target decides between two scenarios; one that is not known yet lets both be. */
function scenarioOf(
  source: ContainerFacts,
  { targetContainer }: ProtectionContainerMappingInputs,
): SetUpScenario | undefined {
  return scenarioOfFabric(
    source.fabricType,
    hasUnknown(targetContainer) ? undefined : targetContainer,
  );
}

/** The two clouds of a pair belong to VMM servers, and may belong to one. */
function cloudProblems(
  scenario: SetUpScenario,
  source: ContainerFacts | undefined,
  target: ContainerFacts | undefined,
): readonly CheckFailure[] {
  if (scenario !== "VmmToVmm" || source === undefined || target === undefined) return [];
  if (sameId(target.fabricType, vmmFabricType)) return [];
  const reason = `${target.friendlyName ?? target.name} of ${target.fabricFriendlyName} is no cloud of a VMM server. Give ${targets.VmmToVmm}.`;
  return [{ path: "targetContainer", reason }];
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
    HyperVToAzure: targetContainer === azureTarget,
    VmmToAzure: targetContainer === azureTarget,
    VmmToVmm: !itself,
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
  if (isRetired(own)) return [{ path: "policy", reason: retiredReason(own) }];
  if (samePolicyKind(own, scenario)) return [];
  return [
    {
      path: "policy",
      reason: `${policy.name} is a policy of the scenario ${own}, the container ${nameOf(sourceContainer)} belongs to ${scenario}. Give a policy of that scenario.`,
    },
  ];
}
