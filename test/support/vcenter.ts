import type { ExecutionContext } from "ava";
import { startVCenterProcess, type VCenterProcess } from "../../tools/rehearsal/vcenter-process.ts";
import type {
  DatastoreState,
  Denial,
  HostState,
  MachineState,
  PodState,
  ScenarioFault,
  VCenterScenario,
} from "../../tools/vcenter/scenario.ts";

/** What a test asserts on without asking the adapter. */
export interface MachineDescription {
  readonly reference: string;
  readonly name: string;
  readonly power: "poweredOn" | "poweredOff" | "suspended";
  readonly snapshot: boolean;
  readonly datastores: readonly string[];
  readonly extraConfig: Readonly<Record<string, string>>;
  readonly disks: readonly {
    readonly key: number;
    readonly file: string;
    readonly capacityKiB: number;
    readonly controllerKey: number;
    readonly unitNumber: number;
  }[];
}

/** A vCenter that a test started, with what it can do behind the back of its clients. */
export interface VCenterBench extends VCenterProcess {
  /** Changes a machine (by name or reference) without any rule of the vCenter. */
  change(machine: string, state: MachineState): Promise<MachineDescription>;
  describe(machine: string): Promise<MachineDescription>;
  changeHost(name: string, state: HostState): Promise<void>;
  changeDatastore(name: string, state: DatastoreState): Promise<void>;
  changePod(name: string, state: PodState): Promise<void>;
  readonly faults: {
    /** Adds rules to those there are. */
    add(...faults: readonly ScenarioFault[]): Promise<void>;
    clear(): Promise<void>;
  };
  /** Takes these privileges away, and gives all others back. */
  deny(...denied: readonly Denial[]): Promise<void>;
  /** Ends all sessions. */
  expire(): Promise<void>;
  /** Number of sessions that nobody has ended. */
  sessions(): Promise<number>;
  /** Number of calls by method since the start, or since `forgetCalls`. */
  calls(): Promise<Readonly<Record<string, number>>>;
  forgetCalls(): Promise<void>;
}

/**
 * Starts a vCenter for one test and ends it with the test.
 * Throws MissingVCenterError, which names the command that builds it.
 */
export async function startVCenter(
  t: Pick<ExecutionContext, "teardown">,
  scenario: VCenterScenario = {},
): Promise<VCenterBench> {
  const bench = await startVCenterProcess({ scenario });
  t.teardown(() => bench.stop());
  return withControl(bench);
}

/** Adds the control routes to a vCenter that runs. */
export function withControl(bench: VCenterProcess): VCenterBench {
  const ask = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${bench.control}/bench/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const value = (await answer.json()) as { readonly error?: string } | null;
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error}`);
    return value as Answer;
  };
  const named = (list: string, name: string): string => `${list}/${encodeURIComponent(name)}`;
  return {
    ...bench,
    change: (machine, state) => ask("PATCH", named("machines", machine), state),
    describe: (machine) => ask("GET", named("machines", machine)),
    changeHost: (name, state) => ask("PATCH", named("hosts", name), state),
    changeDatastore: (name, state) => ask("PATCH", named("datastores", name), state),
    changePod: (name, state) => ask("PATCH", named("pods", name), state),
    faults: {
      add: (...faults) => ask("POST", "faults", faults),
      clear: () => ask("DELETE", "faults"),
    },
    deny: (...denied) => ask("PUT", "denied", denied),
    expire: () => ask("POST", "expire"),
    sessions: () => ask("GET", "sessions"),
    calls: () => ask("GET", "calls"),
    forgetCalls: () => ask("DELETE", "calls"),
  };
}
