import type { Context } from "../context.ts";
import { PartialFailureError } from "../errors.ts";
import type { Checked, Created, DetailedDiff, Handler, ReadResult } from "../handler.ts";
import { differences } from "../inputs/difference.ts";
import { canonicalId } from "../inputs/vault-object.ts";
import { sameId } from "../recovery/identity.ts";
import { type ResourceSchema, resourceSchema } from "../schema/schema.ts";
import { checkInputs } from "./check-inputs.ts";
import { conflictOf } from "./conflict.ts";
import { changedInputs, describeChanges, unchangeableError } from "./content.ts";
import { mayHaveBegun, unlessMissing } from "./failures.ts";
import { tellChanged, tellGone } from "./outside/tell-set-up.ts";
import { inputsOf, plain } from "./plain.ts";
import type { SetUpResource, SetUpState, VaultObjectInputs } from "./set-up-resource.ts";

type SetUpInputs = Pick<VaultObjectInputs, "adopt">;

/** The handler of a set-up resource: observe, ensure, sync, return. */
export class SetUpHandler<Inputs extends SetUpInputs, State extends Inputs & SetUpState, Facts>
  implements Handler<Inputs, State>
{
  readonly token: string;
  readonly #resource: SetUpResource<Inputs, State, Facts>;

  constructor(resource: SetUpResource<Inputs, State, Facts>) {
    this.token = resource.token;
    this.#resource = resource;
  }

  /** Read when it is asked for: schema.json is made from the file that makes this handler. */
  get schema(): ResourceSchema {
    return resourceSchema(this.token);
  }

  async check(context: Context, news: Inputs, olds?: Inputs): Promise<Checked<Inputs>> {
    const checked = await checkInputs(this.#resource, this.schema, context, news, olds);
    return this.#resource.settle?.(context, checked, olds) ?? checked;
  }

  async diff(context: Context, id: string, olds: State, news: Inputs): Promise<DetailedDiff> {
    const properties = this.#differences(olds, news);
    const replaced = Object.values(properties).some((each) => each.replace === true);
    const unfinished = olds.phase !== undefined;
    return {
      changes: unfinished || Object.keys(properties).length > 0,
      properties,
      ...(unfinished ? { reason: `the ${this.#resource.noun} was begun and not finished` } : {}),
      // The service knows one object of a name: its successor has to wait until it is gone.
      ...(replaced && sameId(this.#resource.id(context, news), id)
        ? { deleteBeforeReplace: true }
        : {}),
    };
  }

  async create(context: Context, news: Inputs): Promise<Created<State>> {
    const id = this.#resource.id(context, news);
    return { id, state: await this.#reconcile(context, id, news) };
  }

  async update(context: Context, id: string, olds: State, news: Inputs): Promise<State> {
    return await this.#reconcile(context, id, news, olds);
  }

  async read(
    context: Context,
    id: string,
    state?: State,
  ): Promise<ReadResult<Inputs, State> | undefined> {
    const wanted = canonicalId(id) ?? id;
    const { noun } = this.#resource;
    const facts = await this.#observe(context, wanted);
    if (facts === undefined) {
      if (state !== undefined) {
        const site = await context.sites.azure(context);
        const more = (await this.#resource.gone?.(context, site, wanted, state)) ?? "";
        await tellGone(context, noun, wanted, more);
      }
      return undefined;
    }
    const described = this.#resource.describe(facts, wanted);
    const { phase, ...recorded } = plain(state ?? {});
    if (state !== undefined && phase === undefined) {
      const changes = this.#differences(described, recorded);
      const values = { found: described, recorded };
      await tellChanged(context, noun, wanted, this.schema, changes, values);
    }
    const found = this.#settle(recorded, described);
    return {
      id: state === undefined ? wanted : id,
      inputs: inputsOf(this.schema, found),
      state: found,
    };
  }

  async delete(context: Context, id: string, _state: State): Promise<void> {
    if ((await this.#observe(context, id)) === undefined) return;
    const site = await context.sites.azure(context);
    await unlessMissing(() => this.#resource.remove(context, site, id));
  }

  /** One flow for create and update; `olds` means that the object is ours already. */
  async #reconcile(context: Context, id: string, news: Inputs, olds?: State): Promise<State> {
    const observed = await this.#observe(context, id);
    const facts =
      observed === undefined
        ? await this.#create(context, id, news)
        : await this.#sync(context, id, observed, news, olds !== undefined || news.adopt === true);
    return this.#settle(news, this.#resource.describe(facts, id, news));
  }

  /** What was found, with the wanted spelling of what is equal: Azure changes letter case at will. */
  #settle(wanted: object, found: State): State {
    const differing = changedInputs(this.#differences(found, wanted));
    const spelt = Object.entries(wanted).filter(
      ([name]) => Object.hasOwn(this.schema.inputProperties, name) && !differing.includes(name),
    );
    return { ...wanted, ...found, ...Object.fromEntries(spelt) } as State;
  }

  async #create(context: Context, id: string, news: Inputs): Promise<Facts> {
    const site = await context.sites.azure(context);
    try {
      return await this.#resource.create(context, site, id, news);
    } catch (error) {
      if (!mayHaveBegun(error)) throw error;
      throw new PartialFailureError(id, { ...news, phase: "creating" }, [error.message], {
        cause: error,
        hint: "Run `pulumi up` again: it looks at what is there and finishes it.",
      });
    }
  }

  async #sync(
    context: Context,
    id: string,
    facts: Facts,
    news: Inputs,
    ours: boolean,
  ): Promise<Facts> {
    const { noun } = this.#resource;
    const found = this.#resource.describe(facts, id, news);
    const changes = this.#differences(found, news);
    if (Object.keys(changes).length === 0) return facts;
    const difference = describeChanges(this.schema, changes, found, news);
    const conflict = ours ? undefined : conflictOf(this.#resource, this.schema, id, facts, news);
    if (conflict !== undefined) throw conflict;
    const { change } = this.#resource;
    const fixed = Object.values(changes).some((each) => each.replace === true);
    if (fixed || change === undefined) throw unchangeableError(noun, id, difference);
    return await change(context, await context.sites.azure(context), id, facts, news);
  }

  async #observe(context: Context, id: string): Promise<Facts | undefined> {
    const site = await context.sites.azure(context);
    return await unlessMissing(() => this.#resource.observe(context, site, id));
  }

  #differences(olds: object, news: object): DetailedDiff["properties"] {
    return differences(this.schema, plain(olds), plain(news), {
      ...this.#resource.comparison,
      ignored: ["adopt", ...(this.#resource.comparison?.ignored ?? [])],
    });
  }
}
