import { existingGroup } from "../../azure/resource-groups.ts";
import { type Answer, ArmError, ok } from "../../http/answer.ts";
import { wholeList } from "../../http/paging.ts";
import { type Call, type Route, urlOf } from "../../http/route.ts";
import { newGuid, type Simulation } from "../../simulation.ts";
import { idKey, vaultId } from "../../state/identifiers.ts";
import { type JsonObject, objectAt, textAt } from "../../state/json.ts";
import type { Vault } from "../../state/model.ts";
import { DAY, SECOND } from "../../state/times.ts";
import { regionNamed } from "../../world/regions.ts";
import { pollDelay } from "../jobs/operation.ts";
import { BODIES } from "../validation/bodies.ts";
import { checkBody } from "../validation/body-rule.ts";
import { param, vaultOf } from "./find.ts";

const GROUP =
  "/subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.RecoveryServices/vaults";
const VAULT = `${GROUP}/{vault}`;

/** Virtual time until a new vault is ready. */
const PROVISIONING_MS: number = 5 * SECOND;

/** Vaults themselves, outside Site Recovery (reference 2.2). */
export const VAULT_ROUTES: readonly Route[] = [
  ["GET", "/subscriptions/{subscription}/providers/Microsoft.RecoveryServices/vaults", listVaults],
  ["GET", GROUP, listVaults],
  ["GET", VAULT, (call) => ok(vaultBody(call.simulation, vaultOf(call)))],
  ["PUT", VAULT, putVault],
  ["PATCH", VAULT, patchVault],
  ["DELETE", VAULT, deleteVault],
  ["GET", `${VAULT}/operationStatus/{operation}`, vaultOperation],
  [
    "GET",
    `${VAULT}/operationResults/{operation}`,
    (call) => ok(vaultBody(call.simulation, vaultOf(call))),
  ],
  ["GET", `${VAULT}/extendedInformation/vaultExtendedInfo`, getExtendedInfo],
  ["PUT", `${VAULT}/extendedInformation/vaultExtendedInfo`, putExtendedInfo],
  ["PATCH", `${VAULT}/extendedInformation/vaultExtendedInfo`, putExtendedInfo],
];

/** Makes an empty vault. */
export function newVault(
  simulation: Simulation,
  address: { subscriptionId: string; resourceGroup: string; name: string },
  location: string,
): Vault {
  return {
    ...address,
    location,
    tags: undefined,
    sku: { name: "Standard" },
    identity: undefined,
    properties: {},
    extendedInformation: null,
    createdAt: simulation.now,
    changedAt: simulation.now,
    readyAt: simulation.now,
    vaultOperations: {},
    fabrics: {},
    containers: {},
    policies: {},
    mappings: {},
    networkMappings: {},
    configurationServers: {},
    applianceSites: {},
    vcenters: {},
    items: {},
    plans: {},
    jobs: {},
    operations: {},
    events: [],
    alertSettings: { sendToOwners: "DoNotSend", customEmailAddresses: [], locale: "" },
    vaultSettings: { migrationSolutionId: null, vmwareToAzureProviderType: null },
  };
}

function vaultBody(simulation: Simulation, vault: Vault): JsonObject {
  const ready = simulation.now >= vault.readyAt;
  const settings = vault.properties;
  return {
    location: vault.location,
    ...(vault.tags && { tags: vault.tags }),
    ...(vault.identity && { identity: vault.identity }),
    name: vault.name,
    etag: `W/"datetime'${encodeURIComponent(new Date(vault.changedAt).toISOString())}'"`,
    properties: {
      provisioningState: ready ? "Succeeded" : "Provisioning",
      privateEndpointStateForBackup: "None",
      privateEndpointStateForSiteRecovery: "None",
      ...(ready && { backupStorageVersion: "Unassigned" }),
      ...(settings.monitoringSettings !== undefined && {
        monitoringSettings: settings.monitoringSettings,
      }),
      ...(ready && {
        securitySettings: settings.securitySettings ?? {
          immutabilitySettings: null,
          softDeleteSettings: { softDeleteRetentionPeriodInDays: 14, softDeleteState: "Enabled" },
          multiUserAuthorization: "Disabled",
        },
      }),
      ...(settings.redundancySettings !== undefined && {
        redundancySettings: settings.redundancySettings,
      }),
      publicNetworkAccess: settings.publicNetworkAccess ?? "Enabled",
      restoreSettings: settings.restoreSettings ?? {
        crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: "Enabled" },
      },
    },
    id: vaultId(vault),
    type: "Microsoft.RecoveryServices/vaults",
    sku: vault.sku,
  };
}

function listVaults(call: Call): Answer {
  const { subscription, group } = call.params;
  const here = Object.values(call.simulation.state.vaults).filter(
    (vault) =>
      vault.subscriptionId.toLowerCase() === subscription?.toLowerCase() &&
      (group === undefined || vault.resourceGroup.toLowerCase() === group.toLowerCase()),
  );
  return wholeList(here.map((vault) => vaultBody(call.simulation, vault)));
}

function putVault(call: Call): Answer {
  checkBody(call.body, BODIES.vault);
  const { simulation } = call;
  const group = existingGroup(call);
  const address = {
    subscriptionId: param(call, "subscription"),
    resourceGroup: group.name,
    name: param(call, "vault"),
  };
  const key = idKey(vaultId(address));
  const existing = simulation.state.vaults[key];
  if (existing) return patchVault(call);
  const region = regionNamed(textAt(call.body, "location") ?? "");
  if (!region) {
    throw new ArmError(
      400,
      "LocationNotAvailableForResourceType",
      `The provided location '${textAt(call.body, "location")}' is not available for resource type 'Microsoft.RecoveryServices/vaults'.`,
    );
  }
  const vault = newVault(simulation, address, region.name);
  vault.readyAt = simulation.now + PROVISIONING_MS;
  simulation.state.vaults[key] = vault;
  applyVault(call, vault);
  return {
    status: 201,
    body: vaultBody(simulation, vault),
    headers: beginVaultOperation(call, vault),
  };
}

function patchVault(call: Call): Answer {
  const vault = vaultOf(call);
  applyVault(call, vault);
  return ok(vaultBody(call.simulation, vault));
}

function applyVault(call: Call, vault: Vault): void {
  const { body, simulation } = call;
  vault.properties = { ...vault.properties, ...objectAt(body, "properties") };
  vault.tags = objectAt(body, "tags") ?? vault.tags;
  vault.sku = objectAt(body, "sku") ?? vault.sku;
  vault.identity = objectAt(body, "identity") ?? vault.identity;
  vault.changedAt = simulation.now;
  simulation.changed = true;
}

function deleteVault(call: Call): Answer {
  const { state } = call.simulation;
  const key = idKey(
    vaultId({
      subscriptionId: param(call, "subscription"),
      resourceGroup: param(call, "group"),
      name: param(call, "vault"),
    }),
  );
  const vault = state.vaults[key];
  if (!vault) return { status: 204 };
  const items = Object.values(vault.items);
  // CH-VAULT-NOT-EMPTY
  if (items.length > 0) {
    throw new ArmError(
      409,
      "ServiceResourceNotEmptyWithContainerDetails",
      `Vault '${vault.name}' cannot be deleted as there are existing resources within it: ${items
        .map((item) => item.name)
        .slice(0, 10)
        .join(", ")}. Disable their replication and retry.`,
    );
  }
  delete state.vaults[key];
  state.schedule = state.schedule.filter((transition) => transition.vault !== key);
  call.simulation.changed = true;
  return { status: 204 };
}

function beginVaultOperation(call: Call, vault: Vault): Record<string, string> {
  const name = Buffer.from(`2047;${newGuid(call.simulation)}`).toString("base64");
  vault.vaultOperations[name] = vault.readyAt;
  const address = `${urlOf(call, vaultId(vault))}/operationStatus/${encodeURIComponent(name)}`;
  return {
    "Azure-AsyncOperation": `${address}?api-version=${call.apiVersion}`,
    ...pollDelay(call.simulation),
  };
}

function vaultOperation(call: Call): Answer {
  const vault = vaultOf(call);
  const name = param(call, "operation");
  const endsAt = vault.vaultOperations[name];
  if (endsAt === undefined)
    throw new ArmError(404, "ResourceNotFound", `The operation '${name}' was not found.`);
  const done = call.simulation.now >= endsAt;
  return {
    status: 200,
    body: {
      id: `${vaultId(vault)}/operationStatus/${name}`,
      name,
      status: done ? "Succeeded" : "InProgress",
    },
    headers: done ? {} : pollDelay(call.simulation),
  };
}

function getExtendedInfo(call: Call): Answer {
  const vault = vaultOf(call);
  if (!vault.extendedInformation)
    throw new ArmError(
      404,
      "ResourceExtendedInfoNotFound",
      `Resource '${vault.name}' has no extended information.`,
    );
  return ok({
    id: `${vaultId(vault)}/extendedInformation/vaultExtendedInfo`,
    name: "vaultExtendedInfo",
    type: "Microsoft.RecoveryServices/vaults/extendedInformation",
    etag: new Date(vault.changedAt + DAY).toISOString(),
    properties: vault.extendedInformation,
  });
}

function putExtendedInfo(call: Call): Answer {
  const vault = vaultOf(call);
  vault.extendedInformation = {
    ...vault.extendedInformation,
    ...objectAt(call.body, "properties"),
  };
  call.simulation.changed = true;
  return getExtendedInfo(call);
}
