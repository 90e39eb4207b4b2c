import fc from "fast-check";
import { isDisasterRecoveryError } from "../../provider/errors.ts";
import { createVsphereSite } from "../../provider/sites/vsphere/vsphere-site.ts";
import { type Target, WrongAnswerError } from "./target.ts";
import { errands, recordAnswers } from "./vcenter-recording.ts";
import { startVCenterStub, type VCenterAnswer } from "./vcenter-stub.ts";
import { editedXml, type XmlEdit, xmlEdits } from "./xml-edits.ts";

/** An errand, and what is changed of the answers that it gets. */
interface ErrandCase {
  readonly errand: string;
  readonly answers: readonly {
    /** Which answer, counted from the first. */
    readonly nth: number;
    readonly edits: readonly XmlEdit[];
    readonly status?: number;
    readonly breaks: boolean;
  }[];
}

/** Calls that an errand may need; with more of them it has no end. */
const mostCalls = 5_000;
const password = "correct-horse-42";

/** Answers of a vCenter, recorded from one that runs, and changed. */
export const vcenterAnswersTarget: Target<ErrandCase> = {
  name: "vcenter-answers",
  requirement: "Q-11",
  promise: "any answer of a vCenter is read, or refused by an error that names the vCenter",
  async open() {
    const recorded = await recordAnswers();
    let answerOf: (body: string) => VCenterAnswer = () => ({ status: 500, text: "" });
    const stub = await startVCenterStub(async ({ body }) => answerOf(body));
    const names = Object.keys(errands);
    const longest = Math.max(...Object.values(recorded).map((each) => each.length));
    return {
      cases: fc.record({
        errand: fc.constantFrom(...names),
        answers: fc.array(
          fc.record(
            {
              nth: fc.nat(longest),
              edits: xmlEdits,
              status: fc.constantFrom(200, 500, 503, 302, 404),
              breaks: fc.nat(30).map((each) => each === 30),
            },
            { requiredKeys: ["nth", "edits", "breaks"] },
          ),
          { minLength: 1, maxLength: 3 },
        ),
      }),
      async answer({ errand, answers }) {
        let count = 0;
        const calls = (): number => count;
        const player = replay(recorded[errand] ?? [], answers);
        answerOf = (body) => {
          count += 1;
          return count > mostCalls ? { status: 404, text: "" } : player(body);
        };
        const site = createVsphereSite("one", { url: stub.url, username: "admin", password });
        try {
          await errands[errand]?.(site);
          return "result";
        } catch (error) {
          if (!isDisasterRecoveryError(error)) throw error;
          const { message } = error;
          if (calls() > mostCalls) throw new WrongAnswerError(`${mostCalls} calls, and no end`);
          if (message.includes(password))
            throw new WrongAnswerError(`tells a password: ${message}`);
          if (message.length > 3_000) {
            throw new WrongAnswerError(
              `nobody reads ${message.length} characters: ${message.slice(0, 200)}`,
            );
          }
          return "failures";
        } finally {
          await site.close();
        }
      },
      close: () => stub.close(),
    };
  },
};

/** Answers each method with what was recorded for it, in order, the last one again and again. */
function replay(
  recorded: readonly VCenterAnswer[],
  changes: ErrandCase["answers"],
): (body: string) => VCenterAnswer {
  const byMethod = Map.groupBy(recorded, ({ text }) => /(\w+)Response\b/.exec(text)?.[1] ?? "");
  const asked = new Map<string, number>();
  let calls = 0;
  return (body) => {
    const method = /<Body><(\w+)/.exec(body)?.[1] ?? "";
    const count = asked.get(method) ?? 0;
    asked.set(method, count + 1);
    calls += 1;
    const known = byMethod.get(method) ?? [];
    const answer = known[Math.min(count, known.length - 1)] ?? { status: 500, text: "" };
    const change = changes.find(({ nth }) => nth % recorded.length === calls - 1);
    if (change === undefined) return answer;
    const { edits, status = answer.status, breaks } = change;
    return { ...answer, status, breaks, text: editedXml(answer.text, edits) };
  };
}
