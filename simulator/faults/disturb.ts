import type { Answer } from "../http/answer.ts";
import { dispatch, type Request } from "../http/dispatch.ts";
import type { Outcome } from "../http/server.ts";
import type { Simulation } from "../simulation.ts";
import type { ActiveFault, FaultRule } from "./fault-rule.ts";
import { actAsOther, type OtherDeed } from "./someone-else.ts";
import { showStale, stateBefore, worldSeenBy } from "./stale.ts";
import { faultsOfRequest } from "./strike.ts";

/** What became of a request, and what the journal adds to it. */
export interface DisturbedOutcome extends Outcome {
  /** The id of the last rule that struck. */
  readonly fault?: string;
}

/**
 * Answers a request of the service, disturbed by the fault rules that strike it. `noteDeed` is told
 * what somebody else did just before, by a rule.
 */
export function disturb(
  simulation: Simulation,
  request: Request,
  noteDeed: (deed: OtherDeed) => void,
): DisturbedOutcome {
  const faults = faultsOfRequest(simulation, request.method, request.path);
  const rules = faults.map(({ rule }) => rule);
  const fault = faults.at(-1)?.id;
  const truncateAt = rules.find((rule) => rule.truncateAt !== undefined)?.truncateAt;
  const outcome = (answer: Answer | "reset"): DisturbedOutcome => ({
    answer,
    delayMs: sumOf(rules, "delayMs"),
    trickleMs: sumOf(rules, "trickleMs"),
    ...(truncateAt !== undefined && { truncateAt }),
    ...(fault !== undefined && { fault }),
  });
  for (const { someoneElse } of rules)
    if (someoneElse) noteDeed(actAsOther(simulation, someoneElse, request.baseUrl));
  const instead = faults.find(
    ({ rule }) => rule.respond ?? rule.throttle ?? rule.reset === "before",
  );
  if (instead?.rule.reset) return outcome("reset");
  if (instead) return outcome(answerInstead(simulation, instead));
  const stale = rules.find((rule) => rule.stale)?.stale;
  const before = stale && stateBefore(simulation);
  const answer = dispatch(worldSeenBy(simulation, request), request);
  if (stale && before && answer.status < 400) showStale(simulation, stale, request.path, before);
  return outcome(rules.some((rule) => rule.reset === "after") ? "reset" : answer);
}

function sumOf(rules: readonly FaultRule[], field: "delayMs" | "trickleMs"): number {
  return rules.reduce((sum, rule) => sum + (rule[field] ?? 0), 0);
}

function answerInstead(simulation: Simulation, { rule, window }: ActiveFault): Answer {
  const { status, retryAfter, body } = rule.respond ?? {
    status: 429,
    retryAfter: secondsLeft(simulation, rule, window?.beganAt ?? simulation.now),
    body: undefined,
  };
  const error = {
    error: {
      code: status === 429 ? "TooManyRequests" : "SimulatedFault",
      message: `The simulator was told to answer ${status}.`,
    },
  };
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
  return { status, body: body ?? error, headers };
}

/** Real seconds until a throttling window ends; 1 if virtual time only moves when told to. */
function secondsLeft({ now, clock }: Simulation, { throttle }: FaultRule, beganAt: number): number {
  if (clock.factor === 0) return 1;
  const leftMs = beganAt + (throttle?.seconds ?? 0) * 1000 - now;
  return Math.max(1, Math.ceil(leftMs / 1000 / clock.factor));
}
