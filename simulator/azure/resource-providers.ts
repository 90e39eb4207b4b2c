import { type Answer, ArmError, ok } from "../http/answer.ts";
import { wholeList } from "../http/paging.ts";
import type { Call, Route } from "../http/route.ts";
import type { JsonObject } from "../state/json.ts";
import { REGIONS } from "../world/regions.ts";

const PROVIDERS = "/subscriptions/{subscription}/providers";

/** Resource providers, registered in every subscription, with the types the simulator knows of them. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  "Microsoft.RecoveryServices": ["vaults"],
  "Microsoft.Compute": ["virtualMachines", "disks", "availabilitySets", "proximityPlacementGroups"],
  "Microsoft.Network": [
    "virtualNetworks",
    "networkInterfaces",
    "networkSecurityGroups",
    "publicIPAddresses",
    "loadBalancers",
    "virtualNetworkGateways",
    "connections",
  ],
  "Microsoft.Storage": ["storageAccounts"],
  "Microsoft.Resources": ["resourceGroups", "subscriptions"],
  "Microsoft.Authorization": ["roleAssignments", "roleDefinitions"],
  "Microsoft.Automation": ["automationAccounts"],
  "Microsoft.KeyVault": ["vaults"],
};

/** Api-versions that are named for every type; others are taken as well. */
const API_VERSIONS = ["2025-08-01", "2024-04-01", "2023-08-01"] as const;

/** Resource providers as clients look them up before they begin. */
export const PROVIDER_ROUTES: readonly Route[] = [
  ["GET", PROVIDERS, (call) => wholeList(Object.keys(TYPES).map((name) => body(call, name)))],
  ["GET", `${PROVIDERS}/{provider}`, getProvider],
  ["POST", `${PROVIDERS}/{provider}/register`, getProvider],
];

function getProvider(call: Call): Answer {
  const wanted = call.params.provider?.toLowerCase();
  const name = Object.keys(TYPES).find((each) => each.toLowerCase() === wanted);
  if (name) return ok(body(call, name));
  throw new ArmError(
    404,
    "InvalidResourceNamespace",
    `The resource namespace '${call.params.provider}' is invalid.`,
  );
}

function body(call: Call, namespace: string): JsonObject {
  return {
    id: `/subscriptions/${call.params.subscription}/providers/${namespace}`,
    namespace,
    registrationState: "Registered",
    registrationPolicy: "RegistrationRequired",
    resourceTypes: (TYPES[namespace] ?? []).map((resourceType) => ({
      resourceType,
      locations: REGIONS.map(({ displayName }) => displayName),
      apiVersions: API_VERSIONS,
      capabilities: "None",
    })),
  };
}
