import { badRequest } from "../../http/answer.ts";
import type { Simulation } from "../../simulation.ts";
import { guidOf } from "../../simulation.ts";
import { sameId } from "../../state/identifiers.ts";
import { type JsonObject, numberAt, objectAt, textAt } from "../../state/json.ts";
import type { AzureResource, Container, Fabric, Policy, Vault } from "../../state/model.ts";
import { mappingKey } from "../setup/mappings.ts";
import { existsOtherwise } from "../setup/setup-job.ts";
import { containerId, containerKey, fabricId, policyId, referredPolicy } from "../vault/find.ts";
import { chosenResources } from "./chosen-resources.ts";
import { createMaker, type Maker } from "./maker.ts";

/** What an intent asks for, its regions and machine found. */
export interface IntentRequest {
  readonly simulation: Simulation;
  readonly vault: Vault;
  readonly machine: AzureResource;
  /** `providerSpecificDetails` of the request. */
  readonly input: JsonObject;
  readonly primary: string;
  readonly recovery: string;
}

/** What an item needs before it can be made. */
export interface Ground {
  readonly container: { readonly fabric: string; readonly container: string };
  readonly policyId: string;
  /** `providerSpecificDetails` of the item. */
  readonly input: JsonObject;
  /** Takes away again what was made. */
  takeBack(): void;
}

const FIELD = "properties.providerSpecificDetails";
const DEFAULT_POLICY = "24-hour-retention-policy";

/** Finds or makes fabrics, containers, policy, mappings and resources for an intent (CH-INTENT). Makes nothing if it throws. */
export function layGround(request: IntentRequest): Ground {
  const maker = createMaker(request.simulation);
  try {
    return lay(request, maker);
  } catch (error) {
    maker.takeBack();
    throw error;
  }
}

function lay(request: IntentRequest, maker: Maker): Ground {
  const { vault } = request;
  const source = ensureFabric(request, maker, request.primary);
  const target = ensureFabric(request, maker, request.recovery);
  const pair = Object.values(vault.mappings).find(
    (each) => each.fabricName === source.name && each.targetFabricName === target.name,
  );
  const from = ensureContainer(vault, maker, source, pair?.containerName);
  const to = ensureContainer(vault, maker, target, pair?.targetContainerName);
  const policy = ensurePolicy(request, maker, pair?.policyName);
  ensureMapping(request, maker, from, to, policy);
  const resources = chosenResources(request, maker, source, target);
  return {
    container: { fabric: from.fabricName, container: from.name },
    policyId: policyId(vault, policy.name),
    input: {
      ...resources,
      instanceType: "A2A",
      recoveryContainerId: containerId(vault, to.fabricName, to.name),
      ...pick(request.input, [
        "fabricObjectId",
        "recoveryResourceGroupId",
        "recoveryAvailabilityZone",
        "multiVmGroupName",
        "multiVmGroupId",
        "autoProtectionOfDataDisk",
        "diskEncryptionInfo",
      ]),
    },
    takeBack: maker.takeBack,
  };
}

function pick(input: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(fields.map((field) => [field, input[field]]));
}

function ensureFabric(request: IntentRequest, maker: Maker, location: string): Fabric {
  const { simulation, vault } = request;
  const found = Object.values(vault.fabrics).find(
    (each) => each.instanceType === "Azure" && each.location === location,
  );
  if (found) return found;
  const name = `asr-a2a-default-${location}`;
  const internalIdentifier = guidOf(simulation, "fabric", fabricId(vault, name));
  return maker.put(vault.fabrics, name.toLowerCase(), {
    name,
    instanceType: "Azure",
    location,
    internalIdentifier,
  });
}

function ensureContainer(
  vault: Vault,
  maker: Maker,
  fabric: Fabric,
  mapped: string | undefined,
): Container {
  const here = Object.values(vault.containers).filter((each) => each.fabricName === fabric.name);
  const found = here.find((each) => each.name === mapped) ?? here[0];
  if (found) return found;
  const container = { name: `${fabric.name}-container`, fabricName: fabric.name };
  return maker.put(vault.containers, containerKey(fabric.name, container.name), container);
}

function ensurePolicy(request: IntentRequest, maker: Maker, mapped: string | undefined): Policy {
  const { vault, input } = request;
  const chosen = objectAt(input, "protectionProfileCustomInput");
  const id = textAt(chosen, "protectionProfileId");
  if (id !== undefined)
    return referredPolicy(vault, `${FIELD}.protectionProfileCustomInput.protectionProfileId`, id);
  const known = vault.policies[(mapped ?? "").toLowerCase()];
  if (!chosen && known) return known;
  const policy: Policy = {
    name: textAt(chosen, "policyName") ?? DEFAULT_POLICY,
    instanceType: "A2A",
    recoveryPointHistoryMinutes: numberAt(chosen, "recoveryPointHistory") ?? 1440,
    crashConsistentMinutes: 5,
    appConsistentMinutes: numberAt(chosen, "appConsistentFrequencyInMinutes") ?? 0,
    multiVmSync: textAt(chosen, "multiVmSyncStatus")?.toLowerCase() !== "disable",
  };
  const existing = vault.policies[policy.name.toLowerCase()];
  if (!existing) return maker.put(vault.policies, policy.name.toLowerCase(), policy);
  const same = JSON.stringify({ ...existing, name: policy.name }) === JSON.stringify(policy);
  if (!chosen || same) return existing;
  throw badRequest(
    existsOtherwise(
      "replication policy",
      existing.name,
      `it keeps ${existing.recoveryPointHistoryMinutes} minutes`,
    ),
  );
}

function ensureMapping(
  request: IntentRequest,
  maker: Maker,
  from: Container,
  to: Container,
  policy: Policy,
): void {
  const { vault, input, primary, recovery } = request;
  const id = (each: Container) => containerId(vault, each.fabricName, each.name);
  const found = Object.values(vault.mappings).some(
    (each) =>
      sameId(containerId(vault, each.fabricName, each.containerName), id(from)) &&
      sameId(containerId(vault, each.targetFabricName, each.targetContainerName), id(to)) &&
      each.policyName === policy.name,
  );
  if (found) return;
  const mapping = {
    name: `${primary}-${recovery}-${policy.name}`,
    fabricName: from.fabricName,
    containerName: from.name,
    targetFabricName: to.fabricName,
    targetContainerName: to.name,
    policyName: policy.name,
    agentAutoUpdateStatus: textAt(input, "agentAutoUpdateStatus") ?? "Disabled",
    automationAccountAuthenticationType:
      textAt(input, "automationAccountAuthenticationType") ?? "RunAsAccount",
    automationAccountArmId: textAt(input, "automationAccountArmId") ?? null,
  };
  maker.put(vault.mappings, mappingKey(mapping), mapping);
}
