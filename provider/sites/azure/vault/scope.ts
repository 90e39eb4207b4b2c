import type { OperationContext } from "../../../context.ts";
import { InvalidInputError } from "../../../errors.ts";
import type { VaultId } from "../../../recovery/identity.ts";
import type { AnswerCache } from "../answer-cache.ts";
import { siteRecoveryApiVersion } from "../api-versions.ts";
import { asWire, type Wire } from "../facts/wire.ts";
import type { Connection } from "../transport/connection.ts";
import { exchange } from "../transport/exchange.ts";
import { siteError } from "../transport/failure.ts";

/** What every call of one vault shares. */
export interface VaultScope {
  /** The vault's ARM id as the configuration gave it. */
  readonly id: string;
  readonly vault: VaultId;
  readonly connection: Connection;
  readonly cache: AnswerCache;
}

/**
 * URL of an ARM id, or a path below one; segments are encoded. Throws InvalidInputError for what would lead the request,
 * and the token with it, elsewhere: a text that does not begin with a slash goes on with the host's name, and a segment
 * of dots means another object.
 */
export function armUrl(
  connection: Connection,
  path: string,
  apiVersion: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const strays = path.split("/").some((each) => /^\.{1,2}$/.test(each) || !each.isWellFormed());
  if (strays || !path.startsWith("/")) {
    throw new InvalidInputError("", `"${path.slice(0, 300)}" is no ARM id.`, {
      hint: "Give the id as the portal shows it, beginning with /subscriptions/.",
    });
  }
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const parameters = new URLSearchParams({ "api-version": apiVersion, ...query });
  return `${connection.endpoint}${encoded}?${parameters.toString()}`;
}

/** URL of something in Site Recovery. */
export function siteRecoveryUrl(scope: VaultScope, path: string): string {
  return armUrl(scope.connection, path, siteRecoveryApiVersion);
}

/** Reads one object of the vault by its ARM id; undefined when it does not exist. */
export async function readObject(
  context: OperationContext,
  scope: VaultScope,
  path: string,
  operation: string,
  purpose: string,
): Promise<Wire | undefined> {
  const answer = await exchange(context, scope.connection, {
    method: "GET",
    url: siteRecoveryUrl(scope, path),
    operation,
    purpose,
    absentAllowed: true,
  });
  return answer.status === 404 ? undefined : asWire(answer.body);
}

/** The error for a vault that is not there. */
export function vaultMissing(scope: VaultScope, operation: string): Error {
  const { vaultName, resourceGroup, subscriptionId } = scope.vault;
  return siteError(
    scope.connection,
    `Vault ${vaultName} was not found in resource group ${resourceGroup} of subscription ${subscriptionId}.`,
    {
      operation,
      status: 404,
      hint: "Check the vault's name, asr:resourceGroup and asr:subscriptionId, or declare the vault.",
    },
  );
}
