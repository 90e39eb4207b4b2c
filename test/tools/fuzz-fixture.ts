import fc from "fast-check";
import { type Target, WrongAnswerError } from "../../tools/fuzz/target.ts";

/** What the fixture does with an input. */
type Deed = "take" | "refuse" | "throw" | "lie" | "pollute" | "hang" | "wait";

const deeds = (process.env.FUZZ_FIXTURE_DEEDS ?? "take").split(",") as Deed[];

/** A target that does what its input says. */
export const target: Target<{ readonly deed: Deed; readonly size: number }> = {
  name: "fixture",
  requirement: "Q-10",
  promise: "it does what it is told",
  open: async () => ({
    cases: fc.record({ deed: fc.constantFrom(...deeds), size: fc.nat(100) }),
    async answer({ deed, size }) {
      if (deed === "refuse") return "failures";
      if (deed === "throw" && size > 10) throw new TypeError("it cannot be read");
      if (deed === "lie" && size > 10) throw new WrongAnswerError("that is not true");
      if (deed === "pollute") JSON.parse('{"a": 1}', () => assignToAll());
      if (deed === "hang") /^(a+)+$/.test(`${"a".repeat(60)}!`);
      if (deed === "wait") await new Promise(() => undefined);
      return "result";
    },
    close: async () => undefined,
  }),
};

function assignToAll(): void {
  Object.defineProperty(Object.prototype, "polluted", { value: 1, configurable: true });
}
