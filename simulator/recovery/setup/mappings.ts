import { type Answer, missingObject, ok } from "../../http/answer.ts";
import { pagedList } from "../../http/paging.ts";
import type { Call, Route } from "../../http/route.ts";
import { objectAt, textAt } from "../../state/json.ts";
import type { ContainerMapping, Vault } from "../../state/model.ts";
import type { ScenarioName } from "../jobs/scenarios.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import {
  containerId,
  containerKey,
  containerNamed,
  param,
  referredPolicy,
  vaultOf,
} from "../vault/find.ts";
import { mappingBody } from "./bodies.ts";
import { mappingRefusal, mappingTarget } from "./mapping-kinds.ts";
import { existsOtherwise, setupJob, stillInUse } from "./setup-job.ts";

const MAPPINGS = "replicationProtectionContainerMappings";
const CONTAINER = "replicationFabrics/{fabric}/replicationProtectionContainers/{container}";
const MAPPING = `${CONTAINER}/${MAPPINGS}/{mapping}`;

/** Container mappings. Paths are relative to the vault. */
export const MAPPING_ROUTES: readonly Route[] = [
  ["GET", MAPPINGS, (call) => listMappings(call)],
  ["GET", `${CONTAINER}/${MAPPINGS}`, listMappings],
  ["GET", MAPPING, (call) => ok(mappingBody(vaultOf(call), mappingOf(call, vaultOf(call))))],
  ["PUT", MAPPING, putMapping],
  ["PATCH", MAPPING, patchMapping],
  ["DELETE", MAPPING, (call) => removeMapping(call, "PurgeProtectionProfileAssociation")],
  ["POST", `${MAPPING}/remove`, (call) => removeMapping(call, "DissociateProtectionProfile")],
];

/** The key of a mapping in its vault. */
export function mappingKey(mapping: {
  fabricName: string;
  containerName: string;
  name: string;
}): string {
  return `${containerKey(mapping.fabricName, mapping.containerName)}/${mapping.name}`.toLowerCase();
}

function mappingOf(call: Call, vault: Vault): ContainerMapping {
  const key = {
    fabricName: param(call, "fabric"),
    containerName: param(call, "container"),
    name: param(call, "mapping"),
  };
  const mapping = vault.mappings[mappingKey(key)];
  if (!mapping) throw missingObject(key.name);
  return mapping;
}

function listMappings(call: Call): Answer {
  const vault = vaultOf(call);
  const { fabric, container } = call.params;
  const here = fabric === undefined ? undefined : containerNamed(vault, fabric, container ?? "");
  const found = Object.values(vault.mappings).filter(
    (each) => !here || (each.fabricName === here.fabricName && each.containerName === here.name),
  );
  return pagedList(
    call,
    found.map((each) => mappingBody(vault, each)),
  );
}

function mappingId(vault: Vault, mapping: ContainerMapping): string {
  return `${containerId(vault, mapping.fabricName, mapping.containerName)}/${MAPPINGS}/${mapping.name}`;
}

function putMapping(call: Call): Answer {
  const vault = vaultOf(call);
  checkBody(call.body, BODIES.mapping);
  const source = containerNamed(vault, param(call, "fabric"), param(call, "container"));
  const properties = objectAt(call.body, "properties");
  const target = mappingTarget(
    vault,
    "properties.targetProtectionContainerId",
    textAt(properties, "targetProtectionContainerId") ?? "",
  );
  const policy = referredPolicy(vault, "properties.policyId", textAt(properties, "policyId") ?? "");
  const input = objectAt(properties, "providerSpecificInput");
  const wanted: ContainerMapping = {
    name: param(call, "mapping"),
    fabricName: source.fabricName,
    containerName: source.name,
    targetFabricName: target.fabricName,
    targetContainerName: target.name,
    policyName: policy.name,
    agentAutoUpdateStatus: textAt(input, "agentAutoUpdateStatus") ?? "Disabled",
    automationAccountAuthenticationType:
      textAt(input, "automationAccountAuthenticationType") ?? "RunAsAccount",
    automationAccountArmId: textAt(input, "automationAccountArmId") ?? null,
    ...(policy.instanceType === "InMageRcm" && {
      enableAgentAutoUpgrade: textAt(input, "enableAgentAutoUpgrade") ?? "true",
    }),
  };
  const existing = vault.mappings[mappingKey(wanted)];
  const differs =
    existing &&
    (existing.policyName !== wanted.policyName ||
      existing.targetContainerName !== wanted.targetContainerName ||
      existing.targetFabricName !== wanted.targetFabricName);
  return setupJob(call, vault, {
    scenario: "AssociateProtectionProfile",
    id: mappingId(vault, existing ?? wanted),
    input: { mapping: { ...wanted, name: existing?.name ?? wanted.name } },
    refusal:
      mappingRefusal(vault, source, target, policy) ??
      (differs
        ? existsOtherwise(
            "container mapping",
            existing.name,
            `policy ${existing.policyName}, target ${existing.targetContainerName}`,
          )
        : undefined),
  });
}

function patchMapping(call: Call): Answer {
  const vault = vaultOf(call);
  const mapping = mappingOf(call, vault);
  checkBody(call.body, BODIES.mappingUpdate);
  const input = objectAt(call.body, "properties", "providerSpecificInput");
  return setupJob(call, vault, {
    scenario: "UpdateProtectionContainerMapping",
    id: mappingId(vault, mapping),
    input: {
      mapping: {
        ...mapping,
        agentAutoUpdateStatus:
          textAt(input, "agentAutoUpdateStatus") ?? mapping.agentAutoUpdateStatus,
        automationAccountAuthenticationType:
          textAt(input, "automationAccountAuthenticationType") ??
          mapping.automationAccountAuthenticationType,
        automationAccountArmId:
          textAt(input, "automationAccountArmId") ?? mapping.automationAccountArmId,
        ...(mapping.enableAgentAutoUpgrade !== undefined && {
          enableAgentAutoUpgrade:
            textAt(input, "enableAgentAutoUpgrade") ?? mapping.enableAgentAutoUpgrade,
        }),
      },
    },
  });
}

function removeMapping(call: Call, scenario: ScenarioName): Answer {
  const vault = vaultOf(call);
  const mapping = mappingOf(call, vault);
  const users = Object.values(vault.items).filter(
    (item) =>
      containerKey(item.fabricName, item.containerName) ===
        containerKey(mapping.fabricName, mapping.containerName) &&
      // One that replicates back to its site will need the policy again.
      [item.policyName, item.onPremises?.lastUsedPolicyName].includes(mapping.policyName),
  );
  return setupJob(call, vault, {
    scenario,
    id: mappingId(vault, mapping),
    input: { key: mappingKey(mapping) },
    refusal:
      users.length > 0
        ? stillInUse(
            "container mapping",
            mapping.name,
            users.map((item) => `protected item ${item.name}`),
          )
        : undefined,
  });
}
