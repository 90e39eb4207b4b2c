import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { median } from "./result.ts";
import { benchmarkWorld, machineNames, vaultId } from "./world.ts";

/** What the benchmark tells about a simulator with so many items. */
export interface SimulatorResult {
  /** Number of protected items. */
  readonly n: number;
  /** Real time from the start of the process to its address. */
  readonly startSeconds: number;
  /** GETs of single items, 8 at a time. */
  readonly readsPerSecond: number;
  /** PUTs of policies, 8 at a time, without and with a state file. */
  readonly writesPerSecond: { readonly memory: number; readonly stateFile: number };
  /** All items of the vault in one page: median and slowest of 21, in milliseconds. */
  readonly listMs: { readonly median: number; readonly slowest: number };
  /** The same list in pages of 100, all of them. */
  readonly pagedListMs: number;
  /** Largest resident memory of the process, in MB (1,000,000 bytes). */
  readonly memoryMb: number;
  readonly stateFileMb: number;
}

const SERVER = new URL("../../simulator/main.ts", import.meta.url).pathname;
const PARALLEL = 8;
const READS = 2000;
const WRITES = 200;
const LISTS = 21;
const VERSION = "api-version=2023-08-01";

/** Measures a simulator in a process of its own. */
export async function measureSimulator(count: number): Promise<SimulatorResult> {
  const folder = mkdtempSync(join(tmpdir(), "asr-bench-"));
  try {
    const whole = await run(folder, count, { pageSize: count, stateFile: undefined }, everything);
    const stateFile = join(folder, "state.json");
    const kept = await run(folder, count, { pageSize: 100, stateFile }, async (ask) => ({
      stateFile: await writesPerSecond(ask),
      pagedListMs: await pagedListMs(ask),
    }));
    const { memory, ...rest } = whole.measured;
    return {
      n: count,
      startSeconds: round(whole.startSeconds),
      ...rest,
      pagedListMs: round(kept.measured.pagedListMs),
      writesPerSecond: { memory: round(memory), stateFile: round(kept.measured.stateFile) },
      memoryMb: round(Math.max(whole.memoryMb, kept.memoryMb)),
      stateFileMb: round(statSync(stateFile).size / 1e6),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The results as lines for people. */
export function describeSimulator(results: readonly SimulatorResult[]): string {
  return results
    .map((result) =>
      [
        `${result.n} items: started in ${result.startSeconds} s, at most ${result.memoryMb} MB of memory`,
        `  ${result.readsPerSecond} reads, ${result.writesPerSecond.memory} writes per second`,
        `  ${result.writesPerSecond.stateFile} writes per second with a state file of ${result.stateFileMb} MB`,
        `  the list of all: ${result.listMs.median} ms (slowest ${result.listMs.slowest} ms), in pages of 100 ${result.pagedListMs} ms`,
      ].join("\n"),
    )
    .join("\n");
}

type Ask = (method: string, path: string, body?: unknown) => Promise<string>;

async function everything(ask: Ask, count: number) {
  const names = machineNames(count);
  const itemPath = (number: number): string =>
    `${vaultId}/replicationFabrics/north/replicationProtectionContainers/north/replicationProtectedItems/${names[number % count]}?${VERSION}`;
  const readsPerSecond = await rate(READS, (number) => ask("GET", itemPath(number)));
  const times: number[] = [];
  for (let round = 0; round < LISTS; round += 1) {
    const start = performance.now();
    await ask("GET", `${vaultId}/replicationProtectedItems?${VERSION}`);
    times.push(performance.now() - start);
  }
  const listMs = { median: round(median(times)), slowest: round(Math.max(...times)) };
  return {
    readsPerSecond: Math.round(readsPerSecond),
    listMs,
    memory: await writesPerSecond(ask),
  };
}

function writesPerSecond(ask: Ask): Promise<number> {
  const body = {
    properties: { providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Enable" } },
  };
  return rate(WRITES, (number) =>
    ask("PUT", `${vaultId}/replicationPolicies/p${number}?${VERSION}`, body),
  );
}

async function pagedListMs(ask: Ask): Promise<number> {
  const start = performance.now();
  let next: string | null = `${vaultId}/replicationProtectedItems?${VERSION}`;
  while (next !== null) {
    const page: { nextLink: string | null } = JSON.parse(await ask("GET", next));
    next = page.nextLink;
  }
  return performance.now() - start;
}

/** Requests per second, so many at a time. */
async function rate(total: number, work: (number: number) => Promise<unknown>): Promise<number> {
  let begun = 0;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (begun < total) {
      begun += 1;
      await work(begun);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return (total / (performance.now() - start)) * 1000;
}

interface Run<T> {
  readonly measured: T;
  readonly startSeconds: number;
  readonly memoryMb: number;
}

async function run<T>(
  folder: string,
  count: number,
  { pageSize, stateFile }: { pageSize: number; stateFile: string | undefined },
  measure: (ask: Ask, count: number) => Promise<T>,
): Promise<Run<T>> {
  const worldFile = join(folder, `world-${pageSize}.json`);
  writeFileSync(worldFile, JSON.stringify({ ...benchmarkWorld(count), knobs: { pageSize } }));
  const begin = performance.now();
  const state = stateFile === undefined ? [] : ["--state", stateFile];
  const child = spawn(process.execPath, [SERVER, "--world", worldFile, "--quiet", ...state], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const agent = new Agent({ maxSockets: PARALLEL });
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const startSeconds = (performance.now() - begin) / 1000;
    const { url } = JSON.parse(line) as { url: string };
    const ask: Ask = (method, path, body) => send(agent, new URL(path, url), method, body);
    const measured = await measure(ask, count);
    const { memoryBytes } = JSON.parse(await ask("GET", "/_simulator/health"));
    return { measured, startSeconds, memoryMb: memoryBytes / 1e6 };
  } finally {
    agent.destroy();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}

function send(agent: Agent, url: URL, method: string, body: unknown): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = request(url, { agent, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if ((response.statusCode ?? 500) < 400) resolve(text);
        else reject(new Error(`${method} ${url.pathname}: ${response.statusCode} ${text}`));
      });
    });
    sent.on("error", reject).end(body === undefined ? "" : JSON.stringify(body));
  });
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
