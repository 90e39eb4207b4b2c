import { isDisasterRecoveryError } from "../../provider/errors.ts";
import type { CheckFailure } from "../../provider/handler.ts";
import { handlers } from "../../provider/handlers.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import { type CheckCase, checkCases } from "./check-cases.ts";
import { judgeRequests } from "./requests-judged.ts";
import { moods, openStages, quickClock, silent } from "./stages.ts";
import { type Answer, type Target, WrongAnswerError } from "./target.ts";

/** Errors of a site that cannot be asked. */
const siteTroubles: readonly string[] = ["Site", "DeadlineExceeded", "InvalidConfiguration"];

/** Longest reason that somebody reads, in characters. */
const longestReason = 8_000;

/** The check of every handler, with worlds of every kind behind it, which sometimes answer errors or nonsense. */
export const checkTarget: Target<CheckCase> = {
  name: "check",
  requirement: "Q-10",
  promise:
    "the check of every handler answers any inputs with failures or inputs, and writes nothing",
  async open() {
    const stages = await openStages();
    return {
      cases: checkCases(stages, { recorded: false }),
      async answer({ token, stage, mood, name, preview, news, olds }) {
        const behind = stages[stage];
        const handler = handlers.get(token);
        if (behind === undefined || handler === undefined) throw new Error(`no ${token}`);
        const { simulator, configuration } = behind;
        const fault = moods[mood];
        if (fault !== undefined) simulator.addFault(fault);
        const sites = createSiteRegistry(configuration);
        try {
          const checked = await handler.check(
            {
              ...{ preview, configuration, sites, log: silent, clock: quickClock() },
              ...(name === undefined ? {} : { name }),
              signal: new AbortController().signal,
              declared: new Set(),
              ...(preview ? { projections: new Map() } : {}),
            },
            news,
            olds,
          );
          return judgeFailures(checked.failures);
        } catch (error) {
          // What a site does wrong is thrown, and the host tells it; nothing else may be.
          const isOfSite = isDisasterRecoveryError(error) && siteTroubles.includes(error.code);
          if (fault === undefined || !isOfSite) throw error;
          return "failures";
        } finally {
          simulator.clearFaults();
          judgeRequests(simulator);
        }
      },
      close: async () => {
        await Promise.all(stages.map(({ simulator }) => simulator.close()));
      },
    };
  },
};

/** Looks at the failures that a check answers. */
export function judgeFailures(failures: readonly CheckFailure[]): Answer {
  for (const { path, reason } of failures) {
    if (typeof path !== "string" || typeof reason !== "string" || reason === "") {
      throw new WrongAnswerError(`no reason is told at ${path}`);
    }
    if (path.length + reason.length > longestReason) {
      throw new WrongAnswerError(
        `nobody reads ${reason.length} characters: ${reason.slice(0, 300)}`,
      );
    }
  }
  return failures.length > 0 ? "failures" : "result";
}
