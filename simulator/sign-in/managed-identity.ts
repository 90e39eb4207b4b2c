import { type Answer, ok } from "../http/answer.ts";
import type { Call, Route } from "../http/route.ts";
import { guidFrom } from "../state/identifiers.ts";
import { findIdentity, type Identity } from "./sign-in-state.ts";
import { issueToken, TOKEN_SECONDS } from "./tokens.ts";

/** Tokens of managed identities: as App Service gives them, and as a machine's metadata service does. */
export const MANAGED_IDENTITY_ROUTES: readonly Route[] = [
  ["GET", "/msi/token", (call) => giveToken(call, "x-identity-header")],
  ["GET", "/metadata/identity/oauth2/token", (call) => giveToken(call, "metadata")],
];

function giveToken(call: Call, header: string): Answer {
  if ((call.headers[header] ?? "") === "")
    return refusal(400, "invalid_request", `Required header ${header} is missing.`);
  const resource = call.query.get("resource");
  if (!resource)
    return refusal(400, "invalid_request", "Required query parameter resource is missing.");
  const identity = managedIdentity(call);
  if (!identity) return refusal(400, "invalid_request", "Identity not found");
  const nowMs = Date.now();
  const { baseUrl, simulation } = call;
  return ok({
    access_token: issueToken(simulation, { identity, audience: resource, baseUrl, nowMs }),
    client_id: identity.clientId,
    expires_in: String(TOKEN_SECONDS),
    expires_on: String(Math.floor(nowMs / 1000) + TOKEN_SECONDS),
    resource,
    token_type: "Bearer",
  });
}

/** The identity asked for by client id, or the first managed one. */
function managedIdentity(call: Call): Identity | undefined {
  const { state } = call.simulation;
  const { identities } = state.signIn;
  const wanted = call.query.get("client_id")?.toLowerCase();
  if (identities.length === 0) {
    const clientId = wanted ?? guidFrom(state.seed, "managed identity");
    return findIdentity(call.simulation, clientId, state.tenantId);
  }
  return identities.find(
    ({ managed, clientId }) =>
      managed && (wanted === undefined || clientId.toLowerCase() === wanted),
  );
}

function refusal(status: number, error: string, error_description: string): Answer {
  return { status, body: { error, error_description } };
}
