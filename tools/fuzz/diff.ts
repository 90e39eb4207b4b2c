import { handlers } from "../../provider/handlers.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import { type CheckCase, checkCases } from "./check-cases.ts";
import { judgeRequests } from "./requests-judged.ts";
import { moods, openStages, quickClock, silent } from "./stages.ts";
import { type Target, WrongAnswerError } from "./target.ts";

/** The comparison of every handler, of any recorded state with any inputs. */
export const diffTarget: Target<CheckCase> = {
  name: "diff",
  requirement: "Q-10",
  promise:
    "the comparison of every handler answers any state and inputs, and reads at preview only",
  async open() {
    const stages = await openStages();
    for (const { simulator } of stages) simulator.clearJournal();
    return {
      cases: checkCases(stages, { recorded: true }),
      async answer({ token, stage, mood, name, preview, news, olds }) {
        const behind = stages[stage];
        const handler = handlers.get(token);
        if (behind === undefined || handler === undefined) throw new Error(`no ${token}`);
        const { simulator, configuration } = behind;
        simulator.clearFaults();
        simulator.clearJournal();
        const fault = moods[mood];
        if (fault !== undefined) simulator.addFault(fault);
        const diff = await handler.diff(
          {
            ...{ preview, configuration, log: silent, clock: quickClock() },
            sites: createSiteRegistry(configuration),
            ...(name === undefined ? {} : { name }),
            signal: new AbortController().signal,
            declared: new Set(),
          },
          "an-id",
          olds ?? {},
          news,
        );
        simulator.clearFaults();
        const [asked] = simulator.journal();
        judgeRequests(simulator);
        // At preview the rest of an action that has not ended is shown.
        if (asked !== undefined && !preview) {
          throw new WrongAnswerError(`a comparison asked the site: ${asked.path}`);
        }
        if (typeof diff.changes !== "boolean") throw new WrongAnswerError("nothing was compared");
        return diff.changes ? "failures" : "result";
      },
      close: async () => {
        await Promise.all(stages.map(({ simulator }) => simulator.close()));
      },
    };
  },
};
