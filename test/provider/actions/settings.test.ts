import test from "ava";
import { settingFailures } from "../../../provider/actions/settings.ts";
import { unknownValue } from "../../../provider/unknown.ts";

/** A list that another resource will give: at preview it is a marker. */
const coming = unknownValue as unknown as readonly never[];

test("Q-10 lists that are not known yet speak against nothing", (t) => {
  t.deepEqual(settingFailures("Failback", { item: "web", manage: coming, waive: coming }), []);
  t.deepEqual(settingFailures("Reprotect", { items: coming }), []);
});

test("Q-10 ten thousand items are looked through in a moment, and each repetition is told", (t) => {
  const items = Array.from({ length: 10_000 }, (_, index) => `Machine-${index}`);
  t.deepEqual(settingFailures("Failover", { items }), []);
  const twice = [...items, "machine-0", unknownValue, unknownValue];
  t.deepEqual(
    settingFailures("Failover", { items: twice }).map(({ path }) => path),
    ["items[10000]"],
  );
});

test("Q-10 what a failure repeats of an input is short", (t) => {
  const huge = "x".repeat(1_000_000);
  const failures = settingFailures("Failback", {
    ...{ items: [huge, huge], timeout: huge, recoveryPoint: huge, waive: [huge] },
    manage: [huge as "commit"],
  });
  t.is(failures.length, 5);
  for (const { reason } of failures) t.true(reason.length < 6_000);
});

test("Q-10 the name of a network instead of its id is refused", (t) => {
  const [found] = settingFailures("TestFailover", { item: "web", network: "test-vnet" });
  t.like(found, { path: "network" });
  t.regex(found?.reason ?? "", /"test-vnet" is no ARM id/);
});
