import type { Context } from "../../context.ts";
import type { PropertyChange } from "../../handler.ts";
import { vaultIdOf } from "../../inputs/vault-object.ts";
import { nameOf, parseVaultId } from "../../recovery/identity.ts";
import { byJob } from "../../recovery/job-words.ts";
import type { JobFacts } from "../../recovery/model.ts";
import type { ResourceSchema } from "../../schema/schema.ts";
import { describeChanges } from "../content.ts";
import { setUpJob } from "./set-up-jobs.ts";

/**
 * Tells that a recorded set-up object is gone, by which job and when, and what the next run does about it.
 * `successor` is said in place of the latter.
 */
export async function tellGone(
  context: Context,
  noun: string,
  id: string,
  successor: string,
): Promise<void> {
  const job = await jobOf(context, noun, id, "removed");
  const next =
    successor ||
    "The next preview shows its creation, which copies no data; take it out of the program if it is to stay away.";
  context.log.warn(
    `${noun} ${nameOf(id)}: it was removed outside of this program${byJob(job)}. ${next}`,
  );
}

/** Tells that a server is not listed any more, by which job and when, and what the next run does about it. */
export async function tellUnlisted(
  context: Context,
  noun: string,
  id: string,
  agentId: string,
): Promise<void> {
  const job = await jobOf(context, noun, id, "removed", agentId);
  context.log.warn(
    `${noun} ${nameOf(id)}: Azure does not list it any more. It was removed outside of this program${byJob(job)}. The next \`pulumi up\` waits until it registers again; take it out of the program if it is to stay away.`,
  );
}

/** Tells what of a set-up object is not as it was recorded, by which job and when. Nothing differs: nothing is told. */
export async function tellChanged(
  context: Context,
  noun: string,
  id: string,
  schema: ResourceSchema,
  changes: Readonly<Record<string, PropertyChange>>,
  values: { readonly found: object; readonly recorded: object },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const job = await jobOf(context, noun, id, "changed");
  const difference = describeChanges(schema, changes, values.found, values.recorded);
  context.log.warn(
    `${noun} ${nameOf(id)}: it was changed outside of this program${byJob(job)}: ${difference}. The next preview shows the way back to what the program says; to keep the change, write it into the program.`,
  );
}

async function jobOf(
  context: Context,
  noun: string,
  id: string,
  deed: "changed" | "removed",
  agentId = "",
): Promise<JobFacts | undefined> {
  if (parseVaultId(id) === undefined) return undefined;
  const site = await context.sites.azure(context);
  return await setUpJob(context, site.vault(vaultIdOf(id)), noun, id, deed, agentId);
}
