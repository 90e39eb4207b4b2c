import type { WantedServers } from "../site-servers.ts";
import type { Violation } from "./rule.ts";
import { none, type SiteSituation } from "./site-rule.ts";

/**
 * What is wrong with a value that a reprotect needs: named and not there, or neither given nor to be found.
 * In a recovery plan GR-VALUES tells of it for all values at once.
 */
export function problemsWith(
  situation: SiteSituation,
  input: keyof WantedServers,
): readonly Violation[] {
  const problems = situation.onPremises.servers?.problems ?? [];
  if (toldByPlan(situation)) return none;
  return problems
    .filter((problem) => problem.input === input)
    .map(({ fact, remedy }) => ({ fact, remedy, path: input }));
}

/** True when GR-VALUES speaks of missing values. */
export function toldByPlan(situation: SiteSituation): boolean {
  return situation.byPlan;
}
