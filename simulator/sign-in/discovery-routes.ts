import { type Answer, ok } from "../http/answer.ts";
import type { Call, Route } from "../http/route.ts";
import type { JsonObject } from "../state/json.ts";
import { tenantOf, unknownTenant } from "./token-routes.ts";
import { publicKeys } from "./tokens.ts";

/** Where a client learns how to sign in: cloud metadata, OpenID configuration, instance discovery, keys. */
export const DISCOVERY_ROUTES: readonly Route[] = [
  ["GET", "/metadata/endpoints", endpoints],
  ["GET", "/{tenant}/v2.0/.well-known/openid-configuration", openIdConfiguration],
  ["GET", "/{tenant}/.well-known/openid-configuration", openIdConfiguration],
  ["GET", "/{tenant}/discovery/instance", discoverInstance],
  ["GET", "/{tenant}/discovery/v2.0/keys", keys],
  ["GET", "/{tenant}/discovery/keys", keys],
];

function keys(call: Call): Answer {
  return ok(publicKeys(call.simulation));
}

/** One object: azurerm fails at a list. It stops at any other `tenant` or `identityProvider`. */
function endpoints(call: Call): Answer {
  const { baseUrl } = call;
  return ok({
    name: "AsrSimulator",
    resourceManager: baseUrl,
    portal: baseUrl,
    authentication: {
      loginEndpoint: baseUrl,
      audiences: [baseUrl],
      tenant: "common",
      identityProvider: "AAD",
    },
    microsoftGraphResourceId: `${baseUrl}/graph`,
    suffixes: { storage: "storage.invalid", keyVaultDns: "vault.invalid" },
  });
}

function openIdConfiguration(call: Call): Answer {
  const tenant = tenantOf(call);
  if (tenant === undefined) return unknownTenant(call);
  const base = `${call.baseUrl}/${tenant}`;
  const body: JsonObject = {
    issuer: `${base}/v2.0`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: `${base}/oauth2/v2.0/token`,
    jwks_uri: `${base}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ["client_secret_post", "private_key_jwt"],
    response_types_supported: ["code", "id_token", "token id_token"],
    subject_types_supported: ["pairwise"],
    id_token_signing_alg_values_supported: ["RS256"],
    scopes_supported: ["openid", "profile", "email", "offline_access"],
    tenant_region_scope: "EU",
  };
  return ok(body);
}

/** Names the simulator itself as the only sign-in service there is. */
function discoverInstance(call: Call): Answer {
  const { host } = new URL(call.baseUrl);
  return ok({
    tenant_discovery_endpoint: `${call.baseUrl}/common/v2.0/.well-known/openid-configuration`,
    "api-version": "1.1",
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  });
}
