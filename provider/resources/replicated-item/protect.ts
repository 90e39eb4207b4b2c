import type { Context } from "../../context.ts";
import { InvalidInputError, SiteError } from "../../errors.ts";
import { canonicalId, parentOf } from "../../inputs/vault-object.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import type { ItemFacts, JobFacts } from "../../recovery/model.ts";
import { isRunning } from "../../recovery/verbs.ts";
import type {
  AzureSite,
  OperationOutcome,
  StartedOperation,
  VaultSite,
} from "../../sites/azure/site.ts";
import type { ReplicatedItemInputs } from "../replicated-item.ts";
import { kindOf, surroundingsOf } from "./item-kind.ts";
import { machineForm, machineName } from "./machine-reference.ts";
import { routeOf } from "./route.ts";
import { findItem } from "./waiting.ts";

/** The service's name of the job that enables protection. */
const enableScenario = "EnableDr";

/**
 * Sees to it that the vault has the item: found, being made by a job that runs already, or made now.
 * Nothing is begun twice. Throws SiteError with the job's causes when enabling fails.
 */
export async function ensureItem(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  inputs: ReplicatedItemInputs,
): Promise<ItemFacts> {
  const name = inputs.name ?? "";
  const existing = await findItem(context, vault, name);
  if (existing !== undefined) return existing;
  const running = await runningEnable(context, vault, inputs);
  if (running !== undefined) {
    const { outcome, made } = await followEnable(context, vault, name, running);
    if (outcome.succeeded && made !== undefined) return made;
    const others = outcome.succeeded && (await hasNamesake(context, vault, inputs));
    if (!others) throw notEnabled(vault, name, outcome);
  }
  const own = await enable(context, site, vault, inputs);
  const { outcome, made } = await followEnable(context, vault, name, own);
  if (outcome.succeeded && made !== undefined) return made;
  throw notEnabled(vault, name, outcome);
}

/** True when a machine of this name is protected in another container: the job of that name was the other's. */
async function hasNamesake(
  context: Context,
  vault: VaultSite,
  { machine, container }: ReplicatedItemInputs,
): Promise<boolean> {
  const items = await vault.items(context);
  return items.some(
    ({ armId, friendlyName }) =>
      sameId(friendlyName, machine) && !sameId(parentOf(canonicalId(armId) ?? armId), container),
  );
}

/** Follows a job that enables protection, then looks for the item. */
async function followEnable(
  context: Context,
  vault: VaultSite,
  name: string,
  operation: StartedOperation,
): Promise<{ readonly outcome: OperationOutcome; readonly made: ItemFacts | undefined }> {
  const outcome = await vault.follow(context, operation, { what: `the protection of ${name}` });
  for (const warning of outcome.warnings) context.log.warn(`${name}: ${warning}`);
  vault.forget();
  return { outcome, made: await findItem(context, vault, name) };
}

function notEnabled(vault: VaultSite, name: string, outcome: OperationOutcome): SiteError {
  return new SiteError(
    `${name}: protection could not be enabled. ${outcome.failure || "The vault does not show the item."}`,
    {
      site: vault.id,
      operation: "enableProtection",
      jobErrors: outcome.job?.errors ?? [],
      hint: "Remove the cause and run `pulumi up` again.",
    },
  );
}

async function enable(
  context: Context,
  site: AzureSite,
  vault: VaultSite,
  inputs: ReplicatedItemInputs,
): Promise<StartedOperation> {
  const found = routeOf(inputs, await vault.containerMappings(context));
  if ("failure" in found) {
    const { path, reason } = found.failure;
    throw new InvalidInputError(path, `${path}: ${reason}`);
  }
  const at = await surroundingsOf(context, site, inputs);
  const kind = kindOf(inputs, at.container?.fabricType, found.route);
  if (kind === undefined) {
    throw new InvalidInputError(
      "container",
      `container: ${nameOf(inputs.container)} holds no machines that can be protected here.`,
      { hint: "Give the container of the machine's region or site." },
    );
  }
  const specification = await kind.specify(at, found.route);
  context.log.progress(`${machineName(inputs.machine)}: enabling protection`);
  return await vault.enableProtection(context, inputs.container, inputs.name ?? "", specification);
}

/** An earlier run may have begun it and not lived to see the item. */
async function runningEnable(
  context: Context,
  vault: VaultSite,
  inputs: ReplicatedItemInputs,
): Promise<StartedOperation | undefined> {
  const jobs = await vault.jobs(context);
  const job = jobs.find(
    (each) => each.scenarioName === enableScenario && isRunning(each) && isForItem(each, inputs),
  );
  return job === undefined ? undefined : { operationId: job.name };
}

/** Jobs name their item, or its machine as the site calls it. */
function isForItem(job: JobFacts, { name = "", machine }: ReplicatedItemInputs): boolean {
  return (
    sameId(job.targetObjectName, name) ||
    sameId(nameOf(job.targetObjectId), name) ||
    (machineForm(machine) === "name" && sameId(job.targetObjectName, machine))
  );
}
