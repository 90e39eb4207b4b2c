import type { OperationContext } from "../../../context.ts";
import { nameOf } from "../../../recovery/identity.ts";
import type { Wire } from "../facts/wire.ts";
import { siteError } from "../transport/failure.ts";
import { readObject, type VaultScope } from "./scope.ts";
import { type Write, write } from "./write.ts";

/** An object of the set-up: where it is, and the words for it. */
export interface SetupObject {
  /** ARM id. */
  readonly path: string;
  /** Collection of the wire, such as `replicationPolicies`. */
  readonly collection: string;
  /** Kind in words, such as `replication policy`. */
  readonly kind: string;
}

/** Puts an object and reads it back. A PUT whose answer was lost counts as done when the object is there. */
export async function putObject<Facts>(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
  body: object,
  facts: (wire: Wire) => Facts,
): Promise<Facts> {
  await change(context, scope, object, {
    method: "PUT",
    body,
    purpose: `create ${words(object)}`,
    tookEffect: async (within) => (await show(within, scope, object)) !== undefined,
  });
  return readBack(context, scope, object, facts);
}

/** Patches an object and reads it back. A PATCH whose answer was lost is sent again: it sets, it does not add. */
export async function patchObject<Facts>(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
  body: object,
  facts: (wire: Wire) => Facts,
): Promise<Facts> {
  await change(context, scope, object, {
    method: "PATCH",
    body,
    purpose: `update ${words(object)}`,
    tookEffect: async () => false,
  });
  return readBack(context, scope, object, facts);
}

/** Removes an object with DELETE, or in the orderly way with POST `remove`; succeeds when it is absent. */
export async function removeObject(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
  removal: { readonly method: "DELETE" } | { readonly method: "POST"; readonly body?: object },
): Promise<void> {
  await change(context, scope, object, {
    ...removal,
    purpose: `remove ${words(object)}`,
    absentIsFine: true,
    tookEffect: async (within) => (await show(within, scope, object)) === undefined,
  });
}

async function change(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
  details: Omit<Write, "path" | "operation">,
): Promise<void> {
  const orderly = details.method === "POST";
  await write(context, scope, {
    ...details,
    path: orderly ? `${object.path}/remove` : object.path,
    operation: `${object.collection}.${orderly ? "remove" : details.method.toLowerCase()}`,
  });
}

async function readBack<Facts>(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
  facts: (wire: Wire) => Facts,
): Promise<Facts> {
  const wire = await show(context, scope, object);
  if (wire !== undefined) return facts(wire);
  throw siteError(
    scope.connection,
    `Azure reported ${words(object)} as written, but does not show it.`,
    {
      operation: `${object.collection}.get`,
      status: 404,
      retryable: true,
      hint: "Run again; if it stays so, look at the vault's jobs.",
    },
  );
}

function show(
  context: OperationContext,
  scope: VaultScope,
  object: SetupObject,
): Promise<Wire | undefined> {
  const { path, collection } = object;
  return readObject(context, scope, path, `${collection}.get`, `show ${words(object)}`);
}

function words(object: SetupObject): string {
  return `${object.kind} ${nameOf(object.path)}`;
}
