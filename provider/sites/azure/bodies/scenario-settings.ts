import type { PolicyProviderSpecificInputUnion } from "@azure/arm-recoveryservices-siterecovery";
import { InvalidInputError } from "../../../errors.ts";
import type { Scenario } from "../../../recovery/model.ts";
import { optional } from "../facts/wire.ts";
import type {
  ContainerMappingSpecification,
  PolicySpecification,
} from "../set-up-specifications.ts";
import { betweenSitesPolicy, toAzurePolicy } from "./hyper-v.ts";

/** What a scenario calls itself in set-up requests, and which settings it takes. */
interface ScenarioSettings {
  readonly policy: (specification: PolicySpecification) => PolicyProviderSpecificInputUnion;
  readonly mapping: (specification: ContainerMappingSpecification) => MappingSettings;
}

type MappingSettings = { readonly instanceType: string } & Readonly<Record<string, string>>;

/** As in the swagger's example of a Hyper-V site: the mapping takes nothing, and goes by the name of the base type. */
const bareMapping = (): MappingSettings => ({
  instanceType: "ReplicationProviderSpecificContainerMappingInput",
});

/** Scenarios whose set-up can be written (reference, 4.2; recordings of the modernized kind, 009 and 015). */
const scenarios: Readonly<Partial<Record<Scenario, ScenarioSettings>>> = {
  AzureToAzure: {
    policy: (text) => ({
      instanceType: "A2A",
      recoveryPointHistory: text.recoveryPointHistoryMinutes,
      crashConsistentFrequencyInMinutes: text.crashConsistentFrequencyMinutes,
      appConsistentFrequencyInMinutes: text.applicationConsistentFrequencyMinutes,
      multiVmSyncStatus: text.multiVmSync ? "Enable" : "Disable",
    }),
    mapping: (text) => ({
      instanceType: "A2A",
      agentAutoUpdateStatus: text.agentAutoUpdate ? "Enabled" : "Disabled",
      ...optional("automationAccountArmId", text.automationAccountId),
      ...optional("automationAccountAuthenticationType", text.automationAccountAuthenticationType),
    }),
  },
  VmwareToAzure: {
    policy: (text) => ({
      instanceType: "InMageRcm",
      recoveryPointHistoryInMinutes: text.recoveryPointHistoryMinutes,
      crashConsistentFrequencyInMinutes: text.crashConsistentFrequencyMinutes,
      appConsistentFrequencyInMinutes: text.applicationConsistentFrequencyMinutes,
      enableMultiVmSync: text.multiVmSync ? "true" : "false",
    }),
    mapping: (text) => ({
      instanceType: "InMageRcm",
      enableAgentAutoUpgrade: text.agentAutoUpdate ? "true" : "false",
    }),
  },
  VmwareToAzureClassic: {
    policy: (text) =>
      text.failback === true
        ? {
            instanceType: "InMage",
            recoveryPointHistory: text.recoveryPointHistoryMinutes,
            appConsistentFrequencyInMinutes: text.applicationConsistentFrequencyMinutes,
            multiVmSyncStatus: text.multiVmSync ? "Enable" : "Disable",
            ...optional("recoveryPointThresholdInMinutes", text.recoveryPointThresholdMinutes),
          }
        : {
            instanceType: "InMageAzureV2",
            recoveryPointHistory: text.recoveryPointHistoryMinutes,
            crashConsistentFrequencyInMinutes: text.crashConsistentFrequencyMinutes,
            appConsistentFrequencyInMinutes: text.applicationConsistentFrequencyMinutes,
            multiVmSyncStatus: text.multiVmSync ? "Enable" : "Disable",
            ...optional("recoveryPointThresholdInMinutes", text.recoveryPointThresholdMinutes),
          },
    mapping: (text) => ({ instanceType: text.failback === true ? "InMage" : "InMageAzureV2" }),
  },
  HyperVToAzure: { policy: toAzurePolicy, mapping: bareMapping },
  VmmToAzure: { policy: toAzurePolicy, mapping: bareMapping },
  VmmToVmm: { policy: betweenSitesPolicy, mapping: bareMapping },
};

/** The settings of a policy in the words of its scenario. Throws InvalidInputError for a scenario that has none. */
export function policySettings(
  specification: PolicySpecification,
): PolicyProviderSpecificInputUnion {
  return settingsOf(specification.scenario).policy(specification);
}

/** The settings of a container mapping in the words of its scenario. Throws InvalidInputError for a scenario that has none. */
export function mappingSettings(specification: ContainerMappingSpecification): MappingSettings {
  return settingsOf(specification.scenario).mapping(specification);
}

function settingsOf(scenario: Scenario = "AzureToAzure"): ScenarioSettings {
  const settings = scenarios[scenario];
  if (settings !== undefined) return settings;
  throw new InvalidInputError("scenario", `scenario: ${scenario} cannot be set up here.`, {
    hint: `Known are: ${Object.keys(scenarios).join(", ")}.`,
  });
}
