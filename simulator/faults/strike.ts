import { createHash } from "node:crypto";
import type { Simulation } from "../simulation.ts";
import type { ActiveFault, FaultRule, TaskMatch } from "./fault-rule.ts";
import { checkRule } from "./rule-schema.ts";

/** Puts a rule in force and returns its id; throws when it is not a rule. */
export function addFault(simulation: Simulation, given: FaultRule): string {
  const rule = checkRule(given);
  const { faults } = simulation.state;
  faults.added += 1;
  simulation.changed = true;
  const id = rule.id ?? `fault-${faults.added}`;
  faults.rules.push({ id, rule, met: 0, struck: 0 });
  return id;
}

/** Takes all rules out of force; reads show the present state again. */
export function clearFaults(simulation: Simulation): void {
  simulation.state.faults.rules = [];
  simulation.state.faults.stale = [];
  simulation.changed = true;
}

const REQUEST_EFFECTS = [
  "respond",
  "reset",
  "delayMs",
  "trickleMs",
  "truncateAt",
  "throttle",
  "stale",
  "someoneElse",
] as const;

/** The rules that strike this request, in the order they were added. */
export function faultsOfRequest(
  simulation: Simulation,
  method: string,
  path: string,
): readonly ActiveFault[] {
  return simulation.state.faults.rules
    .filter(({ rule }) => {
      const wanted = rule.match?.method;
      return (
        REQUEST_EFFECTS.some((effect) => rule[effect] !== undefined) &&
        (rule.stale === undefined || !["GET", "HEAD"].includes(method)) &&
        (wanted === undefined || wanted.toUpperCase() === method) &&
        (rule.match?.path === undefined || new RegExp(rule.match.path, "i").test(path))
      );
    })
    .filter((fault) => strikes(simulation, fault));
}

/** A task as fault rules see it. */
export interface TaskSubject {
  readonly scenario: string;
  readonly task: string;
  readonly machines: readonly string[];
}

/** The effects that strike tasks. */
export type TaskEffect = "failTask" | "hangJob" | "cancelJob" | "loseJob" | "shutdownFails";

/** The rule with a task effect that strikes this task, if any. */
export function faultOfTask(
  simulation: Simulation,
  effect: TaskEffect,
  subject: TaskSubject,
): FaultRule | undefined {
  return simulation.state.faults.rules.find((fault) => {
    const match = fault.rule[effect];
    return match !== undefined && touches(match, subject) && strikes(simulation, fault);
  })?.rule;
}

function touches(match: TaskMatch, subject: TaskSubject): boolean {
  const same = (wanted: string | undefined, found: string) =>
    wanted === undefined || wanted.toLowerCase() === found.toLowerCase();
  return (
    same(match.scenario, subject.scenario) &&
    same(match.task, subject.task) &&
    (match.machine === undefined || subject.machines.some((name) => same(match.machine, name)))
  );
}

function strikes(simulation: Simulation, fault: ActiveFault): boolean {
  const { rule } = fault;
  const { nth = 1, times = rule.throttle ? 0 : 1, probability = 1 } = rule;
  if (rule.from !== undefined && simulation.now < Date.parse(rule.from)) return false;
  if (rule.until !== undefined && simulation.now >= Date.parse(rule.until)) return false;
  simulation.changed = true;
  fault.met += 1;
  if (fault.met < nth || (times > 0 && fault.struck >= times)) return false;
  if (probability < 1 && chance(simulation, fault) >= probability) return false;
  if (rule.throttle && !isOverLimit(simulation, fault, rule.throttle)) return false;
  fault.struck += 1;
  return true;
}

/** Between 0 and 1, from seed, rule and count alone, so that requests the rule does not fit change nothing. */
function chance(simulation: Simulation, fault: ActiveFault): number {
  const words = `${simulation.state.seed}/${fault.id}/${fault.met}`;
  return createHash("sha1").update(words).digest().readUInt32BE(0) / 2 ** 32;
}

function isOverLimit(
  { now }: Simulation,
  fault: ActiveFault,
  { requests, seconds }: { readonly requests: number; readonly seconds: number },
): boolean {
  if (!fault.window || now >= fault.window.beganAt + seconds * 1000)
    fault.window = { beganAt: now, requests: 0 };
  fault.window.requests += 1;
  return fault.window.requests > requests;
}
