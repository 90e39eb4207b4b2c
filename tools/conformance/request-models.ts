import { BODIES } from "../../simulator/recovery/validation/bodies.ts";
import type { BodyRule, Fields } from "../../simulator/recovery/validation/body-rule.ts";
import type { Definition, Swagger } from "./swagger.ts";

/** The operation whose body each of the simulator's body rules is for. */
const OPERATIONS = {
  fabric: "ReplicationFabrics_Create",
  renewCertificate: "ReplicationFabrics_RenewCertificate",
  reassociateGateway: "ReplicationFabrics_ReassociateGateway",
  container: "ReplicationProtectionContainers_Create",
  mapping: "ReplicationProtectionContainerMappings_Create",
  mappingUpdate: "ReplicationProtectionContainerMappings_Update",
  policy: "ReplicationPolicies_Create",
  policyUpdate: "ReplicationPolicies_Update",
  vcenter: "ReplicationvCenters_Create",
  discover: "ReplicationProtectionContainers_DiscoverProtectableItem",
  updateAppliance: "ReplicationProtectedItems_UpdateAppliance",
  networkMapping: "ReplicationNetworkMappings_Create",
  networkMappingUpdate: "ReplicationNetworkMappings_Update",
  alertSettings: "ReplicationAlertSettings_Create",
  vaultSettings: "ReplicationVaultSetting_Create",
  jobResume: "ReplicationJobs_Resume",
  jobQuery: "ReplicationJobs_Export",
  item: "ReplicationProtectedItems_Create",
  itemUpdate: "ReplicationProtectedItems_Update",
  testFailover: "ReplicationProtectedItems_TestFailover",
  unplannedFailover: "ReplicationProtectedItems_UnplannedFailover",
  applyRecoveryPoint: "ReplicationProtectedItems_ApplyRecoveryPoint",
  switchProtection: "ReplicationProtectionContainers_SwitchProtection",
  reprotect: "ReplicationProtectedItems_Reprotect",
  addDisks: "ReplicationProtectedItems_AddDisks",
  removeDisks: "ReplicationProtectedItems_RemoveDisks",
  removeItem: "ReplicationProtectedItems_Delete",
  testFailoverCleanup: "ReplicationProtectedItems_TestFailoverCleanup",
  resolveHealthErrors: "ReplicationProtectedItems_ResolveHealthErrors",
  plan: "ReplicationRecoveryPlans_Create",
  planUpdate: "ReplicationRecoveryPlans_Update",
  planTestFailover: "ReplicationRecoveryPlans_TestFailover",
  intent: "ReplicationProtectionIntents_Create",
  planUnplannedFailover: "ReplicationRecoveryPlans_UnplannedFailover",
} as const satisfies Partial<Record<keyof typeof BODIES, string>>;

/** Lists where the simulator's rules for request bodies say less than the published models, or other things. */
export function differencesOfRequestModels(swagger: Swagger): readonly string[] {
  return Object.entries(OPERATIONS).flatMap(([name, operationId]) => {
    const model = bodyOf(swagger, operationId);
    if (!model) return [`${name}: no body of ${operationId} is published`];
    return compareFields(BODIES[name as keyof typeof OPERATIONS], model, swagger, name);
  });
}

/** The part of a swagger that the comparison reads, without descriptions: small enough to be kept by the tests. */
export function requestModelsOf(swagger: Swagger): Swagger {
  const operationIds: readonly string[] = Object.values(OPERATIONS);
  const methods = Object.values(swagger.paths).flatMap((each) => Object.values(each));
  const kept = methods.filter(({ operationId = "" }) => operationIds.includes(operationId));
  const bodies = kept.map(({ operationId = "", parameters = [] }) => [
    operationId,
    {
      put: { operationId, parameters: parameters.filter((parameter) => parameter.in === "body") },
    },
  ]);
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    for (const name of referencesIn(value)) {
      if (names.has(name)) continue;
      names.add(name);
      visit(swagger.definitions[name]);
      for (const heir of HEIRS.flatMap((type) => heirNames(name, type, swagger))) {
        names.add(heir);
        visit(swagger.definitions[heir]);
      }
    }
  };
  visit(bodies);
  const definitions = [...names].sort().map((name) => [name, swagger.definitions[name]]);
  const small = { paths: Object.fromEntries(bodies), definitions: Object.fromEntries(definitions) };
  return JSON.parse(JSON.stringify(small, withoutProse)) as Swagger;
}

/** The members of unions that the simulator's rules have. */
const HEIRS = [
  "A2A",
  "InMageRcm",
  "InMageRcmFailback",
  "InMageAzureV2",
  "InMage",
  "Existing",
  "New",
  "Azure",
  "AzureToAzure",
  "HyperVReplicaAzure",
  "HyperVReplicaAzureFailback",
  "HyperVReplica2012",
  "HyperVReplica2012R2",
  "VmmToAzure",
  "VmmToVmm",
  "AutomationRunbookActionDetails",
  "ManualActionDetails",
  "ScriptActionDetails",
];

const PROSE = ["description", "x-ms-enum", "x-ms-client-flatten", "format", "name"];

/** Leaves prose out; a property that is called like prose is an object, and stays. */
function withoutProse(key: string, value: unknown): unknown {
  return PROSE.includes(key) && typeof value !== "object" ? undefined : value;
}

function referencesIn(value: unknown): string[] {
  return [...JSON.stringify(value ?? null).matchAll(/"#\/definitions\/(\w+)"/g)].flatMap(
    ([, name]) => name ?? [],
  );
}

/** Names of all models that a model comes from, near ones first. */
function ancestorsOf({ allOf = [] }: Definition, swagger: Swagger): string[] {
  return allOf.flatMap(({ $ref }) => {
    const name = $ref?.split("/").at(-1) ?? "";
    return [name, ...ancestorsOf(swagger.definitions[name] ?? {}, swagger)];
  });
}

function heirNames(base: string, instanceType: string, swagger: Swagger): string[] {
  return Object.entries(swagger.definitions)
    .filter(
      ([name, each]) =>
        (each["x-ms-discriminator-value"] ?? name) === instanceType &&
        ancestorsOf(each, swagger).includes(base),
    )
    .map(([name]) => name);
}

function bodyOf(swagger: Swagger, operationId: string): Definition | undefined {
  const operations = Object.values(swagger.paths).flatMap((methods) => Object.values(methods));
  const operation = operations.find((each) => each.operationId === operationId);
  return operation?.parameters?.find((parameter) => parameter.in === "body")?.schema;
}

function compareFields(
  rules: Fields,
  definition: Definition,
  swagger: Swagger,
  path: string,
): string[] {
  const { properties, required } = flatten(definition, swagger);
  return Object.entries(properties).flatMap(([field, model]) => {
    const here = `${path}.${field}`;
    const rule = rules[field];
    if (field === "instanceType" || field === "resourceType") return [];
    if (!rule) return [`${here}: not checked`];
    const missing = required.includes(field) && !rule.needed ? [`${here}: required`] : [];
    return [...missing, ...compareRule(rule, model, swagger, here)];
  });
}

function compareRule(
  rule: BodyRule,
  definition: Definition,
  swagger: Swagger,
  path: string,
): string[] {
  const model = flatten(definition, swagger);
  const kind = model.type ?? "object";
  const wanted = KINDS[rule.is];
  if (wanted !== (kind === "integer" ? "number" : kind)) return [`${path}: ${kind} there`];
  switch (rule.is) {
    case "text":
      return (model.enum ?? [])
        .filter((value) => !rule.oneOf?.includes(value))
        .map((value) => `${path}: '${value}' there`);
    case "list":
      return model.items ? compareRule(rule.of, model.items, swagger, `${path}[]`) : [];
    case "object":
      return compareFields(rule.fields, definition, swagger, path);
    case "union":
      return Object.entries(rule.of).flatMap(([instanceType, fields]) => {
        const heir = heirOf(definition, instanceType, swagger);
        return heir
          ? compareFields(fields, heir, swagger, `${path}(${instanceType})`)
          : UNPUBLISHED.has(`${path} ${instanceType}`) || BY_NAME.test(instanceType)
            ? []
            : [`${path}: no ${instanceType} there`];
      });
    default:
      return [];
  }
}

/** Members of unions that the service was recorded to take, or takes by its name alone, and that no model has. */
const UNPUBLISHED: ReadonlySet<string> = new Set([
  "mapping.properties.providerSpecificInput InMageRcm",
  "mapping.properties.providerSpecificInput InMageAzureV2",
  "mapping.properties.providerSpecificInput InMage",
  "mapping.properties.providerSpecificInput HyperVReplicaAzure",
]);

/**
 * Kinds that requests give by name alone: Hyper-V sites and machines between VMM sites, and the models' bases that
 * recordings of 2017 have for these (reference 1.2, 4.1, 4.3).
 */
const BY_NAME = /^(HyperVSite|HyperVReplica2012(R2)?|\w+Input)$/;

const KINDS: Readonly<Record<BodyRule["is"], string>> = {
  text: "string",
  number: "number",
  flag: "boolean",
  list: "array",
  object: "object",
  union: "object",
};

interface Flat {
  readonly type: string | undefined;
  readonly enum: readonly string[] | undefined;
  readonly items: Definition | undefined;
  readonly properties: Readonly<Record<string, Definition>>;
  readonly required: readonly string[];
}

function resolve(definition: Definition, swagger: Swagger): Definition {
  const name = definition.$ref?.split("/").at(-1);
  return name === undefined ? definition : (swagger.definitions[name] ?? {});
}

function flatten(definition: Definition, swagger: Swagger): Flat {
  const own = resolve(definition, swagger);
  const bases = (own.allOf ?? []).map((base) => flatten(base, swagger));
  return {
    type: own.type,
    enum: own.enum,
    items: own.items,
    properties: Object.assign({}, ...bases.map((base) => base.properties), own.properties ?? {}),
    required: [...bases.flatMap((base) => base.required), ...(own.required ?? [])],
  };
}

function heirOf(base: Definition, instanceType: string, swagger: Swagger): Definition | undefined {
  const model = resolve(base, swagger);
  return Object.entries(swagger.definitions).find(
    ([name, each]) =>
      (each["x-ms-discriminator-value"] ?? name) === instanceType &&
      ancestorsOf(each, swagger).some((ancestor) => swagger.definitions[ancestor] === model),
  )?.[1];
}
