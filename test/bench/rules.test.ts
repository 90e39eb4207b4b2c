import test from "ava";
import { measureRules } from "../../tools/bench/rules.ts";

test("the rules of 120 machines of a site are checked with at most 20 calls to the vCenter and one page per 100 machines", async (t) => {
  t.timeout(300_000);
  const { allowedCalls, vcenterCalls } = await measureRules(120);
  t.is(allowedCalls, 22);
  for (const [action, calls] of Object.entries(vcenterCalls)) {
    t.true(calls > 0, `${action} asked the vCenter nothing`);
    t.true(calls <= allowedCalls, `${action}: ${calls} calls`);
  }
});
