import test from "ava";
import fc from "fast-check";
import {
  durationMilliseconds,
  formatDuration,
  parseDuration,
  sameDuration,
} from "../../../provider/inputs/duration.ts";

const spelt = test.macro({
  exec: (t, text: string, milliseconds: number) => {
    t.is(parseDuration("timeout", text), milliseconds);
  },
  title: (_, text: string, milliseconds: number) => `${text} is ${milliseconds} ms`,
});

test(spelt, "PT15M", 900_000);
test(spelt, "PT0S", 0);
test(spelt, "P1D", 86_400_000);
test(spelt, "P1DT2H3M4S", 93_784_000);
test(spelt, "PT1.5H", 5_400_000);
test(spelt, "P2W", 1_209_600_000);

for (const text of [
  "",
  "P",
  "PT",
  "P1DT",
  "15M",
  "pt15m",
  "P1Y",
  "P1M",
  "PT-5M",
  "PT5",
  " PT5M",
  "PT5M ",
  "P36501D",
  "P9999999999W",
  `PT${"9".repeat(400)}S`,
]) {
  test(`"${text}" is refused as a duration, with the property and an example`, (t) => {
    const error = t.throws(() => parseDuration("timeout", text), { code: "InvalidInput" });
    t.regex(error?.message ?? "", /^timeout: ".*" is no duration\. Write an ISO 8601 duration/);
  });
}

test("durations come out in hours up to two days and in days above", (t) => {
  t.is(formatDuration(0), "PT0S");
  t.is(formatDuration(86_400_000), "PT24H");
  t.is(formatDuration(5_400_000), "PT1H30M");
  t.is(formatDuration(1_296_000_000), "P15D");
});

test("a formatted duration means what it was made from", (t) => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000 }), (milliseconds) => {
      t.is(durationMilliseconds(formatDuration(milliseconds)), milliseconds);
    }),
  );
});

test("durations in two spellings are the same", (t) => {
  t.true(sameDuration("P1D", "PT24H"));
  t.false(sameDuration("P1D", "PT23H"));
  t.false(sameDuration("P1D", undefined));
});
