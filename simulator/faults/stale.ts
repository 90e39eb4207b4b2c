import type { Request } from "../http/dispatch.ts";
import type { Simulation } from "../simulation.ts";
import { copy } from "../state/json.ts";
import type { SimulatorState } from "../state/model.ts";
import type { StaleReads, StaleState } from "./fault-rule.ts";

/** The part of the state that reads show, as it is now; taken before a write. */
export function stateBefore({ state }: Simulation): StaleState["before"] {
  const { resources, machines, vaults } = state;
  return copy({ resources, machines, vaults });
}

/** Lets reads show what was before a write, for as long as the rule says. */
export function showStale(
  simulation: Simulation,
  rule: StaleReads,
  written: string,
  before: StaleState["before"],
): void {
  simulation.state.faults.stale.push({
    rule,
    written: written.toLowerCase(),
    readsLeft: rule.reads ?? null,
    untilMs: rule.seconds === undefined ? null : simulation.now + rule.seconds * 1000,
    before,
  });
}

/** The world as a read sees it: the present one, or the one before a write that it does not show yet. */
export function worldSeenBy(simulation: Simulation, request: Request): Simulation {
  const { faults } = simulation.state;
  if (faults.stale.length === 0 || !["GET", "HEAD"].includes(request.method)) return simulation;
  const open = faults.stale.filter(
    ({ untilMs, readsLeft }) =>
      (untilMs === null || simulation.now < untilMs) && (readsLeft === null || readsLeft > 0),
  );
  const stale = open.find((each) => isOf(each, request.path.toLowerCase()));
  if (stale?.readsLeft != null) stale.readsLeft -= 1;
  if (stale || open.length < faults.stale.length) simulation.changed = true;
  faults.stale = open;
  if (!stale) return simulation;
  const state: SimulatorState = { ...simulation.state, ...stale.before };
  return { ...simulation, state };
}

const VAULT = /^.*\/vaults\/[^/]+/;
const PROGRESS = /\/(replicationoperationstatus|operationresults|replicationjobs)(\/|$)/;

function isOf({ rule, written }: StaleState, path: string): boolean {
  if (rule.of !== undefined) return new RegExp(rule.of, "i").test(path);
  const vault = VAULT.exec(written)?.[0];
  if (vault === undefined) return written.startsWith(path) || path.startsWith(written);
  return path.startsWith(`${vault}/`) && !PROGRESS.test(path);
}
