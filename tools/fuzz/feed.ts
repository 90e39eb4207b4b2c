import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { TargetCounts, Trouble } from "./target.ts";

/** Which inputs a target is fed. */
export interface Feed {
  readonly target: string;
  readonly runs: number;
  readonly seed: number;
  /** Address of a module that exports the target as `target`, for one that is not in the table. */
  readonly module?: string;
  /** Path of fast-check to one input, to see it again. */
  readonly path?: string;
  /** Seconds after which an input counts as one that never ends. @defaultValue 60 */
  readonly hangSeconds?: number;
}

/** What the thread that feeds a target is given. */
export interface FeedOrder extends Feed {
  /** How many inputs were begun, and when the last one was, in milliseconds since 1970. */
  readonly progress: SharedArrayBuffer;
}

/** What it tells: after each input how the counts stand, and at the end. */
export interface FeedReport {
  readonly counts: Omit<TargetCounts, "target" | "seed">;
  readonly finished: boolean;
}

/** Hangs after which a target is given up. */
const toleratedHangs = 3;
const lookMilliseconds = 500;
/** Memory of the thread, in MiB: an input that needs more asks for too much. */
const memoryMebibytes = 1536;

const none: FeedReport["counts"] = {
  ...{ runs: 0, failures: 0, results: 0, exceptions: 0, hangs: 0, wrong: 0 },
  troubles: [],
};

/**
 * Feeds a target in a thread of its own, so that an input that never ends can be told from one that takes long, and
 * ended. Gives counts as data; throws only when the target itself cannot be made ready.
 */
export async function feedTarget(feed: Feed): Promise<TargetCounts> {
  let counts = none;
  let seed = feed.seed;
  for (let hangs = 0; counts.runs < feed.runs && hangs < toleratedHangs; ) {
    const part = await feedPart({ ...feed, seed, runs: feed.runs - counts.runs });
    counts = sum(counts, part.counts);
    if (part.finished) break;
    hangs += 1;
    seed += 1_000;
  }
  return { target: feed.target, seed: feed.seed, ...counts };
}

async function feedPart(feed: Feed): Promise<FeedReport> {
  const progress = new SharedArrayBuffer(16);
  const [begun, since] = [new Float64Array(progress, 0, 1), new Float64Array(progress, 8, 1)];
  const order: FeedOrder = { ...feed, progress };
  const worker = new Worker(new URL("./feeder.ts", import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: memoryMebibytes },
    // What the code under test prints belongs to nobody.
    ...{ stdout: true, stderr: true },
  });
  let report: FeedReport = { counts: none, finished: false };
  let fault: unknown;
  let isHanging = false;
  worker.on("message", (message: FeedReport) => {
    report = message;
  });
  worker.on("error", (error: unknown) => {
    fault = error;
  });
  const hangMilliseconds = (feed.hangSeconds ?? 60) * 1_000;
  const look = setInterval(() => {
    if ((since[0] ?? 0) === 0 || Date.now() - (since[0] ?? 0) < hangMilliseconds) return;
    isHanging = true;
    void worker.terminate();
  }, lookMilliseconds);
  await once(worker, "exit");
  clearInterval(look);
  if (report.finished) return report;
  if ((begun[0] ?? 0) === 0) throw fault ?? new Error(`${feed.target} cannot be made ready.`);
  return withLoss(report, lossOf(feed, begun[0] ?? 0, isHanging, fault, hangMilliseconds));
}

/** What ended the thread in the middle of an input. */
function lossOf(
  { seed }: Feed,
  begun: number,
  isHanging: boolean,
  fault: unknown,
  hangMilliseconds: number,
): Trouble {
  const text = isHanging
    ? `no answer within ${hangMilliseconds / 1_000} s`
    : fault === undefined
      ? "nothing is left to wait for, and no answer came"
      : `the process is lost: ${fault instanceof Error ? fault.message : String(fault)}`;
  const kind = fault === undefined ? "hang" : "exception";
  return { kind, text, input: `input ${begun} of its seed`, seed, path: String(begun - 1) };
}

function withLoss({ counts }: FeedReport, trouble: Trouble): FeedReport {
  const isHang = trouble.kind === "hang";
  const lost = {
    ...{ runs: 1, failures: 0, results: 0, wrong: 0, troubles: [trouble] },
    ...{ exceptions: isHang ? 0 : 1, hangs: isHang ? 1 : 0 },
  };
  return { counts: sum(counts, lost), finished: false };
}

function sum(left: FeedReport["counts"], right: FeedReport["counts"]): FeedReport["counts"] {
  return {
    runs: left.runs + right.runs,
    failures: left.failures + right.failures,
    results: left.results + right.results,
    exceptions: left.exceptions + right.exceptions,
    hangs: left.hangs + right.hangs,
    wrong: left.wrong + right.wrong,
    troubles: [...left.troubles, ...right.troubles],
  };
}
