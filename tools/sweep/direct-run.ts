import type { Clock } from "../../provider/context.ts";
import { handlers } from "../../provider/handlers.ts";
import { createHost, type DynamicProvider } from "../../provider/hosts/dynamic/create-host.ts";
import type { Engine } from "../../provider/hosts/dynamic/engine.ts";
import { createSettingsHolder } from "../../provider/hosts/dynamic/settings.ts";
import { sanitize } from "../../provider/sanitize.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import type { WireFailure } from "../../test/support/provider-wire.ts";
import {
  configuration,
  type RunEnd,
  readKept,
  runStep,
  type StepProvider,
  writeKept,
} from "./provider-run.ts";
import { type Runner, runThrough, stepOf, type Work } from "./runner.ts";
import type { StoryStep } from "./story.ts";

/** As in the sweeps by processes, whose service runs 600 times as fast: several looks in the shortest job. */
const pollingInterval = "PT30S";

const silentEngine: Engine = { log: async () => undefined, isGone: async () => false };

/**
 * Runs steps by the provider inside this process, on the simulator's clock, which its waiting moves: many times
 * as fast as a process of its own, and hours pass in seconds. Each run has a provider that knows nothing yet.
 */
export const directRunner: Runner = {
  clock: "stepped",
  async start(work) {
    const aborter = new AbortController();
    const run = async (): Promise<string> => {
      const { state, failure } = await runInside(work, clockOf(work), aborter.signal);
      writeKept(work, state);
      return failure;
    };
    return {
      ended: run(),
      interrupt: async () => aborter.abort(new Error("The run took too long.")),
      survivors: () => [],
    };
  },
  async finish(work) {
    return { stuck: await runThrough(directRunner, work), commands: [] };
  },
};

/** Runs a step by a provider inside this process that knows nothing yet; keeps nothing of what it ends with. */
export async function runInside(work: Work, clock: Clock, signal: AbortSignal): Promise<RunEnd> {
  const step = stepOf(work);
  const provider = providerFor(step, work, clock, signal);
  return await runStep(provider, failureOf, step, readKept(work));
}

function providerFor(step: StoryStep, work: Work, clock: Clock, signal: AbortSignal): StepProvider {
  const settings = createSettingsHolder({ environment: {}, createSites: createSiteRegistry });
  const host = createHost({
    handlers,
    settings,
    engine: silentEngine,
    interruption: { signal, watch: () => undefined, confirm: async () => undefined },
    clock,
    sanitize,
  });
  const settingsOfWork = { ...configuration(work.url), "asr:pollingInterval": pollingInterval };
  settings.configure({ get: (key) => (settingsOfWork as Record<string, string>)[key] });
  return asWire(host(`asr:index:${step.type}`));
}

/** Time that passes only while the provider waits. */
export function clockOf({ clock }: Work): Clock {
  if (clock === undefined) throw new Error("A direct run needs the simulator's clock.");
  return {
    now: () => new Date(clock.now()),
    async sleep(milliseconds, signal) {
      // A turn of the event loop, so that requests under way are answered in between.
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      clock.advance(milliseconds);
    },
  };
}

/** The provider as the engine sees it. */
function asWire(provider: DynamicProvider): StepProvider {
  return {
    async check(news, olds = {}) {
      const { inputs, failures } = await provider.check(olds, news);
      return { inputs, failures: failures.map((each) => ({ ...each })) };
    },
    diff: async (olds, news, id = "") => ({ ...(await provider.diff(id, olds, news)) }),
    async create(inputs) {
      const { id, outs } = await provider.create(inputs);
      return { id, properties: outs };
    },
    update: async (olds, news, id = "") => (await provider.update(id, olds, news)).outs,
    destroy: (id, properties) => provider.delete(id, properties),
  };
}

function failureOf(error: unknown): WireFailure {
  const { message, id, properties, reasons } = error as Error & Partial<WireFailure["kept"]>;
  if (id === undefined || properties === undefined || reasons === undefined) return { message };
  return { message, kept: { id, properties, reasons, providerText: undefined } };
}
