import type { AccessToken, TokenCredential } from "@azure/identity";
import { type Configuration, isLoopback } from "../../../configuration.ts";
import type { OperationContext } from "../../../context.ts";
import {
  type DisasterRecoveryError,
  InvalidConfigurationError,
  isDisasterRecoveryError,
} from "../../../errors.ts";
import { sanitize } from "../../../sanitize.ts";
import { shortened } from "../../../shortened.ts";
import { subscriptionsApiVersion } from "../api-versions.ts";
import { type Connection, createConnection } from "./connection.ts";
import { createCredential, tokenScope } from "./credentials.ts";
import { exchange } from "./exchange.ts";
import { signInHint, siteError } from "./failure.ts";
import { refuseCancelled } from "./waiting.ts";

/** Refused connections after which the endpoint counts as unreachable while signing in. */
const connectionAttempts = 3;

const noToken: AccessToken = { token: "", expiresOnTimestamp: 0 };

/**
 * Signs in and asks for the subscription, so that whatever is wrong with the settings shows
 * before anything else is asked. Plain http on a loopback address needs no credential.
 *
 * Throws InvalidConfigurationError or SiteError, naming the settings to look at and holding no secret.
 */
export async function signIn(
  context: OperationContext,
  configuration: Configuration,
): Promise<Connection> {
  const { endpoint, subscriptionId, clientSecret } = configuration;
  const secrets = new Set(clientSecret === undefined ? [] : [clientSecret]);
  const url = new URL(endpoint);
  const open = url.protocol === "http:" && isLoopback(url);
  const credential = open
    ? { getToken: () => Promise.resolve(noToken) }
    : await acquire(context, configuration, secrets);
  const { SiteRecoveryManagementClient } = await import("@azure/arm-recoveryservices-siterecovery");
  const client = new SiteRecoveryManagementClient(credential, subscriptionId, {
    endpoint,
    credentialScopes: tokenScope(configuration),
    allowInsecureConnection: open,
    userAgentOptions: { userAgentPrefix: "pulumi-asr" },
  });
  // The pipeline's own retries would repeat verbs; requests here carry plain JSON.
  for (const name of ["defaultRetryPolicy", "serializationPolicy", "deserializationPolicy"]) {
    client.pipeline.removePolicy({ name });
  }
  if (open) {
    // No token goes over plain http, and no proxy leads to this machine itself.
    client.pipeline.removePolicy({ name: "bearerTokenAuthenticationPolicy" });
    client.pipeline.removePolicy({ name: "proxyPolicy" });
  }
  const connection = createConnection(client, configuration, secrets);
  await greet(context, connection);
  return connection;
}

async function acquire(
  context: OperationContext,
  configuration: Configuration,
  secrets: Set<string>,
): Promise<TokenCredential> {
  refuseCancelled(context, "signing in to Azure");
  try {
    const credential = remembering(await createCredential(configuration), secrets);
    const token = await credential.getToken(tokenScope(configuration), {
      abortSignal: context.signal,
    });
    if (token === null) throw new Error("no token was issued");
    return credential;
  } catch (error) {
    if (isDisasterRecoveryError(error)) throw error;
    refuseCancelled(context, "signing in to Azure");
    throw signInError(error, secrets);
  }
}

/** The credential, whose tokens become known as secrets when they are issued. */
function remembering(credential: TokenCredential, secrets: Set<string>): TokenCredential {
  return {
    async getToken(scopes, options) {
      const issued = await credential.getToken(scopes, options);
      if (issued !== null && issued.token !== "") secrets.add(issued.token);
      return issued;
    },
  };
}

function signInError(error: unknown, secrets: ReadonlySet<string>): DisasterRecoveryError {
  const clean = (text: string): string => sanitize(text, [...secrets]);
  return siteError(
    { sanitize: clean },
    // What is cut off in the middle of a secret would not be recognized.
    `Sign-in to Azure failed: ${shortened(clean(reasonOf(error)), longestReason)}`,
    { operation: "signIn", hint: signInHint() },
  );
}

/** The reason in one line; a chain of credentials that found nothing is one sentence, not one per credential. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const parts = error instanceof Error && "errors" in error ? error.errors : undefined;
  if (Array.isArray(parts)) {
    const refusals = parts.map(String).filter((each) => /AADSTS\d+/.test(each));
    return refusals.length > 0
      ? oneLine(refusals.join(" "))
      : "neither a service principal, a federated token, a managed identity nor a signed-in Azure CLI was found.";
  }
  return /endpoints_resolution_error|network_error/.test(message)
    ? `the sign-in server cannot be reached (${oneLine(message)}).`
    : oneLine(message);
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}

/** Most letters of a reason that are told. */
const longestReason = 1_500;

async function greet(context: OperationContext, connection: Connection): Promise<void> {
  const { endpoint, subscriptionId } = connection;
  const id = encodeURIComponent(subscriptionId);
  try {
    const answer = await exchange(context, connection, {
      method: "GET",
      url: `${endpoint}/subscriptions/${id}?api-version=${subscriptionsApiVersion}`,
      operation: "subscriptions.get",
      purpose: `show subscription ${subscriptionId}`,
      absentAllowed: true,
      connectionAttempts,
    });
    if (answer.status === 404) throw unknownSubscription(subscriptionId);
  } catch (error) {
    const status = isDisasterRecoveryError(error) && "status" in error ? error.status : undefined;
    if (status === 400) throw unknownSubscription(subscriptionId);
    // An identity may have rights on the vault alone.
    if (status !== 403) throw error;
  }
}

function unknownSubscription(subscriptionId: string): InvalidConfigurationError {
  return new InvalidConfigurationError(
    "asr:subscriptionId",
    `asr:subscriptionId: Azure knows no subscription ${subscriptionId}, or the identity that signs in has no access to it.`,
    {
      hint: "Set it with `pulumi config set asr:subscriptionId …` or the environment variable ARM_SUBSCRIPTION_ID or AZURE_SUBSCRIPTION_ID.",
    },
  );
}
