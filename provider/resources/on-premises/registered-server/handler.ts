import type { Context } from "../../../context.ts";
import { BlockedError, DeadlineError } from "../../../errors.ts";
import type {
  Checked,
  CheckFailure,
  Created,
  DetailedDiff,
  Handler,
  ReadResult,
} from "../../../handler.ts";
import { type DifferenceOptions, differences } from "../../../inputs/difference.ts";
import { vaultIdOf } from "../../../inputs/vault-object.ts";
import { sameId } from "../../../recovery/identity.ts";
import { type ResourceSchema, resourceSchema } from "../../../schema/schema.ts";
import type { AzureSite } from "../../../sites/azure/site.ts";
import { pause } from "../../../waiting.ts";
import { checkInputs } from "../../check-inputs.ts";
import { unlessMissing } from "../../failures.ts";
import { tellUnlisted } from "../../outside/tell-set-up.ts";
import { inputsOf, plain } from "../../plain.ts";
import { timeoutProblems, withDeadline } from "../timeout.ts";

/** Outputs of every server that registers itself. */
export interface RegisteredServerOutputs {
  /** `waiting` while the server is not known to be registered; the next update waits for it. */
  readonly phase?: "waiting";
}

/** Something that speaks against a server as it is. */
export interface Obstacle {
  /** What is the case, and what to do about it. */
  readonly text: string;
  /** True when no waiting mends it. */
  readonly final?: boolean;
}

/** What tells one kind of server that registers itself from another. */
export interface RegisteredServer<Inputs extends { readonly timeout?: string }, State, Facts> {
  /** Name in the schema, such as `ProcessServer`. */
  readonly type: string;
  /** What messages call it: `process server`. */
  readonly noun: string;
  readonly comparison?: DifferenceOptions;
  /** Default of `timeout`. */
  readonly timeout: string;
  /** What is said while Azure does not list it: how it registers. */
  readonly absence?: string;
  complete(context: Context, inputs: Inputs): Inputs;
  id(inputs: Inputs): string;
  /** What is wrong with complete inputs in themselves. */
  problems?(inputs: Inputs): readonly CheckFailure[];
  /** What is wrong with what the inputs refer to; asked when something is new. May tell at preview what will be done. */
  checkReferences?(
    context: Context,
    site: AzureSite,
    inputs: Inputs,
  ): Promise<readonly CheckFailure[]>;
  /** Said at every preview, without asking anybody. */
  remind?(context: Context, inputs: Inputs): void;
  observe(context: Context, site: AzureSite, id: string): Promise<Facts | undefined>;
  /** What speaks against the server; `recorded` is its state so far. */
  obstacles(facts: Facts, now: Date, inputs: Inputs, recorded?: State): readonly Obstacle[];
  /** What is done once it is ready; answers when that is through. */
  finish?(context: Context, site: AzureSite, facts: Facts, inputs: Inputs): Promise<void>;
  /** Outputs; only what is stable. `recorded` is the state so far, when nothing is to be decided anew. */
  outputs(facts: Facts, id: string, recorded?: State): Omit<State, keyof Inputs | "phase">;
  /** Inputs that an import finds. */
  imported(facts: Facts, id: string): Inputs;
  /** Said when it is forgotten. */
  farewell(context: Context, site: AzureSite, id: string, state: State): Promise<void>;
}

const standardAbsence = "Azure does not list it. Install it and register it with the vault.";

/** Makes the handler of a server that nobody can create: it is declared, waited for, watched, and forgotten at the end. */
export function createRegisteredServerHandler<
  Inputs extends { readonly timeout?: string },
  State extends Inputs & RegisteredServerOutputs,
  Facts,
>(server: RegisteredServer<Inputs, State, Facts>): Handler<Inputs, State> {
  const token = `asr:index:${server.type}`;
  const schema = (): ResourceSchema => resourceSchema(token);
  const comparison = {
    ...server.comparison,
    ignored: ["timeout", ...(server.comparison?.ignored ?? [])],
  };
  const observe = async (context: Context, id: string): Promise<Facts | undefined> => {
    const site = await context.sites.azure(context);
    return await unlessMissing(() => server.observe(context, site, id));
  };
  const stateOf = (inputs: Inputs, facts: Facts, id: string, recorded?: State): State =>
    ({ ...inputs, ...server.outputs(facts, id, recorded) }) as unknown as State;

  const untilReady = async (
    context: Context,
    id: string,
    inputs: Inputs,
    recorded?: State,
  ): Promise<Facts> => {
    const site = await context.sites.azure(context);
    for (;;) {
      site.vault(vaultIdOf(id)).forget();
      const facts = await observe(context, id);
      const obstacles: readonly Obstacle[] =
        facts === undefined
          ? [{ text: server.absence ?? standardAbsence }]
          : server.obstacles(facts, site.now(context), inputs, recorded);
      if (facts !== undefined && obstacles.length === 0) return facts;
      const subject = `${server.noun} ${id.slice(id.lastIndexOf("/") + 1)}`;
      const final = obstacles.filter((each) => each.final === true);
      const texts = obstacles.map((each) => each.text).join(" ");
      if (final.length > 0) throw new BlockedError(`${subject}: ${texts}`, []);
      try {
        await pause(context, `${subject}: waits until it is ready. ${texts}`);
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
        throw new DeadlineError(`${subject} was not ready in time: ${texts}`, {
          cause: error,
          hint: "See to it, then run `pulumi up` again; a longer `timeout` gives it more time.",
        });
      }
    }
  };

  const reconcile = async (
    given: Context,
    id: string,
    inputs: Inputs,
    recorded?: State,
  ): Promise<State> => {
    const context = withDeadline(given, inputs.timeout ?? server.timeout);
    const facts = await untilReady(context, id, inputs, recorded);
    const site = await context.sites.azure(context);
    await server.finish?.(context, site, facts, inputs);
    return stateOf(inputs, facts, id);
  };

  return {
    token,
    get schema() {
      return schema();
    },

    async check(context, news, olds): Promise<Checked<Inputs>> {
      const checked = await checkInputs<Inputs & { readonly adopt?: boolean }, Inputs, undefined>(
        {
          noun: server.noun,
          comparison,
          complete: (_context, inputs) => server.complete(context, inputs),
          id: (_context, inputs) => server.id(inputs),
          problems: (inputs) => [
            ...timeoutProblems(inputs.timeout),
            ...(server.problems?.(inputs) ?? []),
          ],
          checkReferences: async (_context, site, inputs) =>
            (await server.checkReferences?.(context, site, inputs)) ?? [],
          observe: async () => undefined,
          describe: (_facts, _id, wanted) => wanted as Inputs,
        },
        schema(),
        context,
        news,
        olds,
      );
      if (context.preview && checked.failures.length === 0)
        server.remind?.(context, checked.inputs);
      return checked;
    },

    async diff(_context, id, olds, news): Promise<DetailedDiff> {
      const properties = differences(schema(), plain(olds), plain(news), comparison);
      const replaced = Object.values(properties).some((each) => each.replace === true);
      const waits = olds.phase === "waiting";
      return {
        changes: waits || Object.keys(properties).length > 0,
        properties,
        ...(waits ? { reason: `The ${server.noun} is not registered; it is waited for.` } : {}),
        ...(replaced && sameId(server.id(news), id) ? { deleteBeforeReplace: true } : {}),
      };
    },

    async create(context, news): Promise<Created<State>> {
      const id = server.id(news);
      return { id, state: await reconcile(context, id, news) };
    },

    update: (context, id, olds, news) => reconcile(context, id, news, olds),

    async read(context, id, state): Promise<ReadResult<Inputs, State> | undefined> {
      const site = await context.sites.azure(context);
      const facts = await observe(context, id);
      if (state === undefined) {
        if (facts === undefined) return undefined;
        const inputs = server.imported(facts, id);
        return { id, inputs, state: stateOf(inputs, facts, id) };
      }
      const inputs = inputsOf<Inputs>(schema(), state);
      const subject = `${server.noun} ${id.slice(id.lastIndexOf("/") + 1)}`;
      if (facts === undefined) {
        if (state.phase === undefined) {
          const agentId = String(plain(state).providerId ?? "");
          await tellUnlisted(context, server.noun, id, agentId);
        }
        return { id, inputs, state: { ...state, phase: "waiting" } };
      }
      for (const { text } of server.obstacles(facts, site.now(context), inputs, state)) {
        context.log.warn(`${subject}: ${text}`);
      }
      const phase = state.phase === undefined ? {} : { phase: state.phase };
      return { id, inputs, state: { ...stateOf(inputs, facts, id, state), ...phase } };
    },

    async delete(context, id, state) {
      const site = await context.sites.azure(context);
      await unlessMissing(() => server.farewell(context, site, id, state));
    },
  };
}
