import { parentPort, workerData } from "node:worker_threads";
import fc from "fast-check";
import type { FeedOrder, FeedReport } from "./feed.ts";
import { shorten } from "./shorten.ts";
import { type Answer, type Bench, type Target, type Trouble, WrongAnswerError } from "./target.ts";
import { targets } from "./targets.ts";

/** Processor time that one input may take, in milliseconds. */
const longestMilliseconds = 4_000;
/** For so long a smaller input is looked for that shows the same, in milliseconds. */
const shrinkMilliseconds = 15_000;
/** Troubles after which a target is given up: they will be the same ones again. */
const toleratedTroubles = 20;
/** Milliseconds between two reports. */
const reportMilliseconds = 250;

/** An input takes so much time that somebody would call it a hang. */
class SlowAnswerError extends Error {
  static {
    SlowAnswerError.prototype.name = "SlowAnswerError";
  }
}

const order = workerData as FeedOrder;
const begun = new Float64Array(order.progress, 0, 1);
const since = new Float64Array(order.progress, 8, 1);
const counts = { runs: 0, failures: 0, results: 0, exceptions: 0, hangs: 0, wrong: 0 };
const troubles: Trouble[] = [];
let reportedAt = 0;
/** How often a trouble came that was known already. */
let troublesMet = 0;
const cleanNames = sharedNames();

const bench = await (await loadTarget(order)).open();
for (let seed = order.seed; counts.runs < order.runs; seed += 1) {
  await feed(seed, order.runs - counts.runs);
  if (troubles.length + troublesMet / 10 >= toleratedTroubles || order.path !== undefined) break;
}
since[0] = 0;
await bench.close();
report(true);

async function loadTarget({ target, module }: FeedOrder): Promise<Target> {
  if (module !== undefined) return ((await import(module)) as { readonly target: Target }).target;
  const load = targets[target];
  if (load === undefined) throw new Error(`There is no target ${target}.`);
  return await load();
}

/** Feeds inputs of one seed until the first trouble, and looks for the smallest input that shows it. */
async function feed(seed: number, runs: number): Promise<void> {
  let trouble: { readonly kind: Trouble["kind"]; readonly until: number } | undefined;
  const first = counts.runs;
  const property = fc.asyncProperty(bench.cases, async (input) => {
    if (trouble !== undefined) {
      since[0] = Date.now();
      if (Date.now() < trouble.until) await judged(bench, input);
      return;
    }
    begun[0] = counts.runs - first + 1;
    since[0] = Date.now();
    counts.runs += 1;
    try {
      const answer = await judged(bench, input);
      counts[answer === "failures" ? "failures" : "results"] += 1;
    } catch (error) {
      const kind = kindOf(error);
      counts[kind === "exception" ? "exceptions" : kind === "hang" ? "hangs" : "wrong"] += 1;
      // What is known already needs no smaller input.
      const isKnown = troubles.some((each) => each.text === textOf(error));
      trouble = { kind, until: isKnown ? 0 : Date.now() + shrinkMilliseconds };
      if (isKnown) troublesMet += 1;
      throw error;
    }
    report(false);
  });
  const { path } = order;
  const result = await fc.check(property, {
    ...{ seed, numRuns: runs },
    ...(path === undefined ? {} : { path }),
  });
  if (!result.failed || trouble === undefined) return;
  const text = textOf(result.errorInstance);
  if (troubles.some((each) => each.text === text)) return;
  troubles.push({
    kind: trouble.kind,
    text,
    input: shorten(result.counterexample?.[0]),
    seed,
    path: result.counterexamplePath ?? "",
  });
}

/** Feeds one input, and looks at what it cost and left behind. */
async function judged<Case>({ answer }: Bench<Case>, input: Case): Promise<Answer> {
  const before = process.threadCpuUsage();
  try {
    return await answer(input);
  } finally {
    const { user, system } = process.threadCpuUsage(before);
    refusePollution();
    const milliseconds = (user + system) / 1_000;
    if (milliseconds > longestMilliseconds) {
      // biome-ignore lint/correctness/noUnsafeFinally: that it takes so long is the worse news.
      throw new SlowAnswerError(`it took ${Math.round(milliseconds)} ms of processor time`);
    }
  }
}

/** Own names of the prototypes that everything shares. */
function sharedNames(): string {
  return [Object.prototype, Array.prototype, Function.prototype]
    .map((each) => Reflect.ownKeys(each).map(String).join())
    .join(" ");
}

function refusePollution(): void {
  if (sharedNames() === cleanNames) return;
  const known = new Set(cleanNames.split(/[, ]/));
  const names = sharedNames()
    .split(/[, ]/)
    .filter((each) => !known.has(each));
  for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  throw new WrongAnswerError(`a prototype that everything shares was given: ${names.join(", ")}`);
}

function kindOf(error: unknown): Trouble["kind"] {
  if (error instanceof WrongAnswerError) return "wrong";
  return error instanceof SlowAnswerError ? "hang" : "exception";
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof WrongAnswerError || error instanceof SlowAnswerError) return error.message;
  const place = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !line.includes("node_modules"))
    .slice(0, 3)
    .map((line) => line.trim().replace(/file:\/\/\S*?\/(provider|simulator|tools)\//, "$1/"));
  const message = error.message.slice(0, 300);
  return [`${error.name}: ${message}`, ...place].join("\n    ");
}

function report(finished: boolean): void {
  const now = Date.now();
  if (!finished && now - reportedAt < reportMilliseconds) return;
  reportedAt = now;
  parentPort?.postMessage({ counts: { ...counts, troubles }, finished } satisfies FeedReport);
}
