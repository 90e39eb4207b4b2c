import type { Context } from "../../context.ts";
import { InvalidInputError, SiteError } from "../../errors.ts";
import { proposal } from "../../inputs/nearest-name.ts";
import { resolveVaultId } from "../../inputs/vault-reference.ts";
import type { FindingFacts } from "../../recovery/findings.ts";
import {
  formatVaultId,
  itemIdentity,
  nameOf,
  parseItemIdentity,
  parseVaultId,
  sameId,
} from "../../recovery/identity.ts";
import { byJob } from "../../recovery/job-words.ts";
import type { ItemFacts, RecoveryPlanFacts } from "../../recovery/model.ts";
import { sideName } from "../../recovery/places.ts";
import { activeSide } from "../../recovery/position.ts";
import { hasSucceeded, verbJobsOf } from "../../recovery/verbs.ts";
import type { AzureSite, VaultSite } from "../../sites/azure/site.ts";
import type { AnyActionInputs } from "../settings.ts";

/** The machines that an action means, as they are now. */
export interface ActionTargets {
  readonly site: AzureSite;
  readonly vault: VaultSite;
  /** Every item, in the order of the inputs or of the plan's groups. */
  readonly items: readonly ItemFacts[];
  readonly plan?: RecoveryPlanFacts;
  /** What the action as a whole is called in messages. */
  readonly subject: string;
  /** Blockers: what was named and does not exist. */
  readonly problems: readonly FindingFacts[];
}

/** A reference to an item or a plan, taken apart. */
interface Reference {
  readonly vaultId: string;
  readonly name: string;
  readonly path: string;
}

/** The vault that an action's inputs mean, by id or setting. Throws InvalidInputError. */
export function vaultIdOfAction(context: Context, inputs: AnyActionInputs): string {
  const [first] = referencesOf(context, inputs);
  if (first === undefined) throw new InvalidInputError("items", "items: no item is named.");
  return first.vaultId;
}

/** Finds what an action's inputs name; what does not exist becomes a problem, not an exception. */
export async function resolveTargets(
  context: Context,
  inputs: AnyActionInputs,
): Promise<ActionTargets> {
  const references = referencesOf(context, inputs);
  const [first] = references;
  if (first === undefined) throw new InvalidInputError("items", "items: no item is named.");
  const stranger = references.find((each) => !sameId(each.vaultId, first.vaultId));
  if (stranger !== undefined) {
    throw new InvalidInputError(
      stranger.path,
      `${stranger.path}: the item ${stranger.name} lies in another vault than ${first.name}.`,
      { hint: "Declare one action per vault." },
    );
  }
  const site = await context.sites.azure(context);
  const vault = site.vault(first.vaultId);
  const base = { site, vault, subject: first.name };
  try {
    return inputs.recoveryPlan === undefined
      ? { ...base, ...(await findItems(context, vault, references)) }
      : { ...base, ...(await findPlan(context, vault, first)) };
  } catch (error) {
    if (!(error instanceof SiteError) || error.status !== 404) throw error;
    return { ...base, items: [], problems: [unknownVault(first)] };
  }
}

function referencesOf(context: Context, inputs: AnyActionInputs): readonly Reference[] {
  if (inputs.recoveryPlan !== undefined) {
    const vault = parseVaultId(inputs.recoveryPlan);
    const vaultId =
      vault === undefined
        ? resolveVaultId(context.configuration, inputs.vault)
        : formatVaultId(vault);
    return [{ vaultId, name: nameOf(inputs.recoveryPlan), path: "recoveryPlan" }];
  }
  const named =
    inputs.item === undefined
      ? (inputs.items ?? []).map((each, index) => [each, `items[${index}]`] as const)
      : [[inputs.item, "item"] as const];
  return named.map(([text, path]) => {
    const identity = parseItemIdentity(text);
    if (identity !== undefined) return { vaultId: identity.vaultId, name: identity.itemName, path };
    if (text.includes("/")) {
      throw new InvalidInputError(path, `${path}: "${text}" is no replicated item's identity.`, {
        hint: "Give the id of a ReplicatedItem (…/vaults/NAME/items/NAME), or the item's name.",
      });
    }
    return { vaultId: resolveVaultId(context.configuration, inputs.vault), name: text, path };
  });
}

async function findItems(
  context: Context,
  vault: VaultSite,
  references: readonly Reference[],
): Promise<Pick<ActionTargets, "items" | "problems" | "subject">> {
  const all = await vault.items(context);
  const items: ItemFacts[] = [];
  const problems: FindingFacts[] = [];
  for (const { name, path } of references) {
    const called = itemsCalled(name, all);
    const [item] = called;
    if (item !== undefined && called.length === 1) items.push(item);
    else if (called.length > 1) {
      const candidates = called.map(
        (each) => `${itemIdentity(each.vaultId, each.name)} (${sideName(activeSide(each))})`,
      );
      problems.push({
        rule: "IT-AMBIGUOUS",
        severity: "block",
        subject: name,
        fact: `${called.length} replicated machines of vault ${nameOf(vault.id)} have this name: ${candidates.join(", ")}.`,
        remedy: "Give the id of the one that is meant.",
        path,
      });
    } else {
      problems.push({
        rule: "IT-UNKNOWN",
        severity: "block",
        subject: name,
        fact: `vault ${nameOf(vault.id)} holds no replicated item of this name${await endWords(context, vault, name)}.`,
        remedy: `Protect the machine first, or correct the name.${proposal(
          name,
          all.map((each) => each.name),
        )}`,
        path,
      });
    }
  }
  const subject = items.map((each) => each.friendlyName).join(", ") || (references[0]?.name ?? "");
  return { items, problems, subject };
}

/** By which job the protection of an item that is not there ended, as the vault still tells. */
async function endWords(context: Context, vault: VaultSite, name: string): Promise<string> {
  const jobs = verbJobsOf({ name, armId: "" }, await vault.jobs(context));
  const job = jobs.find(({ verb, job }) => verb === "disable" && hasSucceeded(job))?.job;
  return job === undefined ? "" : `: its protection was ended${byJob(job)}`;
}

/** The items of this name; without one, those whose machines are called so. */
function itemsCalled(name: string, all: readonly ItemFacts[]): readonly ItemFacts[] {
  const named = all.filter((each) => sameId(each.name, name));
  return named.length > 0 ? named : all.filter((each) => sameId(each.friendlyName, name));
}

async function findPlan(
  context: Context,
  vault: VaultSite,
  reference: Reference,
): Promise<Pick<ActionTargets, "items" | "plan" | "problems" | "subject">> {
  const plans = await vault.recoveryPlans(context);
  const plan = plans.find((each) => sameId(each.name, reference.name));
  const subject = `recovery plan ${reference.name}`;
  if (plan === undefined) {
    const problem: FindingFacts = {
      rule: "PL-UNKNOWN",
      severity: "block",
      subject,
      fact: `vault ${nameOf(vault.id)} has no recovery plan of this name.`,
      remedy: `Declare a RecoveryPlan first, or correct the name.${proposal(
        reference.name,
        plans.map((each) => each.name),
      )}`,
      path: "recoveryPlan",
    };
    return { items: [], problems: [problem], subject };
  }
  const all = await vault.items(context);
  const names = plan.groups.flatMap((group) => group.itemNames);
  const items: ItemFacts[] = [];
  const problems: FindingFacts[] = [];
  for (const name of names) {
    const item = all.find((each) => sameId(each.name, name));
    if (item !== undefined) items.push(item);
    else {
      problems.push({
        rule: "PL-ALLOWED",
        severity: "block",
        subject: name,
        fact: `recovery plan ${plan.name} names this machine, which the vault does not replicate any more.`,
        remedy: "Update the recovery plan.",
      });
    }
  }
  return { items, plan, problems, subject };
}

function unknownVault({ vaultId, path }: Reference): FindingFacts {
  const vault = parseVaultId(vaultId);
  return {
    rule: "VA-UNKNOWN",
    severity: "block",
    subject: vault?.vaultName ?? vaultId,
    fact: `there is no vault of this name in resource group ${vault?.resourceGroup} of subscription ${vault?.subscriptionId}.`,
    remedy: "Correct the name, the setting asr:resourceGroup or asr:subscriptionId.",
    path,
  };
}
