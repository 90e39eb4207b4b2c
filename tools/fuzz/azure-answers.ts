import fc from "fast-check";
import { isDisasterRecoveryError } from "../../provider/errors.ts";
import { handlers } from "../../provider/handlers.ts";
import { createSiteRegistry } from "../../provider/sites/create-registry.ts";
import { ids } from "../../test/provider/actions/test-bed.ts";
import { type Mutation, mutated, mutations } from "./mutate.ts";
import { type MutatingProxy, startMutatingProxy } from "./mutating-proxy.ts";
import { inputsOf } from "./schema-inputs.ts";
import { openStages, quickClock, type Stage, silent } from "./stages.ts";
import { type Target, WrongAnswerError } from "./target.ts";

/** A check of well-formed inputs, and what is changed of the answers that Azure gives meanwhile. */
interface AnswersCase {
  readonly stage: number;
  readonly token: string;
  readonly inputs: Record<string, unknown>;
  readonly answers: readonly {
    /** Which answer, counted from the first; beyond the last one, none. */
    readonly nth: number;
    readonly changes: readonly Mutation[];
    readonly status?: number;
    readonly headers?: Record<string, string>;
  }[];
}

const actions = ["TestFailover", "Failover", "Reprotect", "Failback", "CompleteMigration"];

const answers: fc.Arbitrary<AnswersCase["answers"]> = fc.array(
  fc.record(
    {
      nth: fc.nat(12),
      changes: mutations(3),
      status: fc.constantFrom(200, 202, 204, 400, 404, 500),
      headers: fc.constantFrom<Record<string, string>>(
        { "Retry-After": "99999999999999999999" },
        { "Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT" },
        { Date: "never" },
      ),
    },
    { requiredKeys: ["nth", "changes"] },
  ),
  { minLength: 1, maxLength: 4 },
);

/** Answers of Azure, changed on their way into the checks: vaults of users hold odd things. */
export const azureAnswersTarget: Target<AnswersCase> = {
  name: "azure-answers",
  requirement: "Q-10",
  promise: "whatever a vault holds is read and judged, or refused by an error of the site",
  async open() {
    const stages = await openStages();
    const proxies = await Promise.all(
      stages.map(({ simulator }) => startMutatingProxy(simulator.url)),
    );
    return {
      cases: casesOf(stages),
      async answer({ stage, token, inputs, answers }) {
        const [behind, proxy, handler] = [stages[stage], proxies[stage], handlers.get(token)];
        if (behind === undefined || proxy === undefined || handler === undefined) {
          throw new Error(`no ${token}`);
        }
        disturb(proxy, answers);
        const configuration = { ...behind.configuration, endpoint: proxy.url };
        try {
          const { failures } = await handler.check(
            {
              ...{ name: "thing", preview: true, configuration, log: silent, clock: quickClock() },
              sites: createSiteRegistry(configuration),
              signal: new AbortController().signal,
              declared: new Set(),
              projections: new Map(),
            },
            inputs,
          );
          return failures.length > 0 ? "failures" : "result";
        } catch (error) {
          if (!isDisasterRecoveryError(error)) throw error;
          if (error.message.length > 8_000) throw new WrongAnswerError("nobody reads the error");
          return "failures";
        } finally {
          behind.simulator.clearJournal();
        }
      },
      close: async () => {
        await Promise.all(proxies.map((each) => each.close()));
        await Promise.all(stages.map(({ simulator }) => simulator.close()));
      },
    };
  },
};

function casesOf(stages: readonly Stage[]): fc.Arbitrary<AnswersCase> {
  const each = stages.flatMap((stage, index) =>
    [...handlers.values()].map((handler) => {
      const isAction = actions.some((action) => handler.token.endsWith(`:${action}`));
      const item = fc.constantFrom("web", "app", ids.item("web"));
      const ofAction = fc.record({ item, network: fc.constant(ids.testNetwork) });
      const inputs = isAction ? ofAction : inputsOf(handler.schema, stage.words);
      return {
        weight: isAction ? 4 : 1,
        arbitrary: fc.record({
          stage: fc.constant(index),
          token: fc.constant(handler.token),
          inputs: isAction
            ? inputs.map((all) => withoutStrangers(handler.schema.inputProperties, all))
            : inputs,
          answers,
        }),
      };
    }),
  );
  return fc.oneof(...each);
}

function withoutStrangers(known: object, inputs: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => Object.hasOwn(known, name)));
}

function disturb(proxy: MutatingProxy, answers: AnswersCase["answers"]): void {
  proxy.disturb((nth, body) => {
    const change = answers.find((each) => each.nth === nth);
    if (change === undefined) return undefined;
    const { changes, status, headers } = change;
    return {
      body: mutated(body, changes),
      ...(status === undefined ? {} : { status }),
      ...(headers === undefined ? {} : { headers }),
    };
  });
}
