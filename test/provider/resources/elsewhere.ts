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
  /** True when it ended the protection: preview warns, nothing is due whatever else changes, and an update refuses. */
  readonly ends?: true;
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
  { deed, act, tells, proposes, ends, update }: Deed,
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
  t.deepEqual(
    findings.filter(({ severity }) => severity !== "warn"),
    [],
    `${deed}: no machine stops the others`,
  );
  t.is(diff.changes, update === true, `${deed}: ${JSON.stringify(diff)}`);
  const replacing = Object.values(diff.properties).filter((each) => each.replace === true);
  t.deepEqual(replacing, [], `${deed}: nothing is replaced`);
  if (ends === true) {
    t.deepEqual(diff, { changes: false, properties: {} }, deed);
    // A machine that goes to a second VMM site takes no target.
    const size = { ...(program.target as object), size: "Standard_D8s_v5" };
    const target = program.target === undefined ? {} : { target: size };
    const others = { ...program, ...target, waitFor: "enabled", diskType: "Standard_LRS" };
    const changed = await handler.check(preview, others, kept.inputs);
    t.deepEqual(changed.failures, [], deed);
    t.deepEqual(changed.inputs.findings, findings, `${deed}: told as long as it holds`);
    const later = await handler.diff(preview, id, kept.state, changed.inputs);
    t.deepEqual(later, { changes: false, properties: {} }, `${deed}: other changes wait`);
    const run = bench.anotherRun({ name: "web" });
    await t.throwsAsync(handler.update(run, id, kept.state, checked.inputs), {
      instanceOf: BlockedError,
    });
  }
  t.deepEqual(bench.simulator.journal({ writesOnly: true }), [], `${deed}: nothing is written`);
}
