import type { Context } from "../../context.ts";
import { PartialFailureError } from "../../errors.ts";
import { durationMilliseconds } from "../../inputs/duration.ts";
import { itemIdentity } from "../../recovery/identity.ts";
import type { ItemFacts, PolicyFacts } from "../../recovery/model.ts";
import { standingOf } from "../../recovery/position.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { mayHaveBegun } from "../failures.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../replicated-item.ts";
import { changeItem } from "./change.ts";
import { outputsOf, withRoute } from "./describe.ts";
import { asksAnew, refuseIfEnded } from "./ended.ts";
import { policiesFor } from "./life-cycle.ts";
import { ensureItem } from "./protect.ts";
import { settingsDue } from "./target-settings.ts";
import { findItem, waitUntilReplicated } from "./waiting.ts";

type Phase = NonNullable<ReplicatedItemState["phase"]>;

const defaultTimeoutMilliseconds = 3 * 3_600_000;

/**
 * Brings an item to what is wanted, from wherever it stands: enable, wait, set.
 * A creation that began and did not end throws PartialFailureError, so that the next run goes on from there.
 */
export async function reconcileItem(
  given: Context,
  news: ReplicatedItemInputs,
  olds?: ReplicatedItemState,
): Promise<ReplicatedItemState> {
  const context = { ...given, deadline: deadlineOf(given, news) };
  const site = await context.sites.azure(context);
  const vault = site.vault(news.vault ?? "");
  let item: ItemFacts | undefined;
  let phase: Phase = "replicating";
  try {
    if (olds !== undefined && !asksAnew(news, olds)) await refuseUnlessThere(context, vault, olds);
    item = await ensureItem(context, site, vault, news);
    if (news.waitFor === "enabled" && standingOf(item) === "replicating") {
      const policies = await policiesFor(context, vault, item);
      const due = settingsDue(news, item) !== undefined;
      return stateOf(news, item, policies, due ? "settings" : undefined);
    }
    item = await waitUntilReplicated(context, vault, item.name);
    phase = "settings";
    const changed = await changeItem(context, vault, item, news, olds);
    return stateOf(news, changed, await policiesFor(context, vault, changed));
  } catch (error) {
    // An update that fails keeps the old state, phase and all, and is due again.
    if (olds !== undefined || !(error instanceof Error)) throw error;
    const begun = item ?? (await lookAgain(context, vault, news));
    if (begun === undefined && !mayHaveBegun(error)) throw error;
    throw new PartialFailureError(
      itemIdentity(news.vault ?? "", news.name ?? ""),
      begun === undefined ? begunState(news) : stateOf(news, begun, [], phase),
      [error.message],
      { cause: error },
    );
  }
}

/** An item that was there and is not any more was ended by somebody: an update does not begin it again. */
async function refuseUnlessThere(
  context: Context,
  vault: VaultSite,
  olds: ReplicatedItemState,
): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await findItem(context, vault, olds.name ?? "")) !== undefined;
  if (await isThere()) return;
  // A list may lag behind.
  vault.forget();
  if (!(await isThere())) await refuseIfEnded(context, vault, olds);
}

function stateOf(
  inputs: ReplicatedItemInputs,
  item: ItemFacts,
  policies: readonly PolicyFacts[],
  phase?: Phase,
): ReplicatedItemState {
  return {
    ...withRoute(inputs, item),
    ...outputsOf(item, policies),
    ...(phase === undefined ? {} : { phase }),
  };
}

/** State of an item whose enabling was sent and that nobody has seen yet. */
function begunState(inputs: ReplicatedItemInputs): ReplicatedItemState {
  return {
    ...inputs,
    itemId: itemIdentity(inputs.vault ?? "", inputs.name ?? ""),
    armId: `${inputs.container}/replicationProtectedItems/${inputs.name}`,
    friendlyName: "",
    currentContainer: inputs.container,
    currentMachine: inputs.machine,
    currentPolicy: inputs.policy ?? "",
    primaryLocation: "",
    recoveryLocation: "",
    activeLocation: "Primary",
    protectionState: "",
    unprotectedDisks: [],
    phase: "replicating",
  };
}

/** A failed job may leave an item behind, which must not be forgotten. */
async function lookAgain(
  context: Context,
  vault: VaultSite,
  inputs: ReplicatedItemInputs,
): Promise<ItemFacts | undefined> {
  if (context.signal.aborted) return undefined;
  vault.forget();
  return await findItem(context, vault, inputs.name ?? "").catch(() => undefined);
}

function deadlineOf(context: Context, inputs: ReplicatedItemInputs): Date {
  const timeout = durationMilliseconds(inputs.timeout ?? "") ?? defaultTimeoutMilliseconds;
  const own = context.clock.now().getTime() + timeout;
  return new Date(Math.min(own, context.deadline?.getTime() ?? own));
}
