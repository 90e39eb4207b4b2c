import type { DynamicProvider } from "../../provider/hosts/dynamic/create-host.ts";
import { judgeFailures } from "./check.ts";
import { type CheckCase, checkCases } from "./check-cases.ts";
import { hostOf, sentInputs } from "./hosts.ts";
import { judgeRequests } from "./requests-judged.ts";
import { moods, openStages } from "./stages.ts";
import { type Answer, type Target, WrongAnswerError } from "./target.ts";

/** The same checks as the engine meets them: through the host that Pulumi calls. */
export const dynamicHostTarget: Target<CheckCase> = {
  name: "dynamic-host",
  requirement: "Q-10",
  promise:
    "the check of every resource answers Pulumi with failures or inputs, whatever the site does",
  async open() {
    const stages = await openStages();
    return {
      cases: checkCases(stages, { recorded: false }),
      async answer(input) {
        const stage = stages[input.stage];
        if (stage === undefined) throw new Error("no stage");
        const fault = moods[input.mood];
        if (fault !== undefined) stage.simulator.addFault(fault);
        try {
          const provider = hostOf(stage)(input.token);
          return await checked(provider, input);
        } finally {
          stage.simulator.clearFaults();
          judgeRequests(stage.simulator);
        }
      },
      close: async () => {
        await Promise.all(stages.map(({ simulator }) => simulator.close()));
      },
    };
  },
};

/** Checks, and compares what was checked with what was recorded when nothing is wrong with it. */
async function checked(provider: DynamicProvider, input: CheckCase): Promise<Answer> {
  const { inputs, failures } = await provider.check(input.olds ?? {}, sentInputs(input));
  if (typeof inputs !== "object" || inputs === null) {
    throw new WrongAnswerError("neither inputs nor failures were answered");
  }
  const answer = judgeFailures(failures.map(({ reason }) => ({ path: "", reason })));
  const leaking = failures.find(({ property }) => property !== "");
  if (leaking !== undefined) throw new WrongAnswerError("a failure names a property");
  if (answer === "result") {
    const diff = await provider.diff("an-id", { ...input.olds, __provider: "the proxy" }, inputs);
    if (typeof diff.changes !== "boolean") throw new WrongAnswerError("no comparison was answered");
  }
  return answer;
}
