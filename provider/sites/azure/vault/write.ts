import type { OperationContext } from "../../../context.ts";
import { SiteError } from "../../../errors.ts";
import { acceptedOperation } from "../operations/accepted.ts";
import { followOperation } from "../operations/follow.ts";
import type { OperationOutcome } from "../site.ts";
import { exchange } from "../transport/exchange.ts";
import { siteError } from "../transport/failure.ts";
import type { Order } from "../transport/order.ts";
import { repeatUntilKnown } from "../transport/repeatable.ts";
import { readJob } from "./jobs.ts";
import { siteRecoveryUrl, type VaultScope, vaultMissing } from "./scope.ts";

/** A change of an object of the vault, followed to its end. */
export interface Write extends Pick<Order, "method" | "body" | "operation" | "purpose"> {
  /** ARM id of the object, with the action behind it for a POST. */
  readonly path: string;
  /** True when an absent object is what the change wants. */
  readonly absentIsFine?: boolean;
  /**
   * Says whether the change has taken effect although no answer came. Changes that have it may be
   * sent again; without it nothing is, and SiteError with `effectUnknown` is thrown.
   */
  readonly tookEffect?: (context: OperationContext) => Promise<boolean>;
}

/**
 * Sends a change and follows it to its end; the vault's cached answers are dropped before and after.
 * Throws SiteError with the job's errors when the change fails.
 */
export async function write(
  context: OperationContext,
  scope: VaultScope,
  change: Write,
): Promise<OperationOutcome | undefined> {
  try {
    const { tookEffect } = change;
    const attempt = (): Promise<OperationOutcome | undefined> =>
      sendAndFollow(context, scope, change);
    return tookEffect === undefined
      ? await attempt()
      : await repeatUntilKnown(attempt, () => tookEffect(context));
  } catch (error) {
    // Resource Manager says so of the vault itself; Site Recovery has other words for its objects.
    const vaultAbsent =
      error instanceof SiteError &&
      error.status === 404 &&
      /^Resource(Group)?NotFound$/.test(error.serviceCode ?? "");
    throw vaultAbsent ? vaultMissing(scope, change.operation) : error;
  } finally {
    scope.cache.drop();
  }
}

async function sendAndFollow(
  context: OperationContext,
  scope: VaultScope,
  change: Write,
): Promise<OperationOutcome | undefined> {
  const { connection } = scope;
  const { method, body, operation, purpose } = change;
  const answer = await exchange(context, connection, {
    method,
    url: siteRecoveryUrl(scope, change.path),
    ...(body === undefined ? {} : { body }),
    operation,
    purpose,
    absentAllowed: change.absentIsFine === true,
  });
  scope.cache.drop();
  const accepted = answer.status === 404 ? undefined : acceptedOperation(answer);
  if (accepted === undefined) return undefined;
  const outcome = await followOperation(context, accepted, {
    connection,
    readJob: (within, name) => readJob(within, scope, name),
    what: `the order to ${purpose}`,
  });
  return checked(scope, change, outcome);
}

function checked(scope: VaultScope, change: Write, outcome: OperationOutcome): OperationOutcome {
  if (outcome.succeeded) return outcome;
  const errors = outcome.job?.errors ?? [];
  const code = errors.find((each) => each.code !== "")?.code;
  throw siteError(scope.connection, `Azure could not ${change.purpose}: ${outcome.failure}`, {
    operation: change.operation,
    ...(code === undefined ? {} : { serviceCode: code }),
    jobErrors: errors,
  });
}
