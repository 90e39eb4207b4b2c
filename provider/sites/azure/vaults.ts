import type { Vault } from "@azure/arm-recoveryservices";
import type { OperationContext } from "../../context.ts";
import { formatVaultId, nameOf, parseVaultId } from "../../recovery/identity.ts";
import { vaultApiVersion } from "./api-versions.ts";
import { vaultFacts } from "./facts/surroundings.ts";
import { asWire } from "./facts/wire.ts";
import { acceptedOperation } from "./operations/accepted.ts";
import { followOperation } from "./operations/follow.ts";
import type { AzureSite, VaultFacts, VaultSpecification } from "./site.ts";
import type { Connection } from "./transport/connection.ts";
import { exchange } from "./transport/exchange.ts";
import { siteError } from "./transport/failure.ts";
import { repeatUntilKnown } from "./transport/repeatable.ts";
import { pause, withDeadline } from "./transport/waiting.ts";
import { armUrl } from "./vault/scope.ts";

/** How long a vault may take to be provisioned, in milliseconds: 10 minutes. */
const provisioningMilliseconds = 600_000;

/** The calls about vaults themselves. */
export type Vaults = Pick<AzureSite, "vaultFacts" | "putVault" | "removeVault">;

/** Reading, creating and removing vaults. */
export function vaults(connection: Connection): Vaults {
  const read = (context: OperationContext, vaultId: string): Promise<VaultFacts | undefined> =>
    readVault(context, connection, vaultId);
  return {
    vaultFacts: read,
    putVault: async (context, vaultId, specification) => {
      const order = {
        method: "PUT" as const,
        body: vaultBody(specification),
        operation: "vaults.put",
        purpose: `create vault ${nameOf(vaultId)}`,
      };
      await repeatUntilKnown(
        () => send(context, connection, vaultId, order),
        async () => false,
      );
      return provisioned(context, connection, vaultId);
    },
    removeVault: async (context, vaultId) => {
      const order = {
        method: "DELETE" as const,
        operation: "vaults.delete",
        purpose: `remove vault ${nameOf(vaultId)}`,
      };
      await repeatUntilKnown(
        () => send(context, connection, vaultId, order),
        async () => (await read(context, vaultId)) === undefined,
      );
    },
  };
}

function vaultBody(specification: VaultSpecification): Vault {
  return {
    location: specification.location,
    sku: { name: specification.skuName },
    tags: { ...specification.tags },
    properties: { publicNetworkAccess: specification.publicNetworkAccess },
  };
}

async function send(
  context: OperationContext,
  connection: Connection,
  vaultId: string,
  order: {
    readonly method: "PUT" | "DELETE";
    readonly body?: object;
    readonly operation: string;
    readonly purpose: string;
  },
): Promise<void> {
  const answer = await exchange(context, connection, {
    ...order,
    url: armUrl(connection, canonical(vaultId), vaultApiVersion),
    absentAllowed: order.method === "DELETE",
  });
  const accepted = answer.status === 404 ? undefined : acceptedOperation(answer);
  if (accepted === undefined) return;
  const what = `the order to ${order.purpose}`;
  const outcome = await followOperation(context, accepted, { connection, what });
  if (outcome.succeeded) return;
  throw siteError(connection, `Azure could not ${order.purpose}: ${outcome.failure}`, {
    operation: order.operation,
  });
}

async function readVault(
  context: OperationContext,
  connection: Connection,
  vaultId: string,
): Promise<VaultFacts | undefined> {
  const answer = await exchange(context, connection, {
    method: "GET",
    url: armUrl(connection, canonical(vaultId), vaultApiVersion),
    operation: "vaults.get",
    purpose: `show vault ${nameOf(vaultId)}`,
    absentAllowed: true,
  });
  return answer.status === 404 ? undefined : vaultFacts(asWire(answer.body));
}

/** Reads the vault until it is provisioned. */
async function provisioned(
  context: OperationContext,
  connection: Connection,
  vaultId: string,
): Promise<VaultFacts> {
  const timed = withDeadline(context, provisioningMilliseconds);
  for (;;) {
    const facts = await readVault(timed, connection, vaultId);
    const state = facts?.provisioningState ?? "";
    if (facts !== undefined && (state === "" || /^succeeded$/i.test(state))) return facts;
    if (/^(failed|cancell?ed)$/i.test(state)) {
      throw siteError(
        connection,
        `Azure could not create vault ${nameOf(vaultId)}: it ended as ${state}.`,
        {
          operation: "vaults.put",
        },
      );
    }
    await pause(
      timed,
      connection.pollingMilliseconds,
      `waiting for vault ${nameOf(vaultId)} to be provisioned`,
    );
  }
}

function canonical(vaultId: string): string {
  const parsed = parseVaultId(vaultId);
  return parsed === undefined ? vaultId : formatVaultId(parsed);
}
