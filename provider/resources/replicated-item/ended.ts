import type { Context } from "../../context.ts";
import { BlockedError } from "../../errors.ts";
import { type Finding, finding } from "../../recovery/findings.ts";
import { nameOf, sameId } from "../../recovery/identity.ts";
import { byJob } from "../../recovery/job-words.ts";
import type { ItemFacts, JobFacts } from "../../recovery/model.ts";
import { carriesOut, hasSucceeded, isJobOf } from "../../recovery/verbs.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { hasUnknown } from "../../unknown.ts";
import { unlessMissing } from "../failures.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../replicated-item.ts";
import { machineForm, machineName, sameMachine } from "./machine-reference.ts";

/** The finding of a protection that somebody ended; while it stands, nothing is done about its machine. */
const endedRule = "ITEM-ENDED";

/** What is recorded as the state of a protection that somebody ended. */
const endedState = "Disabled";

/** True when the last refresh found that somebody had ended the protection. */
export function hasEnded({ findings }: Pick<ReplicatedItemInputs, "findings">): boolean {
  return findings?.some(({ rule }) => rule === endedRule) ?? false;
}

/** True when the program asks for the protection anew: by another `trigger` than the recorded one. */
export function asksAnew(
  news: Pick<ReplicatedItemInputs, "trigger">,
  olds: Pick<ReplicatedItemInputs, "trigger">,
): boolean {
  return (news.trigger ?? "") !== (olds.trigger ?? "");
}

/** True when the program means another item, or the protection anew: what was found of this one is settled. */
export function asksForAnother(news: ReplicatedItemInputs, olds: ReplicatedItemInputs): boolean {
  return (
    asksAnew(news, olds) ||
    !sameId(news.name, olds.name) ||
    namesAnotherMachine(news.machine, olds.machine)
  );
}

/** A site's machine may be named in several ways, of which inputs alone do not tell that they mean one machine. */
function namesAnotherMachine(wanted: string, old: string): boolean {
  if (sameId(wanted, old) || hasUnknown(wanted)) return false;
  const forms = [machineForm(wanted), machineForm(old)];
  return forms[0] === forms[1] || forms.includes("azure");
}

/**
 * The findings of the last refresh that still hold: that a protection ended is settled as soon as the vault has an
 * item of this name again. The vault is asked only then.
 */
export async function findingsLeft(
  context: Context,
  { vault, name }: ReplicatedItemInputs,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (!hasEnded({ findings }) || hasUnknown([vault, name])) return findings;
  const site = await context.sites.azure(context);
  const items = (await unlessMissing(() => site.vault(vault ?? "").items(context))) ?? [];
  const isThere = items.some((each) => sameId(each.name, name));
  return isThere ? findings.filter(({ rule }) => rule !== endedRule) : findings;
}

/**
 * True when nothing is due because the protection has ended: the check of the wanted inputs has left the finding
 * standing, and they ask neither for the protection anew nor for another machine. Other changes wait.
 */
export function restsEnded(news: ReplicatedItemInputs, olds: ReplicatedItemState): boolean {
  return (
    hasEnded(olds) &&
    hasEnded(news) &&
    !asksAnew(news, olds) &&
    sameId(news.name, olds.name) &&
    (hasUnknown(news.machine) || sameMachine(olds.machine, news.machine, olds))
  );
}

/**
 * What is recorded of an item that the vault has no more: everything as it was, with a finding that every preview
 * tells. Warns once. Undefined when it was never there to be ended: its creation was interrupted before the service
 * had it, or the service dropped it.
 */
export async function readEnded(
  context: Context,
  vault: VaultSite,
  recorded: ReplicatedItemState,
): Promise<ReplicatedItemState | undefined> {
  if (hasEnded(recorded)) return recorded;
  const ending = await endingOf(context, vault, recorded);
  if (ending === undefined) return undefined;
  const { phase: _, nextStep: _step, ...rest } = recorded;
  const { found, by } = ending;
  context.log.warn(found.text);
  return {
    ...rest,
    protectionState: endedState,
    endedBy: by.replace(/^\W+/, ""),
    findings: [found],
  };
}

/**
 * Refuses to protect a machine again whose protection somebody ended, unless the program asks for it anew.
 * Throws BlockedError.
 */
export async function refuseIfEnded(
  context: Context,
  vault: VaultSite,
  recorded: ReplicatedItemState,
): Promise<void> {
  const found =
    recorded.findings?.find(({ rule }) => rule === endedRule) ??
    (await endingOf(context, vault, recorded))?.found;
  if (found !== undefined) throw new BlockedError(found.text, [found]);
}

/** The end of a protection, and by whom it was ended. */
async function endingOf(
  context: Context,
  vault: VaultSite,
  recorded: ReplicatedItemState,
): Promise<{ readonly found: Finding; readonly by: string } | undefined> {
  const jobs = await unlessMissing(() => vault.jobs(context));
  const job = jobs?.find((each) => ends(each, recorded));
  // An unfinished creation is begun again, unless somebody is known to have ended it.
  const unfinished = recorded.phase === "replicating";
  if (unfinished && (job === undefined || recorded.friendlyName === "")) return undefined;
  const by =
    jobs === undefined
      ? ` with its vault: there is no vault ${nameOf(vault.id)} any more`
      : byJob(job);
  return { found: await findingOf(context, vault, recorded, by), by };
}

function ends(job: JobFacts, { name = "", armId }: ReplicatedItemState): boolean {
  const verbs = ["disable", "completeMigration"] as const;
  return (
    verbs.some((verb) => carriesOut(job.scenarioName, verb)) &&
    hasSucceeded(job) &&
    isJobOf(job, { name, armId })
  );
}

async function findingOf(
  context: Context,
  vault: VaultSite,
  recorded: ReplicatedItemState,
  by: string,
): Promise<Finding> {
  const twin = await twinOf(context, vault, recorded);
  const again =
    twin === undefined
      ? "give it a new `trigger`, which protects the machine again with a full initial copy"
      : `name it \`${twin.name}\` with \`adopt: true\`, under which the machine is protected now`;
  // A CompleteMigration of the same program is the one that is meant to do it.
  const migration =
    recorded.activeLocation === "Recovery" ? " A completed migration ends it as well." : "";
  return finding({
    rule: endedRule,
    // Never an obstacle to what the program does with its other machines, such as their failover.
    severity: "warn",
    subject: recorded.friendlyName || machineName(recorded.machine),
    fact: `its protection was ended outside of this program${by}.${migration} Nothing protects it again by itself, and until this is settled no other change of it is made.`,
    remedy: `Remove the ReplicatedItem from the program, or ${again}.`,
    path: "trigger",
  });
}

/** The item under another name that protects the same machine, as somebody may have made it since. */
async function twinOf(
  context: Context,
  vault: VaultSite,
  { currentMachine, machine }: ReplicatedItemState,
): Promise<ItemFacts | undefined> {
  const items = (await unlessMissing(() => vault.items(context))) ?? [];
  return items.find(
    (each) => sameId(each.machineId, machine) || sameId(each.machineId, currentMachine),
  );
}
