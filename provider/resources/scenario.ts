import type { Context } from "../context.ts";
import { capabilityOf, retirementOf } from "../recovery/capabilities.ts";
import type { LiveScenario, RetiredScenario, Scenario } from "../recovery/model.ts";
import { azureTarget } from "../sites/azure/azure-target.ts";
import { isUnknown } from "../unknown.ts";

/** Scenarios whose set-up this package writes. */
export type SetUpScenario = LiveScenario;

/** Wire names of the kinds of policies. Hyper-V sites and VMM clouds on their way to Azure share one. */
const scenarios: Readonly<Record<string, Scenario>> = {
  A2A: "AzureToAzure",
  InMageRcm: "VmwareToAzure",
  InMageRcmFailback: "VmwareToAzure",
  InMageAzureV2: "VmwareToAzureClassic",
  InMage: "VmwareToAzureClassic",
  HyperVReplicaAzure: "HyperVToAzure",
  HyperVReplica2012: "VmmToVmm",
  HyperVReplica2012R2: "VmmToVmm",
  San: "VmmToVmmSan",
};

/** The scenario of a policy by its wire name; region to region for kinds that nobody knows. */
export function scenarioOfPolicy(instanceType: string): Scenario {
  return scenarios[instanceType] ?? "AzureToAzure";
}

/** True when a policy of the one scenario serves the other: a Hyper-V site and a VMM cloud go to Azure by the same kind. */
export function samePolicyKind(one: unknown, other: unknown): boolean {
  return policyKind(one) === policyKind(other);
}

function policyKind(scenario: unknown): unknown {
  return scenario === "VmmToAzure" ? "HyperVToAzure" : scenario;
}

const fabricScenarios: Readonly<Record<string, SetUpScenario>> = {
  Azure: "AzureToAzure",
  InMageRcm: "VmwareToAzure",
  VMware: "VmwareToAzureClassic",
  HyperVSite: "HyperVToAzure",
};

/** The service's word for the fabric of a VMM server. */
export const vmmFabricType = "VMM";

/**
 * The scenario of machines of a fabric, by the wire name of its kind and the container they go to; undefined for
 * kinds that this package does not write, and for a VMM cloud as long as its target is not known.
 */
export function scenarioOfFabric(
  fabricType: string,
  targetContainer: string | undefined,
): SetUpScenario | undefined {
  if (fabricType !== vmmFabricType) return fabricScenarios[fabricType];
  if (!targetContainer) return undefined;
  return targetContainer === azureTarget ? "VmmToAzure" : "VmmToVmm";
}

/** What is said to somebody who declares a retired scenario: since when, by what source, what to use instead. */
export function retiredReason(scenario: RetiredScenario): string {
  const { since, source, instead } = retirementOf(scenario);
  const { title } = capabilityOf(scenario);
  return `${scenario} (${title}) is retired since ${since}: ${source}. What exists can be read; nothing can be set up. Use ${instead}. [SC-RETIRED]`;
}

/** Runs that have been told, with what they have been told of; a run is known by the set of what it declares. */
const told = new WeakMap<object, Set<string>>();

/** Warns, once in a run, that a scenario is old although the service still takes it (rule SC-OLD). */
export function warnIfOld(
  context: Pick<Context, "declared" | "log">,
  scenario: Scenario | undefined,
): void {
  if (scenario === undefined || isUnknown(scenario)) return;
  const { status, title } = capabilityOf(scenario);
  const retirement = retirementOf(scenario);
  if (status !== "superseded" || retirement === undefined) return;
  const before = told.get(context.declared) ?? new Set();
  if (before.has(scenario)) return;
  told.set(context.declared, before.add(scenario));
  context.log.warn(
    `${scenario} (${title}) is superseded since ${retirement.since}. It goes on to work here as long as the service takes it; plan to move the machines to ${retirement.instead}. [SC-OLD]`,
  );
}
