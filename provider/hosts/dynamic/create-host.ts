import type { Clock, Context } from "../../context.ts";
import { DisasterRecoveryError } from "../../errors.ts";
import type { AnyHandler } from "../../handler.ts";
import type { ItemFacts } from "../../recovery/model.ts";
import {
  type Address,
  type Addresses,
  addressOf,
  createAddresses,
  noAddress,
} from "./addresses.ts";
import {
  failureOfError,
  type WireDiff,
  type WireFailure,
  wireDiff,
  wireError,
  wireFailure,
} from "./answers.ts";
import type { Engine } from "./engine.ts";
import type { Interruption } from "./interruption.ts";
import { createCallLogger } from "./messages.ts";
import { type Properties, providerKey, toPlain, withoutInternals } from "./plain.ts";
import { secretValues } from "./secrets.ts";
import type { SettingsHolder, StackConfiguration } from "./settings.ts";

/** What Pulumi's dynamic host calls; the proxy of each resource passes its calls on to this. */
export interface DynamicProvider {
  configure(request: { readonly config: StackConfiguration }): Promise<void>;
  check(
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: WireFailure[] }>;
  diff(id: string, olds: Properties, news: Properties): Promise<WireDiff>;
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** A blank id means that the resource is gone. */
  read(
    id: string,
    state: Properties,
  ): Promise<{ id: string; props?: Properties; inputs?: Properties }>;
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(id: string, state: Properties): Promise<void>;
}

/** What a host is made of. */
export interface HostParts {
  readonly handlers: ReadonlyMap<string, AnyHandler>;
  readonly settings: SettingsHolder;
  readonly engine: Engine;
  readonly interruption: Interruption;
  readonly clock: Clock;
  /** Takes these secrets, and what looks like one, out of a text. */
  readonly sanitize: (text: string, secrets: readonly string[]) => string;
}

/** Makes the host of a process: a function from a token such as `asr:index:Failover` to its provider. */
export function createHost(parts: HostParts): (token: string) => DynamicProvider {
  const addresses = createAddresses();
  const declared = new Set<string>();
  const projections = new Map<string, ItemFacts>();
  return (token) => createProvider(token, { ...parts, addresses, declared, projections });
}

interface ProviderParts extends HostParts {
  readonly addresses: Addresses;
  readonly declared: Set<string>;
  readonly projections: Map<string, ItemFacts>;
}

/** One call: whom it is about and which of its values are secret. */
interface Call {
  readonly address: Address;
  readonly properties: readonly Properties[];
  /** The serialized proxy that the engine sent, for calls whose failure may be kept in state. */
  readonly providerText?: unknown;
}

function createProvider(token: string, parts: ProviderParts): DynamicProvider {
  const { settings, engine, interruption, clock, addresses, declared, projections } = parts;

  const handlerOf = (): AnyHandler => {
    const handler = parts.handlers.get(token);
    if (handler !== undefined) return handler;
    throw new DisasterRecoveryError("InvalidInput", `The installed pulumi-asr has no ${token}.`, {
      hint: "Install the version that made this resource, or a newer one.",
    });
  };
  const cleanOf = (call: Call): ((text: string) => string) => {
    const schema = parts.handlers.get(token)?.schema;
    const named = call.address.secretInputs;
    const secrets = [
      ...settings.secrets(),
      ...call.properties.flatMap((each) => secretValues(schema, each, named)),
    ];
    return (text) => parts.sanitize(text, secrets);
  };
  /** Runs one call of the handler with everything it needs around it. */
  const run = async <Result>(
    call: Call,
    work: (handler: AnyHandler, context: Context) => Promise<Result>,
  ): Promise<Result> => {
    interruption.watch();
    const clean = cleanOf(call);
    const { configuration, sites } = await settings.read();
    const { urn, name, preview } = call.address;
    const log = createCallLogger({ engine, clock, address: call.address, clean });
    const context: Context = {
      ...(urn === undefined ? {} : { urn }),
      ...(name === undefined ? {} : { name }),
      ...{ preview, configuration, sites, declared, clock, log },
      // What a preview foresees holds for that preview only.
      ...(preview ? { projections } : {}),
      signal: interruption.signal,
      confirmSignal: interruption.confirm,
    };
    try {
      return await work(handlerOf(), context);
    } finally {
      await log.close();
    }
  };
  /** As run, with its errors in the form that the dynamic host understands. */
  const answer = async <Result>(
    call: Call,
    work: (handler: AnyHandler, context: Context) => Promise<Result>,
  ): Promise<Result> => {
    try {
      return await run(call, work);
    } catch (error) {
      throw wireError(error, cleanOf(call), call.providerText);
    }
  };

  return {
    async configure({ config }) {
      settings.configure(config);
    },

    async check(olds, news) {
      const wanted = withoutInternals(news);
      const recorded = withoutInternals(olds);
      const address = addressOf(news);
      const call: Call = { address, properties: [recorded, wanted] };
      try {
        return await run(call, async (handler, context) => {
          const isNew = Object.keys(recorded).length === 0;
          const checked = await handler.check(context, wanted, isNew ? undefined : recorded);
          const inputs = toPlain(checked.inputs);
          addresses.remember(token, inputs, address);
          const clean = cleanOf(call);
          return { inputs, failures: checked.failures.map((each) => wireFailure(each, clean)) };
        });
      } catch (error) {
        return { inputs: wanted, failures: [failureOfError(error, cleanOf(call))] };
      }
    },

    async diff(id, olds, news) {
      const address = addresses.find(token, news);
      const state = withoutInternals(olds);
      const wanted = withoutInternals(news);
      return await answer({ address, properties: [state, wanted] }, async (handler, context) => {
        const diff = await handler.diff(context, id, state, wanted);
        if (diff.changes && diff.reason !== undefined && context.preview) {
          context.log.info(diff.reason);
        }
        // A stack that comes from the plugin has no proxy in its outputs; without an update the
        // next refresh or destroy would find no provider. The update only observes.
        const lacksProvider = olds[providerKey] === undefined;
        return wireDiff(lacksProvider ? { ...diff, changes: true } : diff);
      });
    },

    async create(inputs) {
      const address = addresses.find(token, inputs);
      const wanted = withoutInternals(inputs);
      const call: Call = { address, properties: [wanted], providerText: inputs[providerKey] };
      return await answer(call, async (handler, context) => {
        const { id, state } = await handler.create(context, wanted);
        return { id, outs: toPlain(state) };
      });
    },

    async read(id, props) {
      const state = withoutInternals(props);
      const known = Object.keys(state).length === 0 ? undefined : state;
      return await answer({ address: noAddress, properties: [state] }, async (handler, context) => {
        const found = await handler.read(context, id, known);
        if (found === undefined) return { id: "" };
        return { id: found.id, props: toPlain(found.state), inputs: toPlain(found.inputs) };
      });
    },

    async update(id, olds, news) {
      const address = addresses.find(token, news);
      const state = withoutInternals(olds);
      const wanted = withoutInternals(news);
      const providerText = news[providerKey];
      const call: Call = { address, properties: [state, wanted], providerText };
      return await answer(call, async (handler, context) => ({
        outs: toPlain(await handler.update(context, id, state, wanted)),
      }));
    },

    async delete(id, props) {
      const state = withoutInternals(props);
      await answer({ address: noAddress, properties: [state] }, (handler, context) =>
        handler.delete(context, id, state),
      );
    },
  };
}
