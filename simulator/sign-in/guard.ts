import type { Answer } from "../http/answer.ts";
import type { Request } from "../http/dispatch.ts";
import type { Simulation } from "../simulation.ts";
import { readToken } from "./tokens.ts";

/** Audiences by which Resource Manager goes, besides its own address. */
const AUDIENCES = ["https://management.azure.com", "https://management.core.windows.net"];

/** Refuses a request that does not carry a token of the simulator for the world's tenant; says nothing if it does. */
export function refuseStranger(
  simulation: Simulation,
  request: Required<Pick<Request, "headers" | "baseUrl">>,
  nowMs: number,
): Answer | undefined {
  const { tenantId } = simulation.state;
  const refuse = (code: string, message: string) =>
    unauthorized(request.baseUrl, tenantId, code, message);
  const [scheme, token] = (request.headers.authorization ?? "").split(/\s+/);
  if (scheme?.toLowerCase() !== "bearer" || !token)
    return refuse(
      "AuthenticationFailed",
      "Authentication failed. The 'Authorization' header is missing or is no bearer token.",
    );
  const claims = readToken(simulation, token);
  if (!claims)
    return refuse(
      "InvalidAuthenticationToken",
      "The access token is invalid: it was not signed by this simulator. Sign in again.",
    );
  const nowSeconds = nowMs / 1000;
  if (claims.exp <= nowSeconds || claims.nbf > nowSeconds + 300)
    return refuse(
      "ExpiredAuthenticationToken",
      `The access token expiry UTC time '${new Date(claims.exp * 1000).toISOString()}' is earlier than current UTC time '${new Date(nowMs).toISOString()}'.`,
    );
  const audience = claims.aud.replace(/\/+$/, "");
  if (![...AUDIENCES, request.baseUrl].includes(audience))
    return refuse(
      "InvalidAuthenticationTokenAudience",
      `The access token has been obtained for wrong audience or resource '${claims.aud}'. It should exactly match (including forward slash) with one of the allowed audiences '${[request.baseUrl, ...AUDIENCES].join("','")}'.`,
    );
  if (claims.tid !== tenantId) return foreignTenant(claims.tid, tenantId);
  return undefined;
}

function unauthorized(base: string, tenantId: string, code: string, message: string): Answer {
  const quoted = message.replaceAll('"', "'");
  return {
    status: 401,
    body: { error: { code, message } },
    headers: {
      "WWW-Authenticate": `Bearer authorization_uri="${base}/${tenantId}", error="invalid_token", error_description="${quoted}"`,
    },
  };
}

/** CH-FOREIGN-TENANT */
function foreignTenant(tenant: string, expected: string): Answer {
  const message = `The access token is from the wrong tenant '${tenant}'. It must match the tenant '${expected}' associated with this subscription.`;
  return { status: 403, body: { error: { code: "InvalidAuthenticationTokenTenant", message } } };
}
