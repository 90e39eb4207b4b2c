import type { Context } from "../../context.ts";
import { SiteError } from "../../errors.ts";
import { sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { pause } from "../../waiting.ts";
import { withDiskIds } from "./unprotected-disks.ts";

/** The item by its name, wherever it lies now; undefined when the vault has none. */
export async function findItem(
  context: Context,
  vault: VaultSite,
  name: string,
): Promise<ItemFacts | undefined> {
  const items = await vault.items(context);
  const item = items.find((each) => sameId(each.name, name));
  return item === undefined ? undefined : await withDiskIds(context, item);
}

/**
 * Waits until the initial copy is over and the item is protected.
 * Throws SiteError when the service gave up, DeadlineError and CancelledError when the wait ended first.
 */
export async function waitUntilReplicated(
  context: Context,
  vault: VaultSite,
  name: string,
): Promise<ItemFacts> {
  for (;;) {
    vault.forget();
    const item = await findItem(context, vault, name);
    if (item === undefined) throw gone(name);
    if (hasFailed(item)) throw failed(item);
    if (standingOf(item) !== "replicating" && !isHeld(item)) return item;
    await pause(context, progressText(item));
  }
}

/** Waits until no job holds the item, so that it can be changed. */
export async function waitUntilIdle(
  context: Context,
  vault: VaultSite,
  item: ItemFacts,
): Promise<ItemFacts> {
  let now = item;
  while (isHeld(now)) {
    await pause(context, `${now.friendlyName}: waits until ${now.currentScenario?.name} has ended`);
    vault.forget();
    const next = await findItem(context, vault, item.name);
    if (next === undefined) throw gone(item.name);
    now = next;
  }
  return now;
}

/** True while a job of the service holds the item and it offers no move. */
function isHeld(item: ItemFacts): boolean {
  return item.currentScenario !== undefined && item.allowedOperations.length === 0;
}

/** What happens to a replicating item now, in one line, with the job that does it where the item names one. */
function progressText(item: ItemFacts): string {
  const job = item.currentScenario;
  const by =
    job === undefined || item.hyperV === undefined ? "" : ` (job ${job.name} ${job.jobName})`;
  return `${item.friendlyName}: ${stepText(item)}${by}`;
}

function stepText(item: ItemFacts): string {
  if (isFinalizing(item)) {
    const detail = item.hyperV?.machineProtectionStateDescription ?? "";
    return `finalizing the protection${detail === "" ? "" : `: ${detail}`}`;
  }
  const percent = item.initialReplicationPercent;
  const states: Readonly<Record<string, string>> = {
    UnprotectedStatesBegin: "enabling protection",
    InitialReplicationInProgress: `initial replication${percent === undefined ? "" : ` ${percent} %`}`,
    InitialReplicationRecoveryCompletionPending: "waiting for the first recovery point",
  };
  return states[item.protectionState] ?? (item.protectionStateDescription || item.protectionState);
}

/** A Hyper-V item is called protected while its network is still set up: only then a failover is possible (H-03). */
function isFinalizing(item: ItemFacts): boolean {
  const called = item.protectionState === "Protected";
  return (
    item.hyperV !== undefined && called && (standingOf(item) === "replicating" || isHeld(item))
  );
}

/** The ends of the service's failure states (site-recovery reference, 6.1). */
function hasFailed(item: ItemFacts): boolean {
  return /Failed$|^Cancel/.test(item.protectionState);
}

function failed(item: ItemFacts): SiteError {
  const causes = item.healthErrors.map(
    (each) => `${each.code}: ${each.message} ${each.recommendedAction}`,
  );
  return new SiteError(
    `${item.friendlyName}: protection stands at ${item.protectionState} (${item.protectionStateDescription}). ${causes.join(" ")}`.trim(),
    {
      site: item.vaultId,
      operation: "enableProtection",
      hint: "Remove the cause, then run `pulumi up` again; destroy the item first if it does not recover.",
    },
  );
}

function gone(name: string): SiteError {
  return new SiteError(`${name}: the item vanished from the vault while it was waited for.`, {
    site: "azure",
    operation: "enableProtection",
    hint: "The vault's jobs tell who disabled its protection; run `pulumi refresh` before the next `pulumi up`.",
  });
}
