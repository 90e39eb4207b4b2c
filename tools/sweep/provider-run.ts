import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  startWire,
  type Wire,
  type WireFailure,
  wireFailureOf,
} from "../../test/support/provider-wire.ts";
import { type Runner, runThrough, stepOf, type Work } from "./runner.ts";
import type { StoryStep } from "./story.ts";

type Properties = Record<string, unknown>;

/** A resource as the engine would have it in its state. */
export interface KeptResource {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** True when its last create or update was a partial failure. */
  readonly failed: boolean;
}

/** What the engine would have in its state, by the resources' names. */
export type KeptState = Readonly<Record<string, KeptResource>>;

/** How a run ended. */
export interface RunEnd {
  readonly state: KeptState;
  /** What the run failed with; empty when it did not. */
  readonly failure: string;
}

const proxyText = readFileSync(
  join(import.meta.dirname, "../../test/fixtures/proxy-text.js.txt"),
  "utf8",
);
const urnPrefix = "urn:pulumi:sweep::sweep::pulumi-nodejs:dynamic/asr:";

const keptFile = "kept.json";

/** Runs steps on a real provider process, with a stand-in for the engine; the process is who dies. */
export const providerRunner: Runner = {
  async start(work) {
    const step = stepOf(work);
    const wire = await startProvider(step, work.url);
    let killed: Promise<void> | undefined;
    const run = async (): Promise<string> => {
      const { state, failure } = await runStep(wire, wireFailureOf, step, readKept(work));
      writeKept(work, state);
      await (killed ?? wire.stop());
      return failure;
    };
    return {
      ended: run(),
      async interrupt() {
        killed ??= wire.kill();
        await killed;
      },
      survivors: () => [],
    };
  },
  async finish(work) {
    return { stuck: await runThrough(providerRunner, work), commands: [] };
  },
};

/** What the engine would have in its state. */
export function readKept({ folder }: Work): KeptState {
  const path = join(folder, keptFile);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as KeptState) : {};
}

/** Keeps what the engine would. */
export function writeKept({ folder }: Work, state: KeptState): void {
  writeFileSync(join(folder, keptFile), JSON.stringify(state));
}

/** The stack's configuration, for the service at `url`. */
export function configuration(url: string): Readonly<Record<string, string>> {
  return {
    "asr:endpoint": url,
    "asr:subscriptionId": "11111111-2222-3333-4444-555555555555",
    "asr:resourceGroup": "dr",
    "asr:vault": "orders",
    "asr:pollingInterval": "PT0.05S",
  };
}

/** Starts a provider process as the engine does, before the service at `url`. */
function startProvider(step: StoryStep, url: string): Promise<Wire> {
  const text = proxyText.replaceAll("asr:index:Fabric", `asr:index:${step.type}`);
  return startWire(text, configuration(url));
}

/** What the engine asks of a provider for one step. */
export type StepProvider = Pick<Wire, "check" | "diff" | "create" | "update" | "destroy">;

/** Does what `pulumi up --skip-preview` does with one step: check, diff, then create, update or delete. */
export async function runStep(
  wire: StepProvider,
  failureOf: (error: unknown) => WireFailure,
  step: StoryStep,
  state: KeptState,
): Promise<RunEnd> {
  const { resource, type, inputs } = step;
  const kept = state[resource];
  try {
    if (inputs === undefined) {
      if (kept !== undefined) await wire.destroy(kept.id, kept.outputs);
      const { [resource]: _, ...rest } = state;
      return { state: rest, failure: "" };
    }
    const context = { urn: `${urnPrefix}${type}::${resource}`, name: resource, dryRun: false };
    const checked = await wire.check({ ...inputs, __ctx: context }, kept?.inputs);
    const [failure] = checked.failures;
    if (failure !== undefined) return { state, failure: String(failure.reason) };
    const done = await createOrUpdate(wire, kept, checked.inputs);
    return { state: { ...state, [resource]: done }, failure: "" };
  } catch (error) {
    const { message, kept: partial } = failureOf(error);
    if (partial === undefined) return { state, failure: message };
    const { id, properties, reasons } = partial;
    const half = { id, inputs: properties, outputs: properties, failed: true };
    return { state: { ...state, [resource]: half }, failure: reasons.join("\n") };
  }
}

async function createOrUpdate(
  wire: StepProvider,
  kept: KeptResource | undefined,
  inputs: Properties,
): Promise<KeptResource> {
  if (kept === undefined) {
    const { id, properties } = await wire.create(inputs);
    return { id, inputs, outputs: properties, failed: false };
  }
  const { changes } = await wire.diff(kept.outputs, inputs, kept.id);
  if (changes !== true && !kept.failed) return { ...kept, inputs };
  const outputs = await wire.update(kept.outputs, inputs, kept.id);
  return { id: kept.id, inputs, outputs, failed: false };
}
