import type { Context } from "../context.ts";
import {
  completeName,
  completeReference,
  parentOf,
  vaultIdOf,
  vaultOfReference,
} from "../inputs/vault-object.ts";
import { nameOf, sameId } from "../recovery/identity.ts";
import type { ContainerMappingFacts } from "../recovery/model.ts";
import { azureTarget } from "../sites/azure/azure-target.ts";
import type { ContainerMappingSpecification } from "../sites/azure/set-up-specifications.ts";
import type { VaultSite } from "../sites/azure/site.ts";
import { automationProblems } from "./protection-container-mapping/automation-problems.ts";
import { scenarioProblems } from "./protection-container-mapping/scenario-problems.ts";
import { azureProblems, referenceProblems } from "./references.ts";
import { scenarioOfFabric } from "./scenario.ts";
import { SetUpHandler } from "./set-up-handler.ts";
import type { SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * The way from a source container to a target container under a policy. A failover needs the mapping
 * in its direction; coming back needs the mapping in the other direction as well. Machines of a VMware site, a
 * Hyper-V site or a VMM cloud go to `Microsoft Azure`, those of a cloud also to the cloud of a second VMM server.
 * The way back of a classic VMware site is a mapping of its container with itself; Hyper-V items need none for it.
 *
 * @example
 * ```ts
 * new asr.ProtectionContainerMapping("west-to-north", {
 *     sourceContainer: source.id,
 *     targetContainer: target.id,
 *     policy: policy.id,
 * });
 * ```
 *
 * @example
 * ```ts
 * new asr.ProtectionContainerMapping("to-azure", {
 *     sourceContainer: configurationServer.containerId,
 *     targetContainer: "Microsoft Azure",
 *     policy: policy.id,
 * });
 * new asr.ProtectionContainerMapping("home", {
 *     sourceContainer: configurationServer.containerId,
 *     targetContainer: configurationServer.containerId,
 *     policy: failbackPolicy.id,
 * });
 * ```
 *
 * @example
 * ```ts
 * new asr.ProtectionContainerMapping("gold-to-silver", {
 *     sourceContainer: first.clouds.apply((clouds) => clouds["Gold"]),
 *     targetContainer: second.clouds.apply((clouds) => clouds["Silver"]),
 *     policy: policy.id, // of the scenario VmmToVmm
 * });
 * ```
 */
export interface ProtectionContainerMappingInputs extends VaultObjectInputs {
  /**
   * ARM id of the container that machines are replicated from. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly sourceContainer: string;
  /**
   * ARM id of the container that machines are replicated to, such as the cloud of a second VMM server, or
   * `Microsoft Azure` for machines of a VMware site, a Hyper-V site or a VMM cloud. Changing it replaces the
   * mapping.
   * @replaceOnChanges
   */
  readonly targetContainer: string;
  /**
   * Replication policy: its ARM id or its name. Changing it replaces the mapping.
   * @replaceOnChanges
   */
  readonly policy: string;
  /**
   * Keeps the replication agent of the machines up to date: between regions by an `automationAccount`, at a
   * modernized VMware site by its appliance. Changing it updates in place.
   * @defaultValue false
   */
  readonly agentAutoUpdate?: boolean;
  /** ARM id of the automation account that updates the agents. Changing it updates in place. */
  readonly automationAccount?: string;
  /**
   * How the automation account signs in. Changing it updates in place.
   * @defaultValue SystemAssignedIdentity
   */
  readonly automationAccountAuthentication?: "SystemAssignedIdentity" | "RunAsAccount";
}

/** What is recorded of a container mapping. */
export interface ProtectionContainerMappingState
  extends ProtectionContainerMappingInputs,
    SetUpState {
  /** ARM id of the mapping. */
  readonly mappingId: string;
}

/** The handler of `ProtectionContainerMapping`. */
export const protectionContainerMappingHandler: SetUpHandler<
  ProtectionContainerMappingInputs,
  ProtectionContainerMappingState,
  ContainerMappingFacts
> = new SetUpHandler<
  ProtectionContainerMappingInputs,
  ProtectionContainerMappingState,
  ContainerMappingFacts
>({
  token: "asr:index:ProtectionContainerMapping",
  noun: "container mapping",

  complete(context, inputs) {
    const vault = vaultOfReference(
      context,
      "sourceContainer",
      inputs.sourceContainer,
      inputs.vault,
    );
    const container = (path: "sourceContainer" | "targetContainer"): string =>
      sameId(inputs[path], azureTarget)
        ? azureTarget
        : completeReference(path, inputs[path], vault, "replicationProtectionContainers");
    return {
      ...inputs,
      vault,
      name: completeName(context, inputs.name),
      sourceContainer: container("sourceContainer"),
      targetContainer: container("targetContainer"),
      policy: completeReference("policy", inputs.policy, vault, "replicationPolicies"),
    };
  },

  id: (_context, inputs) =>
    `${inputs.sourceContainer}/replicationProtectionContainerMappings/${inputs.name}`,

  problems: automationProblems,

  async checkReferences(context, site, inputs) {
    const vault = site.vault(vaultIdOf(inputs.sourceContainer));
    const containers = await vault.containers(context);
    const policies = await vault.policies(context);
    const container = (path: "sourceContainer" | "targetContainer") =>
      inputs[path] === azureTarget
        ? []
        : referenceProblems(context, path, "protection container", inputs[path], containers);
    return [
      ...container("sourceContainer"),
      ...container("targetContainer"),
      ...referenceProblems(context, "policy", "replication policy", inputs.policy, policies),
      ...scenarioProblems(inputs, containers, policies),
      ...(await azureProblems(
        context,
        site,
        "automationAccount",
        "automation account",
        inputs.automationAccount,
      )),
    ];
  },

  async observe(context, site, id) {
    const mappings = await site.vault(vaultIdOf(id)).containerMappings(context);
    return mappings.find((each) => sameId(each.id, id));
  },

  describe: (facts, id) => ({
    vault: vaultIdOf(id),
    name: nameOf(id),
    sourceContainer: parentOf(id),
    targetContainer: facts.targetContainerId,
    policy: facts.policyId,
    agentAutoUpdate: facts.agentAutoUpdate,
    automationAccount: facts.automationAccountId,
    // Without updates nobody signs in, and the service answers RunAsAccount whatever it was told.
    automationAccountAuthentication:
      facts.agentAutoUpdate && facts.automationAccountAuthenticationType === "RunAsAccount"
        ? "RunAsAccount"
        : "SystemAssignedIdentity",
    mappingId: id,
  }),

  async create(context, site, id, inputs) {
    const vault = site.vault(vaultIdOf(id));
    const specification = await specificationOf(context, vault, inputs);
    return await vault.putContainerMapping(context, parentOf(id), nameOf(id), specification);
  },
  async change(context, site, id, _facts, inputs) {
    const vault = site.vault(vaultIdOf(id));
    const specification = await specificationOf(context, vault, inputs);
    return await vault.updateContainerMapping(context, parentOf(id), nameOf(id), specification);
  },
  remove: (context, site, id) =>
    site.vault(vaultIdOf(id)).removeContainerMapping(context, parentOf(id), nameOf(id)),
});

/** What the service is sent; the kind of site decides about the settings. */
async function specificationOf(
  context: Context,
  vault: VaultSite,
  inputs: ProtectionContainerMappingInputs,
): Promise<ContainerMappingSpecification> {
  const containers = await vault.containers(context);
  const source = containers.find((each) => sameId(each.id, inputs.sourceContainer));
  return {
    scenario: scenarioOfFabric(source?.fabricType ?? "", inputs.targetContainer) ?? "AzureToAzure",
    failback: sameId(inputs.sourceContainer, inputs.targetContainer),
    targetContainerId: inputs.targetContainer,
    policyId: inputs.policy,
    agentAutoUpdate: inputs.agentAutoUpdate ?? false,
    ...(inputs.automationAccount
      ? {
          automationAccountId: inputs.automationAccount,
          automationAccountAuthenticationType:
            inputs.automationAccountAuthentication ?? "SystemAssignedIdentity",
        }
      : {}),
  };
}
