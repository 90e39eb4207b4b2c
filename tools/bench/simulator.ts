import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
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
  /**
   * The vault-wide list of items in one answer of at most 1,000, for which the world's `pageSize` is set:
   * items, and median and slowest of 21 in milliseconds.
   */
  readonly list: { readonly items: number; readonly medianMs: number; readonly slowestMs: number };
  /** The vault-wide list of all items in the service's pages of 100, one after the other: the same. */
  readonly pagedList: {
    readonly items: number;
    readonly medianMs: number;
    readonly slowestMs: number;
  };
  /** Largest resident memory of the process, in MB (1,000,000 bytes). */
  readonly memoryMb: number;
  readonly stateFileMb: number;
  /** Load average of the computer in the last minute: above its processors, all times are too long. */
  readonly load: number;
}

const SERVER = new URL("../../simulator/main.ts", import.meta.url).pathname;
const PARALLEL = 8;
const READS = 2000;
const WRITES = 200;
const LISTS = 21;
const LISTED = 1000;
const PAGE = 100;
const VERSION = "api-version=2023-08-01";

/** Measures a simulator in a process of its own. */
export async function measureSimulator(count: number): Promise<SimulatorResult> {
  const folder = mkdtempSync(join(tmpdir(), "asr-bench-"));
  try {
    const plain = await run(folder, count, { pageSize: LISTED }, async (ask) => ({
      readsPerSecond: await readsPerSecond(ask, count),
      list: await timesOfList(ask, Math.min(count, LISTED), onePage),
      memory: await writesPerSecond(ask),
    }));
    const stateFile = join(folder, "state.json");
    const kept = await run(folder, count, { pageSize: PAGE, stateFile }, async (ask) => ({
      stateFile: await writesPerSecond(ask),
      pagedList: await timesOfList(ask, count, allPages),
    }));
    const { readsPerSecond: reads, list, memory } = plain.measured;
    return {
      n: count,
      startSeconds: round(plain.startSeconds),
      readsPerSecond: Math.round(reads),
      writesPerSecond: { memory: round(memory), stateFile: round(kept.measured.stateFile) },
      list,
      pagedList: kept.measured.pagedList,
      memoryMb: round(Math.max(plain.memoryMb, kept.memoryMb)),
      stateFileMb: round(statSync(stateFile).size / 1e6),
      load: round(loadavg()[0] ?? 0),
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
        `${result.n} items: started in ${result.startSeconds} s, at most ${result.memoryMb} MB of memory (load ${result.load})`,
        `  ${result.readsPerSecond} reads, ${result.writesPerSecond.memory} writes per second`,
        `  ${result.writesPerSecond.stateFile} writes per second with a state file of ${result.stateFileMb} MB`,
        `  the list of ${result.list.items} items in one answer: ${result.list.medianMs} ms (slowest ${result.list.slowestMs} ms)`,
        `  the list of ${result.pagedList.items} items in pages of ${PAGE}: ${result.pagedList.medianMs} ms (slowest ${result.pagedList.slowestMs} ms)`,
      ].join("\n"),
    )
    .join("\n");
}

type Ask = (method: string, path: string, body?: unknown) => Promise<string>;

function readsPerSecond(ask: Ask, count: number): Promise<number> {
  const names = machineNames(count);
  const container = `${vaultId}/replicationFabrics/north/replicationProtectionContainers/north`;
  return rate(READS, (number) =>
    ask("GET", `${container}/replicationProtectedItems/${names[number % count]}?${VERSION}`),
  );
}

function writesPerSecond(ask: Ask): Promise<number> {
  const body = {
    properties: { providerSpecificInput: { instanceType: "A2A", multiVmSyncStatus: "Enable" } },
  };
  return rate(WRITES, (number) =>
    ask("PUT", `${vaultId}/replicationPolicies/p${number}?${VERSION}`, body),
  );
}

/** Takes the time of so many lists; checks, outside of it, that all items were in them. */
async function timesOfList(
  ask: Ask,
  items: number,
  read: (ask: Ask) => Promise<readonly string[]>,
): Promise<SimulatorResult["list"]> {
  const times: number[] = [];
  for (let round = 0; round < LISTS; round += 1) {
    const start = performance.now();
    const pages = await read(ask);
    times.push(performance.now() - start);
    const found = pages.reduce((sum, page) => sum + JSON.parse(page).value.length, 0);
    if (found !== items) throw new Error(`The list has ${found} items instead of ${items}.`);
  }
  return { items, medianMs: round(median(times)), slowestMs: round(Math.max(...times)) };
}

const LIST = `${vaultId}/replicationProtectedItems?${VERSION}`;

async function onePage(ask: Ask): Promise<readonly string[]> {
  return [await ask("GET", LIST)];
}

async function allPages(ask: Ask): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let next: string | undefined = LIST; next !== undefined; ) {
    const page: string = await ask("GET", next);
    pages.push(page);
    next = /"nextLink":"([^"]*)"\}$/.exec(page)?.[1];
  }
  return pages;
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
  { pageSize, stateFile }: { pageSize: number; stateFile?: string },
  measure: (ask: Ask) => Promise<T>,
): Promise<Run<T>> {
  const worldFile = join(folder, `world-${pageSize}.json`);
  writeFileSync(worldFile, JSON.stringify({ ...benchmarkWorld(count), knobs: { pageSize } }));
  const begin = performance.now();
  const state = stateFile === undefined ? [] : ["--state", stateFile];
  const child = spawn(process.execPath, [SERVER, "--world", worldFile, "--quiet", ...state], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const agent = new Agent({ keepAlive: true, maxSockets: PARALLEL });
  try {
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdout }), "line"),
      end(child),
    ]);
    const startSeconds = (performance.now() - begin) / 1000;
    const { url } = JSON.parse(line) as { url: string };
    const ask: Ask = (method, path, body) => send(agent, new URL(path, url), method, body);
    const measured = await Promise.race([
      // A broken connection may be the first sign of its end: that is then told instead.
      measure(ask).catch(async (error: unknown) => {
        await setTimeout(500);
        throw error;
      }),
      end(child),
    ]);
    const { memoryBytes } = JSON.parse(await ask("GET", "/_simulator/health"));
    return { measured, startSeconds, memoryMb: memoryBytes / 1e6 };
  } finally {
    agent.destroy();
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    }
  }
}

/** Fails when the simulator ends by itself, which would otherwise look like a broken connection. */
async function end(child: ChildProcess): Promise<never> {
  const [code, signal] = await once(child, "exit");
  throw new Error(`The simulator ended in the middle (${signal ?? `exit code ${code}`}).`);
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
