import type {
  A2AContainerMappingInput,
  A2AUpdateContainerMappingInput,
  ConfigureAlertRequest,
  CreateNetworkMappingInput,
  CreatePolicyInput,
  CreateProtectionContainerInput,
  CreateProtectionContainerMappingInput,
  FabricCreationInput,
  FabricSpecificCreateNetworkMappingInputUnion,
  UpdateNetworkMappingInput,
  UpdatePolicyInput,
  UpdateProtectionContainerMappingInput,
} from "@azure/arm-recoveryservices-siterecovery";
import { sameId } from "../../../recovery/identity.ts";
import { azureTarget } from "../azure-target.ts";
import type {
  ContainerMappingSpecification,
  NetworkMappingSpecification,
  PolicySpecification,
} from "../set-up-specifications.ts";
import type { AlertSettingFacts } from "../site.ts";
import { mappingSettings, policySettings } from "./scenario-settings.ts";

/** Body of PUT fabric for an Azure region. */
export function fabricBody(location: string): FabricCreationInput {
  return { properties: { customDetails: { instanceType: "Azure", location } } };
}

/** Body of PUT container in an Azure fabric. */
export function containerBody(): CreateProtectionContainerInput {
  return { properties: { providerSpecificInput: [{ instanceType: "A2A" }] } };
}

/** Body of PUT policy. */
export function policyBody(specification: PolicySpecification): CreatePolicyInput {
  return { properties: { providerSpecificInput: policySettings(specification) } };
}

/** Body of PATCH policy: the same settings under another name. */
export function policyUpdateBody(specification: PolicySpecification): UpdatePolicyInput {
  return { properties: { replicationProviderSettings: policySettings(specification) } };
}

/** Body of PUT container mapping. */
export function containerMappingBody(
  specification: ContainerMappingSpecification,
): CreateProtectionContainerMappingInput {
  return {
    properties: {
      targetProtectionContainerId: specification.targetContainerId,
      policyId: specification.policyId,
      // The SDK's union lacks what the service takes from sites that are no region.
      providerSpecificInput: mappingSettings(specification) as A2AContainerMappingInput,
    },
  };
}

/** Body of PATCH container mapping: the agent update settings. */
export function containerMappingUpdateBody(
  specification: ContainerMappingSpecification,
): UpdateProtectionContainerMappingInput {
  return {
    properties: {
      providerSpecificInput: mappingSettings(specification) as A2AUpdateContainerMappingInput,
    },
  };
}

/** Body of PUT network mapping: of two Azure networks, or of a VM network with one of them or with another VM network. */
export function networkMappingBody(
  specification: NetworkMappingSpecification,
): CreateNetworkMappingInput {
  return {
    properties: {
      recoveryNetworkId: specification.recoveryNetworkId,
      recoveryFabricName: specification.recoveryFabricName,
      fabricSpecificDetails: networkMappingDetails(specification),
    },
  };
}

/** A VM network stands in the path alone; of what kind the other one is, its fabric tells. */
function networkMappingDetails({
  primaryNetworkId,
  recoveryFabricName,
}: NetworkMappingSpecification): FabricSpecificCreateNetworkMappingInputUnion {
  if (!/\/replicationNetworks\/[^/]+$/i.test(primaryNetworkId)) {
    return { instanceType: "AzureToAzure", primaryNetworkId };
  }
  return { instanceType: sameId(recoveryFabricName, azureTarget) ? "VmmToAzure" : "VmmToVmm" };
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
