import type { Context } from "../../context.ts";
import { BlockedError, InvalidInputError } from "../../errors.ts";
import type { Checked, Created, DetailedDiff, Handler, ReadResult } from "../../handler.ts";
import { differences } from "../../inputs/difference.ts";
import { canonicalId, vaultIdOf } from "../../inputs/vault-object.ts";
import { isRetired } from "../../recovery/capabilities.ts";
import { finding } from "../../recovery/findings.ts";
import { nameOf, parseItemIdentity, sameId } from "../../recovery/identity.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import { activeSide, positionOf } from "../../recovery/position.ts";
import { type ResourceSchema, resourceSchema } from "../../schema/schema.ts";
import type { VaultSite } from "../../sites/azure/site.ts";
import { checkInputs } from "../check-inputs.ts";
import { conflictOf } from "../conflict.ts";
import { unlessMissing } from "../failures.ts";
import { noteEnded } from "../outside/ended-items.ts";
import { inputsOf, plain } from "../plain.ts";
import type { ReplicatedItemInputs, ReplicatedItemState } from "../replicated-item.ts";
import { retiredReason } from "../scenario.ts";
import { retiredItemProblem } from "./check-live.ts";
import { importedInputs, outputsOf, refreshedInputs } from "./describe.ts";
import {
  asksAnew,
  asksForAnother,
  findingsLeft,
  hasEnded,
  readEnded,
  restsEnded,
} from "./ended.ts";
import { policiesFor } from "./life-cycle.ts";
import { findMissingMachine } from "./missing-machine.ts";
import { tellChanges } from "./outside.ts";
import { placeOf } from "./place.ts";
import { reconcileItem } from "./reconcile.ts";
import { comparisonWith, itemResource } from "./resource.ts";
import { findItem, waitUntilIdle } from "./waiting.ts";

/** The life of a replicated item: one machine that is protected by replication. */
export class ReplicatedItemHandler implements Handler<ReplicatedItemInputs, ReplicatedItemState> {
  readonly token = "asr:index:ReplicatedItem";

  /** Read when it is asked for: schema.json is made from the interfaces of this resource. */
  get schema(): ResourceSchema {
    return resourceSchema(this.token);
  }

  /** What a refresh found is kept until it is settled, so that every preview tells it. */
  async check(
    context: Context,
    { findings: _, ...news }: ReplicatedItemInputs,
    olds?: ReplicatedItemInputs,
  ): Promise<Checked<ReplicatedItemInputs>> {
    const checked = await checkInputs(itemResource, this.schema, context, news, olds);
    const { inputs } = checked;
    const findings = olds?.findings ?? [];
    if (olds === undefined || findings.length === 0 || asksForAnother(inputs, olds)) return checked;
    const left = await findingsLeft(context, inputs, findings);
    // Nothing of this run makes the item, so that what names it has to say that it is not there.
    if (hasEnded({ findings: left })) noteEnded(context, itemResource.id(context, inputs));
    return left.length === 0 ? checked : { ...checked, inputs: { ...inputs, findings: left } };
  }

  async diff(
    context: Context,
    id: string,
    olds: ReplicatedItemState,
    news: ReplicatedItemInputs,
  ): Promise<DetailedDiff> {
    if (restsEnded(news, olds)) return { changes: false, properties: {} };
    const properties = differences(this.schema, plain(olds), plain(news), comparisonWith(olds));
    const replaced = Object.values(properties).some((each) => each.replace === true);
    const reason = reasonOf(olds, news);
    if (context.preview && olds.nextStep !== undefined) {
      context.log.info(`${olds.friendlyName}: ${olds.nextStep}.`);
    }
    return {
      changes: Object.keys(properties).length > 0 || reason !== undefined,
      properties,
      ...(reason === undefined ? {} : { reason }),
      // The vault knows one item of a name, and one item of a machine.
      ...(replaced &&
      (sameId(itemResource.id(context, news), id) || sameId(olds.machine, news.machine))
        ? { deleteBeforeReplace: true }
        : {}),
    };
  }

  async create(
    context: Context,
    { findings: _, ...news }: ReplicatedItemInputs,
  ): Promise<Created<ReplicatedItemState>> {
    const id = itemResource.id(context, news);
    const existing = await this.#find(context, id);
    if (existing !== undefined && isRetired(existing.scenario)) throw retiredItem(existing);
    if (existing !== undefined && news.adopt !== true) {
      const conflict = conflictOf(itemResource, this.schema, id, existing, news);
      if (conflict !== undefined) throw conflict;
    }
    return { id, state: await reconcileItem(context, news) };
  }

  update(
    context: Context,
    _id: string,
    olds: ReplicatedItemState,
    news: ReplicatedItemInputs,
  ): Promise<ReplicatedItemState> {
    return reconcileItem(context, news, olds);
  }

  async read(
    context: Context,
    id: string,
    state?: ReplicatedItemState,
  ): Promise<ReadResult<ReplicatedItemInputs, ReplicatedItemState> | undefined> {
    const vault = await vaultOf(context, id);
    let item = await this.#find(context, id);
    if (item === undefined && state !== undefined && !hasEnded(state)) {
      // A list may lag behind: that a protection has ended is not said of it lightly.
      vault.forget();
      item = await this.#find(context, id);
    }
    if (item === undefined) {
      const ended = state === undefined ? undefined : await readEnded(context, vault, state);
      return ended === undefined ? undefined : this.#readAs(id, ended);
    }
    if (isRetired(item.scenario)) {
      context.log.warn(`${item.friendlyName}: ${retiredReason(item.scenario)}`);
    }
    const outputs = outputsOf(item, await policiesFor(context, vault, item));
    if (state === undefined) {
      const inputs = importedInputs(item);
      return { id: outputs.itemId, inputs, state: { ...inputs, ...outputs } };
    }
    await tellChanges(context, vault, item, state);
    const findings = await findMissingMachine(context, item);
    const inputs = refreshedInputs(item, inputsOf<ReplicatedItemInputs>(this.schema, state));
    const phase = state.phase === undefined ? {} : { phase: state.phase };
    const found = findings.length === 0 ? {} : { findings };
    return this.#readAs(id, { ...inputs, ...outputs, ...phase, ...found });
  }

  /** Findings are computed inputs: recorded with them, so that the next check knows of them. */
  #readAs(
    id: string,
    state: ReplicatedItemState,
  ): ReadResult<ReplicatedItemInputs, ReplicatedItemState> {
    const inputs = inputsOf<ReplicatedItemInputs>(this.schema, state);
    const { findings } = state;
    return { id, inputs: findings === undefined ? inputs : { ...inputs, findings }, state };
  }

  /**
   * Ends the replication in the orderly way. No machine is moved or stopped by it; when the machine
   * runs at its recovery side, a warning says what the item's end gives up.
   */
  async delete(context: Context, id: string): Promise<void> {
    const observed = await this.#find(context, id);
    if (observed === undefined) return;
    const vault = await vaultOf(context, id);
    const item = await waitUntilIdle(context, vault, observed);
    const { standing, away } = positionOf(item);
    if (standing === "testing") throw openDrill(item);
    if (away) {
      context.log.warn(
        `${item.friendlyName}: runs in ${placeOf(activeSide(item))} and goes on running there; with the end of its protection the way back by failback ends too.`,
      );
    }
    await unlessMissing(() => vault.disableProtection(context, item));
  }

  async #find(context: Context, id: string): Promise<ItemFacts | undefined> {
    const vault = await vaultOf(context, id);
    return await unlessMissing(() => findItem(context, vault, nameOf(id)));
  }
}

/** The handler of `ReplicatedItem`. */
export const replicatedItemHandler: ReplicatedItemHandler = new ReplicatedItemHandler();

/** The vault of an item's identity, or of its ARM id, which an import may give. */
async function vaultOf(context: Context, id: string): Promise<VaultSite> {
  const isItem =
    parseItemIdentity(id) !== undefined || /\/replicationProtectedItems\/[^/]+$/i.test(id);
  if (!isItem || canonicalId(id) === undefined) {
    throw new InvalidInputError("id", `id: "${id.slice(0, 300)}" is no replicated item.`, {
      hint: "Give <vault id>/items/<name>, or the item's ARM id.",
    });
  }
  const site = await context.sites.azure(context);
  return site.vault(vaultIdOf(id));
}

/** Why an update is due although no input changed. */
function reasonOf(olds: ReplicatedItemState, news: ReplicatedItemInputs): string | undefined {
  if (hasEnded(olds) && asksAnew(news, olds)) {
    return `${olds.friendlyName}: it is protected again, with a full initial copy`;
  }
  if (olds.phase === "replicating") return "its protection was begun and not seen to be reached";
  if (olds.phase === "settings") return "settings wait until it is protected";
  const atHome = sameId(olds.currentContainer, olds.container) && olds.activeLocation === "Primary";
  const wanted = (id: string): boolean =>
    news.disks === undefined ||
    (Array.isArray(news.disks) && news.disks.some(({ disk }) => sameId(disk, id)));
  const disks = (olds.unprotectedDisks ?? []).filter(wanted).map(nameOf);
  if (!atHome || disks.length === 0) return undefined;
  return `not replicated yet: ${disks.join(", ")}`;
}

/** An item that is left of a scenario that Azure has retired is nobody's to create. */
function retiredItem(item: ItemFacts): InvalidInputError {
  const { path, reason } = retiredItemProblem(item);
  return new InvalidInputError(path, `${path}: ${reason}`);
}

function openDrill(item: ItemFacts): BlockedError {
  const found = finding({
    rule: "ITEM-DRILL",
    severity: "block",
    subject: item.friendlyName,
    fact: "has an open drill, so that its protection cannot end.",
    remedy: "Clean the test failover up first.",
  });
  return new BlockedError(found.text, [found]);
}
