import type { Context } from "../context.ts";
import type { Checked, CheckFailure } from "../handler.ts";
import { differences } from "../inputs/difference.ts";
import { attempt, failureOf } from "../inputs/failures.ts";
import { validateInputs } from "../inputs/validate.ts";
import { vaultIdOf } from "../inputs/vault-object.ts";
import { parseVaultId, sameId } from "../recovery/identity.ts";
import type { ResourceSchema } from "../schema/schema.ts";
import type { AzureSite } from "../sites/azure/site.ts";
import { hasUnknown, unknownValue } from "../unknown.ts";
import { conflictOf } from "./conflict.ts";
import { unlessMissing } from "./failures.ts";
import { plain, withDefaults } from "./plain.ts";
import { missingVault } from "./references.ts";
import type { CheckedResource, VaultObjectInputs } from "./set-up-resource.ts";

/**
 * The check of a set-up resource, in three steps that each need the one before: form, sense, and
 * what the site says. The site is asked only when the resource or something about it is new,
 * so that an unchanged preview costs no request.
 */
export async function checkInputs<
  Inputs extends Pick<VaultObjectInputs, "adopt">,
  State extends Inputs,
  Facts,
>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  context: Context,
  news: Inputs,
  olds?: Inputs,
): Promise<Checked<Inputs>> {
  const malformed = validateInputs(schema, plain(news));
  if (malformed.length > 0) return { inputs: news, failures: malformed };
  const completed = attempt(() => resource.complete(context, withDefaults(schema, news)));
  if ("failure" in completed) return { inputs: news, failures: [completed.failure] };
  const inputs = await resolved(resource, context, completed.value);
  const id = resource.id(context, inputs);
  if (!id.includes(unknownValue)) context.declared.add(id.toLowerCase());
  const problems = resource.problems?.(inputs) ?? [];
  if (problems.length > 0 || !isNew(resource, schema, inputs, olds)) {
    return { inputs, failures: problems };
  }
  return { inputs, failures: await checkLive(resource, schema, context, inputs, olds) };
}

/** Names can be looked up only in a vault that is there. */
async function resolved<Inputs extends object, State extends Inputs, Facts>(
  resource: CheckedResource<Inputs, State, Facts>,
  context: Context,
  inputs: Inputs,
): Promise<Inputs> {
  const { resolve } = resource;
  if (resolve === undefined || hasUnknown(plain(inputs).vault)) return inputs;
  return (await unlessMissing(() => resolve(context, inputs))) ?? inputs;
}

function isNew<Inputs extends object, State extends Inputs, Facts>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  inputs: Inputs,
  olds: Inputs | undefined,
): boolean {
  if (olds === undefined) return true;
  const changes = differences(schema, plain(olds), plain(inputs), resource.comparison);
  return Object.keys(changes).length > 0;
}

async function checkLive<
  Inputs extends Pick<VaultObjectInputs, "adopt">,
  State extends Inputs,
  Facts,
>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  context: Context,
  inputs: Inputs,
  olds: Inputs | undefined,
): Promise<readonly CheckFailure[]> {
  const site = await context.sites.azure(context);
  const id = resource.id(context, inputs);
  // Nothing can be asked of a vault that is not known yet.
  if (parseVaultId(id) === undefined) return [];
  const vaultId = vaultIdOf(id);
  if (vaultId !== id) {
    const vault = await vaultStanding(context, site, vaultId);
    if (vault === "declared") return [];
    if (vault === "missing") return [missingVault(vaultId)];
  }
  const failures = (await resource.checkReferences?.(context, site, inputs, olds)) ?? [];
  const known = !hasUnknown(inputs) && !id.includes(unknownValue);
  const another = olds === undefined || namesAnother(resource, schema, context, olds, id);
  if (!known || !another || inputs.adopt === true) return failures;
  return [...failures, ...(await duplicateProblems(resource, schema, context, site, inputs))];
}

/** True when what is recorded has another id; a record that lacks what an id is made of names nothing else. */
function namesAnother<Inputs extends object, State extends Inputs, Facts>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  context: Context,
  olds: Inputs,
  id: string,
): boolean {
  const recorded = plain(olds);
  const isComplete = (schema.requiredInputs ?? []).every((name) => isGiven(recorded[name]));
  if (!isComplete) return false;
  const old = attempt(() => resource.id(context, olds));
  return "failure" in old || !sameId(old.value, id);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** An object of the same name with other content would make the creation fail: said at preview. */
async function duplicateProblems<Inputs extends object, State extends Inputs, Facts>(
  resource: CheckedResource<Inputs, State, Facts>,
  schema: ResourceSchema,
  context: Context,
  site: AzureSite,
  inputs: Inputs,
): Promise<readonly CheckFailure[]> {
  const id = resource.id(context, inputs);
  const facts = await resource.observe(context, site, id);
  if (facts === undefined) return [];
  const conflict = conflictOf(resource, schema, id, facts, inputs);
  return conflict === undefined ? [] : [failureOf(conflict)];
}

type VaultStanding = "exists" | "declared" | "missing";

/** A vault that this very run makes has nothing to look at yet. */
async function vaultStanding(
  context: Context,
  site: AzureSite,
  vaultId: string,
): Promise<VaultStanding> {
  if (vaultId.includes(unknownValue)) return "declared";
  const facts = await unlessMissing(() => site.vaultFacts(context, vaultId));
  if (facts !== undefined) return "exists";
  return context.declared.has(vaultId.toLowerCase()) ? "declared" : "missing";
}
