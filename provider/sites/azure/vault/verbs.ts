import { verbCall } from "../bodies/verb.ts";
import { acceptedOperation, doneAtOnce } from "../operations/accepted.ts";
import { followOperation } from "../operations/follow.ts";
import { failureText } from "../operations/outcome.ts";
import type { VaultSite } from "../site.ts";
import { exchange } from "../transport/exchange.ts";
import type { VerbRequest } from "../verb-request.ts";
import { readJob } from "./jobs.ts";
import { siteRecoveryUrl, type VaultScope } from "./scope.ts";

/** Starting and following verbs. */
export type VerbWrites = Pick<VaultSite, "start" | "follow" | "failureOf">;

const words: Readonly<Record<VerbRequest["verb"], string>> = {
  testFailover: "test the failover of",
  testFailoverCleanup: "clean up the test failover of",
  unplannedFailover: "fail over",
  plannedFailover: "fail over as planned",
  commit: "commit the failover of",
  cancelFailover: "cancel the failover of",
  completeMigration: "complete the migration of",
  changeRecoveryPoint: "change the recovery point of",
  reprotect: "reprotect",
  resynchronize: "resynchronize",
};

/** The verbs of a vault: each is sent once, and followed apart from it. */
export function verbWrites(scope: VaultScope): VerbWrites {
  return {
    start: async (context, request) => {
      const { path, body } = verbCall(request);
      try {
        const answer = await exchange(context, scope.connection, {
          method: "POST",
          url: siteRecoveryUrl(scope, path),
          ...(body === undefined ? {} : { body }),
          operation: request.verb,
          purpose: `${words[request.verb]} ${subject(request)}`,
        });
        return acceptedOperation(answer) ?? doneAtOnce;
      } finally {
        scope.cache.drop();
      }
    },
    failureOf: (job) => scope.connection.sanitize(failureText(job, "")),
    follow: async (context, operation, { what, attend } = {}) => {
      if (operation.operationId === "" && operation.statusUrl === doneAtOnce.statusUrl) {
        return { succeeded: true, warnings: [], failure: "" };
      }
      try {
        const job = `job ${operation.operationId} of vault ${scope.vault.vaultName}`;
        return await followOperation(context, operation, {
          connection: scope.connection,
          readJob: (within, name) => readJob(within, scope, name),
          what: what === undefined ? job : `${what}, ${job}`,
          ...(attend === undefined ? {} : { attend }),
        });
      } finally {
        scope.cache.drop();
      }
    },
  };
}

function subject(request: VerbRequest): string {
  const { target } = request;
  return target.kind === "item"
    ? target.item.friendlyName
    : `recovery plan ${target.plan.friendlyName || target.plan.name}`;
}
