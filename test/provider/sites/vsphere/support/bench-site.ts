import type { ExecutionContext } from "ava";
import type { VCenterSettings } from "../../../../../provider/configuration.ts";
import type { OperationContext } from "../../../../../provider/context.ts";
import type { VsphereMachineFacts } from "../../../../../provider/recovery/vsphere-facts.ts";
import type { MachineQuery, VsphereSite } from "../../../../../provider/sites/vsphere/site.ts";
import { createVsphereSite } from "../../../../../provider/sites/vsphere/vsphere-site.ts";
import type { VCenterScenario } from "../../../../../tools/vcenter/scenario.ts";
import { startVCenter, type VCenterBench } from "../../../../support/vcenter.ts";

/** The password of every test; no text may hold it. */
export const password = "correct-horse-42";

/** A run of the provider against a vCenter for tests. */
export interface BenchRun {
  readonly bench: VCenterBench;
  readonly site: VsphereSite;
  readonly context: OperationContext;
  /** Lines that were logged. */
  readonly lines: string[];
  readonly sleeps: number[];
  /** Called before each sleep ends. */
  onSleep: (() => Promise<unknown>) | undefined;
  cancel(): void;
  settings(): VCenterSettings;
  /** The machine of this name, which must be the only one. */
  machine(name: string): Promise<VsphereMachineFacts>;
  find(query: MachineQuery): Promise<readonly VsphereMachineFacts[]>;
}

/** Starts a vCenter and an adapter for it; `overrides` replace its settings. */
export async function startRun(
  t: Pick<ExecutionContext, "teardown">,
  scenario: VCenterScenario = {},
  overrides: Partial<VCenterSettings> = {},
): Promise<BenchRun> {
  const bench = await startVCenter(t, scenario);
  return makeRun(t, bench, overrides);
}

/** Makes an adapter for a vCenter that runs. */
export function makeRun(
  t: Pick<ExecutionContext, "teardown">,
  bench: VCenterBench,
  overrides: Partial<VCenterSettings> = {},
): BenchRun {
  const trust = overrides.caFile === undefined ? { thumbprint: bench.thumbprint } : {};
  const settings = { url: bench.url, username: "admin", password, ...trust, ...overrides };
  const site = createVsphereSite("vcenter-one", settings);
  t.teardown(() => site.close());
  const controller = new AbortController();
  const lines: string[] = [];
  const sleeps: number[] = [];
  const note = (text: string): void => void lines.push(text);
  let now = Date.parse("2026-01-15T08:00:00Z");
  const run: BenchRun = {
    bench,
    site,
    lines,
    sleeps,
    onSleep: undefined,
    cancel: () => controller.abort(new Error("^C")),
    settings: () => settings,
    context: {
      signal: controller.signal,
      log: { info: note, warn: note, progress: note },
      clock: {
        now: () => new Date(now),
        async sleep(milliseconds, signal) {
          sleeps.push(milliseconds);
          now += milliseconds;
          await run.onSleep?.();
          // The vCenter is real and needs a moment; nobody waits for a length of time here.
          await new Promise((resolve) => setImmediate(resolve));
          if (signal?.aborted) throw signal.reason;
        },
      },
    },
    async find(query) {
      const [found = []] = await site.findMachines(run.context, [query]);
      return found;
    },
    async machine(name) {
      const found = await run.find({ name });
      if (found.length !== 1 || found[0] === undefined) {
        throw new Error(`${found.length} machines are called ${name}`);
      }
      return found[0];
    },
  };
  return run;
}
