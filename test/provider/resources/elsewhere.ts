import type { ExecutionContext } from "ava";
import { BlockedError } from "../../../provider/errors.ts";
import type { Finding } from "../../../provider/recovery/findings.ts";
import type { Bench, Made } from "./bench.ts";

/** Something that somebody does outside of the program, and what a refresh and the next preview have to say of it. */
export interface Deed {
  readonly deed: string;
  readonly act: () => Promise<unknown>;
  /** What refresh warns of, each in a line of its own. */
  readonly tells: readonly RegExp[];
  /** What the next preview proposes; absent when it has nothing to propose. */
  readonly proposes?: RegExp;
  /** True when the next preview is stopped by it, and so is an update. */
  readonly stops?: true;
  /** True when the next preview shows an update. */
  readonly update?: true;
}

/** A job and its time, as every warning names them. */
const job = String.raw`by the job [0-9a-f-]{36} \([^)]+, 20\d\d-[^)]+Z\)`;

/** An expression in which `JOB` stands for a job with its title and time. */
export function telling(text: string): RegExp {
  return new RegExp(text.replaceAll("JOB", job));
}

/** Sends a request as another user, and lets its job end. */
export async function someoneElse(bench: Bench, request: object): Promise<void> {
  const answer = await fetch(`${bench.simulator.url}/_simulator/someone-else`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
  });
  if (!answer.ok) throw new Error(await answer.text());
  bench.simulator.clock.advance(3_600_000);
}

/** What a stack keeps of a resource. */
export interface Kept {
  state: Record<string, unknown>;
  inputs: Record<string, unknown>;
}

/**
 * Lets somebody do something, refreshes, previews and runs, as the engine would with an unchanged program.
 * Whatever was done: nothing is told twice, nothing is replaced, and without an update due nothing is written.
 */
export async function doneElsewhere(
  t: ExecutionContext,
  bench: Bench,
  { handler, id, inputs: program }: Made,
  kept: Kept,
  { deed, act, tells, proposes, stops, update }: Deed,
): Promise<void> {
  await act();
  const warned = (from: number): readonly string[] =>
    bench.log.slice(from).flatMap(({ level, text }) => (level === "warn" ? [text] : []));
  const before = bench.log.length;
  const read = await handler.read(bench.anotherRun(), id, kept.state);
  if (read === undefined) return t.fail(`${deed}: it left the state`);
  const told = warned(before);
  t.is(told.length, tells.length, `${deed}: ${told.join("\n") || "nothing was told"}`);
  for (const [index, each] of tells.entries()) t.regex(told[index] ?? "", each, deed);
  const again = await handler.read(bench.anotherRun(), id, read.state);
  t.deepEqual(warned(before).slice(told.length), [], `${deed}: told twice`);
  t.deepEqual(again, read, deed);
  kept.state = read.state;
  kept.inputs = read.inputs;

  const preview = bench.anotherRun({ name: "web", preview: true });
  const shownFrom = bench.log.length;
  bench.simulator.clearJournal();
  const checked = await handler.check(preview, program, kept.inputs);
  t.deepEqual(checked.failures, [], deed);
  const diff = await handler.diff(preview, id, kept.state, checked.inputs);
  const findings = (checked.inputs.findings ?? []) as readonly Finding[];
  const shown = [
    ...findings.map(({ text }) => text),
    ...bench.log.slice(shownFrom).map(({ text }) => text),
    diff.reason ?? "",
  ].join("\n");
  if (proposes === undefined) t.is(shown.trim(), "", deed);
  else t.regex(shown, proposes, deed);
  t.is(
    findings.some(({ severity }) => severity === "block"),
    stops === true,
    `${deed}: what preview is stopped by`,
  );
  t.is(diff.changes, stops === true || update === true, `${deed}: ${JSON.stringify(diff)}`);
  const replacing = Object.values(diff.properties).filter((each) => each.replace === true);
  t.deepEqual(replacing, [], `${deed}: nothing is replaced`);
  if (stops === true) {
    const run = bench.anotherRun({ name: "web" });
    await t.throwsAsync(handler.update(run, id, kept.state, checked.inputs), {
      instanceOf: BlockedError,
    });
  }
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), [], `${deed}: nothing is written`);
}
