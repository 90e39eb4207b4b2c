import { type Answer, ok } from "../http/answer.ts";
import type { Call, Route } from "../http/route.ts";
import { textAt } from "../state/json.ts";
import { findIdentity, type Identity, isSecretOf, tenantsOf } from "./sign-in-state.ts";
import { claimsOf, issueToken, TOKEN_SECONDS } from "./tokens.ts";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/** Where tokens are had for a secret or a federated token, in both generations of the address. */
export const TOKEN_ROUTES: readonly Route[] = [
  ["POST", "/{tenant}/oauth2/v2.0/token", giveToken],
  ["POST", "/{tenant}/oauth2/token", giveToken],
];

/** An error of the sign-in service (RFC 6749 section 5.2, with Microsoft's number). */
export function signInError(status: number, error: string, code: number, message: string): Answer {
  const description = `AADSTS${code}: ${message}`;
  return { status, body: { error, error_description: description, error_codes: [code] } };
}

/** The tenant of a sign-in address: `common` and `organizations` stand for the world's own. */
export function tenantOf(call: Call): string | undefined {
  const named = call.params.tenant?.toLowerCase() ?? "";
  const { state } = call.simulation;
  if (["common", "organizations"].includes(named)) return state.tenantId;
  return tenantsOf(state).find((tenant) => tenant.toLowerCase() === named);
}

/** Refuses a tenant nobody knows. */
export function unknownTenant(call: Call): Answer {
  return signInError(
    400,
    "invalid_request",
    90002,
    `Tenant '${call.params.tenant}' not found. The world's tenant is '${call.simulation.state.tenantId}'.`,
  );
}

function giveToken(call: Call): Answer {
  const tenantId = tenantOf(call);
  if (tenantId === undefined) return unknownTenant(call);
  const grant = textAt(call.body, "grant_type");
  if (grant !== "client_credentials")
    return signInError(
      400,
      "unsupported_grant_type",
      70003,
      `The app requested an unsupported grant type '${grant ?? ""}': only client_credentials is simulated.`,
    );
  const clientId = textAt(call.body, "client_id");
  if (clientId === undefined) return missing("client_id");
  const identity = findIdentity(call.simulation, clientId, tenantId);
  if (!identity)
    return signInError(
      400,
      "unauthorized_client",
      700016,
      `Application with identifier '${clientId}' was not found in the directory '${tenantId}'.`,
    );
  const refusal = refuseProof(call, identity);
  if (refusal) return refusal;
  const wanted = textAt(call.body, "scope")?.split(" ")[0] ?? textAt(call.body, "resource");
  if (wanted === undefined) return missing("scope");
  const token = issueToken(call.simulation, {
    identity,
    audience: wanted.replace(/\/\.default$/, ""),
    baseUrl: call.baseUrl,
    nowMs: Date.now(),
  });
  return {
    ...ok({
      token_type: "Bearer",
      expires_in: TOKEN_SECONDS,
      ext_expires_in: TOKEN_SECONDS,
      access_token: token,
    }),
    headers: { "Cache-Control": "no-store", Pragma: "no-cache" },
  };
}

function missing(field: string): Answer {
  return signInError(
    400,
    "invalid_request",
    900144,
    `The request body must contain the following parameter: '${field}'.`,
  );
}

/** Checks what the client proves its identity with; says nothing if it is good. */
function refuseProof(call: Call, identity: Identity): Answer | undefined {
  const assertion = textAt(call.body, "client_assertion");
  if (assertion !== undefined) return refuseAssertion(call, identity, assertion);
  const secret = textAt(call.body, "client_secret");
  if (secret === undefined)
    return signInError(
      401,
      "invalid_client",
      7000218,
      "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
    );
  if (isSecretOf(call.simulation, identity, secret)) return undefined;
  return signInError(
    401,
    "invalid_client",
    7000215,
    `Invalid client secret provided for app '${identity.clientId}'.`,
  );
}

/** CH-ASSERTION */
function refuseAssertion(call: Call, identity: Identity, assertion: string): Answer | undefined {
  const claims = claimsOf(assertion);
  if (!claims || textAt(call.body, "client_assertion_type") !== ASSERTION_TYPE)
    return signInError(401, "invalid_client", 50027, "JWT token is invalid or malformed.");
  if (typeof claims.exp === "number" && claims.exp * 1000 < Date.now())
    return signInError(
      401,
      "invalid_client",
      700024,
      "Client assertion is not within its valid time range.",
    );
  if (call.simulation.state.signIn.identities.length === 0) return undefined;
  const { federated } = identity;
  if (federated?.issuer === claims.iss && federated?.subject === claims.sub) return undefined;
  return signInError(
    401,
    "invalid_client",
    70021,
    `No matching federated identity record found for presented assertion. Assertion Issuer: '${textAt(claims, "iss")}'. Assertion Subject: '${textAt(claims, "sub")}'.`,
  );
}
