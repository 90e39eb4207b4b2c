import { createHash } from "node:crypto";
import type { Simulation } from "../simulation.ts";
import type { ActiveFault, FaultRule, TaskMatch } from "./fault-rule.ts";

const EFFECTS = ["respond", "reset", "delayMs", "failTask", "hangJob", "shutdownFails"] as const;

/** Puts a rule in force and returns its id; throws when it has no effect, or more than one. */
export function addFault(simulation: Simulation, rule: FaultRule): string {
  const effects = EFFECTS.filter((effect) => rule[effect] !== undefined);
  if (effects.length !== 1) {
    throw new TypeError(
      `A fault rule has exactly one of ${EFFECTS.join(", ")}; this one has ${effects.join(", ") || "none"}.`,
    );
  }
  if (rule.match?.path !== undefined) new RegExp(rule.match.path);
  const { faults } = simulation.state;
  simulation.state.counter += 1;
  simulation.changed = true;
  const id = rule.id ?? `fault-${simulation.state.counter}`;
  faults.rules.push({ id, rule, met: 0, struck: 0 });
  return id;
}

/** Takes all rules out of force. */
export function clearFaults(simulation: Simulation): void {
  simulation.state.faults.rules = [];
  simulation.changed = true;
}

/** The rules that strike this request, in the order they were added. */
export function faultsOfRequest(
  simulation: Simulation,
  method: string,
  path: string,
): readonly ActiveFault[] {
  return simulation.state.faults.rules
    .filter(({ rule }) => {
      const forRequests = rule.respond ?? rule.reset ?? rule.delayMs;
      const wanted = rule.match?.method;
      return (
        forRequests !== undefined &&
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

/** The rule with a task effect that strikes this task, if any. */
export function faultOfTask(
  simulation: Simulation,
  effect: "failTask" | "hangJob" | "shutdownFails",
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
  const { faults, seed } = simulation.state;
  const { nth = 1, times = 1, probability = 1 } = fault.rule;
  simulation.changed = true;
  fault.met += 1;
  if (fault.met < nth || (times > 0 && fault.struck >= times)) return false;
  if (probability < 1) {
    faults.drawn += 1;
    const draw = createHash("sha1").update(`${seed}/${fault.id}/${faults.drawn}`).digest();
    if (draw.readUInt32BE(0) / 2 ** 32 >= probability) return false;
  }
  fault.struck += 1;
  return true;
}
