import type {
  ConfigureAlertRequest,
  CreateNetworkMappingInput,
  CreatePolicyInput,
  CreateProtectionContainerInput,
  CreateProtectionContainerMappingInput,
  FabricCreationInput,
  UpdateNetworkMappingInput,
  UpdatePolicyInput,
  UpdateProtectionContainerMappingInput,
} from "@azure/arm-recoveryservices-siterecovery";
import type {
  AlertSettingFacts,
  ContainerMappingSpecification,
  NetworkMappingSpecification,
  PolicySpecification,
} from "../site.ts";

/** Body of PUT fabric for an Azure region. */
export function fabricBody(location: string): FabricCreationInput {
  return { properties: { customDetails: { instanceType: "Azure", location } } };
}

/** Body of PUT container in an Azure fabric. */
export function containerBody(): CreateProtectionContainerInput {
  return { properties: { providerSpecificInput: [{ instanceType: "A2A" }] } };
}

/** Body of PUT policy, region to region. */
export function policyBody(specification: PolicySpecification): CreatePolicyInput {
  return { properties: { providerSpecificInput: policySettings(specification) } };
}

/** Body of PATCH policy: the same settings under another name. */
export function policyUpdateBody(specification: PolicySpecification): UpdatePolicyInput {
  return { properties: { replicationProviderSettings: policySettings(specification) } };
}

function policySettings(specification: PolicySpecification) {
  return {
    instanceType: "A2A" as const,
    recoveryPointHistory: specification.recoveryPointHistoryMinutes,
    crashConsistentFrequencyInMinutes: specification.crashConsistentFrequencyMinutes,
    appConsistentFrequencyInMinutes: specification.applicationConsistentFrequencyMinutes,
    multiVmSyncStatus: specification.multiVmSync ? "Enable" : "Disable",
  };
}

/** Body of PUT container mapping, region to region. */
export function containerMappingBody(
  specification: ContainerMappingSpecification,
): CreateProtectionContainerMappingInput {
  return {
    properties: {
      targetProtectionContainerId: specification.targetContainerId,
      policyId: specification.policyId,
      providerSpecificInput: agentUpdates(specification),
    },
  };
}

/** Body of PATCH container mapping: the agent update settings. */
export function containerMappingUpdateBody(
  specification: ContainerMappingSpecification,
): UpdateProtectionContainerMappingInput {
  return { properties: { providerSpecificInput: agentUpdates(specification) } };
}

function agentUpdates(specification: ContainerMappingSpecification) {
  const { automationAccountId, automationAccountAuthenticationType } = specification;
  return {
    instanceType: "A2A" as const,
    agentAutoUpdateStatus: specification.agentAutoUpdate ? "Enabled" : "Disabled",
    ...(automationAccountId === undefined ? {} : { automationAccountArmId: automationAccountId }),
    ...(automationAccountAuthenticationType === undefined
      ? {}
      : { automationAccountAuthenticationType }),
  };
}

/** Body of PUT network mapping between two Azure networks. */
export function networkMappingBody(
  specification: NetworkMappingSpecification,
): CreateNetworkMappingInput {
  return {
    properties: {
      recoveryNetworkId: specification.recoveryNetworkId,
      recoveryFabricName: specification.recoveryFabricName,
      fabricSpecificDetails: {
        instanceType: "AzureToAzure",
        primaryNetworkId: specification.primaryNetworkId,
      },
    },
  };
}

/** Body of PATCH network mapping; what the PUT takes. */
export function networkMappingUpdateBody(
  specification: NetworkMappingSpecification,
): UpdateNetworkMappingInput {
  return networkMappingBody(specification);
}

/** Body of PUT alert setting. */
export function alertSettingBody(
  setting: Omit<AlertSettingFacts, "id" | "name">,
): ConfigureAlertRequest {
  return {
    properties: {
      sendToOwners: setting.sendToOwners ? "Send" : "DoNotSend",
      customEmailAddresses: [...setting.emailAddresses],
      locale: setting.locale,
    },
  };
}
